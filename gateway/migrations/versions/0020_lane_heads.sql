-- Whether an ordered lane has work is told by its first unfinished row and by what was sent already.
-- Both are found by index, however many rows wait behind.

create index outbox_head on outbox (lane, id)
  where state in ('queued', 'deferred', 'sending', 'unknown', 'stuck');
create index outbox_sent on outbox (lane, due_at, id) where state = 'sent';

-- When a lane last had its turn: whose turn is longest ago is next.
alter table lane add column turned_at timestamptz;
