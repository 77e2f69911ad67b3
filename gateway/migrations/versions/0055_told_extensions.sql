-- What is kept longer than was reckoned at first is told to the log, too: evidence about the entity itself.

alter table archive_entry drop constraint archive_entry_of_one;
alter table archive_entry add constraint archive_entry_of_one check (
  num_nonnulls(document_id, received_id)
    = case when role in ('reconciliation', 'legal-hold', 'move', 'retention-extension') then 0 else 1 end
  -- What another log said of the entity came along, and where that is proven.
  or (role = 'origin' and num_nonnulls(document_id, received_id) = 0));
