"""INV5: the evidence set of every issued document, on disk and in the log."""

import datetime
import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import psycopg

from gateway.fsck.blobs import Blobs
from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

_FISCAL = (
    *("sandbox-authority", "si-furs", "si-furs-test"),
    *("hr-cis", "hr-cis-test"),
    *("es-verifactu", "es-verifactu-test"),
)
"""Channels that carry the document's fiscal record, and not the document."""

_WRAPPED = ("es-face", "es-face-test", "si-ujp", "si-ujp-test")
"""Channels that carry the document in a wrapping: signed, or with an envelope."""

_AT_ISSUE = frozenset({"document", "input", "validation-report", "tax-decision", "rendition"})
_ARRIVED = frozenset({"submitted", "delivered"})
# The request of a send is archived with what came of it; where nothing came, perhaps later.
_ON_THE_WIRE = """
with on_the_wire as (
  select a.entity_id, a.id, a.transmission_id from attempt a
    join transmission t on t.entity_id = a.entity_id and t.id = a.transmission_id
   where a.purpose = 'send'
     and (a.outcome is null or a.outcome = 'unknown' and t.transport = 'outcome_unknown'))
"""
_DOCUMENTS = (
    _ON_THE_WIRE  # noqa: S608 - our own text
    + """
select d.id, d.content_sha256, d.destroyed_at,
       array(select e.role from archive_entry e
              where e.entity_id = d.entity_id and e.document_id = d.id) as roles,
       array(select e.sha256 from archive_entry e where e.entity_id = d.entity_id
                and e.document_id = d.id and e.role = 'document') as digests,
       array(select t.transport from transmission t
              where t.entity_id = d.entity_id and t.document_id = d.id) as transports,
       array(select e.sha256 from archive_entry e where e.entity_id = d.entity_id
                and e.document_id = d.id and e.role = 'fiscal-record') as records,
       array(select t.payload_sha256 from transmission t where t.entity_id = d.entity_id
                and t.document_id = d.id and t.channel <> all (%(apart)s)) as payloads,
       array(select e.sha256 from archive_entry e where e.entity_id = d.entity_id
                and e.document_id = d.id and e.role = 'parcel') as parcels,
       array(select t.payload_sha256 from transmission t where t.entity_id = d.entity_id
                and t.document_id = d.id and t.channel = any (%(wrapped)s)) as wrapped,
       array(select t.payload_sha256 from transmission t where t.entity_id = d.entity_id
                and t.document_id = d.id and t.channel = any (%(fiscal)s)) as recorded,
       (select coalesce(max(t.attempts), 0) from transmission t
         where t.entity_id = d.entity_id and t.document_id = d.id
           and not exists (select from on_the_wire w where w.transmission_id = t.id)) as attempts
  from document d where d.state <> 'draft' order by d.id
"""
)
_ENTRIES = """
select e.*, n.hash, d.issue_date from archive_entry e
  left join log_node n on n.level = 0 and n.index = e.log_index
  left join document d on e.role = 'document' and d.entity_id = e.entity_id
   and d.id = e.document_id
 order by e.log_index
"""
# Bytes may be gone where the document was destroyed, and a certificate says so: nowhere else.
_UNFOUNDED = """
select e.id from archive_entry e
 where e.destroyed_at is not null and not exists (
   select from archive_entry c
     join document d on d.entity_id = c.entity_id and d.id = c.document_id
    where c.entity_id = e.entity_id and c.document_id = e.document_id
      and c.role = 'destruction-certificate' and c.destroyed_at is null
      and c.log_index > e.log_index and d.destroyed_at = e.destroyed_at)
   and not exists (
   select from archive_entry c
     join received_document r on r.entity_id = c.entity_id and r.id = c.received_id
    where c.entity_id = e.entity_id and c.received_id = e.received_id
      and c.role = 'destruction-certificate' and c.destroyed_at is null
      and c.log_index > e.log_index and r.destroyed_at = e.destroyed_at)
"""
_POINTED_AT = (
    _ON_THE_WIRE  # noqa: S608 - our own text
    + """
select v.id, v.evidence_id from event v
 where v.evidence_id is not null and not exists (
   select from archive_entry e where e.entity_id = v.entity_id and e.id = v.evidence_id)
   and not exists (
   select from on_the_wire w where w.entity_id = v.entity_id and w.id = v.evidence_id)
"""
)


def check(connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport) -> None:
    """Check that nothing is missing, and that bytes, row, leaf and log node say the same."""
    fiscal, wrapped = list(_FISCAL), list(_WRAPPED)
    channels = {"fiscal": fiscal, "wrapped": wrapped, "apart": fiscal + wrapped}
    for document in stream(connection, _DOCUMENTS, channels):
        report.saw("documents")
        for what in _shortcomings(document):
            report.blame(f"document {document.id}", what)
    for entry in stream(connection, _ENTRIES):
        report.saw("files")
        for what in _differences(entry, archive):
            report.blame(f"archive_entry {entry.id}", what)
    for entry in stream(connection, _UNFOUNDED):
        report.blame(f"archive_entry {entry.id}", "it is destroyed, and nothing certifies that")
    for event in connection.execute(_POINTED_AT):
        report.blame(f"event {event.id}", f"its evidence {event.evidence_id} does not exist")


def _shortcomings(document: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    roles = set(document.roles)
    needed = set(_AT_ISSUE)
    if document.attempts:
        needed.add("request")
    for role in sorted(needed - roles):
        yield f"no {role} in its evidence"
    if document.destroyed_at is not None and "destruction-certificate" not in roles:
        yield "it was destroyed, and nothing certifies that"
    # A verdict may come before the receipt; it proves the arrival as well.
    if _ARRIVED & set(document.transports) and not roles & {"receipt", "signal"}:
        yield "it arrived, and neither receipt nor signal is in its evidence"
    content = bytes(document.content_sha256)
    if content not in {bytes(digest) for digest in document.digests}:
        yield "the archived document is not the one that was issued"
    if any(bytes(payload) != content for payload in document.payloads):
        yield "other bytes were sent than were issued"
    parcels = {bytes(digest) for digest in document.parcels}
    if any(bytes(payload) not in parcels for payload in document.wrapped):
        yield "another parcel was sent than was archived"
    archived = {bytes(digest) for digest in document.records}
    if any(bytes(payload) not in archived for payload in document.recorded):
        yield "another fiscal record was sent than was archived"


def _differences(entry: Any, archive: Blobs) -> Iterator[str]:  # noqa: ANN401 - a row
    leaf = bytes(entry.leaf)
    if entry.destroyed_at is None:
        yield from _bytes(entry, archive)
    if entry.hash is None:
        yield f"leaf {entry.log_index} is not in the log"
    elif bytes(entry.hash) != sha256(b"\x00" + leaf).digest():
        yield f"leaf {entry.log_index} is not the one in the log"
    try:
        said = json.loads(leaf)
    except ValueError:
        yield "its leaf cannot be read"
        return
    for field, value in (_expected(entry) | _dated(entry, said)).items():
        if said.get(field) != value:
            yield f"the row says {field} {value!r}, the leaf {said.get(field)!r}"


def _dated(entry: Any, said: dict[str, object]) -> dict[str, object]:  # noqa: ANN401 - a row
    """Return the date that the leaf of a document must say; early leaves say none."""
    return {"issue_date": str(entry.issue_date)} if "issue_date" in said else {}


def _bytes(entry: Any, archive: Blobs) -> Iterator[str]:  # noqa: ANN401 - a row
    digest = bytes(entry.sha256)
    name = digest.hex()
    try:
        content = archive.read(entry.entity_id, digest)
    except OSError as error:
        yield f"the blob {name} cannot be read: {error.strerror}"
    else:
        if sha256(content).digest() != digest:
            yield f"the blob {name} has other bytes"
        if len(content) != entry.size:
            yield f"the blob {name} has {len(content)} bytes, the entry says {entry.size}"


def _expected(entry: Any) -> dict[str, object]:  # noqa: ANN401 - a row
    about = entry.document_id or entry.received_id
    moment = entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return {
        "account": str(entry.account_id),
        "entity": str(entry.entity_id),
        "document": None if about is None else str(about),
        "entry": str(entry.id),
        "role": entry.role,
        "name": entry.name,
        "media_type": entry.media_type,
        "size": entry.size,
        "sha256": bytes(entry.sha256).hex(),
        "at": moment.replace("+00:00", "Z"),
    }
