-- What documents are found by, years later: number, party, amount, digest, an authority's identifier.
--
-- Under row security an index serves only operators that PostgreSQL knows to leak nothing: those of
-- text and double precision, and not those of numeric, LIKE or what looks into JSON. So the other party
-- and the total stand in columns of their own; `total_key` only finds, the amount itself decides.

alter table document
  add column party_key text generated always as (left(lower(customer_name), 200)) stored,
  add column party_vat text generated always as
    (left(upper(replace(invoice #>> '{buyer,vat_identifier}', ' ', '')), 50)) stored,
  add column total_key double precision generated always as
    (case when abs(total_with_vat) < 1e300 then total_with_vat::double precision end) stored;
create index document_by_number on document (entity_id, number collate "C") where issued_at is not null;
create index document_by_party on document (entity_id, party_key collate "C") where issued_at is not null;
create index document_by_vat on document (entity_id, party_vat) where issued_at is not null;
create index document_by_total on document (entity_id, currency_code, total_key) where issued_at is not null;

alter table received_document
  add column party_key text generated always as (left(lower(supplier_name), 200)) stored,
  add column party_vat text generated always as
    (left(upper(replace(invoice #>> '{seller,vat_identifier}', ' ', '')), 50)) stored,
  add column total_key double precision generated always as
    (case when abs(total_with_vat) < 1e300 then total_with_vat::double precision end) stored;
create index received_document_by_number on received_document (entity_id, number collate "C");
create index received_document_by_party on received_document (entity_id, party_key collate "C");
create index received_document_by_vat on received_document (entity_id, party_vat);
create index received_document_by_total on received_document (entity_id, currency_code, total_key);
create index received_document_by_day on received_document (entity_id, issue_date);

create index stamp_by_identifier on stamp (entity_id, identifier);
create index correlation_by_value on correlation (entity_id, value);
create index received_arrival_by_message on received_arrival (entity_id, message_id);
