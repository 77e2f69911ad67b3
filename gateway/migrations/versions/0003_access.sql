-- Who may do what: users, memberships, invitations, links, sessions, activity.
--
-- Rows that decide about a caller are found by gw_auth, by keyed hash, and nothing else of them is
-- granted to it. Secrets themselves are never stored.

-- API keys: what they may do (null: all that their role may), which period an auditor sees.
alter table api_key
  add column scopes        text[],
  add column period_from   date,
  add column period_until  date,
  add column last_used_at  timestamptz;
grant select (scopes, period_from, period_until, last_used_at), update (last_used_at) on api_key to gw_auth;
create policy key_used on api_key for update to gw_auth using (true) with check (true);

-- A person of the account; what they may do is said by their memberships.
create table person (
  account_id   uuid not null references account (id),
  id           uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  email        text not null check (length(email) between 3 and 254),
  name         text not null,
  metadata     jsonb not null default '{}',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  deleted_at   timestamptz,
  primary key (account_id, id)
);
create unique index person_email on person (account_id, environment, lower(email)) where deleted_at is null;
create index person_metadata on person using gin (metadata jsonb_path_ops);
call protect_table('person');
create policy tenant on person to gw_app
  using (environment = (select current_setting('gateway.environment', true))
    and account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid));

-- What a person may do in one entity. A session stands on the row it began with, so whoever is
-- removed and added again begins anew.
create table membership (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  environment   text not null check (environment in ('sandbox', 'live')),
  person_id     uuid not null,
  role          text not null check (role in ('viewer', 'editor', 'admin', 'auditor')),
  may_invite    boolean,
  period_from   date,
  period_until  date,
  expires_at    timestamptz,
  accepted_at   timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  deleted_at    timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (account_id, person_id) references person (account_id, id)
);
create unique index membership_present on membership (entity_id, person_id) where deleted_at is null;
create index membership_person on membership (account_id, person_id);
call protect_entity_table('membership');

create table invitation (
  account_id     uuid not null,
  entity_id      uuid not null,
  id             uuid not null,
  environment    text not null check (environment in ('sandbox', 'live')),
  membership_id  uuid not null,
  hash           bytea not null unique,
  invited_by     text,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  accepted_at    timestamptz,
  revoked_at     timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, membership_id) references membership (entity_id, id)
);
create index invitation_membership on invitation (entity_id, membership_id);
call protect_entity_table('invitation');

create table magic_link (
  account_id     uuid not null,
  entity_id      uuid not null,
  id             uuid not null,
  environment    text not null check (environment in ('sandbox', 'live')),
  membership_id  uuid not null,
  role           text not null check (role in ('viewer', 'editor', 'admin', 'auditor')),
  purpose        text not null check (purpose in ('embed')),
  hash           bytea not null unique,
  made_by        text,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  used_at        timestamptz,
  revoked_at     timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, membership_id) references membership (entity_id, id)
);
create index magic_link_membership on magic_link (entity_id, membership_id);
call protect_entity_table('magic_link');

create table user_session (
  account_id     uuid not null,
  entity_id      uuid not null,
  id             uuid not null,
  environment    text not null check (environment in ('sandbox', 'live')),
  membership_id  uuid not null,
  role           text not null check (role in ('viewer', 'editor', 'admin', 'auditor')),
  hash           bytea not null unique,
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, membership_id) references membership (entity_id, id)
);
create index user_session_membership on user_session (entity_id, membership_id);
call protect_entity_table('user_session');

-- Who did what. Append only.
create table activity (
  account_id   uuid not null references account (id),
  entity_id    uuid,
  environment  text not null check (environment in ('sandbox', 'live')),
  id           uuid not null,
  action       text not null,
  actor_kind   text not null check (actor_kind in ('key', 'user', 'system', 'operator')),
  actor_id     text,
  subject_id   text,
  request_id   text,
  data         jsonb not null,
  at           timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
create index activity_entity on activity (entity_id, id desc) where entity_id is not null;
create index activity_actor on activity (account_id, actor_id, id desc);
call protect_account_table('activity');

grant select, insert on person, membership, invitation, magic_link, user_session, activity to gw_app;
grant select, insert on activity to gw_worker;
grant update (name, metadata, updated_at, deleted_at) on person to gw_app;
grant update (role, may_invite, period_from, period_until, expires_at, accepted_at, updated_at, deleted_at)
  on membership to gw_app;
grant update (accepted_at, revoked_at) on invitation to gw_app;
grant update (used_at, revoked_at) on magic_link to gw_app;
grant update (revoked_at) on user_session to gw_app;

-- Role gw_auth: by hash, and what hangs on it.
do $$
declare t text;
begin
  foreach t in array array['person', 'membership', 'invitation', 'magic_link', 'user_session'] loop
    execute format('create policy lookup on %I for select to gw_auth using (true)', t);
  end loop;
end $$;
grant select (account_id, id, deleted_at) on person to gw_auth;
grant select (account_id, entity_id, id, person_id, role, may_invite, period_from, period_until, expires_at, deleted_at)
  on membership to gw_auth;
grant select (account_id, entity_id, id, environment, hash) on invitation, magic_link to gw_auth;
grant select (account_id, entity_id, id, environment, membership_id, role, hash, expires_at, revoked_at)
  on user_session to gw_auth;

-- An auditor may be shown the documents of a period only: gateway.period is 'from,until', either
-- end may be missing; unset, nothing is hidden. What hangs on a document is hidden with it. In
-- functions, so that everybody else's statements are not planned for it.
create function is_in_period(day date) returns boolean language plpgsql stable as $$
declare ends text[] := string_to_array(current_setting('gateway.period', true), ',');
begin
  return coalesce(day between coalesce(nullif(ends[1], '')::date, '-infinity')
                          and coalesce(nullif(ends[2], '')::date, 'infinity'), false);
end $$;
create function is_document_shown(document uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from document d where d.id = document);
end $$;
create policy period on document as restrictive for select to gw_app
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or (issued_at is not null and is_in_period(issue_date)));
-- Of a table, leave such an auditor the rows of which this condition holds.
create procedure limit_to_period(name text, shown text) language plpgsql as $$
begin
  execute format($policy$
    create policy period on %I as restrictive for select to gw_app
      using ((select coalesce(current_setting('gateway.period', true), '')) = '' or %s)
  $policy$, name, shown);
end $$;
call limit_to_period('transmission', 'is_document_shown(document_id)');
call limit_to_period('event', 'is_document_shown(document_id)');
call limit_to_period('archive_entry', 'is_document_shown(document_id)');
