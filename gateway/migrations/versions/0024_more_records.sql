-- A document is recorded once when it is issued. What comes later may come several times: a record
-- that mends another can itself be refused and mended, and so can one that cancels.

alter table chain_record drop constraint chain_record_entity_id_document_id_kind_key;
create unique index chain_record_issue on chain_record (entity_id, document_id) where kind = 'issue';
create index chain_record_document on chain_record (entity_id, document_id, id);
