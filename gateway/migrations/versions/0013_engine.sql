-- The engine's second half: names of messages, attempts, signals that came early, limits, breakers,
-- waits and pauses.
--
-- Names and attempts are a tenant's. What stops a wire (breaker, bucket, wait, pause) is nobody's
-- data: it is about authorities, and shared by all processes.

-- Rows put aside while the authority is away; why a row waits; whether its bytes may have arrived.
alter table outbox drop constraint outbox_state_check;
alter table outbox
  add constraint outbox_state_check check (state in
    ('queued', 'deferred', 'sending', 'unknown', 'sent', 'closed', 'stuck')),
  add column in_doubt   boolean not null default false,
  add column waits_for  text check (length(waits_for) <= 300),
  add column reason     text check (length(reason) <= 500);
comment on column outbox.in_doubt is 'bytes left that nobody has accounted for: true until the other side says it never saw them, or has them';
comment on column outbox.waits_for is 'the breaker whose closing makes the row due';
comment on column outbox.reason is 'why it waits or is stuck: a code, nothing of the tenant';
drop index outbox_due;
create index outbox_due on outbox (lane, due_at, id)
  where state in ('queued', 'deferred', 'sending', 'unknown', 'sent');
create index outbox_stuck on outbox (id) where state = 'stuck';
create index outbox_waits_for on outbox (waits_for) where waits_for is not null;
-- What is left to do is shown to whom the transmission is shown.
create policy outbox_shown on outbox for select to gw_app using (
  exists (select from transmission t where t.entity_id = outbox.entity_id and t.id = outbox.transmission_id));
grant select on outbox to gw_app;

-- A turn begins when a person takes a transmission up again, or it is put aside and taken up again:
-- what was asked for in the turn before is over.
alter table transmission
  add column turn      integer not null default 0 check (turn >= 0),
  add column deferred  boolean not null default false,
  add column facts     jsonb check (jsonb_typeof(facts) = 'array');
comment on column transmission.deferred is 'it was put aside once because the authority was away';
comment on column transmission.facts is 'of what its events say, as much as its state follows from; empty: the events tell';
grant update (turn, deferred, facts) on transmission to gw_worker;

-- A worker sees all of a table while it acts in nobody's name; in a tenant's, what the policy
-- `tenant` shows.
create procedure let_workers_choose(name text) language plpgsql as $$
begin
  execute format($policy$
    create policy work on %I to gw_worker using (
      (select coalesce(current_setting('gateway.entity_ids', true), '')) = ''
      and (select coalesce(current_setting('gateway.account_id', true), '')) = '')
  $policy$, name);
end $$;

create function is_transmission_shown(transmission uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from transmission t where t.id = transmission);
end $$;

-- What the other side calls a transmission. One name means one transmission.
create table correlation (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  transmission_id  uuid not null,
  channel          text not null,
  kind             text not null check (kind ~ '^[a-z][a-z0-9-]{0,39}$'),
  value            text not null check (length(value) between 1 and 500),
  learned_at       timestamptz not null,
  primary key (account_id, id),
  unique (channel, kind, value),
  foreign key (entity_id, transmission_id) references transmission (entity_id, id)
);
create index correlation_transmission on correlation (entity_id, transmission_id);
call protect_entity_table('correlation');
call limit_to_period('correlation', 'is_transmission_shown(transmission_id)');
call let_workers_choose('correlation');
grant select, insert on correlation to gw_app, gw_worker;
insert into correlation (account_id, entity_id, id, transmission_id, channel, kind, value, learned_at)
  select account_id, entity_id, id, id, channel, 'message-id', message_id, created_at from transmission;

-- Verified signals about messages nobody knows by that name yet. They belong to no tenant until
-- their name is learned; bounded by the code, and forgotten after some days.
create table early_signal (
  channel      text not null,
  signal_id    text not null check (length(signal_id) <= 200),
  keys         text[] not null check (cardinality(keys) between 1 and 20),
  signal       jsonb not null,
  content      bytea not null,
  received_at  timestamptz not null,
  expires_at   timestamptz not null,
  primary key (channel, signal_id)
);
comment on column early_signal.keys is 'kind=value';
create index early_signal_keys on early_signal using gin (keys);
create index early_signal_expiry on early_signal (expires_at);
grant select, insert, delete on early_signal to gw_worker;
grant select on early_signal to gw_fsck;

-- Every time bytes were sent or the other side was asked, with all that was decided and exchanged.
-- An attempt without an end was killed, or is on the wire.
create table attempt (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  transmission_id  uuid not null,
  number           integer not null check (number >= 1),
  purpose          text not null check (purpose in ('send', 'ask', 'verdict')),
  attempt          integer not null check (attempt >= 0),
  endpoint         text not null,
  credential       text,
  begun_at         timestamptz not null,
  ended_at         timestamptz,
  outcome          text check (outcome in ('acknowledged', 'never_seen', 'retry', 'refused', 'unknown', 'lost')),
  reason           text check (length(reason) <= 500),
  decisions        jsonb not null,
  code_version     text not null,
  carried_by       uuid,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, transmission_id, number),
  foreign key (entity_id, carried_by) references attempt (entity_id, id),
  foreign key (entity_id, transmission_id) references transmission (entity_id, id),
  check ((ended_at is null) = (outcome is null or outcome = 'lost'))
);
create index attempt_carried on attempt (entity_id, carried_by) where carried_by is not null;
comment on column attempt.carried_by is 'whose request carried this one, too; null: its own';
comment on column attempt.number is 'in the order they began, sends and asks together';
comment on column attempt.purpose is 'send: bytes; ask: whether they arrived; verdict: what became of them';
comment on column attempt.attempt is 'how often the bytes were put on the wire, this time included';
comment on column attempt.outcome is 'lost: its owner is gone, and did not say';
call protect_entity_table('attempt');
call limit_to_period('attempt', 'is_transmission_shown(transmission_id)');
grant select on attempt to gw_app;
grant select, insert, update (ended_at, outcome, reason, decisions, carried_by), delete on attempt to gw_worker;

create table exchange (
  account_id    uuid not null,
  entity_id     uuid not null,
  attempt_id    uuid not null,
  number        integer not null check (number >= 0),
  request       bytea not null,
  body          bytea,
  status        integer,
  headers       jsonb,
  answer        bytea,
  retry_after   double precision,
  peer          text,
  elapsed       double precision,
  primary key (account_id, attempt_id, number),
  foreign key (entity_id, attempt_id) references attempt (entity_id, id),
  check ((status is null) = (answer is null) and (status is null) = (headers is null))
);
comment on column exchange.number is '0: what was prepared, kept before the wire; then all else in order';
comment on column exchange.request is 'request line and headers, secrets blanked';
comment on column exchange.body is 'empty: the payload of the transmission';
comment on column exchange.status is 'empty: no whole answer came';
call protect_entity_table('exchange');
call limit_to_period('exchange',
  'exists (select from attempt a where a.entity_id = exchange.entity_id and a.id = attempt_id)');
grant select on exchange to gw_app;
grant select, insert, update (status, headers, answer, retry_after, peer, elapsed), delete on exchange to gw_worker;

-- The circuit breaker of an endpoint; `open_until` and `probe_until` as in vat_lane.
create table breaker (
  key          text primary key check (length(key) <= 300),
  failures     integer not null default 0 check (failures >= 0),
  openings     integer not null default 0 check (openings >= 0),
  open_until   timestamptz,
  probe_until  timestamptz,
  down_since   timestamptz,
  updated_at   timestamptz not null,
  check (failures > 0 or (openings = 0 and open_until is null and down_since is null))
);
comment on column breaker.down_since is 'the first failure since the last answer';
grant select, insert, update on breaker to gw_worker;
grant select on breaker to gw_fsck;

-- A token bucket. A lane that had to wait has a ticket: its place in the line.
create table bucket (
  key         text primary key check (length(key) <= 300),
  next_at     timestamptz not null,
  queue_at    timestamptz not null,
  updated_at  timestamptz not null
) with (fillfactor = 50);
comment on column bucket.next_at is 'when it is full again, if nobody takes a token until then';
comment on column bucket.queue_at is 'the end of the line of tickets';
grant select, insert, update on bucket to gw_worker;
create table ticket (
  bucket  text not null references bucket (key),
  lane    text not null,
  at      timestamptz not null,
  primary key (bucket, lane)
);
grant select, insert, update, delete on ticket to gw_worker;
grant select on bucket, ticket to gw_fsck;

-- An authority's wish: nothing more of this credential before that moment.
create table authority_wait (
  key         text primary key check (length(key) <= 500),
  until       timestamptz not null,
  updated_at  timestamptz not null
);
grant select, insert, update on authority_wait to gw_worker;
grant select on authority_wait to gw_fsck;

-- When a whole lane waits for a bucket or an authority, its rows are left alone until then.
alter table lane
  add column send_after  timestamptz,
  add column ask_after   timestamptz;

-- Channels an operator stopped: their lanes are not taken.
create table channel_pause (
  channel  text primary key,
  reason   text not null check (length(reason) between 1 and 500),
  actor    text not null,
  at       timestamptz not null
);
grant select, insert, delete on channel_pause to gw_worker;
grant select on channel_pause to gw_fsck;
grant select (channel, at) on channel_pause to gw_app;   -- that it stands still, not who says so
