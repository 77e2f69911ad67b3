-- Business premises: where an entity issues invoices, and what its authority was told of them.
--
-- A report is written before anything is sent, as one whose outcome nobody knows, so a process that dies
-- on the way leaves the truth behind. It is completed once, and never taken away.

create table premise (
  account_id     uuid not null,
  entity_id      uuid not null,
  id             uuid not null,
  code           text not null check (length(code) between 1 and 100),
  content        jsonb not null,
  valid_from     date not null,
  state          text not null check (state in ('declared', 'registered', 'closed', 'unknown')),
  registered_at  timestamptz,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, code),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check (state not in ('registered', 'closed') or registered_at is not null)
);
comment on column premise.code is 'what invoices call it; what is closed keeps its code';
comment on column premise.content is 'what the authority of `scheme` wants to know of it';
comment on column premise.state is 'unknown: the authority was told, and it is not known whether it heard';
create index premise_list on premise (entity_id, id desc);
call protect_entity_table('premise');
call limit_to_period('premise', 'false');
grant select, insert on premise to gw_app;
grant update (code, content, valid_from, state, registered_at, updated_at) on premise to gw_app;

create table premise_report (
  account_id  uuid not null,
  entity_id   uuid not null,
  id          uuid not null,
  premise_id  uuid not null,
  action      text not null check (action in ('register', 'close')),
  channel     text not null,
  request     bytea not null,
  answer      bytea,
  outcome     text not null check (outcome in ('accepted', 'refused', 'not_taken', 'unknown')),
  reason      text,
  detail      text,
  at          timestamptz not null,
  settled_at  timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, premise_id) references premise (entity_id, id)
);
comment on column premise_report.request is 'request line, headers without secrets, and the body as sent';
comment on column premise_report.answer is 'its body as it came; null: none came';
comment on column premise_report.settled_at is 'null: it is on its way, or the process died meanwhile';
create index premise_report_list on premise_report (entity_id, premise_id, id desc);
call protect_entity_table('premise_report');
call limit_to_period('premise_report', 'false');
grant select, insert on premise_report to gw_app;
grant update (answer, outcome, reason, detail, settled_at) on premise_report to gw_app;
