-- Devices of one premise may count together (Slovenia's strategy C, Croatia's P): each device has a
-- series of its own, with its pattern and its mark, and all but one take their numbers from that one,
-- which is the counter and the lock. Documents belong to the series that counts.
alter table series
  add column counter_id uuid,
  add foreign key (entity_id, counter_id) references series (entity_id, id),
  add check (counter_id is null or (counter_id <> id and kind = 'gapless' and places = 0));
create index series_counter on series (entity_id, counter_id) where counter_id is not null;
