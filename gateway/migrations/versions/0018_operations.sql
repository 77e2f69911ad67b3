-- Watching and operating: readiness, hosts of lanes, traces.

grant select on alembic_version to gw_auth;   -- readiness asks for the revision over its pool

alter table lane add column host text;
comment on column lane.host is 'where the owner runs, for people; who owns it says the epoch';

alter table outbox add column traceparent text;
comment on column outbox.traceparent is 'W3C trace context of the request that queued it';


-- The queues of the first features: a worker picks over all tenants while it acts in nobody's name;
-- in a tenant's, it sees and changes that tenant's rows alone, like everything else there.
do $$
declare
  name text;
begin
  foreach name in array array['recurring_due', 'inbox_work', 'vat_question', 'vat_round',
                              'webhook_endpoint', 'webhook_queue'] loop
    execute format('drop policy work on %I', name);
    call let_workers_choose(name);
  end loop;
end $$;
drop policy email_queue_work on email_queue;
create policy email_queue_work on email_queue to gw_worker
  using (case when (select coalesce(current_setting('gateway.entity_ids', true), '')) <> ''
              then entity_id = any ((select string_to_array(nullif(current_setting('gateway.entity_ids', true), '*'), ',')::uuid[])::uuid[])
              else (select coalesce(current_setting('gateway.account_id', true), '')) = '' end);

-- Whose a row is, what it carries and where it queues never changes.
revoke update on outbox, email_queue, inbox_work from gw_worker;
grant update (state, due_at, attempts, epoch, claimed_at, in_doubt, waits_for, reason, resumed_at)
  on outbox to gw_worker;
grant update (state, due_at) on email_queue to gw_worker;
grant update (due_at, attempts) on inbox_work to gw_worker;

-- A data key is wrapped anew, under another version of the key above it, and never just written
-- over: what it sealed would be lost. Not even the one who made it may change it.
create function rewrapped() returns trigger language plpgsql as $$
begin
  if new.version = old.version
     or (new.account_id, new.entity_id, new.key_id, new.sealed)
        is distinct from (old.account_id, old.entity_id, old.key_id, old.sealed)
     or coalesce(current_setting('gateway.entity_ids', true), '') <> '' then
    raise exception 'a data key is wrapped anew, and never written over' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signing_secret_rewrapped before update on signing_secret
  for each row execute function rewrapped();
