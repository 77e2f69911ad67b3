"""Sessions in which invoices are sent one by one, and what is said of sessions and invoices."""

import base64
import binascii
import datetime
import json
import sqlite3

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import digest, session_key
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.limits import session_limits
from gateway.sandbox.ksef.shelf import Json

LIFETIME = datetime.timedelta(hours=12)
FORMS = (
    ["FA (2)", "1-0E", "FA"],
    ["FA (3)", "1-0E", "FA"],
    ["PEF (3)", "2-1", "PEF"],
    ["PEF_KOR (3)", "2-1", "PEF"],
    ["FA_RR (1)", "1-1E", "FA_RR"],
)
_COLUMNS = (
    "reference, session, context, ordinal, status, hash, seller, kind, number, ksef_number, value"
)
OPEN, CLOSED, DONE, NO_KEY, CANCELLED, NONE_GOOD = 100, 170, 200, 415, 440, 445


def form_of(ask: Ask, said: Json) -> list[str]:
    """Return the form of a session to be opened."""
    written_ = said.get("formCode") or {}
    form = [written_.get(name) for name in ("systemCode", "schemaVersion", "value")]
    ask.must("K001", kept=form in FORMS, details=f"formCode {form}")
    return [str(one) for one in form]


def opened(ask: Ask, kind: str, said: Json, form: list[str], **more: object) -> Json:
    """Enter a new session, and return it."""
    encryption = said.get("encryption")
    if not isinstance(encryption, dict) or "initializationVector" not in encryption:
        ask.wrong("encryption")
    key = session_key(ask, encryption or {})
    ask.office.rulebook.judged("K210", kept=key is not None)
    reference = ask.office.number("SO" if kind == "Online" else "SB", ask.now)
    session = {
        "reference": reference,
        "type": kind,
        "context": ask.context,
        "subject": ask.who["subject"],
        "login": {name: ask.who[name] for name in ("token", "document") if ask.who.get(name)},
        "form": form,
        "key": [one.hex() for one in key] if key else None,
        "code": NO_KEY if key is None else OPEN,
        "created": written(ask.now),
        "updated": written(ask.now),
        "until": written(ask.now + LIFETIME),
        **more,
    }
    ask.office.shelf.put("session", reference, session, ask.context)
    return session


def of(ask: Ask, reference: str | None = None) -> Json:
    """Return a session of the caller's context.

    Raises:
        RuleBrokenError: There is none of that number.
    """
    number = reference or ask.values["referenceNumber"]
    found = ask.office.shelf.get("session", number)
    ours = found is not None and found["context"] == ask.context
    ask.must(
        "K201",
        kept=ours,
        details=f"Sesja o numerze referencyjnym {number} nie została znaleziona.",
    )
    assert found is not None  # noqa: S101 - the rule was kept
    return found


def enter(
    ask: Ask, session: Json, content: bytes, invoice_hash: str, *, offline: bool, **more: object
) -> str:
    """Enter an invoice into a session; it is looked at when its time has come."""
    book = ask.office.book
    rows = book.execute(
        "select count(*) as n from invoice where session = ?", (session["reference"],)
    )
    reference = ask.office.number("EE", ask.now)
    sent = session["created"] if session["type"] == "Batch" else written(ask.now)
    value = {
        "offline": offline,
        "invoicingDate": sent,
        "status": {"code": 100, "description": "Faktura przyjęta do dalszego przetwarzania"},
        "messageId": ask.call.headers.get("message-id"),
        **more,
    }
    book.insert(
        "invoice",
        {
            "reference": reference,
            "session": session["reference"],
            "context": ask.context,
            "ordinal": rows[0]["n"] + 1,
            "status": 100,
            "due": ask.now.timestamp() + ask.office.script.delay_seconds + ask.office.slow,
            "hash": invoice_hash,
            "content": content,
            "value": json.dumps(value),
        },
    )
    return reference


def _open(ask: Ask) -> Reply:
    said = ask.body("formCode", "encryption")
    session = opened(ask, "Online", said, form_of(ask, said))
    answer = {"referenceNumber": session["reference"], "validUntil": session["until"]}
    return answered(answer, 201)


def _send(ask: Ask) -> Reply:
    session = of(ask)
    alive = datetime.datetime.fromisoformat(session["until"]) > ask.now
    ready = session["type"] == "Online" and session["code"] == OPEN and alive
    why = f"Status sesji {session['code']} uniemożliwia wysyłkę faktur."
    ask.must("K202", kept=ready, details=why)
    said = ask.body(
        "invoiceHash",
        "invoiceSize",
        "encryptedInvoiceHash",
        "encryptedInvoiceSize",
        "encryptedInvoiceContent",
    )
    rows = ask.office.book.execute(
        "select count(*) as n from invoice where session = ?", (session["reference"],)
    )
    most = session_limits(ask, "onlineSession")["maxInvoices"]
    ask.must("K203", kept=rows[0]["n"] < most, details=str(most))
    try:
        content = base64.b64decode(str(said["encryptedInvoiceContent"]), validate=True)
    except binascii.Error:
        ask.wrong("encryptedInvoiceContent")
        raise
    ask.must("K204", kept=len(content) == said["encryptedInvoiceSize"])
    ask.must("K205", kept=digest(content) == said["encryptedInvoiceHash"])
    corrected = said.get("hashOfCorrectedInvoice")
    if corrected is not None:
        _correctable(ask, str(corrected), offline=bool(said.get("offlineMode")))
    reference = enter(
        ask,
        session,
        content,
        str(said["invoiceHash"]),
        offline=bool(said.get("offlineMode")),
        encrypted=True,
        size=said["invoiceSize"],
        corrects=corrected,
    )
    return answered({"referenceNumber": reference}, 202)


def _correctable(ask: Ask, corrected: str, *, offline: bool) -> None:
    """Look at what a technical correction corrects (korekta-techniczna.md)."""
    if not offline:
        ask.wrong("offlineMode")
    rows = ask.office.book.execute(
        "select status, value from invoice where context = ?", (ask.context,)
    )
    before = ask.office.book.execute(
        "select status, value from invoice where hash = ? and context = ?",
        (corrected, ask.context),
    )
    taken = any(one["status"] == DONE for one in before)
    offlines = [one for one in before if json.loads(one["value"])["offline"]]
    ask.must("K207", kept=bool(offlines) and not taken)
    others = [
        one
        for one in rows
        if one["status"] == DONE and json.loads(one["value"]).get("corrects") == corrected
    ]
    ask.must("K206", kept=not others)


def _close(ask: Ask) -> Reply:
    session = of(ask)
    ready = session["type"] == "Online" and session["code"] == OPEN
    ask.must("K202", kept=ready, details=f"Status sesji {session['code']}")
    ask.office.shelf.change("session", session["reference"], code=CLOSED, updated=written(ask.now))
    return answered(status=204)


def rows_of(ask: Ask, session: Json) -> list[sqlite3.Row]:
    """Return a session's invoices in their order, without their bytes."""
    return ask.office.book.execute(
        f"select {_COLUMNS} from invoice where session = ? order by ordinal",  # noqa: S608 - ours
        (session["reference"],),
    )


def row_of(ask: Ask) -> sqlite3.Row:
    """Return the invoice that the address names."""
    session = of(ask)
    name = ask.values["invoiceReferenceNumber"]
    found = ask.office.book.execute(
        f"select {_COLUMNS} from invoice where session = ? and reference = ?",  # noqa: S608 - ours
        (session["reference"], name),
    )
    ask.must("K209", kept=bool(found), details=f"invoiceReferenceNumber {name}")
    return found[0]


HANDLERS = {"open_online": _open, "send": _send, "close_online": _close}
