-- Beside the one log of all: a log of each entity's own leaves, in the same order. Its head proves to
-- an auditor that no leaf of the entity is missing, without showing him those of others.

alter table archive_entry add column entity_index bigint;
comment on column archive_entry.entity_index is 'place among the leaves of the entity, from 0';
-- The owner is held to row security as everybody is, and would see no row to fill in.
alter table archive_entry no force row level security;
with placed as (
  select account_id, id, row_number() over (partition by entity_id order by log_index) - 1 as place
    from archive_entry
)
update archive_entry e set entity_index = p.place
  from placed p where p.account_id = e.account_id and p.id = e.id;
alter table archive_entry alter column entity_index set not null;
create unique index archive_entry_entity_index on archive_entry (entity_id, entity_index);

-- Complete subtrees, as in log_node.
create table entity_log_node (
  account_id  uuid not null,
  entity_id   uuid not null,
  level       smallint not null,
  index       bigint not null,
  hash        bytea not null check (length(hash) = 32),
  primary key (entity_id, level, index)
);
create table entity_log (
  account_id  uuid not null,
  entity_id   uuid primary key,
  size        bigint not null,
  edge        bytea not null,
  foreign key (account_id, entity_id) references entity (account_id, id)
) with (fillfactor = 50);
comment on column entity_log.edge is 'hashes of the complete subtrees it is made of, the largest first: 32 bytes each';

-- What was archived before: level by level, until there is nothing to join.
do $$
declare l smallint := 0;
begin
  insert into entity_log_node
  select e.account_id, e.entity_id, 0, e.entity_index, n.hash
    from archive_entry e join log_node n on n.level = 0 and n.index = e.log_index;
  while found loop
    insert into entity_log_node
    select a.account_id, a.entity_id, l + 1, a.index / 2, sha256('\x01'::bytea || a.hash || b.hash)
      from entity_log_node a
      join entity_log_node b on b.entity_id = a.entity_id and b.level = l and b.index = a.index + 1
     where a.level = l and a.index % 2 = 0;
    l := l + 1;
  end loop;
end $$;
insert into entity_log
select s.account_id, s.entity_id, s.size, string_agg(n.hash, ''::bytea order by n.level desc)
  from (select account_id, entity_id, count(*) as size from archive_entry group by 1, 2) s
  join entity_log_node n on n.entity_id = s.entity_id
   and (s.size >> n.level) & 1 = 1 and n.index = (s.size >> n.level) - 1
 group by s.account_id, s.entity_id, s.size;
alter table archive_entry force row level security;

call protect_entity_table('entity_log');
call protect_entity_table('entity_log_node');
grant select, insert on entity_log, entity_log_node to gw_app, gw_worker;
grant update (size, edge) on entity_log to gw_app, gw_worker;
