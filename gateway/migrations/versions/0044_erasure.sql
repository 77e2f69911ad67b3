-- Erasure of personal data (GDPR, article 17), as far as no law asks to keep it (17(3)(b)).
--
-- Somebody asks for it about a customer, another one approves. Then the catalogue forgets the customer at
-- once; each document that names him is destroyed when its last day is over, without asking again.

create table erasure (
  account_id         uuid not null,
  entity_id          uuid not null,
  id                 uuid not null,
  environment        text not null check (environment in ('sandbox', 'live')),
  customer_id        uuid not null,
  state              text not null check (state in ('requested', 'approved', 'rejected', 'done')),
  reason             text,
  requested_at       timestamptz not null,
  requested_by_kind  text not null,
  requested_by       text,
  requested_hand     text not null,
  expires_at         timestamptz not null check (expires_at > requested_at),
  decided_at         timestamptz,
  decided_by_kind    text,
  decided_by         text,
  decided_hand       text,
  decision_reason    text,
  due_at             timestamptz,
  done_at            timestamptz,
  primary key (account_id, id),
  unique (entity_id, id),
  foreign key (account_id, entity_id) references entity (account_id, id),
  foreign key (entity_id, customer_id) references customer (entity_id, id),
  check ((state = 'requested') = (decided_at is null)),
  check ((decided_at is null) = (decided_by_kind is null) and (decided_at is null) = (decided_hand is null)),
  check ((state = 'approved') = (due_at is not null)),
  check ((state = 'done') = (done_at is not null)),
  check (decided_at < expires_at),
  -- Four eyes, as for a destruction.
  check (state not in ('approved', 'done')
         or (decided_by_kind = requested_by_kind and decided_hand <> requested_hand))
);
comment on column erasure.due_at is 'when it is looked next whether the last day of a document is over';
create index erasure_list on erasure (entity_id, id desc);
create index erasure_customer on erasure (entity_id, customer_id);
create index erasure_due on erasure (due_at) where due_at is not null;
call protect_entity_table('erasure');
call limit_to_period('erasure', 'false');
call let_workers_choose('erasure');
grant select, insert on erasure to gw_app;
grant update (state, decided_at, decided_by_kind, decided_by, decided_hand, decision_reason, due_at, done_at)
  on erasure to gw_app;
grant select (account_id, entity_id, id, environment, due_at), update (due_at) on erasure to gw_worker;

create function erasure_moves() returns trigger language plpgsql as $$
begin
  if not ((old.state = 'requested' and new.state in ('approved', 'rejected'))
       or (old.state = 'approved' and new.state = 'done')) then
    raise exception 'a % erasure stays so', old.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger erasure_moves before update of state on erasure
  for each row when (old.state <> new.state) execute function erasure_moves();

alter table destruction
  add column erasure_id uuid,
  add foreign key (entity_id, erasure_id) references erasure (entity_id, id);
comment on column destruction.erasure_id is 'the erasure whose approval stands for it';

-- A customer who was erased is an id, so that documents which must be kept still name the same one.
alter table customer
  add column erased_at timestamptz,
  add constraint customer_erased_blank check (erased_at is null or (
    deleted_at is not null and name = '' and reference is null and vat_key is null and email_key is null
    and match_key = '' and search = '' and buyer = '{}' and details = '{}' and checks = '[]' and metadata = '{}'));
create function customer_erased_once() returns trigger language plpgsql as $$
begin
  raise exception 'an erased customer never comes back' using errcode = 'restrict_violation';
end $$;
create trigger customer_erased_once before update on customer for each row
  when (old.erased_at is not null) execute function customer_erased_once();

-- A draft that names a customer and the erasure of him: whoever comes second sees the other. It is to be tried
-- again, and then the customer is gone.
create function names_who_is_there() returns trigger language plpgsql as $$
begin
  perform from customer c
   where c.entity_id = new.entity_id and c.id = new.customer_id and c.erased_at is null for key share;
  if not found then
    raise exception 'the customer is being erased' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
create trigger document_names_customer before insert or update of customer_id on document for each row
  when (new.customer_id is not null and new.state = 'draft') execute function names_who_is_there();

-- What a deleted draft said goes with its customer: it is as blank as a destroyed document.
create or replace function is_document_destroyed(entity uuid, document uuid) returns boolean language sql stable as $$
  select exists (select from document d
                  where d.entity_id = entity and d.id = document
                    and (d.destroyed_at is not null
                         or (d.state = 'draft' and d.deleted_at is not null and d.body = '{}')))
$$;

create or replace function event_blanked() returns trigger language plpgsql as $$
begin
  if not (case when old.document_id is not null then is_document_destroyed(old.entity_id, old.document_id)
          else exists (select from destruction_item i join received_document r
                         on r.entity_id = i.entity_id and r.id = i.received_id
                        where i.entity_id = old.entity_id and i.document = old.subject_id
                          and r.destroyed_at is not null)
            or (old.type like 'customer.%' and new.data = '{}') end) then
    raise exception 'what happened never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Everything that the catalogue says of a customer, and deleted drafts: called in the name of its tenant.
create procedure erase_customer(entity uuid, customer uuid, public text, moment timestamptz)
language plpgsql as $$
declare draft record;
begin
  update customer c
     set deleted_at = coalesce(c.deleted_at, moment), erased_at = moment, updated_at = moment, name = '',
         reference = null, vat_key = null, email_key = null, match_key = '', search = '', buyer = '{}',
         details = '{}', checks = '[]', metadata = '{}'
   where c.entity_id = erase_customer.entity and c.id = erase_customer.customer;
  if not found then
    raise exception 'there is no such customer' using errcode = 'no_data_found';
  end if;
  delete from vat_watch w where w.entity_id = erase_customer.entity and w.customer_id = erase_customer.customer;
  update event e set data = '{}'
   where e.entity_id = erase_customer.entity and e.subject_id = public and e.type like 'customer.%';
  for draft in select d.id from document d
                where d.entity_id = erase_customer.entity and d.customer_id = erase_customer.customer
                  and d.state = 'draft' and d.deleted_at is not null
  loop
    update document d set body = '{}', customer_id = null, customer_name = null, metadata = '{}', updated_at = moment
     where d.entity_id = erase_customer.entity and d.id = draft.id;
    delete from document_version v where v.entity_id = erase_customer.entity and v.document_id = draft.id;
    update event e set data = what_stays(e.data)
     where e.entity_id = erase_customer.entity and e.document_id = draft.id;
  end loop;
end $$;
