-- Going on after an old backup was restored. What was lost cannot be had back; nothing of it is used
-- again: the log goes on under another name from what is left, and every series beyond what may
-- have been given.

create table log_reconciliation (
  size            bigint primary key,
  formerly        text not null,
  origin          text not null unique,
  abandoned_size  bigint not null check (abandoned_size > size),
  abandoned_by    text not null,
  abandoned_note  text,
  reason          text not null,
  actor           text not null,
  at              timestamptz not null
);
comment on column log_reconciliation.size is 'leaves that are left, the same in both logs';
comment on column log_reconciliation.formerly is 'name of the log until then; its larger heads are given up';
comment on column log_reconciliation.abandoned_by is 'who knows of the larger log';
grant select, insert on log_reconciliation to gw_app;
grant select on log_reconciliation to gw_worker, gw_fsck;

-- From a place in a series on, numbers go on with another one.
create table series_skip (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  series_id    uuid not null,
  place        bigint not null check (place >= 0),
  period       text,
  next_number  bigint not null check (next_number > 1),
  at           timestamptz not null,
  primary key (account_id, id),
  foreign key (entity_id, series_id) references series (entity_id, id)
);
comment on column series_skip.place is 'how many numbers had been given, as far as is known';
comment on column series_skip.next_number is 'of the next one, in the period';
create index series_skip_series on series_skip (series_id, id);
call protect_entity_table('series_skip');
grant select, insert on series_skip to gw_app;

-- Series that were made after the backup are not known, nor what they gave: those that are made
-- anew begin beyond it.
create table number_floor (
  account_id   uuid not null,
  entity_id    uuid not null,
  next_number  bigint not null check (next_number > 1),
  at           timestamptz not null,
  primary key (account_id, entity_id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
call protect_entity_table('number_floor');
grant select, insert, update (next_number, at) on number_floor to gw_app;

-- Some evidence is about the entity itself, and about no document of it.
alter table archive_entry drop constraint archive_entry_of_one;
alter table archive_entry add constraint archive_entry_of_one
  check (num_nonnulls(document_id, received_id) = case when role = 'reconciliation' then 0 else 1 end);
