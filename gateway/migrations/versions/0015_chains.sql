-- Hash chains and stamps.
--
-- A chain is one row, and that row is its lock: whoever adds a record holds it until the commit.
-- Records and stamps are added and never changed. The database itself refuses a fork: a place is
-- taken once, and a predecessor has one successor.

create table chain (
  account_id      uuid not null,
  entity_id       uuid not null,
  id              uuid not null,
  chain_key       text not null check (length(chain_key) between 1 and 200),
  owner           text not null default '' check (length(owner) <= 300),
  generation      integer not null check (generation >= 1),
  state           text not null check (state in ('open', 'halted', 'closed')),
  first_sequence  bigint not null check (first_sequence >= 1),
  first_previous  text not null,
  next_sequence   bigint not null,
  last_digest     text not null,
  last_record     uuid,
  last_at         timestamptz,
  opened_at       timestamptz not null,
  opened_because  text not null check (opened_because <> ''),
  halted_at       timestamptz,
  halted_because  text,
  closed_at       timestamptz,
  closed_because  text,
  void_from       bigint,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, chain_key, generation),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check (next_sequence >= first_sequence),
  check ((next_sequence = first_sequence) = (last_record is null)),
  check ((last_record is null) = (last_at is null)),
  check (last_record is not null or last_digest = first_previous),
  check (state <> 'halted' or (halted_at is not null and halted_because <> '')),
  check ((state = 'closed') = (closed_at is not null and closed_because <> ''))
) with (fillfactor = 50);
comment on column chain.generation is 'a chain that was closed has a successor under the same key';
comment on column chain.first_previous is 'what the first record names as its predecessor';
comment on column chain.last_digest is 'what the next record names as its predecessor';
comment on column chain.void_from is 'what stands from this place on, the authority will never have';
create unique index chain_current on chain (entity_id, chain_key) where state <> 'closed';
-- For the authority a chain is somebody's: no two of the gateway, of whichever tenant, are the same one's.
create unique index chain_owner on chain (split_part(chain_key, '/', 1), owner)
  where owner <> '' and state <> 'closed';
comment on column chain.owner is 'whose it is for the authority, in what the scheme counts in; empty until the first record';
call protect_entity_table('chain');
-- Where a chain stands tells of every day: an auditor of a period sees the records of it alone.
call limit_to_period('chain', 'false');
grant select, insert on chain to gw_app;
grant update (state, owner, next_sequence, last_digest, last_record, last_at, halted_at, halted_because,
  closed_at, closed_because, void_from) on chain to gw_app;
grant select on chain to gw_worker;
grant update (state, halted_at, halted_because, void_from) on chain to gw_worker;

create table chain_record (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  chain_id     uuid not null,
  chain_key    text not null,
  sequence     bigint not null check (sequence >= 1),
  digest       text not null check (length(digest) between 1 and 1000),
  previous     text not null,
  document_id  uuid not null,
  kind         text not null check (kind ~ '^[a-z][a-z_-]{0,29}$'),
  record       bytea not null,
  at           timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, chain_id, sequence),
  unique (entity_id, chain_id, previous),
  unique (entity_id, document_id, kind),
  foreign key (entity_id, chain_id) references chain (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
comment on column chain_record.at is 'as the record itself says, to the second; never decreasing';
call protect_entity_table('chain_record');
call limit_to_period('chain_record', 'is_document_shown(document_id)');
grant select, insert on chain_record to gw_app;
grant select on chain_record to gw_worker;

-- What an authority has of a chain and we do not, or not so: our database is older than its
-- ledger. These places and numbers are used, and never given again.
create table chain_foreign (
  account_id    uuid not null,
  entity_id     uuid not null,
  chain_key     text not null,
  sequence      bigint not null check (sequence >= 1),
  digest        text not null,
  number        text not null,
  registration  text not null,
  noted_at      timestamptz not null,
  withdrawn_at       timestamptz,
  withdrawn_because  text,
  primary key (account_id, entity_id, chain_key, sequence, digest, noted_at),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((withdrawn_at is not null) = (coalesce(withdrawn_because, '') <> ''))
);
create unique index chain_foreign_place on chain_foreign (entity_id, chain_key, sequence)
  where withdrawn_at is null;
create index chain_foreign_number on chain_foreign (entity_id, chain_key, number);
call protect_entity_table('chain_foreign');
call limit_to_period('chain_foreign', 'false');
grant select, insert on chain_foreign to gw_app;
grant update (withdrawn_at, withdrawn_because) on chain_foreign to gw_app;

-- What an authority gave a document: its identifier, the moment, a QR code's text, the proof.
create table stamp (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  document_id  uuid not null,
  authority    text not null check (length(authority) between 1 and 100),
  kind         text not null check (kind ~ '^[a-z][a-z_-]{0,29}$'),
  identifier   text not null check (length(identifier) between 1 and 1000),
  at           timestamptz not null,
  qr           text check (length(qr) between 1 and 1000),
  proof_id     uuid,
  created_at   timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, document_id, authority, kind, identifier),
  foreign key (entity_id, document_id) references document (entity_id, id),
  -- The archive's log is locked last, so its entry is written after what points at it.
  foreign key (entity_id, proof_id) references archive_entry (entity_id, id)
    deferrable initially deferred
);
call protect_entity_table('stamp');
call limit_to_period('stamp', 'is_document_shown(document_id)');
grant select, insert on stamp to gw_app, gw_worker;

create function never_changed() returns trigger language plpgsql as $$
begin
  raise exception '% is only added to', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger chain_record_frozen before update or delete on chain_record
  for each row execute function never_changed();
create trigger chain_foreign_frozen before delete on chain_foreign
  for each row execute function never_changed();
-- It was no record of the authority's after all: said once, with a reason, and not unsaid.
create function chain_foreign_withdrawn() returns trigger language plpgsql as $$
begin
  if old.withdrawn_at is not null
     or (new.account_id, new.entity_id, new.chain_key, new.sequence, new.digest, new.number,
         new.registration, new.noted_at)
        is distinct from
        (old.account_id, old.entity_id, old.chain_key, old.sequence, old.digest, old.number,
         old.registration, old.noted_at) then
    raise exception 'what an authority has is withdrawn or stays' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger chain_foreign_withdrawn before update on chain_foreign
  for each row execute function chain_foreign_withdrawn();
create trigger stamp_frozen before update or delete on stamp
  for each row execute function never_changed();

-- A chain grows by one record at a time, in the order of time, while it is open; what was closed
-- stays as it was.
create function chain_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a chain is never deleted' using errcode = 'restrict_violation';
  end if;
  if old.state = 'closed' then
    raise exception 'a closed chain stays as it is' using errcode = 'restrict_violation';
  end if;
  if (new.account_id, new.entity_id, new.id, new.chain_key, new.generation, new.first_sequence,
      new.first_previous, new.opened_at, new.opened_because)
     is distinct from
     (old.account_id, old.entity_id, old.id, old.chain_key, old.generation, old.first_sequence,
      old.first_previous, old.opened_at, old.opened_because) then
    raise exception 'a chain keeps its beginning' using errcode = 'restrict_violation';
  end if;
  if old.owner <> '' and new.owner <> old.owner then
    raise exception 'a chain keeps its owner' using errcode = 'restrict_violation';
  end if;
  if new.next_sequence <> old.next_sequence
     and (new.next_sequence <> old.next_sequence + 1 or old.state <> 'open' or new.state <> 'open'
          or new.last_at < old.last_at) then
    raise exception 'a chain grows by one, in the order of time' using errcode = 'restrict_violation';
  end if;
  if new.next_sequence = old.next_sequence
     and (new.last_digest, new.last_record, new.last_at)
         is distinct from (old.last_digest, old.last_record, old.last_at) then
    raise exception 'a chain has one head' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger chain_moves before update or delete on chain
  for each row execute function chain_moves();
