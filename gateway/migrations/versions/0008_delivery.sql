-- Branding, e-mail, reminders, share links.

-- A logo that settings name by address, as it was fetched once: later changes there change nothing
-- here. Content-addressed, per entity.
create table fetched_logo (
  account_id   uuid not null,
  entity_id    uuid not null,
  url          text not null check (length(url) <= 2000),
  sha256       bytea not null check (sha256 = sha256(content)),
  content      bytea not null check (length(content) <= 1048576),
  fetched_at   timestamptz not null,
  primary key (account_id, entity_id, url),
  foreign key (account_id, entity_id) references entity (account_id, id)
);
call protect_entity_table('fetched_logo');
grant select, insert on fetched_logo to gw_app, gw_worker;

-- An e-mail is the bytes of one message, frozen when it was asked for, and what became of them.
-- Those about no document may hold a secret: they are sealed with the master key, and erased once
-- they have come to an end.
--   queued -> sending -> sent | failed | unknown | queued again;   captured: sandbox, never sent
create table email (
  account_id   uuid not null,
  entity_id    uuid not null,
  id           uuid not null,
  document_id  uuid,
  purpose      text not null check (purpose in ('document', 'reminder', 'invitation', 'notice')),
  about        text,                          -- the public id of what is no document
  state        text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'captured')),
  message_id   text not null unique,
  sender       text not null,
  reply_to     text,
  recipients   jsonb not null,
  subject      text not null,
  body         text not null,
  attachments  jsonb not null,
  message      bytea,
  sealed       bytea,
  attempts     integer not null default 0 check (attempts >= 0),
  last_error   text,
  metadata     jsonb not null default '{}',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  sent_at      timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  check ((purpose in ('document', 'reminder')) = (message is not null)),
  check (sealed is null or purpose in ('invitation', 'notice'))
);
create index email_document on email (entity_id, document_id) where document_id is not null;
create index email_metadata on email using gin (metadata jsonb_path_ops);
call protect_entity_table('email');
call limit_to_period('email', 'is_document_shown(document_id)');
grant select, insert on email to gw_app;
grant update (state, recipients, attempts, last_error, updated_at, sent_at, sealed) on email to gw_app;

-- The queue: who must act, and when. No tenant's data beside the ids.
create table email_queue (
  id           bigint generated always as identity primary key,
  account_id   uuid not null,
  entity_id    uuid not null,
  environment  text not null check (environment in ('sandbox', 'live')),
  email_id     uuid not null unique,
  state        text not null check (state in ('queued', 'sending')),
  due_at       timestamptz not null,
  foreign key (entity_id, email_id) references email (entity_id, id)
);
create index email_queue_due on email_queue (due_at);
alter table email_queue enable row level security;
alter table email_queue force row level security;
create policy checker on email_queue for select to gw_fsck using (true);
grant select on email_queue to gw_fsck;
create policy email_queue_issue on email_queue for insert to gw_app
  with check (entity_id = any ((select string_to_array(
    nullif(nullif(current_setting('gateway.entity_ids', true), ''), '*'), ',')::uuid[])::uuid[]));
create policy email_queue_work on email_queue to gw_worker using (true) with check (true);
grant insert on email_queue to gw_app;
grant select, update, delete on email_queue to gw_worker;

-- One row for every reminder sent and every threshold told, so that each happens once.
create table reminder (
  account_id   uuid not null,
  entity_id    uuid not null,
  document_id  uuid not null,
  occasion     text not null check (occasion ~ '^(overdue|before|after|manual):[0-9a-z-]{1,40}$'),
  email_id     uuid,
  at           timestamptz not null,
  primary key (account_id, entity_id, document_id, occasion),
  foreign key (entity_id, document_id) references document (entity_id, id),
  foreign key (entity_id, email_id) references email (entity_id, id)
);
call protect_entity_table('reminder');
call limit_to_period('reminder', 'is_document_shown(document_id)');
grant select, insert on reminder to gw_app;

-- Links to a document for people without an account. The link itself is not kept, only its hash.
create table share_link (
  account_id     uuid not null,
  entity_id      uuid not null,
  environment    text not null check (environment in ('sandbox', 'live')),
  id             uuid not null,
  document_id    uuid not null,
  hash           bytea not null unique check (length(hash) = 32),
  hint           text not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  expires_at     timestamptz,
  revoked_at     timestamptz,
  views          bigint not null default 0,
  last_viewed_at timestamptz,
  metadata       jsonb not null default '{}',
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id)
);
create index share_link_document on share_link (entity_id, document_id);
create index share_link_metadata on share_link using gin (metadata jsonb_path_ops);
call protect_entity_table('share_link');
call limit_to_period('share_link', 'is_document_shown(document_id)');
create policy share_lookup on share_link for select to gw_auth using (true);
grant select, insert on share_link to gw_app;
grant update (revoked_at, views, last_viewed_at, updated_at) on share_link to gw_app;
grant select (account_id, entity_id, environment, id, document_id, hash, expires_at, revoked_at)
  on share_link to gw_auth;

-- Which entities have something to remind of: ids alone, for the round that visits them.
create index document_owed on document (due_date)
  where state = 'issued' and due_date is not null and amount_due - amount_credited - amount_paid > 0;
create policy owed on document for select to gw_auth
  using (state = 'issued' and due_date is not null and amount_due - amount_credited - amount_paid > 0);
grant select (account_id, entity_id, state, due_date, amount_due, amount_credited, amount_paid)
  on document to gw_auth;
create policy directory on entity for select to gw_auth using (true);
grant select (account_id, id, environment) on entity to gw_auth;
