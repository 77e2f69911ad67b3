-- One request may carry the records of several documents, and is kept whole with the first; one answer names
-- them all. Whoever is limited to some documents is shown both only if he is shown every one of them.

alter table attempt add column carries integer not null default 0 check (carries >= 0);
comment on column attempt.carries is 'so many others its request carried; counted, because not everybody sees them';
grant update (carries) on attempt to gw_worker;

alter table attempt no force row level security;
update attempt a set carries = c.others
  from (select entity_id, carried_by, count(*) as others from attempt where carried_by is not null
         group by entity_id, carried_by) c
 where a.entity_id = c.entity_id and a.id = c.carried_by;
alter table attempt force row level security;

-- Whether all are shown that went out with the request of an attempt. Where one is not there any more: no.
create function is_company_shown(carrier uuid) returns boolean language plpgsql stable as $$
begin
  return coalesce((select a.carries = 0
                       or a.carries = (select count(*) from attempt o
                                        where o.entity_id = a.entity_id and o.carried_by = a.id)
                     from attempt a where a.id = carrier), false);
end $$;
-- Whether that holds for all requests that carried anything of a document.
create function is_sending_shown(document uuid) returns boolean language plpgsql stable as $$
begin
  return not exists (select from transmission t
                       join attempt a on a.entity_id = t.entity_id and a.transmission_id = t.id
                      where t.document_id = document
                        and (a.carries > 0 or a.carried_by is not null)
                        and not is_company_shown(coalesce(a.carried_by, a.id)));
end $$;

alter policy period on exchange
  using ((select coalesce(current_setting('gateway.period', true), '')) = '' or is_company_shown(attempt_id));
alter policy period on archive_entry
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or case when received_id is not null then is_received_shown(received_id)
            else is_document_shown(document_id)
             and case role when 'request' then not exists (select from attempt a where a.id = archive_entry.id)
                                            or is_company_shown(archive_entry.id)
                           when 'receipt' then is_sending_shown(document_id)
                           else true end end);
