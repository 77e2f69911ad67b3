
-- Some chains hold what happened in the program, and is about no document: Spain's log of events.
-- An auditor of a period does not see them.

alter table chain_record alter column document_id drop not null;
alter table chain_record add constraint chain_record_about
  check ((document_id is null) = (kind like 'event-%'));
