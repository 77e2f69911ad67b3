-- Received documents.

select;
