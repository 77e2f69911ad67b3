-- Legal holds are told to the log, too: evidence about the entity itself, as reconciliations are.

alter table archive_entry drop constraint archive_entry_of_one;
alter table archive_entry add constraint archive_entry_of_one check (
  num_nonnulls(document_id, received_id) = case when role in ('reconciliation', 'legal-hold') then 0 else 1 end);
