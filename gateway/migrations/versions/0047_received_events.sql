-- What happened to a received document is shown to whom the document is shown: to auditors of a period, and
-- to those that an entity invited. Its events name it by its public id alone.

-- The id behind a public one (26 letters of Crockford's base32, `gateway/kit/ids.py`); null: it is none.
create function id_behind(public text) returns uuid language plpgsql immutable as $$
declare letters text := split_part(public, '_', 2); bits bit varying := ''; digits text := '';
begin
  if letters is null or letters !~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$' then
    return null;
  end if;
  for place in 1 .. 26 loop
    bits := bits || (strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(letters, place, 1)) - 1)::bit(5);
  end loop;
  for part in 0 .. 3 loop
    digits := digits || lpad(to_hex(substring(bits from 3 + 32 * part for 32)::bit(32)::bigint), 8, '0');
  end loop;
  return digits::uuid;
end $$;

alter policy period on event
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or case when document_id is not null then is_document_shown(document_id)
            else split_part(subject_id, '_', 1) = 'rcv' and is_received_shown(id_behind(subject_id)) end);
