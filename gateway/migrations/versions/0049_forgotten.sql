-- What is answered once is answered again to the same Idempotency-Key, for ever. A stored answer says as much
-- of a person as what it is about; it is blanked when that is destroyed or erased. That it was given stays.

alter table idempotency
  add column about text,
  add column forgotten_at timestamptz;
comment on column idempotency.about is 'public id: the document of an e-mail or payment, else what was made';
comment on column idempotency.forgotten_at is 'what it is about was destroyed or erased, and the answer with it';
alter table idempotency no force row level security;  -- or the owner would see no row to fill in
alter table event no force row level security;
alter table destruction_item no force row level security;
update idempotency i
   set about = coalesce(substring(said.beginning from '^\{"id":"[^{\[]*?"document_id":"([a-z]{3}_[0-9a-z]{26})"'),
                        substring(said.beginning from '^\{"id":"([a-z]{3}_[0-9a-z]{26})"'))
  from (select j.account_id, j.environment, j.scope, j.key,
               convert_from(substring(j.body for 500), 'LATIN1') as beginning from idempotency j) said
 where (said.account_id, said.environment, said.scope, said.key) = (i.account_id, i.environment, i.scope, i.key);
update idempotency i set body = '', headers = '{}', forgotten_at = now()
 where exists (select from destruction_item d where d.entity_id = i.entity_id and d.document = i.about
                and d.state in ('marked', 'destroyed'))
    or exists (select from event e where e.entity_id = i.entity_id and e.type = 'erasure.approved'
                and e.data->>'customer_id' = i.about);
alter table idempotency force row level security;
alter table event force row level security;
alter table destruction_item force row level security;
alter table idempotency
  add constraint idempotency_forgotten_blank check (forgotten_at is null or (body = '' and headers = '{}'));
create index idempotency_about on idempotency (entity_id, about) where forgotten_at is null;

create function answer_forgotten_once() returns trigger language plpgsql as $$
begin
  if old.forgotten_at is not null or new.forgotten_at is null then
    raise exception 'a stored answer never changes, but it can be forgotten' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger answer_forgotten_once before update on idempotency
  for each row execute function answer_forgotten_once();
grant update (body, headers, forgotten_at) on idempotency to gw_app;
