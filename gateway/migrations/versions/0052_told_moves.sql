-- Moves are told to the log, too: evidence about the entity itself, as legal holds are.

alter table archive_entry drop constraint archive_entry_of_one;
alter table archive_entry add constraint archive_entry_of_one check (
  num_nonnulls(document_id, received_id)
    = case when role in ('reconciliation', 'legal-hold', 'move') then 0 else 1 end
  -- What another log said of the entity came along, and where that is proven.
  or (role = 'origin' and num_nonnulls(document_id, received_id) = 0));
