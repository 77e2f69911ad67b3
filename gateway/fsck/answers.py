"""INV1 and INV8: what callers were told, and told once."""

import json
from typing import Any

import psycopg

from gateway.fsck.ids import uuid_of
from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

_STORED = """
select account_id, environment, scope, key, status, body, permanent
  from idempotency where status between 200 and 299 order by account_id, environment, scope, key
"""
_DOCUMENT = """
select state, number, content_sha256 from document where account_id = %s and id = %s
"""
_TWICE = """
select account_id, environment, scope, key, count(*) as times from idempotency
 group by 1, 2, 3, 4 having count(*) > 1
"""
_EVENTS_TWICE = """
select entity_id, dedup_key, count(*) as times from event
 where dedup_key is not null group by 1, 2 having count(*) > 1
"""
_ISSUED_TWICE = """
select document_id, count(*) as times from event
 where split_part(type, '.', 2) = 'finalized' group by 1 having count(*) > 1
"""
_PREFIXES = ("inv_", "crn_", "adv_", "sbi_", "sbc_", "est_", "pro_", "dln_", "ord_", "rct_")


def check_documents(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """INV1, from the answers we keep: each document told of exists, with the bytes told of."""
    for row in stream(connection, _STORED):
        told = _document_told(bytes(row.body))
        if told is None:
            continue
        report.saw("answers")
        where = f"idempotency key {row.key!r} of {row.scope}"
        document = connection.execute(_DOCUMENT, [row.account_id, uuid_of(told["id"])]).fetchone()
        if document is None:
            if row.permanent or told.get("number"):
                report.blame(where, f"the document {told['id']} it told of does not exist")
            continue  # a draft may be deleted
        digest = document.content_sha256 and bytes(document.content_sha256).hex()
        for field, stored in (("number", document.number), ("sha256", digest)):
            if told.get(field) is not None and told[field] != stored:
                report.blame(where, f"it told of {field} {told[field]}, stored is {stored}")


def check_keys(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """INV8: no key has two outcomes, no document was issued twice, no signal taken twice."""
    row = connection.execute("select count(*) from idempotency").fetchone()
    report.saw("keys", row[0] if row else 0)
    for row in connection.execute(_TWICE):
        report.blame(f"idempotency key {row.key!r} of {row.scope}", f"{row.times} outcomes")
    for row in connection.execute(_EVENTS_TWICE):
        report.blame(f"event {row.dedup_key!r} of {row.entity_id}", f"{row.times} times")
    for row in connection.execute(_ISSUED_TWICE):
        report.blame(f"document {row.document_id}", f"issued {row.times} times")


def _document_told(body: bytes) -> dict[str, Any] | None:
    """Return the stored answer if it is a document."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    if isinstance(value, dict) and str(value.get("id")).startswith(_PREFIXES):
        return value
    return None
