-- Documents that are taken at once and made a moment later (`?async=true`).
--
-- What was taken stays: as a document when it could be made, else as its body with the reason why not.
-- The worker sees ids, times and in whose name; the body only in its tenant's name.

create table intake (
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  id           uuid not null,
  kind         text not null,
  body         text,
  finalize     boolean not null,
  actor_kind   text not null,
  actor_id     text,
  state        text not null check (state in ('queued', 'succeeded', 'failed')),
  attempts     integer not null default 0 check (attempts >= 0),
  waits        integer not null default 0 check (waits >= 0),
  due_at       timestamptz,
  document_id  uuid,
  problem      jsonb,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  check ((state = 'queued') = (due_at is not null)),
  check ((state = 'succeeded') = (document_id is not null)),
  check ((state = 'succeeded') = (body is null)),
  check ((state = 'failed') = (problem is not null))
);
comment on column intake.attempts is 'how often an error of ours kept it from being made';
comment on column intake.waits is 'how often something that passes did: an outage, a locked key';
comment on column intake.due_at is 'while somebody makes it: the end of his lease';
create index intake_due on intake (account_id, entity_id, due_at, id) where state = 'queued';
create index intake_list on intake (entity_id, id desc);
call protect_entity_table('intake');
-- What was taken belongs to no day of issue: no auditor of a period sees any.
call limit_to_period('intake', 'false');
call let_workers_choose('intake');
grant select, insert, update on intake to gw_app;
grant select (account_id, entity_id, id, environment, actor_kind, actor_id, state, attempts, waits, due_at,
  created_at), update (due_at, attempts, waits) on intake to gw_worker;
