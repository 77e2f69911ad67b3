"""Messages to FURS and its answers, whole; read and written in JSON and in XML.

JSON is what the gateway sends (as JWS, `jws.py`). XML is the older way, over SOAP, with an
enveloped signature beside; here it is for reading and for comparing. A sample that a client is to
complete may lack its header.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final

from lxml import etree
from typing_extensions import override

from formats.furs.invoice import Invoice, SalesBookInvoice
from formats.furs.kinds import Code, Moment, Text
from formats.furs.premise import BusinessPremise
from formats.furs.structure import NAMESPACE, Element, FursError, Named
from formats.json.parsing import MalformedJsonError, parse_json
from formats.xml import parse, string_value

_HEXADECIMAL = "[a-fA-F0-9]"
_UUID = Text(
    36,
    least=36,
    pattern="-".join(f"{_HEXADECIMAL}{{{count}}}" for count in (8, 4, 4, 4, 12)),
    says="a UUID",
)
_SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"


@dataclass(frozen=True, kw_only=True)
class Header(Element):
    """Of a request.

    Attributes:
        message_id: A UUID, the same for every attempt.
        sent_at: When it is sent.
    """

    message_id: Annotated[str, Named("MessageID", _UUID)]
    sent_at: Annotated[datetime.datetime, Named("DateTime", Moment())]


@dataclass(frozen=True, kw_only=True)
class AnswerHeader(Element):
    """Of an answer; the id is that of the request, empty where that could not be read."""

    message_id: Annotated[str, Named("MessageID", Text(36, least=0))]
    sent_at: Annotated[datetime.datetime, Named("DateTime", Moment())]


@dataclass(frozen=True, kw_only=True)
class Failure(Element):
    """Why FURS does not take a message.

    Attributes:
        code: `S001` to `S008`, `S100`.
        message: For people, in Slovenian.
    """

    code: Annotated[str, Named("ErrorCode", Code("S[0-9]{3}"))]
    message: Annotated[str | None, Named("ErrorMessage", Text(500, least=0))] = None


@dataclass(frozen=True, kw_only=True)
class InvoiceRequest(Element):
    """An invoice, of a device or of a book."""

    header: Annotated[Header | None, Named("Header", Header)] = None
    invoice: Annotated[Invoice | None, Named("Invoice", Invoice)] = None
    sales_book_invoice: Annotated[
        SalesBookInvoice | None, Named("SalesBookInvoice", SalesBookInvoice)
    ] = None

    @override
    def problem(self) -> str | None:
        """It is one of the two."""
        if (self.invoice is None) == (self.sales_book_invoice is None):
            return "needs either Invoice or SalesBookInvoice"
        return None


@dataclass(frozen=True, kw_only=True)
class BusinessPremiseRequest(Element):
    """A business premise."""

    header: Annotated[Header | None, Named("Header", Header)] = None
    premise: Annotated[BusinessPremise, Named("BusinessPremise", BusinessPremise)]


@dataclass(frozen=True, kw_only=True)
class InvoiceResponse(Element):
    """What FURS says to an invoice: an EOR, or why not.

    Attributes:
        header: Names the request.
        eor: The unique id of the invoice ("enkratna identifikacijska oznaka računa").
        error: Why there is none.
    """

    header: Annotated[AnswerHeader, Named("Header", AnswerHeader)]
    eor: Annotated[str | None, Named("UniqueInvoiceID", _UUID)] = None
    error: Annotated[Failure | None, Named("Error", Failure)] = None

    @override
    def problem(self) -> str | None:
        """An answer that says both, or neither, says nothing."""
        if (self.eor is None) == (self.error is None):
            return "needs either UniqueInvoiceID or Error"
        return None


@dataclass(frozen=True, kw_only=True)
class BusinessPremiseResponse(Element):
    """What FURS says to a business premise: nothing, when it is well."""

    header: Annotated[AnswerHeader, Named("Header", AnswerHeader)]
    error: Annotated[Failure | None, Named("Error", Failure)] = None


@dataclass(frozen=True, kw_only=True)
class EchoRequest(Element):
    """Is it there?"""

    text: Annotated[str, Named("EchoRequest", Text(10_000, least=0))]


@dataclass(frozen=True, kw_only=True)
class EchoResponse(Element):
    """It is."""

    text: Annotated[str, Named("EchoResponse", Text(10_000, least=0))]


Message = (
    InvoiceRequest
    | BusinessPremiseRequest
    | InvoiceResponse
    | BusinessPremiseResponse
    | EchoRequest
    | EchoResponse
)

_NAMED: Final[Mapping[str, type[Message]]] = {
    "InvoiceRequest": InvoiceRequest,
    "BusinessPremiseRequest": BusinessPremiseRequest,
    "InvoiceResponse": InvoiceResponse,
    "BusinessPremiseResponse": BusinessPremiseResponse,
    "EchoRequest": EchoRequest,
    "EchoResponse": EchoResponse,
}


def write_json(message: Message) -> bytes:
    """Return a message in JSON, UTF-8: the same bytes each time, amounts with two decimals."""
    told = message.as_json()
    named = told if _is_echo(message) else {type(message).__name__: told}
    return _written(named).encode()


def read_json(content: bytes) -> Message:
    """Read a message in JSON.

    The manual shows the answer to an invoice once without its name around it (1.3, 9.3).

    Raises:
        FursError: It is none of those FURS knows.
    """
    try:
        value = parse_json(content)
    except MalformedJsonError as error:
        raise FursError("", str(error)) from None
    if isinstance(value, dict) and "Header" in value:
        return InvoiceResponse.from_json(value)
    if not isinstance(value, dict) or len(value) != 1:
        raise FursError("", "must be an object with the message's name, and nothing else")
    ((name, said),) = value.items()
    kind = _named(name)
    if issubclass(kind, EchoRequest | EchoResponse):
        return kind.from_json(value)
    return kind.from_json(said, f"/{name}")


def write_xml(message: Message, identifier: str = "data") -> bytes:
    """Return a message in XML, UTF-8, without the signature that the SOAP service wants.

    Args:
        message: The message.
        identifier: What the signature would refer to (`Id`).
    """
    root = etree.Element(
        f"{{{NAMESPACE}}}{type(message).__name__}", attrib=None, nsmap={"fu": NAMESPACE}
    )
    if isinstance(message, EchoRequest | EchoResponse):
        root.text = message.text
    else:
        root.set("Id", identifier)
        message.append_to(root)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def read_xml(content: bytes) -> Message:
    """Read a message in XML, bare or in a SOAP envelope; its signature is not looked at.

    Raises:
        FursError: It is none of those FURS knows.
        UnreadableDocumentError: It is no XML that is read.
    """
    root = parse(content)
    if root.tag == f"{_SOAP}Envelope":
        bodies = [*root.iterfind(f"{_SOAP}Body/*")]
        if len(bodies) != 1:
            raise FursError("", "the SOAP body holds one message")
        root = bodies[0]
    name = etree.QName(root)
    if name.namespace != NAMESPACE:
        raise FursError("", f"{name.text} is no message of FURS")
    kind = _named(name.localname)
    if issubclass(kind, EchoRequest | EchoResponse):
        return kind(text=string_value(root))
    return kind.from_xml(root, f"/{name.localname}")


def _named(name: str) -> type[Message]:
    kind = _NAMED.get(name)
    if kind is None:
        raise FursError(f"/{name}", "is no message of FURS")
    return kind


def _is_echo(message: Message) -> bool:
    return isinstance(message, EchoRequest | EchoResponse)


def _written(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return JSON text; the standard library would write a Decimal as a string, or not at all."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        members = (f"{json.dumps(name)}:{_written(said)}" for name, said in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
