-- An erased customer is forgotten in two more places: in what was told of a change of his VAT number (the
-- register's name and address), and in bodies that were handed in and of which nothing could be made.

create or replace function event_blanked() returns trigger language plpgsql as $$
begin
  if not (case when old.document_id is not null then is_document_destroyed(old.entity_id, old.document_id)
          else exists (select from destruction_item i join received_document r
                         on r.entity_id = i.entity_id and r.id = i.received_id
                        where i.entity_id = old.entity_id and i.document = old.subject_id
                          and r.destroyed_at is not null)
            or ((old.type like 'customer.%' or old.type = 'vat_number.changed') and new.data = '{}') end) then
    raise exception 'what happened never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- A body without its escapes, in small letters; one that PostgreSQL cannot read as JSON, as it stands.
create function plainly(body text) returns text language plpgsql immutable as $$
begin
  return lower(body::jsonb::text);
exception when others then
  return lower(body);
end $$;

-- Which problem it was, without what was said of it.
create function problem_kind(problem jsonb) returns jsonb language sql immutable as $$
  select jsonb_object_agg(key, value) || '{"detail": ""}' from jsonb_each(problem)
   where key in ('type', 'title', 'status', 'instance')
$$;

-- Blank what could not be made and names somebody by one of several words; which problem it was stays.
create procedure forget_bodies(entity uuid, words text[]) language plpgsql as $$
begin
  update intake i set body = '', problem = problem_kind(i.problem)
   where i.entity_id = forget_bodies.entity and i.state = 'failed'
     and exists (select from unnest(words) word
                  where strpos(plainly(i.body) || lower(i.problem::text), lower(word)) > 0);
  update bulk_item b set body = null, problem = problem_kind(b.problem)
   where b.entity_id = forget_bodies.entity
     and (b.state = 'failed' or exists (
           select from job j where j.entity_id = b.entity_id and j.id = b.job_id
                               and j.state in ('failed', 'cancelled')))
     and exists (select from unnest(words) word
                  where strpos(plainly(coalesce(b.body, '')) || lower(coalesce(b.problem::text, '')),
                               lower(word)) > 0);
end $$;

create or replace procedure erase_customer(entity uuid, customer uuid, public text, moment timestamptz)
language plpgsql as $$
declare
  draft record;
  words text[];
begin
  select array_remove(array[public, nullif(trim(both '"' from to_jsonb(c.name)::text), ''), c.email_key], null)
    into words from customer c
   where c.entity_id = erase_customer.entity and c.id = erase_customer.customer;
  call forget_bodies(erase_customer.entity, words);
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
   where e.entity_id = erase_customer.entity and e.subject_id = public
     and (e.type like 'customer.%' or e.type = 'vat_number.changed');
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

-- Who was erased before: of him the id alone is known.
alter table event no force row level security;  -- or the owner would see no row
alter table intake no force row level security;
alter table bulk_item no force row level security;
alter table job no force row level security;
update event e set data = '{}'
  from event a
 where e.type = 'vat_number.changed' and e.data <> '{}' and a.type = 'erasure.approved'
   and a.entity_id = e.entity_id and a.data->>'customer_id' = e.subject_id;
do $$
declare erased record;
begin
  for erased in select e.entity_id, array_agg(e.data->>'customer_id') as ids from event e
                 where e.type = 'erasure.approved' group by e.entity_id
  loop
    call forget_bodies(erased.entity_id, erased.ids);
  end loop;
end $$;
alter table event force row level security;
alter table intake force row level security;
alter table bulk_item force row level security;
alter table job force row level security;
