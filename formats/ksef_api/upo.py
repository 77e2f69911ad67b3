"""The UPO: KSeF's sealed receipt for one invoice, or for a page of a session (upo-v4-3.xsd)."""

import base64
import binascii
import datetime
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from formats.ksef_api.encryption import digest
from formats.ksef_api.login import Context, ContextType
from formats.signatures.trust import Terms
from formats.signatures.xml import NotSignedError, check, read_signed
from formats.xml import Limits, parse

NAMESPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
_LIMITS = Limits(bytes=32 * 1024 * 1024)  # 10,000 documents of about 700 bytes each, and more
_CONTEXTS = {
    "Nip": ContextType.NIP,
    "IdWewnetrzny": ContextType.INTERNAL_ID,
    "IdZlozonyVatUE": ContextType.NIP_VAT_EU,
    "IdDostawcyUslugPeppol": ContextType.PEPPOL_ID,
}


class UpoError(ValueError):
    """It is no UPO, or not one that proves what it is asked for; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One invoice in a UPO.

    Attributes:
        seller: NIP of Podmiot1.
        ksef_number: Its number in KSeF.
        number: P_2.
        issue_date: P_1.
        sent_at: When it was sent.
        numbered_at: When it got its number.
        hash: SHA-256 of the invoice's bytes, base64.
        mode: `Online` or `Offline`.
    """

    seller: str
    ksef_number: str
    number: str
    issue_date: datetime.date
    sent_at: datetime.datetime
    numbered_at: datetime.datetime
    hash: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upo:
    """A UPO.

    Attributes:
        issuer: Who says so; on test systems with the system's name behind the ministry's.
        session: The session's reference number.
        context: In whose name it was sent.
        structure: Name of the schema file.
        form: `FA (3)`.
        entries: The invoices.
        page: Which page of how many, where it is a session's.
    """

    issuer: str
    session: str
    context: Context
    structure: str
    form: str
    entries: tuple[Entry, ...]
    page: tuple[int, int] | None = None


def read(document: bytes) -> Upo:
    """Read a UPO, whoever sealed it.

    Raises:
        UpoError: It is none.
    """
    try:
        root = parse(document, _LIMITS)
    except ValueError as error:
        raise UpoError(f"not XML that is read: {error}") from error
    return _read(root)


def verified(
    document: bytes, terms: Terms, is_seal: Callable[[bytes], bool] = lambda _: True
) -> Upo:
    """Return a UPO out of the bytes that its seal covers.

    Args:
        document: The UPO.
        terms: Whom to believe.
        is_seal: Tells whether a certificate (DER) that is believed is one for seals.

    Raises:
        UpoError: It is not sealed, not by somebody to be believed, or no UPO.
    """
    report = check(document, terms)
    if len(report.signatures) != 1:
        raise UpoError(f"it has {len(report.signatures)} signatures, and not one")
    (signature,) = report.signatures
    if not signature.passed:
        failed = "; ".join(f"{one.id}: {one.detail}" for one in signature.checks if one.detail)
        raise UpoError(f"the seal is not believed: {signature.sub_indication}: {failed}"[:400])
    if signature.certificate is None or not is_seal(signature.certificate):
        raise UpoError(f"{signature.subject} does not seal for the authority")
    whole = [one for one in signature.signed if one.name == ""]
    if len(whole) != 1:
        raise UpoError("the seal does not cover the document")
    try:
        return _read(read_signed(signature, ""))
    except NotSignedError as error:
        raise UpoError(str(error)) from error


def entry_for(upo: Upo, invoice: bytes, ksef_number: str | None = None) -> Entry:
    """Return what a UPO says of an invoice of ours.

    Args:
        upo: The UPO.
        invoice: The invoice, exactly as it was sent.
        ksef_number: The number it was said to have.

    Raises:
        UpoError: It says nothing of these bytes, or of another number.
    """
    own = digest(invoice)
    found = [one for one in upo.entries if one.hash == own]
    if not found:
        raise UpoError("the UPO is about other bytes")
    if ksef_number is not None:
        found = [one for one in found if one.ksef_number == ksef_number]
        if not found:
            raise UpoError(f"the UPO gives another number than {ksef_number}")
    return found[0]


def _read(root: etree._Element) -> Upo:
    if root.tag != f"{{{NAMESPACE}}}Potwierdzenie":
        raise UpoError(f"not a UPO of v4-3: {root.tag!s:.100}")
    held = root.find(_path("Uwierzytelnienie/IdKontekstu/*"))
    kind = None if held is None else _CONTEXTS.get(etree.QName(held).localname)
    if held is None or kind is None:
        raise UpoError("the context is missing")
    pages = root.find(_path("OpisPotwierdzenia"))
    entries = tuple(_entry(one) for one in root.findall(_path("Dokument")))
    if not entries:
        raise UpoError("it names no invoice")
    return Upo(
        issuer=_text(root, "NazwaPodmiotuPrzyjmujacego"),
        session=_text(root, "NumerReferencyjnySesji"),
        context=Context(kind, (held.text or "").strip()),
        structure=_text(root, "NazwaStrukturyLogicznej"),
        form=_text(root, "KodFormularza"),
        entries=entries,
        page=None if pages is None else (_number(pages, "Strona"), _number(pages, "LiczbaStron")),
    )


def _entry(element: etree._Element) -> Entry:
    return Entry(
        seller=_text(element, "NipSprzedawcy"),
        ksef_number=_text(element, "NumerKSeFDokumentu"),
        number=_text(element, "NumerFaktury"),
        issue_date=_moment(element, "DataWystawieniaFaktury").date(),
        sent_at=_moment(element, "DataPrzeslaniaDokumentu"),
        numbered_at=_moment(element, "DataNadaniaNumeruKSeF"),
        hash=_digest(element),
        mode=_text(element, "TrybWysylki"),
    )


def _digest(element: etree._Element) -> str:
    text = _text(element, "SkrotDokumentu")
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise UpoError("SkrotDokumentu is not base64") from error
    return text


def _moment(element: etree._Element, name: str) -> datetime.datetime:
    text = _text(element, name)
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise UpoError(f"{name} is no moment: {text[:50]}") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)


def _number(element: etree._Element, name: str) -> int:
    text = _text(element, name)
    if not (text.isascii() and text.isdigit()):
        raise UpoError(f"{name} is no number")
    return int(text[:9])


def _text(element: etree._Element, name: str) -> str:
    found = element.findtext(_path(name))
    if found is None or not found.strip():
        raise UpoError(f"{name} is missing")
    return found.strip()


def _path(path: str) -> str:
    return "/".join(step if step == "*" else f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
