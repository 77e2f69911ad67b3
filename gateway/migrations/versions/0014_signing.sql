-- Keys and certificates, sealed.
--
-- What a key is stands in `signing_key`; the private half, where it is ours, in `signing_secret`
-- alone: lists never touch it, and deleting that row destroys the key. It is sealed by a data key
-- of its own, and that one wrapped by a key of the installation, of which `version` says which.

create table signing_key (
  account_id         uuid not null,
  entity_id          uuid not null,
  id                 uuid not null,
  name               text not null check (length(name) between 1 and 200),
  origin             text not null check (origin in ('imported', 'generated', 'token')),
  kind               text not null,
  purposes           jsonb not null,
  metadata           jsonb not null default '{}',
  public_key         bytea not null,
  bare               boolean not null default false,
  active_from        timestamptz not null,
  active_until       timestamptz,
  kept_until         timestamptz,
  successor_id       uuid,
  retired_at         timestamptz,
  revoked_at         timestamptz,
  revocation_reason  text,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  deleted_at         timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, successor_id) references signing_key (entity_id, id),
  check (active_until is null or active_until >= active_from),
  check ((revoked_at is null) = (revocation_reason is null))
);
comment on column signing_key.public_key is 'SubjectPublicKeyInfo, DER';
comment on column signing_key.bare is 'true: signs without a certificate';
comment on column signing_key.active_until is 'from then on its successor signs';
comment on column signing_key.kept_until is 'until then what it signed or decrypts counts';
create index signing_key_list on signing_key (entity_id, id desc);
create index signing_key_purposes on signing_key using gin (purposes jsonb_path_ops);
create index signing_key_metadata on signing_key using gin (metadata jsonb_path_ops);
call protect_entity_table('signing_key');
-- A key is about no document: no auditor of a period sees any.
call limit_to_period('signing_key', 'false');
grant select, insert, update on signing_key to gw_app;

create table signing_secret (
  account_id  uuid not null,
  entity_id   uuid not null,
  key_id      uuid not null,
  sealed      bytea not null,
  data_key    bytea not null,
  version     text not null check (length(version) between 1 and 200),
  updated_at  timestamptz not null,
  primary key (account_id, key_id),
  foreign key (entity_id, key_id) references signing_key (entity_id, id)
);
comment on column signing_secret.sealed is 'the private key (PKCS #8), under its data key';
comment on column signing_secret.data_key is 'that one, wrapped under `version`';
create index signing_secret_version on signing_secret (version, key_id);
call protect_entity_table('signing_secret');
call limit_to_period('signing_secret', 'false');
grant select, insert, delete on signing_secret to gw_app;
-- Wrapping data keys anew is nobody's matter but the installation's: not even what they seal is
-- read for it.
call let_workers_choose('signing_secret');
grant select (account_id, entity_id, key_id, data_key, version),
  update (data_key, version, updated_at) on signing_secret to gw_worker;
revoke select on signing_secret from gw_fsck;
grant select (account_id, entity_id, key_id, version) on signing_secret to gw_fsck;

-- Where a key is that does not leave its token (PKCS #11).
create table signing_token_key (
  account_id  uuid not null,
  entity_id   uuid not null,
  key_id      uuid not null,
  token       text not null check (length(token) between 1 and 100),
  label       text not null check (length(label) between 1 and 200),
  object_id   bytea,
  primary key (account_id, key_id),
  foreign key (entity_id, key_id) references signing_key (entity_id, id)
);
call protect_entity_table('signing_token_key');
call limit_to_period('signing_token_key', 'false');
grant select, insert, delete on signing_token_key to gw_app;

-- Certificates of keys: the one in force is the newest that is valid on the day.
create table signing_certificate (
  account_id         uuid not null,
  entity_id          uuid not null,
  environment        text not null check (environment in ('sandbox', 'live')),
  id                 uuid not null,
  key_id             uuid not null,
  certificate        bytea not null,
  chain              bytea[] not null default '{}',
  fingerprint        bytea not null,
  subject            text not null,
  issuer             text not null,
  serial_number      text not null,
  not_before         timestamptz not null,
  not_after          timestamptz not null,
  revocation         text not null default 'unchecked'
                     check (revocation in ('unchecked', 'good', 'revoked', 'unknown')),
  revocation_detail  jsonb not null default '{}',
  revoked_at         timestamptz,
  notice_at          timestamptz,
  check_at           timestamptz,
  created_at         timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  unique (entity_id, key_id, fingerprint),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, key_id) references signing_key (entity_id, id)
);
comment on column signing_certificate.chain is 'its issuer first, up to but without the root';
comment on column signing_certificate.notice_at is 'when to tell next that it expires';
comment on column signing_certificate.check_at is 'when to ask next whether it is revoked';
create index signing_certificate_list on signing_certificate (entity_id, id desc);
create index signing_certificate_key on signing_certificate (entity_id, key_id, not_after);
create index signing_certificate_notice on signing_certificate (notice_at)
  where notice_at is not null;
create index signing_certificate_check on signing_certificate (check_at) where check_at is not null;
call protect_entity_table('signing_certificate');
call limit_to_period('signing_certificate', 'false');
call let_workers_choose('signing_certificate');
grant select, insert, update on signing_certificate to gw_app;
grant select (account_id, entity_id, environment, id, notice_at, check_at),
  update (notice_at, check_at) on signing_certificate to gw_worker;

-- What authorities said about revoked certificates: public, signed, and nobody's data.
create table revocation_answer (
  name         text primary key check (length(name) <= 2300),
  content      bytea not null,
  fetched_at   timestamptz not null,
  this_update  timestamptz,
  next_update  timestamptz,
  expires_at   timestamptz not null,
  failure      text
);
comment on column revocation_answer.name is 'crl and the address, or ocsp, address and question';
create index revocation_answer_expires on revocation_answer (expires_at);
grant select, insert, update, delete on revocation_answer to gw_worker;

-- Whom the installation trusts, by name: the operator's, and public.
create table trust_anchor (
  store        text not null check (store ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  fingerprint  bytea not null,
  certificate  bytea not null,
  role         text not null check (role in ('anchor', 'extra')),
  added_at     timestamptz not null,
  primary key (store, fingerprint)
);
grant select on trust_anchor to gw_app, gw_worker;
grant insert, delete on trust_anchor to gw_worker;
