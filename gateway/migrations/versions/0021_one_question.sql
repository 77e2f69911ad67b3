-- For what a transmission needs a person, kept beside its row of the queue: the operator sees the queue
-- of all tenants, and no transmission of any. It is a copy, made where the original changes.

alter table outbox add column action_required text;
comment on column outbox.action_required is 'that of the transmission: a word of the software, nothing of the tenant';
create index outbox_person on outbox (id) where action_required is not null;
grant update (action_required) on outbox to gw_worker;

create function note_action_required() returns trigger language plpgsql as $$
begin
  update outbox set action_required = new.action_required
   where entity_id = new.entity_id and transmission_id = new.id;
  return null;
end $$;
create trigger transmission_action_required after update of action_required on transmission for each row
  when (old.action_required is distinct from new.action_required)
  execute function note_action_required();

update outbox o set action_required = t.action_required from transmission t
 where t.entity_id = o.entity_id and t.id = o.transmission_id and t.action_required is not null;

-- Whose a chain is for its authority is asked over all tenants, before a number is used: who acts in
-- nobody's name may read that (and change nothing).
create policy owners on chain for select to gw_worker using (
  (select coalesce(current_setting('gateway.entity_ids', true), '')) = ''
  and (select coalesce(current_setting('gateway.account_id', true), '')) = '');
