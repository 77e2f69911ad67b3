-- Sessions of invited auditors in a browser. One opens pages alone, and is worth what the invitation is.

create table auditor_visit (
  account_id  uuid not null,
  entity_id   uuid not null,
  id          uuid not null,
  auditor_id  uuid not null,
  hash        bytea not null unique,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  primary key (account_id, id),
  foreign key (entity_id, auditor_id) references auditor (entity_id, id)
);
call protect_entity_table('auditor_visit');
call limit_to_period('auditor_visit', 'false');
grant select, insert, update (ended_at) on auditor_visit to gw_app;

-- Role gw_auth: by hash.
create policy lookup on auditor_visit for select to gw_auth using (true);
grant select (account_id, entity_id, id, auditor_id, hash, expires_at, ended_at) on auditor_visit to gw_auth;
