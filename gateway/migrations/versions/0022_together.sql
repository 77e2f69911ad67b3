-- A request with several messages may be turned away without a word about which of them is to blame.
-- Then half as many go together, and half of those, until the one is found. It stands beside the reason
-- of the row, which says what the row waits for now and changes meanwhile.

alter table outbox add column together integer;
alter table outbox add constraint outbox_together check (together > 0);
comment on column outbox.together is 'so many may go in one request with it, itself included; null: as many as the channel takes';
grant update (together) on outbox to gw_worker;
