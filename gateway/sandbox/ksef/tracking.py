"""What is said of sessions and of their invoices."""

import datetime
import json
import sqlite3

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import upo
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.sessions import (
    CANCELLED,
    CLOSED,
    DONE,
    NO_KEY,
    NONE_GOOD,
    OPEN,
    of,
    row_of,
    rows_of,
)
from gateway.sandbox.ksef.shelf import Json

_WORDS = {
    OPEN: "Sesja interaktywna otwarta",
    CLOSED: "Sesja interaktywna zamknięta",
    150: "Trwa przetwarzanie",
    DONE: "Sesja przetworzona pomyślnie",
    405: "Błąd weryfikacji poprawności dostarczonych elementów paczki",
    NO_KEY: "Błąd odszyfrowania dostarczonego klucza",
    420: "Przekroczony limit faktur w sesji",
    430: "Błąd dekompresji pierwotnego archiwum",
    435: "Błąd odszyfrowania zaszyfrowanych części archiwum",
    CANCELLED: "Sesja anulowana",
    NONE_GOOD: "Błąd weryfikacji, brak poprawnych faktur",
}
_WAITING = (100, 150)


def counted(ask: Ask, session: Json) -> tuple[int, int, int, int]:
    """Return how many invoices a session has: all, taken, refused, waiting."""
    rows = ask.office.book.execute(
        "select status, count(*) as n from invoice where session = ? group by status",
        (session["reference"],),
    )
    by = {row["status"]: row["n"] for row in rows}
    waiting = sum(by.get(one, 0) for one in _WAITING)
    every, taken = sum(by.values()), by.get(DONE, 0)
    return every, taken, every - taken - waiting, waiting


def code_of(ask: Ask, session: Json) -> int:
    """Return how far a session is: it ends itself when all of it is processed."""
    code = int(session["code"])
    over = datetime.datetime.fromisoformat(session["until"]) <= ask.now
    if code == OPEN and over:
        code = CLOSED if session["type"] == "Online" else CANCELLED
    if code not in {CLOSED, 150}:
        return code
    every, taken, _, waiting = counted(ask, session)
    if waiting:
        return code
    if not every:
        return CANCELLED
    return DONE if taken else NONE_GOOD


def status_of(ask: Ask, session: Json) -> Json:
    """Return a session's status."""
    code = code_of(ask, session)
    text = _WORDS[code]
    if code == OPEN and session["type"] == "Batch":
        text = "Sesja wsadowa rozpoczęta"
    found: Json = {"code": code, "description": text}
    if code == CANCELLED:
        found["details"] = ["Nie przesłano faktur"]
    return found


def _session(ask: Ask) -> Reply:
    session = of(ask)
    status = status_of(ask, session)
    every, taken, refused, _ = counted(ask, session)
    said = {
        "status": status,
        "dateCreated": session["created"],
        "dateUpdated": session["updated"],
        "validUntil": session["until"],
        "invoiceCount": every,
        "successfulInvoiceCount": taken,
        "failedInvoiceCount": refused,
    }
    if status["code"] == DONE:
        said["upo"] = {"pages": upo.pages(ask, session)}
    return answered(said)


def _sessions(ask: Ask) -> Reply:
    kind = ask.query("sessionType")
    if kind not in {"Online", "Batch"}:
        ask.wrong("sessionType")
    known = [
        one
        for one in reversed(ask.office.shelf.all("session", ask.context))
        if one["type"] == kind
    ]
    for name, member, after in (
        ("dateCreatedFrom", "created", True),
        ("dateCreatedTo", "created", False),
        ("dateModifiedFrom", "updated", True),
        ("dateModifiedTo", "updated", False),
    ):
        text = ask.query(name)
        if text:
            known = [one for one in known if _inside(ask, one[member], text, after=after)]
    number = ask.query("referenceNumber")
    known = [one for one in known if number in {"", one["reference"]}]
    page, following = ask.paged(known, 10, 1000)
    listed = []
    for one in page:
        every, taken, refused, _ = counted(ask, one)
        listed.append(
            {
                "referenceNumber": one["reference"],
                "status": status_of(ask, one),
                "dateCreated": one["created"],
                "dateUpdated": one["updated"],
                "validUntil": one["until"],
                "totalInvoiceCount": every,
                "successfulInvoiceCount": taken,
                "failedInvoiceCount": refused,
            }
        )
    return answered({"continuationToken": following, "sessions": listed})


def _inside(ask: Ask, moment: str, bound: str, *, after: bool) -> bool:
    try:
        limit = datetime.datetime.fromisoformat(bound.replace(" ", "+"))
    except ValueError:
        ask.wrong(bound)
        raise
    if limit.tzinfo is None:
        limit = limit.replace(tzinfo=datetime.UTC)
    one = datetime.datetime.fromisoformat(moment)
    return one >= limit if after else one <= limit


def described(ask: Ask, row: sqlite3.Row) -> Json:
    """Return what is said of an invoice."""
    value: Json = json.loads(row["value"])
    said: Json = {
        "ordinalNumber": row["ordinal"],
        "referenceNumber": row["reference"],
        "invoiceHash": row["hash"],
        "invoicingDate": value["invoicingDate"],
        "status": value["status"],
    }
    if value.get("name"):
        said["invoiceFileName"] = value["name"]
    if row["ksef_number"]:
        path = f"/files/upo/{row['reference']}"
        said |= {
            "invoiceNumber": row["number"],
            "ksefNumber": row["ksef_number"],
            "acquisitionDate": value["acquisitionDate"],
            "permanentStorageDate": value["permanentStorageDate"],
            "invoicingMode": value["invoicingMode"],
            "upoDownloadUrl": ask.call.here + path,
            "upoDownloadUrlExpirationDate": written(ask.now + datetime.timedelta(days=3)),
        }
    return said


def _listed(ask: Ask, *, failed: bool) -> Reply:
    rows = rows_of(ask, of(ask))
    chosen = [one for one in rows if not failed or one["status"] not in {DONE, *_WAITING}]
    page, following = ask.paged([{"row": one} for one in chosen], 10, 1000)
    said = [described(ask, one["row"]) for one in page]
    return answered({"continuationToken": following, "invoices": said})


HANDLERS = {
    "session": _session,
    "sessions": _sessions,
    "invoices": lambda ask: _listed(ask, failed=False),
    "failed": lambda ask: _listed(ask, failed=True),
    "invoice": lambda ask: answered(described(ask, row_of(ask))),
}
