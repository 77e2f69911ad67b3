-- Outages that authorities announced, as operators noted them. Notes are only added: of an outage the
-- newest counts, and what was noted before stays.
create table channel_outage (
  note        bigint generated always as identity primary key,
  outage      uuid not null,
  channel     text not null,
  kind        text not null check (kind in ('unavailability', 'failure', 'total_failure')),
  begins_at   timestamptz not null,
  ends_at     timestamptz check (ends_at > begins_at),
  withdrawn   boolean not null default false,
  source      text not null check (length(source) between 1 and 500),
  reason      text check (length(reason) between 1 and 500),
  actor       text not null,
  noted_at    timestamptz not null
);
comment on column channel_outage.ends_at is 'empty: it goes on';
comment on column channel_outage.source is 'where the authority announced it';
comment on column channel_outage.withdrawn is 'it was noted by mistake, and never was';
comment on column channel_outage.reason is 'why it was changed; empty in the first note';
create index channel_outage_newest on channel_outage (channel, outage, note desc);
grant select, insert on channel_outage to gw_worker;
grant select on channel_outage to gw_fsck;
grant select (note, outage, channel, kind, begins_at, ends_at, withdrawn, source)
  on channel_outage to gw_app;   -- what was announced, not who noted it

alter table deadline add column mode text check (length(mode) between 1 and 40);
comment on column deadline.mode is 'in which mode of its country''s law the document counts as issued';
