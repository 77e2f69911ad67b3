-- What an entity sells, and to whom: customers, items, taxes, templates.

select;
