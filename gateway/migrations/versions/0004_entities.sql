-- Entities in full: settings, readiness, numbering by country.

-- What an account settles for all its entities, for sandbox and live apart: what is tried out in
-- the sandbox changes no live document.
create table account_settings (
  account_id   uuid not null references account (id),
  environment  text not null check (environment in ('sandbox', 'live')),
  settings     jsonb not null default '{}',
  metadata     jsonb not null default '{}',
  logo         bytea,
  updated_at   timestamptz not null,
  primary key (account_id, environment)
);
call protect_table('account_settings');
-- An entity's documents look as its account says: whoever reaches an entity may read that, and
-- only the account's own keys may write it.
create policy tenant on account_settings to gw_app, gw_worker
  using (environment = (select current_setting('gateway.environment', true))
    and case when (select nullif(current_setting('gateway.account_id', true), '')) is not null
          then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
          else account_id in (select e.account_id from entity e) end)
  with check (environment = (select current_setting('gateway.environment', true))
    and account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid));
grant select, insert, update on account_settings to gw_app;
grant select on account_settings to gw_worker;
grant update (name) on account to gw_app;

alter table entity
  add column logo        bytea,
  add column deleted_at  timestamptz;
grant update (country_code, logo, deleted_at) on entity to gw_app;
create index entity_list on entity (account_id, environment, id desc) where deleted_at is null;

-- A series counts places, which never begin again (document.sequence), and numbers, which may:
-- with every year or month of the issue date, so one row still is the one counter and its lock.
--   period        the one that `next_number` counts in; null until the first number
--   first_number, first_period   where the series took over from another system
alter table series
  add column reset         text not null default 'never' check (reset in ('never', 'yearly', 'monthly')),
  add column period        text,
  add column places        bigint not null default 0 check (places >= 0),
  add column first_number  bigint not null default 1 check (first_number >= 1),
  add column first_period  text,
  add column premise       text not null default '',
  add column device        text not null default '',
  add column archived_at   timestamptz;
alter table series drop constraint series_entity_id_code_key;
create unique index series_code on series (entity_id, code) where archived_at is null;
grant update (code, pattern, reset, period, places, first_number, first_period, premise, device, archived_at)
  on series to gw_app;
