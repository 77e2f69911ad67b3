-- Heads of the log elsewhere. Nothing here is of a tenant: sizes, hashes, signatures.

-- Every attempt to leave a head with somebody else, whatever came of it.
create table log_anchor (
  id       uuid primary key,
  kind     text not null check (kind in ('witness', 'file', 'webhook', 'e-mail', 'time-stamp')),
  target   text not null,
  size     bigint not null,
  root     bytea not null check (length(root) = 32),
  note     text not null,
  outcome  text not null check (outcome in ('done', 'failed', 'contradicted')),
  detail   text not null,
  receipt  bytea,
  at       timestamptz not null
);
comment on column log_anchor.target is 'what readers may know of it: a host or a name, no path and no secret';
comment on column log_anchor.receipt is 'what the other side gave for it: a time stamp, a cosignature';
create index log_anchor_target on log_anchor (kind, target, id desc);
create index log_anchor_done on log_anchor (size desc, id desc) where outcome = 'done';

create table log_cosignature (
  size     bigint not null,
  root     bytea not null check (length(root) = 32),
  witness  text not null,
  key_id   bytea not null check (length(key_id) = 4),
  line     text not null,
  at       timestamptz not null,
  primary key (size, witness, key_id)
);

-- The newest checkpoint that this installation cosigned of each log it is a witness of.
create table log_witnessed (
  origin       text primary key,
  size         bigint not null check (size >= 0),
  root         bytea not null check (length(root) = 32),
  note         text not null,
  cosigned_at  timestamptz not null
);

-- A witness never goes back, whatever the code above does.
create function witnessed_grows() returns trigger language plpgsql as $$
begin
  if new.origin <> old.origin or new.size < old.size
     or (new.size = old.size and new.root <> old.root) then
    raise exception 'a witness does not go back: % of %', new.size, new.origin
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger witnessed_grows before update on log_witnessed
  for each row execute function witnessed_grows();

grant select on log_anchor, log_cosignature to gw_app;
grant select, insert on log_anchor, log_cosignature to gw_worker;
grant select, insert, update (size, root, note, cosigned_at) on log_witnessed to gw_worker;
grant select on log_anchor, log_cosignature, log_witnessed to gw_fsck;
