"""INV4: the receiver's own book against our state."""

import base64
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg

from gateway.fsck.report import InvariantReport

CHANNEL = "sandbox-network"
_ARRIVED = frozenset({"submitted", "delivered"})
_NEVER_LEFT = frozenset({"failed_permanent", "cancelled_before_send"})
_GRANTED = frozenset({"accepted", "accepted_with_warnings"})
_VERDICTS = {"AP": _GRANTED, "AB": _GRANTED, "RE": frozenset({"rejected"})}
_BUYER = {
    "AB": "acknowledged",
    "IP": "in_process",
    "UQ": "under_query",
    "CA": "conditionally_accepted",
    "RE": "rejected",
    "AP": "accepted",
    "PD": "paid",
}
# What an entity sent before it was taken in here went to the network of another installation.
_OURS = """
select t.id, t.document_id, t.message_id, t.payload_sha256, t.transport, t.regulatory, t.business,
       t.action_required,
       exists (select from entity_move m where m.entity_id = t.entity_id and m.step > 0
                  and m.began_at > t.created_at) as elsewhere
  from transmission t where t.channel = %s order by t.id
"""


@dataclass(frozen=True, slots=True)
class Registration:
    """A message in the receiver's book, and what it told us about it since."""

    message_id: str
    accepted: bool
    sha256: bytes
    intact: bool
    document: tuple[str | None, str | None, str | None]
    verdicts: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The book as it was at one moment; `readable` is False when there is none to read."""

    readable: bool
    registrations: Mapping[str, Registration] = field(default_factory=dict)
    failure: str | None = None


def read(path: Path | None) -> Ledger:
    """Read the book; the file is only read."""
    if path is None:
        return Ledger(readable=False)
    if not path.is_file():
        return Ledger(readable=False, failure=f"there is no ledger {path}")
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as book:
            told = _told(book)
            rows = book.execute(
                "select message_id, state, digest, payload, seller, number, type_code from message"
            )
            found = [
                _registration(row, told.get((row[0], "network")), told.get((row[0], "buyer")))
                for row in rows
            ]
    except sqlite3.Error as error:
        return Ledger(readable=False, failure=f"the ledger {path} cannot be read: {error}")
    return Ledger(readable=True, registrations={one.message_id: one for one in found})


def _told(book: sqlite3.Connection) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the codes of the signals that we took, by message and layer."""
    told: dict[tuple[str, str], frozenset[str]] = {}
    query = "select message_id, layer, code from signal where outcome = 'taken'"
    for message_id, layer, code in book.execute(query):
        told[message_id, layer] = told.get((message_id, layer), frozenset()) | {code}
    return told


def _registration(
    row: tuple[Any, ...], verdicts: frozenset[str] | None, answers: frozenset[str] | None
) -> Registration:
    message_id, state, digest, payload, *document = row
    actual = sha256(payload).digest()
    return Registration(
        message_id=message_id,
        accepted=state == "accepted",
        sha256=actual,
        intact=digest == f"sha-256=:{base64.b64encode(actual).decode()}:",
        document=(document[0], document[1], document[2]),
        verdicts=verdicts or frozenset(),
        answers=answers or frozenset(),
    )


def check(
    connection: psycopg.Connection[Any], before: Ledger, after: Ledger, report: InvariantReport
) -> None:
    """Compare the book, read before and after the snapshot, with our transmissions."""
    for failure in {before.failure, after.failure} - {None}:
        report.blame("ledger", str(failure))
    if not (before.readable and after.readable):
        return
    report.saw("registrations", len(after.registrations))
    _check_book(after.registrations.values(), report)
    ours = {row.message_id: row for row in connection.execute(_OURS, [CHANNEL])}
    accepted: dict[UUID, str] = {}
    for message_id, row in ours.items():
        registration = after.registrations.get(message_id)
        if row.elsewhere and registration is None:
            report.saw("transmissions of another installation")
            continue
        report.saw("transmissions")
        _check_claim(row, registration, report)
        if registration is not None and registration.accepted:
            if row.document_id in accepted:
                what = f"accepted as {accepted[row.document_id]} and as {message_id}"
                report.blame(f"document {row.document_id}", what)
            accepted[row.document_id] = message_id
    for message_id, registration in before.registrations.items():
        known = ours.get(message_id)
        if known is not None:
            _check_told(known, registration, report)
        elif registration.accepted:
            report.blame(f"ledger message {message_id}", "it was accepted, and we know nothing")


def _check_book(registrations: Iterable[Registration], report: InvariantReport) -> None:
    """Check the book itself.

    The same document under two message ids is no fault of the book (two entities may act for one
    seller); the same document *of ours* twice is, and `check` finds it by the document's id.
    """
    seen: set[tuple[str | None, str | None, str | None]] = set()
    for one in registrations:
        if not one.intact:
            report.blame(f"ledger message {one.message_id}", "its digest is not of its bytes")
        if one.accepted and one.document in seen:
            report.saw("documents registered again under another message id")
        if one.accepted:
            seen.add(one.document)


def _check_claim(row: Any, registration: Registration | None, report: InvariantReport) -> None:  # noqa: ANN401 - row
    """Check what our snapshot claims against what the receiver says now."""
    where = f"transmission {row.id}"
    if registration is None:
        if row.transport in _ARRIVED:
            report.blame(where, f"{row.transport}, but the receiver never saw {row.message_id}")
        return
    if registration.sha256 != bytes(row.payload_sha256):
        report.blame(where, "the receiver has other bytes than those we froze")
    if row.transport in _ARRIVED and not registration.accepted:
        report.blame(where, f"{row.transport}, but the receiver refused it")


def _check_told(row: Any, registration: Registration, report: InvariantReport) -> None:  # noqa: ANN401 - row
    """Check that what the receiver knew and told before shows in our snapshot."""
    where = f"transmission {row.id}"
    contradiction = (row.action_required or "").startswith("contradiction")
    if registration.accepted and row.transport in _NEVER_LEFT and not contradiction:
        report.blame(where, f"{row.transport}, but the receiver accepted it")
    if contradiction:
        return
    if len(registration.verdicts) == 1:
        (code,) = registration.verdicts
        if row.regulatory not in _VERDICTS.get(code, frozenset()):
            report.blame(where, f"regulatory {row.regulatory}, the network said {code}")
    if len(registration.answers) == 1:
        (code,) = registration.answers
        if row.business != _BUYER.get(code):
            report.blame(where, f"business {row.business}, the buyer said {code}")
