-- Croatian numbers begin with 1 every year and do not name it: a document is named by number and year.
-- The year stands beside such numbers; beside all others nothing, which are unique for ever.

alter table document add column number_period text not null default ''
  check (number_period ~ '^([0-9]{4}(-[0-9]{2})?)?$');
alter table document drop constraint document_entity_id_number_key;
alter table document add constraint document_entity_id_number_key
  unique (entity_id, number, number_period);

create function document_number_period_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'an issued document never changes' using errcode = 'restrict_violation';
end $$;
create trigger document_number_period_frozen before update of number_period on document for each row
  when (old.state <> 'draft' and new.number_period is distinct from old.number_period)
  execute function document_number_period_frozen();
