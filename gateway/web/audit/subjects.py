"""A document as these pages show it, issued or received alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from formats.en16931 import Invoice
from formats.pdf.view.facts import day
from gateway.archive.service import ArchiveEntry
from gateway.documents import evidence as issued
from gateway.events import service as events
from gateway.events.service import EventView
from gateway.inbox import evidence as received
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.problems import NotFoundProblem, Problem
from gateway.tenants.permissions import INVITED
from gateway.web.audit.room import Visit

_RECEIVED = "rcv"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about.

    Attributes:
        id: In the database.
        public: Its public id.
        title: What it is called, in the language of the page.
        number: As it says.
        status: Where it stands, in the words of the API.
        facts: Labels, by their keys, and values.
        invoice: What it says; None where nothing could be read.
        entries: Its files of evidence, in the order of the log.
        events: What happened to it, in order.
    """

    id: UUID
    public: str
    title: str
    number: str
    status: str
    facts: Sequence[tuple[str, str]]
    invoice: Invoice | None
    entries: Sequence[ArchiveEntry]
    events: Sequence[EventView]

    def entry(self, public: str) -> ArchiveEntry:
        """Return one of its files.

        Raises:
            NotFoundProblem: It has no such file.
        """
        wanted = parse_id(public, "arc")
        for one in self.entries:
            if one.id == wanted:
                return one
        raise NotFoundProblem

    def last(self, role: str) -> ArchiveEntry | None:
        """Return the newest of its files with a role."""
        return next((one for one in reversed(self.entries) if one.role == role), None)


def subject_of(visit: Visit, public: str) -> Subject:
    """Return a document that the auditor may see.

    Raises:
        NotFoundProblem: There is none in their scope.
    """
    way = "received" if public.startswith(f"{_RECEIVED}_") else "issued"
    if INVITED[way] not in visit.caller.permissions:
        raise NotFoundProblem
    return _received(visit, public) if way == "received" else _issued(visit, public)


def bundle_of(visit: Visit, public: str) -> bytes:
    """Return the bundle of a document, the same bytes that the API hands out at this moment.

    Raises:
        NotFoundProblem: There is none in the auditor's scope.
        EvidenceDamagedProblem: The bytes on disk are not those that were archived.
    """
    subject = subject_of(visit, public)
    read = (
        received.export_received_bundle
        if subject.public.startswith(_RECEIVED)
        else issued.read_bundle
    )
    return bytes(read(visit.request, visit.tx, public, None).body)


def report_of(visit: Visit, subject: Subject) -> Mapping[str, Any] | None:
    """Return what validation said, as it was archived; None: it was never judged.

    Where its bytes are damaged or were destroyed, the rest is shown with the reason, `gone`.
    """
    entry = subject.last("validation-report")
    if entry is None:
        return None
    try:
        report: Mapping[str, Any] = json.loads(visit.door.archive.read(visit.tx, entry.id))
    except Problem as problem:
        return {"gone": problem.detail}
    return report


def _issued(visit: Visit, public: str) -> Subject:
    documents, tx = visit.door.documents, visit.tx
    row = documents.find(tx, public)
    if row.state == "draft" or row.issued_at is None:
        raise NotFoundProblem
    status, _ = documents.status_of(tx, row)
    named = public_id(row.kind.prefix, row.id)
    return Subject(
        id=row.id,
        public=named,
        title=visit.speech.kind(row.kind),
        number=row.number or "",
        status=str(status["status"]),
        facts=_facts(
            ("issued_at", clock.written(row.issued_at)),
            ("profile", row.profile),
            ("retain_until", day(visit.speech.printed, row.retain_until)),
            ("digest", (row.content_sha256 or b"").hex()),
            ("identifier", named),
        ),
        invoice=None if row.invoice is None else Invoice.model_validate(row.invoice),
        entries=visit.door.archive.entries(tx, row.id),
        events=events.of_document(tx, row.id),
    )


def _received(visit: Visit, public: str) -> Subject:
    row = visit.door.inbox.get(visit.tx, parse_id(public, _RECEIVED))
    return Subject(
        id=row.id,
        public=public,
        title=visit.speech.kind(None),
        number=row.number or "",
        status=row.business,
        facts=_facts(
            ("received_at", clock.written(row.created_at)),
            ("profile", row.profile),
            ("retain_until", day(visit.speech.printed, row.retain_until)),
            ("digest", row.sha256.hex()),
            ("identifier", public),
        ),
        invoice=None if row.invoice is None else Invoice.model_validate(row.invoice),
        entries=visit.door.archive.entries(visit.tx, row.id),
        events=events.of_subject(visit.tx, public),
    )


def _facts(*pairs: tuple[str, str | None]) -> Sequence[tuple[str, str]]:
    return [(label, value) for label, value in pairs if value]
