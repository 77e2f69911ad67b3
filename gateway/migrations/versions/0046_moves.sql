-- Entities that move to another installation, or from one. Two installations must never both issue.

create table entity_move (
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  state        text not null check (state in ('leaving', 'moved', 'arriving', 'here')),
  file         text check (file ~ '^[0-9a-f]{64}$'),
  step         bigint not null default 0,
  statement    text,
  began_at     timestamptz not null,
  ended_at     timestamptz,
  primary key (account_id, entity_id),
  unique (entity_id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check (state not in ('moved', 'arriving') or file is not null),
  check (state <> 'moved' or statement is not null)
);
comment on column entity_move.file is 'SHA-256 of the manifest of the exit that it goes with, or came with';
comment on column entity_move.step is 'so many steps of the import are done';
comment on column entity_move.statement is 'signed by the log that it leaves: it issues there no more';
call protect_entity_table('entity_move');
call limit_to_period('entity_move', 'false');
grant select, insert on entity_move to gw_app;
grant update (state, file, step, statement, began_at, ended_at) on entity_move to gw_app;

-- What moved stays so: nobody takes back a statement that another installation may have.
create function moved_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'moved' then
    raise exception 'the entity has moved' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger moved_stays before update or delete on entity_move
  for each row execute function moved_stays();

-- The wall behind what the gateway refuses: whatever path leads there, nothing is issued.
create function entity_is_here() returns trigger language plpgsql as $$
begin
  if exists (select from entity_move m where m.entity_id = new.entity_id and m.state <> 'here') then
    raise exception 'the entity moves' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger document_is_here before update of state on document
  for each row when (old.state is distinct from new.state) execute function entity_is_here();
create trigger chain_is_here before update of next_sequence on chain
  for each row execute function entity_is_here();
