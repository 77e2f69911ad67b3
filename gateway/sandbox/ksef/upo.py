"""The UPO: written, sealed and kept, so that it is always the same."""

import datetime
import json
import re
import sqlite3
from xml.sax.saxutils import escape

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import seal, sessions
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import digest
from gateway.sandbox.ksef.forms import written, xml
from gateway.sandbox.ksef.shelf import Json

__all__ = ["HANDLERS", "digest", "document", "pages", "unsealed"]

_PAGE = 10_000
_SPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
_SEAL = re.compile(rb"<ds:Signature .*</ds:Signature>", re.DOTALL)
_CONTEXTS = {
    "Nip": "Nip",
    "InternalId": "IdWewnetrzny",
    "NipVatUe": "IdZlozonyVatUE",
    "PeppolId": "IdDostawcyUslugPeppol",
}
_FILES = {"FA (3)": "Schemat_FA(3)_v1-0E.xsd", "FA (2)": "Schemat_FA(2)_v1-0E.xsd"}


def unsealed(document_: bytes) -> bytes:
    """Return a UPO without its seal."""
    return _SEAL.sub(b"", document_)


def document(session: Json, rows: list[sqlite3.Row], page: tuple[int, int] | None) -> bytes:
    """Write a UPO about invoices of a session, without its seal."""
    kind, _, value = session["context"].partition(":")
    login = session["login"]
    known = (
        _element("NumerReferencyjnyTokenaKSeF", login["token"])
        if login.get("token")
        else _element("SkrotDokumentuUwierzytelniajacego", login.get("document") or digest(b""))
    )
    form = session["form"][0]
    return "".join(
        (
            f'<upo:Potwierdzenie xmlns:upo="{_SPACE}" wersjaSchemy="4-3">',
            _element("NazwaPodmiotuPrzyjmujacego", "Ministerstwo Finansów"),
            _element("NumerReferencyjnySesji", session["reference"]),
            "<upo:Uwierzytelnienie><upo:IdKontekstu>",
            _element(_CONTEXTS[kind], value),
            "</upo:IdKontekstu>",
            known,
            "</upo:Uwierzytelnienie>",
            _paged(page, len(rows)),
            _element("NazwaStrukturyLogicznej", _FILES.get(form, form)),
            _element("KodFormularza", form),
            *(_invoice(one) for one in rows),
            "</upo:Potwierdzenie>",
        )
    ).encode()


def _paged(page: tuple[int, int] | None, count: int) -> str:
    if page is None:
        return ""
    number, every = page
    first = (number - 1) * _PAGE + 1
    inner = (
        _element("Strona", number)
        + _element("LiczbaStron", every)
        + _element("ZakresDokumentowOd", first)
        + _element("ZakresDokumentowDo", first + count)
        + _element("CalkowitaLiczbaDokumentow", first + count - 1)
    )
    return f"<upo:OpisPotwierdzenia>{inner}</upo:OpisPotwierdzenia>"


def _invoice(row: sqlite3.Row) -> str:
    value: Json = json.loads(row["value"])
    inner = (
        _element("NipSprzedawcy", row["seller"])
        + _element("NumerKSeFDokumentu", row["ksef_number"])
        + _element("NumerFaktury", row["number"])
        + _element("DataWystawieniaFaktury", value["fa"]["issueDate"])
        + _element("DataPrzeslaniaDokumentu", value["invoicingDate"])
        + _element("DataNadaniaNumeruKSeF", value["acquisitionDate"])
        + _element("SkrotDokumentu", row["hash"])
        + _element("TrybWysylki", value["invoicingMode"])
    )
    return f"<upo:Dokument>{inner}</upo:Dokument>"


def _element(name: str, value: object) -> str:
    return f"<upo:{name}>{escape(str(value))}</upo:{name}>"


def kept(
    ask: Ask,
    name: str,
    session: Json,
    rows: list[sqlite3.Row],
    page: tuple[int, int] | None = None,
) -> Reply:
    """Return a UPO; it is sealed the first time somebody wants it."""
    found = ask.office.shelf.read_file(name)
    if found is None:
        found = seal.sealed(document(session, rows, page), ask.office.seal, ask.now)
        ask.office.shelf.write_file(name, found)
    return xml(found, digest(found))


def _taken(ask: Ask, session: Json) -> list[sqlite3.Row]:
    return [one for one in sessions.rows_of(ask, session) if one["ksef_number"]]


def pages(ask: Ask, session: Json) -> list[Json]:
    """Return where the pages of a session's UPO are."""
    reference = session["reference"]
    known = session.get("upo")
    if not known:
        count = -(-len(_taken(ask, session)) // _PAGE)
        known = [ask.office.number("EU", ask.now) for _ in range(count)]
        ask.office.shelf.change("session", reference, upo=known)
    until = written(ask.now + datetime.timedelta(days=3))
    return [
        {
            "referenceNumber": one,
            "downloadUrl": f"{ask.call.here}/files/upo/{reference}/{one}",
            "downloadUrlExpirationDate": until,
        }
        for one in known
    ]


def of_page(ask: Ask, session: Json, name: str) -> Reply:
    """Return a page of a session's UPO."""
    known = session.get("upo") or []
    ask.must("K208", kept=name in known, details=name)
    number = known.index(name)
    rows = _taken(ask, session)[number * _PAGE : (number + 1) * _PAGE]
    return kept(ask, f"upo/{name}", session, rows, (number + 1, len(known)))


def _of_session(ask: Ask) -> Reply:
    return of_page(ask, sessions.of(ask), ask.values["upoReferenceNumber"])


def _of_invoice(ask: Ask) -> Reply:
    row = sessions.row_of(ask)
    ask.must("K208", kept=bool(row["ksef_number"]), details=row["reference"])
    return kept(ask, f"upo/{row['reference']}", sessions.of(ask), [row])


def _of_number(ask: Ask) -> Reply:
    session = sessions.of(ask)
    name = ask.values["ksefNumber"]
    found = ask.office.book.execute(
        "select * from invoice where session = ? and ksef_number = ?", (session["reference"], name)
    )
    ask.must("K208", kept=bool(found), details=name)
    return kept(ask, f"upo/{found[0]['reference']}", session, found)


HANDLERS = {
    "upo_of_session": _of_session,
    "upo_of_invoice": _of_invoice,
    "upo_of_number": _of_number,
}
