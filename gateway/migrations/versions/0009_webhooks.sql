-- Webhook endpoints and what was delivered to them.

-- `since` is the oldest transaction that ran when it was made: what that one and later ones
-- record is sent to it.
create table webhook_endpoint (
  account_id       uuid not null references account (id),
  entity_id        uuid,                     -- null: all entities of the account
  environment      text not null check (environment in ('sandbox', 'live')),
  id               uuid not null,
  url              text not null,
  description      text not null,
  event_types      jsonb not null,
  metadata         jsonb not null default '{}',
  secret           bytea not null,           -- sealed with the master key, as is the one before
  previous_secret  bytea,
  previous_until   timestamptz,
  enabled          boolean not null,
  disabled_reason  text check (disabled_reason in ('by_you', 'gone', 'failing')),
  disabled_at      timestamptz,
  failures         integer not null default 0,
  failing_since    timestamptz,
  paused_until     timestamptz,
  since            bigint not null default pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  deleted_at       timestamptz,
  primary key (account_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check (enabled = (disabled_reason is null))
);
create index webhook_endpoint_open on webhook_endpoint (id) where enabled and deleted_at is null;
create index webhook_endpoint_metadata on webhook_endpoint using gin (metadata jsonb_path_ops);

-- How far the events of an account were handed to its endpoints.
create table webhook_feed (
  account_id   uuid not null references account (id),
  environment  text not null check (environment in ('sandbox', 'live')),
  xid          bigint not null,
  position     bigint not null,
  primary key (account_id, environment)
) with (fillfactor = 50);

-- What is sent: frozen bytes, the same for every endpoint and attempt.
create table webhook_message (
  account_id   uuid not null,
  entity_id    uuid,
  environment  text not null check (environment in ('sandbox', 'live')),
  id           uuid not null,
  event_id     uuid not null,                -- a test message has one too, that no feed knows
  type         text not null,
  payload      bytea not null check (length(payload) <= 20480),
  created_at   timestamptz not null,
  primary key (account_id, id),
  unique (account_id, event_id, type),
  foreign key (account_id, entity_id) references entity (account_id, id)
);

-- The log: one row for an event and an endpoint, whatever happens.
create table webhook_delivery (
  account_id    uuid not null,
  entity_id     uuid,
  environment   text not null check (environment in ('sandbox', 'live')),
  id            uuid not null,
  endpoint_id   uuid not null,
  message_id    uuid not null,
  event_id      uuid not null,
  type          text not null,
  event_at      timestamptz not null,
  state         text not null check (state in ('pending', 'delivered', 'failed')),
  attempts      jsonb not null default '[]',
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  primary key (account_id, id),
  unique (account_id, endpoint_id, event_id),
  foreign key (account_id, endpoint_id) references webhook_endpoint (account_id, id),
  foreign key (account_id, message_id) references webhook_message (account_id, id)
);
create index webhook_delivery_list on webhook_delivery (account_id, endpoint_id, id desc);
create index webhook_delivery_message on webhook_delivery (account_id, message_id);
create index webhook_delivery_range on webhook_delivery (account_id, endpoint_id, event_at);

-- The queue: who must be asked, and when. `due_at` of a row that is being sent is the end of its
-- lease: whoever sent it is dead then. `claims` is the fence: a row is settled by its last claimer.
create table webhook_queue (
  account_id   uuid not null,
  entity_id    uuid,
  environment  text not null check (environment in ('sandbox', 'live')),
  delivery_id  uuid not null,
  endpoint_id  uuid not null,
  state        text not null check (state in ('queued', 'sending')),
  due_at       timestamptz not null,
  attempts     integer not null default 0,
  claims       integer not null default 0,
  primary key (account_id, delivery_id),
  foreign key (account_id, delivery_id) references webhook_delivery (account_id, id)
) with (fillfactor = 50);
create index webhook_queue_due on webhook_queue (endpoint_id, due_at, delivery_id);

-- The feed of a whole account, in its order.
create index event_account_feed on event (account_id, xid, position);
create index event_account_at on event (account_id, at);

call protect_account_table('webhook_endpoint');
call protect_account_table('webhook_message');
call protect_account_table('webhook_delivery');
-- What was sent to whom is read by account, where no document is; it tells of them all.
call limit_to_period('webhook_message', 'false');
call limit_to_period('webhook_delivery', 'false');
call protect_account_table('webhook_queue');
call protect_table('webhook_feed');

-- The place of an account is no secret of its entities: theirs may begin it.
create policy tenant on webhook_feed to gw_app
  using (environment = (select current_setting('gateway.environment', true))
    and account_id in (select e.account_id from entity e
      union select nullif(current_setting('gateway.account_id', true), '')::uuid));

-- The worker finds out what is due, whoever's it is, and nothing more: no address, no secret, no
-- payload. Everything else it does in the tenant's name.
create policy work on webhook_endpoint for select to gw_worker using (true);
create policy work on webhook_feed for select to gw_worker using (true);
create policy work on webhook_queue to gw_worker using (true) with check (true);
grant select (account_id, entity_id, environment, id, enabled, paused_until, deleted_at)
  on webhook_endpoint to gw_worker;
grant select on webhook_feed to gw_worker;
grant select, update (state, due_at, claims) on webhook_queue to gw_worker;

grant select, insert, update on webhook_endpoint, webhook_delivery, webhook_feed to gw_app;
grant select, insert, update, delete on webhook_queue to gw_app;
grant select, insert on webhook_message to gw_app;
grant delete on webhook_delivery, webhook_message to gw_app;

revoke select on webhook_endpoint from gw_fsck;
grant select (account_id, entity_id, environment, id, event_types, enabled, disabled_reason, since,
  deleted_at) on webhook_endpoint to gw_fsck;
