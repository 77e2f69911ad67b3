"""A database with many entities: a few documents made by the API, copied past every trigger.

What is copied is what a document really leaves behind when it is issued: its row with body,
invoice and report, its transmission with the bytes, its events. Numbers, dates, amounts,
customers, metadata and states differ from copy to copy, the same in every run. Evidence on disk
is not copied, so `gateway fsck` is not content with such a database; it is for measuring.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

import psycopg

_IDS = """
create or replace function pg_temp.id(place bigint, what text) returns uuid
language sql immutable as $$
  select (lpad(to_hex(1700000000000 + place), 12, '0') || '7'
    || overlay(substr(md5(what || place), 1, 19) placing 'b' from 4 for 1))::uuid
$$;
"""
"""Like UUIDv7: greater for a later place, and the rest looks random."""

_ENTITIES = """
create temporary table crowd as
  select n, pg_temp.id(n, 'entity') as id from generate_series(1, %(entities)s) n;
insert into entity (account_id, id, environment, name, country_code, seller, settings, metadata,
                    created_at, updated_at)
  select e.account_id, c.id, e.environment, e.name || ' ' || c.n, e.country_code, e.seller,
         e.settings, jsonb_build_object('shop', 'shop-' || c.n, 'plan', 'plan-' || c.n %% 5),
         e.created_at, e.updated_at
    from crowd c, entity e where e.id = %(model)s;
create temporary table crowd_series as
  select c.n, s.code, pg_temp.id(c.n, 'series' || s.code) as id
    from crowd c, series s where s.entity_id = %(model)s;
insert into series (account_id, entity_id, id, code, kind, pattern, next_number, last_issue_date,
                    created_at)
  select s.account_id, c.id, w.id, s.code, s.kind, s.pattern, %(documents)s + 1, s.last_issue_date,
         s.created_at
    from crowd c join crowd_series w using (n)
    join series s on s.entity_id = %(model)s and s.code = w.code;
"""

# Of every 25 documents 2 are drafts and 2 credit notes; they spread over two years.
_DOCUMENTS = """
create temporary table crowd_document as
  select c.n, c.id as entity_id, k, place,
         case when k %% 25 in (7, 19) then 'draft' when k %% 25 in (3, 12) then 'credit_note'
              else 'invoice' end as sort,
         case when k %% 25 in (3, 12) then 'CRN' else 'INV' end as code,
         pg_temp.id(10000000 + place, 'document') as id,
         %(today)s::date - ((place * 7919) %% 730)::integer as day,
         round((10 + (place * 7919) %% 99000 / 100.0)::numeric, 2) as net
    from crowd c, generate_series(1, %(documents)s) k,
         lateral (select (k - 1)::bigint * %(entities)s + c.n as place) p;
insert into document (account_id, entity_id, id, kind, state, profile, series_id, sequence, number,
    issue_date, body, invoice, report, content_sha256, retain_until, metadata, version, created_at,
    updated_at, issued_at, currency_code, total_without_vat, total_vat, total_with_vat, amount_due,
    due_date, customer_id, customer_name, amount_paid, sent_at, voided_at)
  select t.account_id, d.entity_id, d.id, t.kind,
         case when t.state <> 'draft' and d.place %% 97 = 5 then 'voided' else t.state end,
         t.profile,
         case when t.state <> 'draft' then w.id end,
         case when t.state <> 'draft' then d.k end,
         case when t.state <> 'draft' then d.code || '-' || lpad(d.k::text, 6, '0') end,
         case when t.state <> 'draft' then d.day end,
         t.body, t.invoice, t.report, t.content_sha256, t.retain_until,
         jsonb_build_object('order', 'o-' || d.place, 'branch', 'b-' || d.k %% 7),
         t.version, d.day + interval '9 hours', d.day + interval '9 hours',
         case when t.state <> 'draft' then d.day + interval '9 hours' end,
         case when d.n %% 10 = 0 and d.k %% 3 = 0 then 'USD' else 'EUR' end,
         d.net, round(d.net * 0.22, 2), d.net + round(d.net * 0.22, 2),
         d.net + round(d.net * 0.22, 2), d.day + 15,
         pg_temp.id(1000 + d.n * 10 + d.k %% 8, 'customer'), 'Customer ' || d.k %% 8,
         case when t.state <> 'draft' and d.k %% 3 <> 0 then d.net + round(d.net * 0.22, 2)
              else 0 end,
         case when t.state <> 'draft' then d.day + interval '10 hours' end,
         case when t.state <> 'draft' and d.place %% 97 = 5 then now() end
    from crowd_document d
    join document t on t.id = case d.sort when 'draft' then %(draft)s::uuid
                              when 'credit_note' then %(credit_note)s::uuid
                              else %(invoice)s::uuid end
    join crowd_series w on w.n = d.n and w.code = d.code;
"""

_VAT = """
insert into document_vat
  select d.account_id, d.entity_id, id, 1, d.kind, d.issue_date, d.currency_code, 'S',
         case when c.k %% 5 = 0 then 9.5 else 22 end, d.total_without_vat, d.total_vat
    from crowd_document c join document d using (id)
   where d.state = 'issued';
"""

# One transmission in fifty did not simply arrive; every fourth entity has none of those.
_TRANSMISSIONS = """
create temporary table crowd_transmission as
  select d.*, pg_temp.id(10000000 + d.place, 'transmission') as transmission_id,
         case when d.n %% 4 = 0 then 99 else (d.place * 31 / 7) %% 250 end as fate
    from crowd_document d where d.sort <> 'draft';
insert into transmission (account_id, entity_id, id, document_id, channel, lane, message_id,
    sender, receiver, payload, payload_sha256, transport, regulatory, business, action_required,
    attempts, created_at, updated_at)
  select t.account_id, d.entity_id, d.transmission_id, d.id, t.channel, t.lane,
         d.transmission_id::text, t.sender, t.receiver, t.payload, t.payload_sha256,
         case d.fate when 0 then 'queued' when 1 then 'outcome_unknown'
              when 2 then 'failed_permanent' when 4 then 'submitted' else 'delivered' end,
         case d.fate when 0 then 'pending' when 1 then 'pending' when 2 then 'pending'
              when 3 then 'rejected' when 4 then 'pending' else 'accepted' end,
         case when d.fate > 5 and d.k %% 4 = 0 then 'accepted' else 'none' end,
         case d.fate when 5 then 'contradiction: the verdicts accept and refuse' end,
         1, d.day + interval '9 hours', d.day + interval '10 hours'
    from crowd_transmission d join transmission t on t.document_id = %(invoice)s;
insert into event (account_id, entity_id, id, document_id, transmission_id, type, data, at)
  select t.account_id, d.entity_id, pg_temp.id(10000000 + d.place * 4 + v.step, 'event'), d.id,
         case when v.step > 1 then d.transmission_id end, v.type, v.data,
         d.day + interval '9 hours'
    from crowd_transmission d cross join document t
    cross join (values (0, 'invoice.created', '{}'::jsonb),
        (1, 'invoice.finalized', '{"number": "INV-000001", "profile": "en16931-ubl"}'),
        (2, 'transmission.submitted', '{"transport": "submitted", "attempt": 1}'),
        (3, 'transmission.accepted', '{"regulatory": "accepted"}')) v (step, type, data)
   where t.id = %(invoice)s;
"""

_SETTLED = ("document", "document_vat", "transmission", "event", "entity", "series")


@dataclass(frozen=True, slots=True)
class Models:
    """What is copied: an entity of the account that will own the crowd, and documents of it.

    Attributes:
        entity: The entity.
        invoice: An issued invoice, transmitted.
        credit_note: An issued credit note.
        draft: A draft.
    """

    entity: UUID
    invoice: UUID
    credit_note: UUID
    draft: UUID


def fill(admin_url: str, models: Models, *, entities: int, documents: int) -> None:
    """Give the account `entities` more entities with `documents` documents each.

    Args:
        admin_url: A superuser's login: keys and triggers are left out, so that it is quick.
        models: What to copy.
        entities: How many entities.
        documents: How many documents each.
    """
    values = {
        "entities": entities,
        "documents": documents,
        "model": models.entity,
        "invoice": models.invoice,
        "credit_note": models.credit_note,
        "draft": models.draft,
        "today": datetime.date(2026, 11, 20),
    }
    with psycopg.connect(
        admin_url, autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(_IDS)
        for script in (_ENTITIES, _DOCUMENTS, _VAT, _TRANSMISSIONS):
            for statement in script.split(";\n"):
                if statement.strip():
                    connection.execute(statement, values)
        for table in _SETTLED:
            connection.execute(f"vacuum (analyze) {table}".encode())
