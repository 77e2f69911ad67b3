-- Background jobs and schedules; recurring documents.

select;
