-- Reading all evidence again: how far a run is, and what it found. One run is open at a time; whoever
-- goes on with it, in whatever process, moves the cursor from where it stood.

create table archive_scrub (
  id             uuid primary key,
  stage          text not null check (stage in ('entries', 'places')),
  after_owner    uuid,
  after_digest   bytea,
  files          bigint not null default 0,
  bytes          bigint not null default 0,
  damaged        bigint not null default 0,
  missing        bigint not null default 0,
  unlogged       bigint not null default 0,
  findings       jsonb not null default '[]',
  began_at       timestamptz not null,
  ended_at       timestamptz,
  check ((after_owner is null) = (after_digest is null))
);
comment on column archive_scrub.stage is 'entries: the bytes of each entry; places: whether bytes have one';
comment on column archive_scrub.unlogged is 'bytes that no entry names: what a rolled-back transaction left';
comment on column archive_scrub.findings is 'the first thousand, by entity and digest';
create unique index archive_scrub_open on archive_scrub ((true)) where ended_at is null;
grant select, insert, update on archive_scrub to gw_worker;
grant select on archive_scrub to gw_fsck;

-- Who reads all bytes acts in nobody's name, and may see which bytes there are.
create index archive_entry_bytes on archive_entry (entity_id, sha256);
create policy scrub on archive_entry for select to gw_worker using (
  (select coalesce(current_setting('gateway.entity_ids', true), '')) = ''
  and (select coalesce(current_setting('gateway.account_id', true), '')) = '');
