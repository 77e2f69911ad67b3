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
-- A job is about many documents, and its result is what came of all: no auditor of a period sees any.
call limit_to_period('job', 'false');
grant select, insert on job to gw_app;
grant update (state, updated_at, finished_at) on job to gw_app;   -- to cancel
grant select, update on job to gw_worker;

-- Who inserts a job queues it: in one statement, with the ids of the row. Nobody borrows the rights
-- of another for it: gw_app may add to the queue, and see of it no more than the ids it made.
create function job_queued() returns trigger language plpgsql as $$
begin
  perform procrastinate_defer_jobs_v1(array[row(
    'gateway', 'run_job', 0, null, null,
    jsonb_build_object('account_id', new.account_id, 'entity_id', new.entity_id,
                       'environment', new.environment, 'job_id', new.id),
    new.run_at)::procrastinate_job_to_defer_v1]);
  return null;
end $$;
create trigger job_queued after insert on job for each row execute function job_queued();
grant insert, select (id) on procrastinate_jobs to gw_app;
grant insert on procrastinate_events to gw_app;
grant usage on procrastinate_jobs_id_seq, procrastinate_events_id_seq to gw_app;

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

-- Recurring documents ------------------------------------------------------------------------

create table recurring_invoice (
  account_id      uuid not null,
  entity_id       uuid not null,
  id              uuid not null,
  name            text,
  kind            text not null,
  state           text not null check (state in ('active', 'paused', 'completed', 'failed')),
  body            text not null,
  schedule        jsonb not null,
  actions         jsonb not null,
  due_days        integer check (due_days >= 0),
  metadata        jsonb not null default '{}',
  made            integer not null default 0,
  failures        integer not null default 0,
  last_date       date,
  next_date       date,
  problem         jsonb,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  deleted_at      timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check (state <> 'active' or next_date is not null)
);
create index recurring_invoice_list on recurring_invoice (entity_id, id desc) where deleted_at is null;
create index recurring_invoice_metadata on recurring_invoice using gin (metadata jsonb_path_ops);
call protect_entity_table('recurring_invoice');
grant select, insert, update on recurring_invoice to gw_app;

-- One row per day on which a document was due: there is never a second one for it.
create table recurring_occurrence (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  recurring_id  uuid not null,
  date          date not null,
  number        integer not null check (number >= 1),
  state         text not null check (state in ('generated', 'failed')),
  document_id   uuid,
  problem       jsonb,
  sent_at       timestamptz,
  send_problem  jsonb,
  created_at    timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, recurring_id, date),
  foreign key (entity_id, recurring_id) references recurring_invoice (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id) on delete set null (document_id),
  check (state <> 'failed' or problem is not null)
);
call protect_entity_table('recurring_occurrence');
call limit_to_period('recurring_invoice', 'false');  -- like a draft
call limit_to_period('recurring_occurrence', 'is_document_shown(document_id)');
grant select, insert, update (sent_at, send_problem) on recurring_occurrence to gw_app;

-- Which schedule must be looked at, and when: ids only, so that a worker may look at all of them.
create table recurring_due (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  environment  text not null,
  due_at       timestamptz not null,
  taken_until  timestamptz,
  attempts     integer not null default 0,
  primary key (account_id, id),
  foreign key (entity_id, id) references recurring_invoice (entity_id, id)
);
create index recurring_due_at on recurring_due (due_at);
call protect_entity_table('recurring_due');
create policy work on recurring_due to gw_worker using (true) with check (true);
grant select, insert, delete on recurring_due to gw_app;
grant select, update (taken_until, attempts) on recurring_due to gw_worker;

-- Bulk work: what was asked for, item by item, and what came of each -------------------------

create table bulk_item (
  account_id   uuid not null,
  entity_id    uuid not null,
  job_id       uuid not null,
  position     integer not null check (position >= 0),
  kind         text not null,
  reference    text,
  body         text,
  state        text not null check (state in ('queued', 'succeeded', 'failed')),
  document_id  uuid,
  number       text,
  problem      jsonb,
  updated_at   timestamptz not null,
  primary key (account_id, job_id, position),
  foreign key (entity_id, job_id) references job (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id) on delete set null (document_id),
  check (state <> 'failed' or problem is not null)
);
call protect_entity_table('bulk_item');
call limit_to_period('bulk_item', 'false');
grant select, insert, update on bulk_item to gw_app;
