"""INV5, what keeps documents: no hold is lifted and no last day made earlier behind our back.

The log says of each legal hold that it was placed, what it covers and when it ended, and of each
document the last day as it was reckoned when it came or was issued, and each later one. What was
placed, issued, received or extended by earlier versions has no such word in the log, and cannot be
compared.
"""

import datetime
import json
from typing import Any
from uuid import UUID

import psycopg

from gateway.fsck.blobs import Blobs
from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

_SAID = """
select entity_id, sha256 from archive_entry where role = 'legal-hold' order by log_index
"""
_HOLDS = "select * from retention_hold"
_KEPT = """
select coalesce(d.id, r.id) as id, case when d.id is null then 'received_document' else 'document'
         end as kind, coalesce(d.retain_until, r.retain_until) as until,
       convert_from(e.leaf, 'UTF8')::jsonb ->> 'retain_until' as said
  from archive_entry e
  left join document d on d.entity_id = e.entity_id and d.id = e.document_id
  left join received_document r on r.entity_id = e.entity_id and r.id = e.received_id
 where e.role in ('document', 'received')
"""
# Longer, later: each time has its event, which names the day.
_EXTENDED = """
select d.id, d.retain_until as until, max(v.data ->> 'until') as said
  from document d
  join event v on v.entity_id = d.entity_id and v.document_id = d.id
   and v.type = 'retention.extended'
 group by d.account_id, d.id
having max(v.data ->> 'until') > to_char(d.retain_until, 'YYYY-MM-DD')
"""
# A received document's event names it as the API does.
_RECEIVED_EXTENDED = """
select subject_id, max(data ->> 'until') as said from event
 where type = 'retention.extended' and document_id is null and data ? 'until'
 group by entity_id, subject_id
"""
_RECEIVED = "select id, retain_until as until from received_document where id = any(%s)"
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_TOLD_LONGER = """
select entity_id, sha256 from archive_entry where role = 'retention-extension'
"""
_NOW = """
select id, 'document' as kind, retain_until as until from document where id = any(%(ids)s)
union all
select id, 'received_document', retain_until from received_document where id = any(%(ids)s)
"""
_LIMITS = ("document", "kinds", "issued_from", "issued_until")


def check(connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport) -> None:
    """Check that holds are as they were placed, and days no earlier than they were."""
    _check_holds(connection, archive, report)
    _check_extensions(connection, archive, report)
    for row in stream(connection, _KEPT):
        if row.said is not None and row.id is not None:
            report.saw("last days")
            if row.until.isoformat() < row.said:
                report.blame(f"{row.kind} {row.id}", _earlier(row.until, row.said))
    for row in connection.execute(_EXTENDED):
        report.blame(f"document {row.id}", _earlier(row.until, row.said))
    told = connection.execute(_RECEIVED_EXTENDED).fetchall()
    said = {_behind(row.subject_id): row.said for row in told}
    for row in connection.execute(_RECEIVED, [list(said)]):
        if row.until.isoformat() < said[row.id]:
            report.blame(f"received_document {row.id}", _earlier(row.until, said[row.id]))


def _check_extensions(
    connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport
) -> None:
    """Check that what the log says was kept longer still is, whatever events say."""
    for entry in connection.execute(_TOLD_LONGER):
        try:
            told = json.loads(archive.read(entry.entity_id, bytes(entry.sha256)))
        except (OSError, ValueError):
            continue  # the check of evidence names it
        said = {_behind(one["id"]): one["until"] for one in told["retention_extension"]}
        for row in connection.execute(_NOW, {"ids": list(said)}):
            report.saw("extensions")
            if row.until is None or row.until.isoformat() < said[row.id]:
                report.blame(f"{row.kind} {row.id}", f"the log says: kept until {said[row.id]}")


def _check_holds(
    connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport
) -> None:
    holds = {str(row.id): row for row in connection.execute(_HOLDS)}
    placed, ended = dict[str, dict[str, Any]](), dict[str, dict[str, Any]]()
    for entry in connection.execute(_SAID):
        try:
            told = json.loads(archive.read(entry.entity_id, bytes(entry.sha256)))
        except (OSError, ValueError):
            continue  # the check of evidence names it
        (placed if told["legal_hold"] == "placed" else ended)[told["hold"]] = told
    for name, told in placed.items():
        report.saw("holds")
        where, row = f"retention_hold {name}", holds.get(name)
        if row is None:
            report.blame(where, "it was placed, and is not there")
            continue
        now = {limit: _plain(getattr(row, limit)) for limit in _LIMITS}
        for limit in _LIMITS:
            if now[limit] != told[limit]:
                what = f"it has {limit} {now[limit]!r}, the log says {told[limit]!r}"
                report.blame(where, what)
        about = row.document_id or row.received_id
        if about != (told["document"] and _behind(told["document"])):
            report.blame(where, f"it is about {about}, the log says {told['document']!r}")
        if row.ended_at is not None and name not in ended:
            report.blame(where, "it is ended, and the log does not say so")


def _behind(public: str) -> UUID:
    """Return the id behind a public one; of what is none, an id that nothing has."""
    number = 0
    for digit in public.partition("_")[2]:
        number = number * 32 + _DIGITS.find(digit)
    return UUID(int=number % 2**128)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _earlier(until: datetime.date, said: str) -> str:
    return f"it is kept until {until}, and was to be kept until {said}"
