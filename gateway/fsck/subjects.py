"""INV5, what evidence is about: nothing of it hangs in the air, and what was received is in it."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

_WITHOUT = """
select e.id, e.document_id, e.received_id from archive_entry e
 where e.document_id is not null and not exists (
   select from document d where d.entity_id = e.entity_id and d.id = e.document_id)
    or e.received_id is not null and not exists (
   select from received_document r where r.entity_id = e.entity_id and r.id = e.received_id)
 order by e.id
"""
_RECEIVED = """
select r.id, exists (
   select from archive_entry e where e.entity_id = r.entity_id and e.received_id = r.id
      and e.role = 'received' and e.sha256 = r.sha256 and e.size = r.size) as archived
  from received_document r order by r.id
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check that what evidence is about is there, and what came is in the archive as it came."""
    for entry in stream(connection, _WITHOUT):
        about = entry.document_id or entry.received_id
        report.blame(f"archive_entry {entry.id}", f"it is about {about}, which is not there")
    for received in stream(connection, _RECEIVED):
        report.saw("received")
        if not received.archived:
            what = "the bytes that came are not in its evidence"
            report.blame(f"received_document {received.id}", what)
