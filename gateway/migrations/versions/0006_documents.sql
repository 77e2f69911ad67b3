-- Every kind of document: relations, attachments, payments.

select;
