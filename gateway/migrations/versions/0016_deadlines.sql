-- Deadlines of transmissions, the alerts given for each, and how long answers usually take.

-- Since when a row stands as it does, so that only what moved is looked at; and when a person last
-- had it sent again, as its deadline counts from then.
alter table outbox
  add column since       timestamptz not null default clock_timestamp(),
  add column resumed_at  timestamptz;
comment on column outbox.since is 'when its state last changed, by the clock of the database';
comment on column outbox.resumed_at is 'when a person last had it sent again: its time to be sent counts from then';
create function note_since() returns trigger language plpgsql as $$
begin
  new.since := clock_timestamp();
  return new;
end $$;
create trigger outbox_since before update on outbox for each row
  when (old.state is distinct from new.state or old.resumed_at is distinct from new.resumed_at)
  execute function note_since();
create index outbox_since on outbox (since)
  where state in ('queued', 'deferred', 'sending', 'unknown', 'sent');

create table deadline (
  account_id       uuid not null,
  entity_id        uuid not null,
  environment      text not null check (environment in ('sandbox', 'live')),
  id               uuid not null,
  transmission_id  uuid not null,
  channel          text not null,
  kind             text not null check (kind in ('send', 'verdict', 'answer', 'offline')),
  started_at       timestamptz not null,
  due_at           timestamptz not null check (due_at >= started_at),
  alerted          smallint not null default 0 check (alerted in (0, 50, 80, 100)),
  next_alert_at    timestamptz,
  state            text not null check (state in ('open', 'met', 'missed', 'ended')),
  ended_at         timestamptz,
  primary key (account_id, id),
  unique (account_id, transmission_id, kind, started_at),
  foreign key (entity_id, transmission_id) references transmission (entity_id, id),
  check ((state = 'open') = (next_alert_at is not null))
);
comment on column deadline.kind is 'answer: not a duty of anybody, but after that silence is odd';
comment on column deadline.state is 'missed: it passed; ended_at then says when it was done after all';
create index deadline_alert on deadline (next_alert_at) where next_alert_at is not null;
create index deadline_list on deadline (entity_id, due_at, id);
create index deadline_transmission on deadline (account_id, transmission_id) where ended_at is null;
create index deadline_pace on deadline (channel, ended_at) where kind = 'answer' and state = 'met';
call protect_entity_table('deadline');
call limit_to_period('deadline', 'false');
call let_workers_choose('deadline');
grant select on deadline to gw_app;
grant select, insert, update on deadline to gw_worker;

-- Observed times from arrival to verdict, of all tenants together and of nobody in particular.
create table channel_pace (
  channel      text not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  samples      integer not null check (samples > 0),
  median       interval not null,
  late         interval not null,
  updated_at   timestamptz not null,
  primary key (channel, environment)
);
comment on column channel_pace.late is 'the 99th percentile';
grant select, insert, update on channel_pace to gw_worker;
grant select on channel_pace to gw_app;
