-- Bulk work, exports and reports.

select;
