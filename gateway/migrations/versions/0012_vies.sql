-- Checks of VAT numbers.
--
-- An answer is evidence: it is added and never changed, an unknown one beside the known one before
-- it. What waits to be asked stands in a queue of its own; how often a service may be asked at the
-- moment is nobody's data, and shared by all processes.

create table vat_check (
  account_id           uuid not null,
  entity_id            uuid not null,
  id                   uuid not null,
  number               text not null check (length(number) between 3 and 64),
  requester            text,
  trader               jsonb,
  outcome              text not null check (outcome in ('valid', 'invalid', 'unknown')),
  fault                text,
  detail               text not null,
  service              text not null,
  asked_at             timestamptz not null,
  request_date         date,
  consultation_number  text,
  name                 text,
  address              text,
  matches              jsonb not null,
  sent                 bytea not null,
  received             bytea not null,
  created_at           timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((outcome = 'unknown') = (fault is not null)),
  check (consultation_number is null or outcome <> 'unknown')
);
comment on column vat_check.number is 'as an invoice carries it: EL for Greece, XI for Northern Ireland';
create index vat_check_list on vat_check (entity_id, id desc);
create index vat_check_number on vat_check (entity_id, number, id desc);
create index vat_check_known on vat_check (entity_id, number, asked_at desc) where outcome <> 'unknown';
call protect_entity_table('vat_check');
-- An answer is about a number and belongs to no document: no auditor of a period sees any.
call limit_to_period('vat_check', 'false');
grant select, insert on vat_check to gw_app;

-- What waits to be asked: one row per number and requester, kept when it was answered or given up.
-- The worker sees ids, lane and times of all; the number only in its tenant's name.
create table vat_question (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  lane         text not null,
  number       text not null,
  requester    text not null default '',
  trader       jsonb,
  reason       text not null check (reason in ('check', 'batch', 'watch', 'document')),
  state        text not null check (state in ('waiting', 'answered', 'given_up')),
  attempts     integer not null default 0 check (attempts >= 0),
  next_try_at  timestamptz not null,
  deadline     timestamptz not null,
  check_id     uuid,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, number, requester),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, check_id) references vat_check (entity_id, id)
);
comment on column vat_question.next_try_at is 'while somebody asks: the end of his lease';
comment on column vat_question.check_id is 'the last answer, whatever it says';
create index vat_question_due on vat_question (next_try_at) where state = 'waiting';
call protect_entity_table('vat_question');
call limit_to_period('vat_question', 'false');
create policy work on vat_question to gw_worker using (true) with check (true);
grant select, insert, update on vat_question to gw_app;
grant select (account_id, entity_id, id, environment, lane, state, attempts, next_try_at, deadline),
  update (next_try_at) on vat_question to gw_worker;

-- Customers whose number is checked again and again, or expressly not.
create table vat_watch (
  account_id   uuid not null,
  entity_id    uuid not null,
  customer_id  uuid not null,
  enabled      boolean not null,
  every_days   integer not null check (every_days between 1 and 365),
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (account_id, customer_id),
  foreign key (entity_id, customer_id) references customer (entity_id, id)
);
create index vat_watch_entity on vat_watch (entity_id);
call protect_entity_table('vat_watch');
call limit_to_period('vat_watch', 'false');
grant select, insert, update, delete on vat_watch to gw_app;

-- Whose customers must be looked through, and when: ids only.
create table vat_round (
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  due_at       timestamptz not null,
  primary key (account_id, entity_id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
create index vat_round_due on vat_round (due_at);
call protect_entity_table('vat_round');
create policy work on vat_round to gw_worker using (true) with check (true);
grant select, insert, update, delete on vat_round to gw_app;
grant select, update (due_at) on vat_round to gw_worker;

-- What a batch asks: each number once, and what came of it.
create table vat_batch_item (
  account_id   uuid not null,
  entity_id    uuid not null,
  job_id       uuid not null,
  position     integer not null check (position >= 0),
  given        text not null,
  number       text not null,
  customer_id  uuid,
  state        text not null check (state in ('queued', 'done')),
  outcome      text check (outcome in ('valid', 'invalid', 'unknown')),
  fault        text,
  detail       text,
  from_cache   boolean not null default false,
  attempts     integer not null default 0,
  next_try_at  timestamptz,
  check_id     uuid,
  updated_at   timestamptz not null,
  primary key (account_id, job_id, position),
  foreign key (entity_id, job_id) references job (entity_id, id),
  foreign key (entity_id, customer_id) references customer (entity_id, id),
  foreign key (entity_id, check_id) references vat_check (entity_id, id),
  check ((state = 'done') = (outcome is not null))
);
call protect_entity_table('vat_batch_item');
call limit_to_period('vat_batch_item', 'false');
grant select, insert, update on vat_batch_item to gw_app;

-- How often a service, or one member state behind it, failed, and since when it is left alone:
-- shared by all processes, and no tenant's data. `open_until` empty: it is asked; in the future:
-- it is not; in the past: one question tries whether it answers again, `probe_until` at most.
create table vat_lane (
  key          text primary key check (length(key) <= 100),
  failures     integer not null default 0 check (failures >= 0),
  openings     integer not null default 0 check (openings >= 0),
  open_until   timestamptz,
  probe_until  timestamptz,
  updated_at   timestamptz not null
);
grant select, insert, update on vat_lane to gw_worker;

-- Questions that are on the wire. One whose process died counts until its time is over.
create table vat_flight (
  id     uuid primary key,
  lane   text not null references vat_lane (key),
  until  timestamptz not null
);
create index vat_flight_lane on vat_flight (lane, until);
grant select, insert, delete on vat_flight to gw_worker;
