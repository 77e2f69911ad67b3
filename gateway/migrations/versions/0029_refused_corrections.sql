-- A correction that its authority refused was never issued. When it is voided, what it corrected is as
-- it was before.

create or replace function relation_frozen() returns trigger language plpgsql as $$
begin
  if old.effective and (tg_op = 'DELETE' or new.effective or old.kind not in ('settles', 'corrects')) then
    raise exception 'a relation of an issued document stays' using errcode = 'restrict_violation';
  end if;
  if old.effective and old.kind = 'corrects' and not exists (
    select from document d where d.account_id = old.account_id and d.id = old.from_id and d.state = 'voided')
  then
    raise exception 'a correction that is not voided stays' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

create or replace function document_moves() returns trigger language plpgsql as $$
begin
  if old.state in ('voided', 'corrected') and new.state <> old.state and not (
    old.state = 'corrected' and new.state = 'issued' and exists (
      select from document_relation r join document d on d.account_id = r.account_id and d.id = r.from_id
       where r.account_id = new.account_id and r.to_id = new.id and r.kind = 'corrects'
         and not r.effective and d.state = 'voided'))
  then
    raise exception 'a % document stays so', old.state using errcode = 'restrict_violation';
  end if;
  if old.state = 'draft' and new.state not in ('draft', 'issued') then
    raise exception 'a draft is issued first' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
