-- Entities in full: settings, readiness, numbering by country.

select;
