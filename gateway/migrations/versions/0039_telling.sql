-- A store that locks evidence against everybody is told how long it is kept: of what is new in the
-- order of the log, and of an entity's evidence anew when a hold or a later day came.

create table archive_told (
  id         smallint primary key default 1 check (id = 1),
  next_index bigint not null default 0 check (next_index >= 0)
);
comment on column archive_told.next_index is 'the first leaf of which the store was told nothing';
insert into archive_told default values;
grant select, update (next_index) on archive_told to gw_worker;
grant select on archive_told to gw_fsck;

alter table retention_round
  add column tell_after bytea,
  add column tell_mark uuid,
  add check ((tell_after is null) = (tell_mark is null));
comment on column retention_round.tell_mark is 'changes whenever the evidence is to be told anew; null: it was';
comment on column retention_round.tell_after is 'the digest that was told last; empty: none yet';
create index retention_round_tell on retention_round (entity_id) where tell_mark is not null;
grant update (tell_after, tell_mark) on retention_round to gw_app;
grant select (tell_after, tell_mark), update (tell_after, tell_mark) on retention_round to gw_worker;
