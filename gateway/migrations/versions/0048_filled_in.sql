-- What 0013, 0021 and 0034 were to fill in of rows that were there. The owner is held to row security as
-- everybody is, and saw none: signals about older transmissions found nobody by their message id, the operator
-- saw no transmission that had needed a person before, and entities that were there before had no round of
-- retention until their settings changed.

alter table entity no force row level security;
alter table transmission no force row level security;
alter table outbox no force row level security;
alter table correlation no force row level security;
alter table retention_round no force row level security;

insert into correlation (account_id, entity_id, id, transmission_id, channel, kind, value, learned_at)
  select account_id, entity_id, id, id, channel, 'message-id', message_id, created_at from transmission
  on conflict do nothing;

insert into retention_round (account_id, entity_id, environment, due_at)
  select account_id, id, environment, now() from entity where deleted_at is null
  on conflict do nothing;

update outbox o set action_required = t.action_required from transmission t
 where t.entity_id = o.entity_id and t.id = o.transmission_id
   and o.action_required is distinct from t.action_required;

alter table entity force row level security;
alter table transmission force row level security;
alter table outbox force row level security;
alter table correlation force row level security;
alter table retention_round force row level security;
