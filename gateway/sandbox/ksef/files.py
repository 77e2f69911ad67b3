"""Addresses that were told in answers, without a token: uploads of parts, downloads of files."""

import datetime

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.replies import Reply, plain
from gateway.sandbox.ksef import sessions, upo
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import digest
from gateway.sandbox.ksef.office import Office

_BYTES = "application/octet-stream"


def is_file(call: Call) -> bool:
    """Tell whether a call is about such an address."""
    return call.parts[0] == "files"


def answer(office: Office, call: Call, now: datetime.datetime) -> Reply:
    """Take a part, or give a file."""
    match call.method, call.parts[1:]:
        case "PUT", ["part", session, number]:
            return _part(office, call, session, number)
        case "GET", ["upo", reference]:
            return _upo(office, call, now, reference)
        case "GET", ["upo", session, page]:
            return _page(office, call, now, session, page)
        case "GET", ["export", export, number]:
            content = office.shelf.read_file(f"export/{export}/{number}")
            if content is not None:
                made = plain(200, content, _BYTES)
                return Reply(200, content, {**made.headers, "x-ms-meta-hash": digest(content)})
    return plain(404, b"", _BYTES)


def _part(office: Office, call: Call, session: str, number: str) -> Reply:
    """Take a part as a store of files does: not looked into, but with the header it was told."""
    known = office.shelf.get("session", session)
    if known is None or known["type"] != "Batch" or known["code"] != sessions.OPEN:
        return plain(404, b"", _BYTES)
    if call.headers.get("x-ms-blob-type") != "BlockBlob":
        return plain(400, b"x-ms-blob-type", _BYTES)
    office.shelf.write_file(f"part/{session}/{number}", call.body)
    return plain(201, b"", _BYTES)


def _upo(office: Office, call: Call, now: datetime.datetime, reference: str) -> Reply:
    rows = office.book.execute("select * from invoice where reference = ?", (reference,))
    if not rows or not rows[0]["ksef_number"]:
        return plain(404, b"", _BYTES)
    session = office.shelf.get("session", rows[0]["session"]) or {}
    return upo.kept(Ask(office, call, {}, now), f"upo/{reference}", session, rows)


def _page(office: Office, call: Call, now: datetime.datetime, name: str, page: str) -> Reply:
    session = office.shelf.get("session", name)
    if session is None or page not in (session.get("upo") or []):
        return plain(404, b"", _BYTES)
    return upo.of_page(Ask(office, call, {}, now), session, page)
