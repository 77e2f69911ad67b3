-- The first schema: tenants, documents, events, transmissions, archive.
--
-- Keys start with the account, then the entity, so that tables can be distributed by account.
-- Row-level security is FORCEd on every tenant table; an empty setting sees nothing. Settings are
-- made by set_config(..., true) only: gateway.entity_ids (uuid,uuid,...), gateway.account_id
-- (account keys only) and gateway.environment. Run as gw_owner; roles are made beforehand.

create table account (
  id          uuid primary key,
  name        text not null,
  created_at  timestamptz not null
);

create table entity (
  account_id   uuid not null references account (id),
  id           uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  name         text not null,
  country_code text not null check (country_code ~ '^[A-Z]{2}$'),
  seller       jsonb not null,
  settings     jsonb not null default '{}',
  metadata     jsonb not null default '{}',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (account_id, id),
  unique (id)
);
create index entity_metadata on entity using gin (metadata jsonb_path_ops);

create table api_key (
  account_id   uuid not null references account (id),
  id           uuid not null,
  entity_id    uuid,
  environment  text not null check (environment in ('sandbox', 'live')),
  role         text not null check (role in ('writer', 'auditor')),
  name         text not null,
  hint         text not null,
  hash         bytea not null unique,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  primary key (account_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);

create table idempotency (
  account_id    uuid not null references account (id),
  entity_id     uuid,
  environment   text not null,
  scope         text not null,
  key           text not null check (length(key) between 1 and 255),
  request_hash  bytea not null,
  status        smallint not null,
  headers       jsonb not null,
  body          bytea not null,
  permanent     boolean not null,
  created_at    timestamptz not null,
  primary key (account_id, environment, scope, key),
  foreign key (account_id, entity_id) references entity (account_id, id)
);

create table series (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  code             text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$'),
  kind             text not null check (kind in ('gapless', 'external')),
  pattern          text not null,
  next_number      bigint not null default 1 check (next_number >= 1),
  last_issue_date  date,
  created_at       timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, code),
  foreign key (account_id, entity_id) references entity (account_id, id)
) with (fillfactor = 50);

create table document (
  account_id      uuid not null,
  entity_id       uuid not null,
  id              uuid not null,
  kind            text not null check (kind in ('invoice', 'credit_note')),
  state           text not null check (state in ('draft', 'issued', 'voided', 'corrected')),
  profile         text,
  series_id       uuid,
  sequence        bigint,
  number          text,
  issue_date      date,
  body            text not null,
  invoice         jsonb,
  report          jsonb,
  content_sha256  bytea check (length(content_sha256) = 32),
  retain_until    date,
  metadata        jsonb not null default '{}',
  version         integer not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  issued_at       timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, number),
  unique (entity_id, series_id, sequence),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, series_id) references series (entity_id, id),
  check ((state = 'draft') = (issued_at is null)),
  check (state = 'draft' or (number is not null and series_id is not null and issue_date is not null
         and content_sha256 is not null and profile is not null and invoice is not null
         and report is not null and retain_until is not null))
);
create index document_list on document (entity_id, id desc);
create index document_metadata on document using gin (metadata jsonb_path_ops);

create table transmission (
  account_id      uuid not null,
  entity_id       uuid not null,
  id              uuid not null,
  document_id     uuid not null,
  channel         text not null,
  lane            text not null,
  message_id      text not null unique,
  sender          text not null,
  receiver        text not null,
  payload         bytea not null,
  payload_sha256  bytea not null check (payload_sha256 = sha256(payload)),
  transport       text not null,
  regulatory      text not null,
  business        text not null,
  action_required text,
  attempts        integer not null default 0,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index transmission_document on transmission (entity_id, document_id);

-- The queue. Transport details live in transmission; this row only says who must act, and when.
create table outbox (
  id               bigint generated always as identity primary key,
  account_id       uuid not null,
  entity_id        uuid not null,
  transmission_id  uuid not null unique,
  message_id       text not null unique,
  lane             text not null,
  state            text not null check (state in ('queued', 'sending', 'unknown', 'sent', 'closed', 'stuck')),
  due_at           timestamptz,
  attempts         integer not null default 0,
  epoch            bigint,
  claimed_at       timestamptz,
  created_at       timestamptz not null,
  foreign key (entity_id, transmission_id) references transmission (entity_id, id),
  check (state in ('closed', 'stuck') or due_at is not null)   -- INV10
);
create index outbox_due on outbox (lane, due_at, id) where state in ('queued', 'sending', 'unknown', 'sent');

create table lane (
  key          text primary key,
  owner        uuid,
  epoch        bigint not null default 0,
  lease_until  timestamptz,
  backend_pid  integer
) with (fillfactor = 50);

create table event (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  position         bigint generated always as identity,
  xid              xid8 not null default pg_current_xact_id(),
  document_id      uuid,
  transmission_id  uuid,
  type             text not null,
  data             jsonb not null,
  evidence_id      uuid,
  dedup_key        text,
  at               timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, position),
  unique (entity_id, dedup_key),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  foreign key (entity_id, transmission_id) references transmission (entity_id, id)
);
-- The feed is read in the order (xid, position), behind the oldest running transaction.
create index event_feed on event (entity_id, xid, position);
create index event_document on event (entity_id, document_id, position);
create index event_transmission on event (entity_id, transmission_id, position);

create table archive_entry (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  document_id  uuid not null,
  role         text not null,
  name         text not null,
  media_type   text not null,
  size         bigint not null,
  sha256       bytea not null check (length(sha256) = 32),
  leaf         bytea not null,
  log_index    bigint not null unique,
  at           timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index archive_entry_document on archive_entry (entity_id, document_id, log_index);

-- One append-only log for the installation (RFC 6962 hashing). Nodes hold complete subtrees:
-- (0, n) is leaf n, (l, n) covers leaves n*2^l .. (n+1)*2^l-1. Hashes only: nothing of a tenant.
create table log_node (
  level  smallint not null,
  index  bigint not null,
  hash   bytea not null check (length(hash) = 32),
  primary key (level, index)
);
create table log_head (
  id    smallint primary key check (id = 1),
  size  bigint not null,
  root  bytea not null check (length(root) = 32)
) with (fillfactor = 50);
insert into log_head values (1, 0, sha256(''));
create table log_checkpoint (
  size  bigint primary key,
  root  bytea not null,
  note  text not null,
  at    timestamptz not null
);

-- Secrets of the installation, sealed with the master key (the log's signing key).
create table secret (
  name        text primary key,
  ciphertext  bytea not null,
  created_at  timestamptz not null
);

-- Row-level security -------------------------------------------------------------------------

do $$
declare t text;
begin
  foreach t in array array['series', 'document', 'transmission', 'event', 'archive_entry'] loop
    -- Through `entity`, whose own policy knows environment and account: naming somebody else's
    -- entity, or one of the other environment, shows nothing, whatever the code above forgets.
    -- The inner select is evaluated once per statement.
    execute format($policy$
      create policy tenant on %I to gw_app, gw_worker
        using (entity_id = any ((select array(select e.id from entity e where e.id = any (
          string_to_array(nullif(current_setting('gateway.entity_ids', true), ''), ',')::uuid[])))::uuid[]))
    $policy$, t);
  end loop;
  foreach t in array array['account', 'entity', 'api_key', 'idempotency', 'series', 'document', 'transmission', 'outbox', 'lane', 'event', 'archive_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy checker on %I for select to gw_fsck using (true)', t);
  end loop;
end $$;

create policy account_own on account to gw_app
  using (id = (select nullif(current_setting('gateway.account_id', true), '')::uuid));
create policy entity_own on entity to gw_app, gw_worker
  using (environment = (select current_setting('gateway.environment', true))
    and case when (select nullif(current_setting('gateway.account_id', true), '')) is not null
          then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
          else id = any ((select string_to_array(nullif(current_setting('gateway.entity_ids', true), ''), ',')::uuid[])::uuid[])
        end);
create policy key_own on api_key to gw_app
  using (environment = (select current_setting('gateway.environment', true))
    and account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid));
create policy key_lookup on api_key for select to gw_auth using (true);
create policy idempotency_own on idempotency to gw_app
  using (environment = (select current_setting('gateway.environment', true))
    and case when entity_id is null
          then account_id = (select nullif(current_setting('gateway.account_id', true), '')::uuid)
          else entity_id = any ((select string_to_array(nullif(current_setting('gateway.entity_ids', true), ''), ',')::uuid[])::uuid[])
        end);
create policy outbox_issue on outbox for insert to gw_app
  with check (entity_id = any ((select string_to_array(nullif(current_setting('gateway.entity_ids', true), ''), ',')::uuid[])::uuid[]));
create policy outbox_work on outbox to gw_worker using (true) with check (true);
create policy lane_work on lane to gw_worker using (true) with check (true);

-- The unprivileged roles: what each may do. Nothing issued can be updated or deleted by them,
-- but the columns that move.

grant usage on schema public to gw_app, gw_worker, gw_auth, gw_fsck;
grant select on all tables in schema public to gw_fsck;
revoke select on secret from gw_fsck;

grant select, insert on account, entity, api_key, idempotency, series, document, transmission, event, archive_entry to gw_app;
grant update (name, seller, settings, metadata, updated_at) on entity to gw_app;
grant update (revoked_at) on api_key to gw_app;
grant update (next_number, last_issue_date) on series to gw_app;
grant update on document to gw_app;
grant insert on outbox to gw_app;
grant select, insert on log_node, log_checkpoint, secret to gw_app, gw_worker;
grant select, update (size, root) on log_head to gw_app, gw_worker;
grant select (account_id, id, entity_id, environment, role, hash, expires_at, revoked_at) on api_key to gw_auth;

grant select on entity, document to gw_worker;
grant select, update (transport, regulatory, business, action_required, attempts, updated_at) on transmission to gw_worker;
grant select, insert on event, archive_entry to gw_worker;
grant select, update on outbox to gw_worker;
grant select, insert, update on lane to gw_worker;

-- Issued documents are frozen: only the state may move on, drafts alone may change or go.
create function document_frozen() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'an issued document is never deleted' using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if old.state <> 'draft' and (
       new.number is distinct from old.number or new.series_id is distinct from old.series_id
    or new.sequence is distinct from old.sequence or new.issue_date is distinct from old.issue_date
    or new.body is distinct from old.body or new.invoice is distinct from old.invoice
    or new.report is distinct from old.report or new.content_sha256 is distinct from old.content_sha256
    or new.profile is distinct from old.profile or new.kind is distinct from old.kind
    or new.issued_at is distinct from old.issued_at or new.state = 'draft'
    or new.entity_id is distinct from old.entity_id or new.account_id is distinct from old.account_id
    or new.id is distinct from old.id or new.retain_until < old.retain_until) then
    raise exception 'an issued document never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger document_frozen before update or delete on document for each row execute function document_frozen();
