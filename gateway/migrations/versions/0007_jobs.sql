-- Background jobs and schedules; recurring documents; bulk work.
--
-- `job` is what callers see and the truth about every job. procrastinate's tables, made just
-- before this script, only say who takes which job next, and when: their rows hold ids and no
-- more, and are deleted when the job has ended.

create table job (
  account_id   uuid not null references account (id),
  entity_id    uuid,
  environment  text not null check (environment in ('sandbox', 'live')),
  id           uuid not null,
  kind         text not null check (kind ~ '^[a-z][a-z0-9_]{0,49}$'),
  state        text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  parameters   jsonb not null,
  done         integer not null default 0 check (done >= 0),
  total        integer check (total >= 0),
  result       jsonb,
  problem      jsonb,
  attempts     integer not null default 0,
  run_at       timestamptz,
  actor_kind   text not null,
  actor_id     text,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
  check (state <> 'failed' or problem is not null)
);
create index job_entity on job (entity_id, id desc);
call protect_account_table('job');
grant select, insert on job to gw_app;
grant update (state, updated_at, finished_at) on job to gw_app;   -- to cancel
grant select, update on job to gw_worker;

-- Who inserts a job queues it: in one statement, with the ids of the row, and without any right
-- on the queue.
create function job_queued() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  perform procrastinate_defer_jobs_v1(array[row(
    'gateway', 'run_job', 0, null, null,
    jsonb_build_object('account_id', new.account_id, 'entity_id', new.entity_id,
                       'environment', new.environment, 'job_id', new.id),
    new.run_at)::procrastinate_job_to_defer_v1]);
  return null;
end $$;
create trigger job_queued after insert on job for each row execute function job_queued();

grant select, insert, update, delete on procrastinate_jobs, procrastinate_workers,
  procrastinate_periodic_defers, procrastinate_events to gw_worker;
grant usage on procrastinate_jobs_id_seq, procrastinate_periodic_defers_id_seq,
  procrastinate_events_id_seq to gw_worker;

-- What is done again and again, by one process at a time: no tenant's data.
create table periodic (
  name    text primary key,
  due_at  timestamptz not null
);
grant select, insert, update on periodic to gw_worker;
