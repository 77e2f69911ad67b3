-- Auditors whom an entity invites: who they are, what they are shown, and what they looked at.

create table auditor (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  environment   text not null check (environment in ('sandbox', 'live')),
  name          text not null,
  firm          text,
  email         text,
  purpose       text not null,
  period_from   date,
  period_until  date check (period_until >= period_from),
  kinds         text[] not null,
  directions    text[] not null check (cardinality(directions) > 0 and directions <@ array['issued', 'received']),
  hint          text not null,
  hash          bytea not null unique,
  invited_by_kind  text not null,
  invited_by    text,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  last_used_at  timestamptz,
  ended_at      timestamptz,
  ended_by_kind text,
  ended_by      text,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((ended_at is null) = (ended_by_kind is null))
);
comment on column auditor.kinds is 'of what was issued, these alone; empty: all';
create index auditor_list on auditor (entity_id, id desc);
call protect_entity_table('auditor');
call limit_to_period('auditor', 'false');
grant select, insert, update (ended_at, ended_by_kind, ended_by) on auditor to gw_app;

-- What is shown to whom never changes: somebody else is invited for something else.
create function auditor_ends_once() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
    raise exception 'what an auditor was shown ends once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger auditor_ends_once before update on auditor
  for each row execute function auditor_ends_once();

-- Role gw_auth: by hash.
create policy lookup on auditor for select to gw_auth using (true);
create policy used on auditor for update to gw_auth using (true) with check (true);
grant select (account_id, entity_id, id, environment, period_from, period_until, kinds, directions, hash,
              expires_at, ended_at, last_used_at), update (last_used_at) on auditor to gw_auth;

-- Everything an invited auditor asked for, written before it was answered. Append only.
create table auditor_access (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  auditor_id   uuid not null,
  at           timestamptz not null,
  operation    text not null,
  shows        text not null check (shows in ('list', 'record', 'file')),
  path         text not null,
  query        text not null,
  subject_id   text,
  address      text not null,
  request_id   text,
  primary key (account_id, id),
  foreign key (entity_id, auditor_id) references auditor (entity_id, id)
);
comment on column auditor_access.address is 'where the request came from, as the server saw it';
create index auditor_access_list on auditor_access (entity_id, auditor_id, id desc);
call protect_entity_table('auditor_access');
call limit_to_period('auditor_access', 'false');
grant select, insert on auditor_access to gw_app;

alter table activity drop constraint activity_actor_kind_check;
alter table activity add constraint activity_actor_kind_check
  check (actor_kind in ('key', 'user', 'auditor', 'system', 'operator'));

-- gateway.period may also say which kinds, and which way documents went: 'from,until,kind+kind,direction';
-- what is missing or empty is not limited.
create function is_issued_shown(document_kind text) returns boolean language plpgsql stable as $$
declare said text[] := string_to_array(current_setting('gateway.period', true), ',');
begin
  return (coalesce(said[3], '') = '' or document_kind = any (string_to_array(said[3], '+')))
     and (coalesce(said[4], '') = '' or 'issued' = any (string_to_array(said[4], '+')));
end $$;
create function is_incoming_shown() returns boolean language plpgsql stable as $$
declare said text[] := string_to_array(current_setting('gateway.period', true), ',');
begin
  return coalesce(said[4], '') = '' or 'received' = any (string_to_array(said[4], '+'));
end $$;
alter policy period on document
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or (issued_at is not null and is_in_period(issue_date) and is_issued_shown(kind)));
alter policy period on document_vat
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or (is_in_period(issue_date) and is_issued_shown(kind)));
alter policy period on received_document
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or (is_incoming_shown() and is_in_period(coalesce(issue_date, (created_at at time zone 'UTC')::date))));
