-- What an entity sells, and to whom: customers, items, taxes, templates.
--
-- `search` is what a list is searched by: folded (no case, no accents), short enough to stand in
-- the index, so that looking for a part of a word reads the index alone. A plain B-tree, because
-- under row security PostgreSQL looks nothing up by operators that are not leakproof (LIKE, @@).

create table tax (
  account_id            uuid not null,
  entity_id             uuid not null,
  id                    uuid not null,
  name                  text not null,
  category_code         text not null,
  rate                  numeric check (rate between 0 and 100),
  exemption_reason      text,
  exemption_reason_code text,
  metadata              jsonb not null default '{}',
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  deleted_at            timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);

create table customer (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  contact_type text not null check (contact_type in ('buyer', 'supplier', 'both')),
  name         text not null,
  reference    text check (length(reference) <= 200),
  vat_key      text check (length(vat_key) <= 64),
  email_key    text check (length(email_key) <= 254),
  match_key    text not null,
  search       text not null check (octet_length(search) <= 1600),
  buyer        jsonb not null,
  details      jsonb not null,
  checks       jsonb not null,
  metadata     jsonb not null default '{}',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  deleted_at   timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
comment on column customer.vat_key is 'BT-48 in capitals, letters and digits only';
comment on column customer.match_key is 'digest of name and e-mail, folded: whom an inline customer is';
create unique index customer_reference on customer (entity_id, reference)
  where reference is not null and deleted_at is null;
create index customer_vat on customer (entity_id, vat_key) where vat_key is not null;
create index customer_email on customer (entity_id, email_key) where email_key is not null;
create index customer_match on customer (entity_id, match_key);
create index customer_list on customer (entity_id, id desc)
  include (account_id, search) where deleted_at is null;

create table item (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  name          text not null,
  sku           text check (length(sku) <= 200),
  gtin          text check (gtin ~ '^[0-9]{8,14}$'),
  currency_code text,
  tax_id        uuid,
  supply_kind   text,
  supply_code   text check (length(supply_code) between 2 and 20),
  line          jsonb not null,
  search        text not null check (octet_length(search) <= 1600),
  metadata      jsonb not null default '{}',
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  deleted_at    timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, tax_id) references tax (entity_id, id)
);
comment on column item.line is 'what a line of a document takes over, in the words of EN 16931';
create unique index item_sku on item (entity_id, sku) where sku is not null and deleted_at is null;
create index item_gtin on item (entity_id, gtin) where gtin is not null;
create index item_tax on item (entity_id, tax_id) where tax_id is not null;
create index item_list on item (entity_id, id desc)
  include (account_id, search) where deleted_at is null;

create table template (
  account_id    uuid not null,
  entity_id     uuid not null,
  id            uuid not null,
  name          text not null,
  purpose       text not null check (purpose in ('text', 'email', 'document')),
  document_kind text,
  language      text,
  subject       text,
  body          text,
  html_body     text,
  document      jsonb,
  metadata      jsonb not null default '{}',
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
create index template_purpose on template (entity_id, purpose, id desc);

call protect_entity_table('tax');
call protect_entity_table('customer');
call protect_entity_table('item');
call protect_entity_table('template');

grant select, insert, update on tax, customer, item to gw_app, gw_worker;
grant select, insert, update, delete on template to gw_app;
grant select on template to gw_worker;
