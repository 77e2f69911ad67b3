-- Destruction of what no law keeps any more: proposed by one, approved by another, done by a job.
--
-- A destroyed document stays a row with its number, days, amounts and digest; what it said is gone, here
-- and wherever else it lay. The log keeps its leaves, which name nobody. The database itself refuses
-- whatever is too early: a document is destroyed after its last day, and only then what hangs on it.

-- Who makes a key has it in hand: what comes from one key is one, for whatever takes two to decide. Nobody
-- knows who made those that are there already: all of an account count as one.
alter table api_key add column origin text;
alter table api_key no force row level security;  -- or the owner would see no row to fill in
update api_key set origin = account_id::text;
alter table api_key force row level security;
alter table api_key alter column origin set not null;
comment on column api_key.origin is 'public id of the key, made by an operator, that it comes from; its own there';
grant select (origin) on api_key to gw_auth;

create table destruction (
  account_id       uuid not null,
  entity_id        uuid not null,
  id               uuid not null,
  state            text not null check (state in ('proposed', 'approved', 'rejected', 'done')),
  reason           text,
  proposed_at      timestamptz not null,
  proposed_by_kind text not null,
  proposed_by      text,
  proposed_hand    text not null,
  expires_at       timestamptz not null check (expires_at > proposed_at),
  decided_at       timestamptz,
  decided_by_kind  text,
  decided_by       text,
  decided_hand     text,
  decision_reason  text,
  job_id           uuid,
  done_at          timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  check ((state = 'proposed') = (decided_at is null)),
  check ((decided_at is null) = (decided_by_kind is null) and (decided_at is null) = (decided_hand is null)),
  check ((state = 'done') = (done_at is not null)),
  check (decided_at < expires_at),
  -- Four eyes: whoever proposed it does not approve it. A person and a key may be one; see api_key.origin.
  check (state not in ('approved', 'done')
         or (decided_by_kind = proposed_by_kind and decided_hand <> proposed_hand))
);
create index destruction_list on destruction (entity_id, id desc);
call protect_entity_table('destruction');
call limit_to_period('destruction', 'false');
grant select, insert on destruction to gw_app;
grant update (state, decided_at, decided_by_kind, decided_by, decided_hand, decision_reason, job_id, done_at)
  on destruction to gw_app;

create function destruction_moves() returns trigger language plpgsql as $$
begin
  if not ((old.state = 'proposed' and new.state in ('approved', 'rejected'))
       or (old.state = 'approved' and new.state = 'done')) then
    raise exception 'a % destruction stays so', old.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger destruction_moves before update of state on destruction
  for each row execute function destruction_moves();

create table destruction_item (
  account_id      uuid not null,
  entity_id       uuid not null,
  destruction_id  uuid not null,
  id              uuid not null,
  document_id     uuid,
  received_id     uuid,
  document        text not null,
  kind            text not null,
  number          text,
  retain_until    date not null,
  rule            jsonb not null,
  state           text not null check (state in ('listed', 'marked', 'destroyed', 'spared')),
  spared_because  text check (spared_because in ('held', 'kept', 'unfinished', 'chained', 'destroyed')),
  certificate_id  uuid,
  primary key (account_id, id),
  unique (entity_id, destruction_id, document),
  foreign key (entity_id, destruction_id) references destruction (entity_id, id),
  foreign key (entity_id, document_id) references document (entity_id, id),
  foreign key (entity_id, received_id) references received_document (entity_id, id),
  check (num_nonnulls(document_id, received_id) = 1),
  check ((state = 'spared') = (spared_because is not null)),
  check ((state in ('marked', 'destroyed')) = (certificate_id is not null))
);
comment on column destruction_item.document is 'its public id';
comment on column destruction_item.rule is 'why it was kept until then, as today''s law has it';
comment on column destruction_item.state is 'marked: its rows are blank and its certificate is logged; its bytes go next';
create index destruction_item_document on destruction_item (entity_id, document);
call protect_entity_table('destruction_item');
call limit_to_period('destruction_item', 'false');
grant select, insert, update (state, spared_because, certificate_id) on destruction_item to gw_app;

-- The documents themselves ---------------------------------------------------------------------

-- A wall against what is early by years: the day is over where days begin first (UTC+14). By the calendar of
-- the entity itself the job looks, and the store.
create function is_past_somewhere(day date) returns boolean language sql stable as $$
  select day < ((now() at time zone 'UTC') + interval '14 hours')::date
$$;

alter table document add column destroyed_at timestamptz;
alter table received_document add column destroyed_at timestamptz;
alter table archive_entry add column destroyed_at timestamptz;
create index archive_entry_destroyed on archive_entry (entity_id, sha256) where destroyed_at is not null;
grant update (destroyed_at) on received_document, archive_entry to gw_app;

-- What is issued has its content, unless it was destroyed. The old check has the name that PostgreSQL gave.
do $$
declare name text;
begin
  select c.conname into strict name from pg_constraint c
   where c.conrelid = 'document'::regclass and c.contype = 'c'
     and pg_get_constraintdef(c.oid) like '%report IS NOT NULL%';
  execute format('alter table document drop constraint %I', name);
end $$;
alter table document
  add constraint document_issued_whole check (state = 'draft' or (
    number is not null and series_id is not null and issue_date is not null
    and content_sha256 is not null and profile is not null and retain_until is not null
    and ((invoice is not null and report is not null) or destroyed_at is not null))),
  add constraint document_destroyed_blank check (destroyed_at is null or (
    state <> 'draft' and body = '' and invoice is null and report is null and customer_id is null
    and customer_name is null and void_reason is null and decision_reason is null and metadata = '{}'));
alter table received_document
  add constraint received_destroyed_blank check (destroyed_at is null or (
    invoice is null and report is null and supplier_name is null and supplier_keys = '{}'
    and semantic_hash is null and decision_reason is null and payment_reference is null and metadata = '{}'));

create or replace function document_frozen() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'an issued document is never deleted' using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if old.destroyed_at is not null then
    raise exception 'a destroyed document never changes' using errcode = 'restrict_violation';
  end if;
  if new.destroyed_at is not null and (old.state = 'draft' or not is_past_somewhere(old.retain_until)) then
    raise exception 'a document is destroyed after its last day' using errcode = 'restrict_violation';
  end if;
  if old.state <> 'draft' and (
       new.number is distinct from old.number or new.series_id is distinct from old.series_id
    or new.sequence is distinct from old.sequence or new.issue_date is distinct from old.issue_date
    or (new.destroyed_at is null and (new.body is distinct from old.body
        or new.invoice is distinct from old.invoice or new.report is distinct from old.report))
    or new.content_sha256 is distinct from old.content_sha256
    or new.profile is distinct from old.profile or new.kind is distinct from old.kind
    or new.issued_at is distinct from old.issued_at or new.state = 'draft'
    or new.entity_id is distinct from old.entity_id or new.account_id is distinct from old.account_id
    or new.id is distinct from old.id or new.retain_until < old.retain_until) then
    raise exception 'an issued document never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function received_destroyed_once() returns trigger language plpgsql as $$
begin
  if old.destroyed_at is not null then
    raise exception 'a destroyed document never changes' using errcode = 'restrict_violation';
  end if;
  if new.destroyed_at is not null and not is_past_somewhere(old.retain_until) then
    raise exception 'a document is destroyed after its last day' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger received_destroyed_once before update on received_document
  for each row execute function received_destroyed_once();

-- What hangs on them ---------------------------------------------------------------------------

create function is_document_destroyed(entity uuid, document uuid) returns boolean language sql stable as $$
  select exists (select from document d
                  where d.entity_id = entity and d.id = document and d.destroyed_at is not null)
$$;
create function is_received_destroyed(entity uuid, received uuid) returns boolean language sql stable as $$
  select exists (select from received_document r
                  where r.entity_id = entity and r.id = received and r.destroyed_at is not null)
$$;

create function archive_entry_destroyed_once() returns trigger language plpgsql as $$
begin
  if old.destroyed_at is not null or new.destroyed_at is null
     or old.role = 'destruction-certificate'
     or not (case when new.received_id is null
             then is_document_destroyed(new.entity_id, new.document_id)
             else is_received_destroyed(new.entity_id, new.received_id) end) then
    raise exception 'evidence is destroyed with its document' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger archive_entry_destroyed_once before update on archive_entry
  for each row execute function archive_entry_destroyed_once();

-- Rows that name a document by `document_id` and are blank, or gone, once that is destroyed.
create function goes_with_its_document() returns trigger language plpgsql as $$
begin
  if not is_document_destroyed(old.entity_id, old.document_id) then
    raise exception '% goes with its document', tg_table_name using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

do $$
declare name text;
begin
  select c.conname into strict name from pg_constraint c
   where c.conrelid = 'transmission'::regclass and c.contype = 'c'
     and pg_get_constraintdef(c.oid) like '%sha256(payload)%';
  execute format('alter table transmission drop constraint %I', name);
end $$;
alter table transmission add constraint transmission_payload_whole
  check (payload_sha256 = sha256(payload) or payload = '');
create trigger transmission_blanked before update of payload, sender, receiver on transmission
  for each row execute function goes_with_its_document();
grant update (payload, sender, receiver) on transmission to gw_app;

create trigger document_version_gone before delete on document_version
  for each row execute function goes_with_its_document();
grant delete on document_version to gw_app;

create trigger payment_blanked before update of reference, note on payment
  for each row execute function goes_with_its_document();
grant update (reference, note) on payment to gw_app;

create trigger email_blanked before update of subject, body, attachments, message, reply_to on email
  for each row when (old.document_id is not null) execute function goes_with_its_document();
grant update (subject, body, attachments, message, reply_to, metadata) on email to gw_app;

create trigger share_link_blanked before update of metadata on share_link
  for each row execute function goes_with_its_document();
grant update (metadata) on share_link to gw_app;

create function exchange_gone() returns trigger language plpgsql as $$
begin
  if current_user = 'gw_app' and not exists (
    select from attempt a join transmission t on t.entity_id = a.entity_id and t.id = a.transmission_id
     where a.entity_id = old.entity_id and a.id = old.attempt_id
       and is_document_destroyed(t.entity_id, t.document_id)) then
    raise exception 'exchange goes with its document' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger exchange_gone before delete on exchange for each row execute function exchange_gone();
grant delete on exchange to gw_app;

create function event_blanked() returns trigger language plpgsql as $$
begin
  if not (case when old.document_id is not null then is_document_destroyed(old.entity_id, old.document_id)
          else exists (select from destruction_item i join received_document r
                         on r.entity_id = i.entity_id and r.id = i.received_id
                        where i.entity_id = old.entity_id and i.document = old.subject_id
                          and r.destroyed_at is not null) end) then
    raise exception 'what happened never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger event_blanked before update on event for each row execute function event_blanked();
grant update (data) on event to gw_app;

create function arrival_blanked() returns trigger language plpgsql as $$
begin
  if not is_received_destroyed(old.entity_id, old.received_id) then
    raise exception 'an arrival goes with its document' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger arrival_blanked before update on received_arrival
  for each row execute function arrival_blanked();
grant update (sender, receiver, filename) on received_arrival to gw_app;

-- Of a transmission's events what its state follows from stays (`transmissions/facts.py`): words and
-- moments, of no person. INV9 adds them up again.
create function what_stays(data jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(data)
   where key in ('transport', 'regulatory', 'business', 'attempt', 'issued_at', 'action', 'key', 'turn',
                 'decided', 'stands', 'number')
$$;

-- Everything that is said of a document outside the archive, in one place: called in the name of its tenant.
create procedure destroy_document(entity uuid, document uuid, moment timestamptz) language plpgsql as $$
begin
  update document d
     set destroyed_at = moment, updated_at = moment, version = version + 1, body = '', invoice = null,
         report = null, customer_id = null, customer_name = null, void_reason = null,
         decision_reason = null, metadata = '{}'
   where d.entity_id = entity and d.id = document;
  if not found then
    raise exception 'there is no such document' using errcode = 'no_data_found';
  end if;
  delete from document_version v where v.entity_id = entity and v.document_id = document;
  delete from exchange x using attempt a, transmission t
   where x.entity_id = entity and a.entity_id = entity and a.id = x.attempt_id
     and t.entity_id = entity and t.id = a.transmission_id and t.document_id = document;
  update transmission t set payload = '', sender = '', receiver = ''
   where t.entity_id = entity and t.document_id = document;
  update payment p set reference = null, note = null, metadata = '{}'
   where p.entity_id = entity and p.document_id = document;
  update email e
     set recipients = '[]', subject = '', body = '', attachments = '[]', message = case when e.message is not null then ''::bytea end, sealed = null,
         reply_to = null, last_error = null, metadata = '{}'
   where e.entity_id = entity and e.document_id = document;
  update share_link s set metadata = '{}', revoked_at = coalesce(s.revoked_at, moment), updated_at = moment
   where s.entity_id = entity and s.document_id = document;
  update bulk_item b set body = null where b.entity_id = entity and b.document_id = document;
  update event e set data = what_stays(e.data) where e.entity_id = entity and e.document_id = document;
  update archive_entry e set destroyed_at = moment
   where e.entity_id = entity and e.document_id = document and e.destroyed_at is null;
end $$;

create procedure destroy_received(entity uuid, received uuid, public text, moment timestamptz) language plpgsql as $$
begin
  update received_document r
     set destroyed_at = moment, updated_at = moment, invoice = null, report = null, supplier_name = null,
         supplier_keys = '{}', semantic_hash = null, decision_reason = null, payment_reference = null,
         metadata = '{}'
   where r.entity_id = entity and r.id = received;
  if not found then
    raise exception 'there is no such document' using errcode = 'no_data_found';
  end if;
  update received_arrival a set sender = null, receiver = null, filename = null
   where a.entity_id = entity and a.received_id = received;
  update event e set data = what_stays(e.data) where e.entity_id = entity and e.subject_id = public;
  update archive_entry e set destroyed_at = moment
   where e.entity_id = entity and e.received_id = received and e.destroyed_at is null;
end $$;
