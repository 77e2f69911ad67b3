"""Messages of CIS about invoices: `RacunZahtjev` out, `RacunOdgovor` back."""

import datetime
from dataclasses import dataclass

from lxml import etree

from formats.hr_cis import values
from formats.hr_cis.elements import (
    NAMESPACE,
    PREFIX,
    Slot,
    is_called,
    read_invoice,
    read_slots,
    refused,
    simple,
    tag,
    write_invoice,
    write_slots,
)
from formats.hr_cis.elements import children as elements_of
from formats.hr_cis.invoice import Invoice

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The head of a message (`Zaglavlje`).

    Attributes:
        message_id: IdPoruke: a UUID in lower case; an answer repeats it, or has nothing.
        sent_at: DatumVrijeme: in Croatian local time, without a zone.
    """

    message_id: str
    sent_at: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRequest:
    """What CIS is told."""

    header: Header
    invoice: Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error (`Greska`).

    Attributes:
        code: SifraGreske: `s001` ...
        message: PorukaGreske.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceResponse:
    """What CIS answers: a JIR, or why there is none.

    Attributes:
        header: Its head.
        jir: Jir.
        failures: Greske.
    """

    header: Header
    jir: str | None = None
    failures: tuple[Failure, ...] = ()


_HEADER = (
    simple("IdPoruke", "message_id", needed=True),
    simple("DatumVrijeme", "sent_at", values.moment, needed=True),
)
_FAILURE = (
    simple("SifraGreske", "code", needed=True),
    simple("PorukaGreske", "message", needed=True),
)


def _header(node: etree._Element) -> Header:
    return Header(**read_slots(_HEADER, node))


def _failures(node: etree._Element) -> tuple[Failure, ...]:
    found = []
    for child in elements_of(node):
        if not is_called(child, "Greska"):
            raise refused("unknown-element", "Greske holds Greska alone", child)
        found.append(Failure(**read_slots(_FAILURE, child)))
    return tuple(found)


def _write_failures(failures: tuple[Failure, ...]) -> str:
    return "".join(tag("Greska", write_slots(_FAILURE, one)) for one in failures)


_REQUEST = (
    Slot("Zaglavlje", "header", _header, lambda value: write_slots(_HEADER, value), needed=True),
    Slot("Racun", "invoice", read_invoice, write_invoice, needed=True),
)
_RESPONSE = (
    Slot("Zaglavlje", "header", _header, lambda value: write_slots(_HEADER, value), needed=True),
    simple("Jir", "jir"),
    Slot("Greske", "failures", _failures, _write_failures),
)


def write_request(request: InvoiceRequest) -> str:
    """Return a request that is not signed, in canonical form."""
    if not values.IS_UUID(request.header.message_id):
        raise values.CisError("IdPoruke", "is no UUID in lower case")
    return _root("RacunZahtjev", write_slots(_REQUEST, request))


def write_response(response: InvoiceResponse) -> str:
    """Return an answer that is not signed."""
    return _root("RacunOdgovor", write_slots(_RESPONSE, response))


def read_request(node: etree._Element) -> InvoiceRequest:
    """Read a request; its signature is not looked at.

    Raises:
        UnreadableDocumentError: It is none.
    """
    return InvoiceRequest(**read_slots(_REQUEST, _unsigned(node, "RacunZahtjev")))


def read_response(node: etree._Element) -> InvoiceResponse:
    """Read an answer; its signature is not looked at.

    Raises:
        UnreadableDocumentError: It is none, or says both that it was taken and that it was not.
    """
    found = InvoiceResponse(**read_slots(_RESPONSE, _unsigned(node, "RacunOdgovor")))
    if (found.jir is None) == (not found.failures):
        raise refused("contradiction", "An answer has a JIR, or errors", node)
    if found.jir is not None and not values.IS_UUID(found.jir):
        raise refused("value", "The JIR is no UUID", node)
    return found


def _root(name: str, content: str) -> str:
    return f'<{PREFIX}:{name} xmlns:{PREFIX}="{NAMESPACE}" Id="{name}">{content}</{PREFIX}:{name}>'


def _unsigned(node: etree._Element, name: str) -> etree._Element:
    """Return an element without its signature, which stands last.

    Raises:
        UnreadableDocumentError: It has another name.
    """
    if not is_called(node, name):
        raise refused("root", f"{node.tag!s} is no {name}", node)
    inside = list(node.iterchildren(etree.Element))
    if inside and inside[-1].tag == SIGNATURE:
        node.remove(inside[-1])
    return node
