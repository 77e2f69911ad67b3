"""SOAP 1.1 as VIES speaks it: reading what is asked, writing what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "urn:ec.europa.eu:taxud:vies:services:checkVat:types"

_MEMBERS = {
    "checkVat": ("countryCode", "vatNumber"),
    "checkVatApprox": (
        "countryCode",
        "vatNumber",
        "traderName",
        "traderCompanyType",
        "traderStreet",
        "traderPostcode",
        "traderCity",
        "requesterCountryCode",
        "requesterVatNumber",
    ),
}
"""The operations and their elements, in order; the first two must be there."""


class MalformedError(Exception):
    """What was sent is no question of this interface; the message is the fault's."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as it was sent.

    Attributes:
        operation: `checkVat` or `checkVatApprox`.
        values: The elements sent, by name.
    """

    operation: str
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return an element's text; "" when it was not sent."""
        return self.values.get(name, "")

    @property
    def number(self) -> str:
        """The number asked about, with its letters."""
        return self["countryCode"] + self["vatNumber"]

    @property
    def requester(self) -> str:
        """The requester's number, with its letters."""
        return self["requesterCountryCode"] + self["requesterVatNumber"]


def read(content: bytes) -> Ask:
    """Read an envelope.

    Raises:
        MalformedError: It is not one, or its body is no operation with its elements in order.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise MalformedError("Error reading the XML stream") from None
    if root.getroottree().docinfo.doctype:
        raise MalformedError("Received event DTD, which is not allowed")
    body = root.find(f"{{{SOAP}}}Body")
    if root.tag != f"{{{SOAP}}}Envelope" or body is None:
        raise MalformedError("Not a SOAP 1.1 envelope")
    calls = [child for child in body if isinstance(child.tag, str)]
    name = etree.QName(calls[0]) if len(calls) == 1 else None
    if name is None or name.namespace != TYPES or name.localname not in _MEMBERS:
        raise MalformedError("Message part was not recognized")
    return Ask(name.localname, _values(calls[0], _MEMBERS[name.localname]))


def _values(call: etree._Element, members: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    places = {f"{{{TYPES}}}{member}": place for place, member in enumerate(members)}
    last = -1
    for child in call:
        if not isinstance(child.tag, str):
            continue
        place = places.get(child.tag, -1)
        if place <= last:
            raise MalformedError(f"Unmarshalling error: unexpected element {child.tag}")
        last = place
        values[members[place]] = "".join(child.itertext())
    for member in members[:2]:
        if member not in values:
            raise MalformedError(f"Unmarshalling error: {member} is missing")
    return values


def response(operation: str, values: Mapping[str, str | None]) -> bytes:
    """Return the answer to an operation.

    Args:
        operation: Whose answer it is.
        values: Its elements in order; None leaves one out.
    """
    envelope, body = _envelope()
    answer = etree.SubElement(body, f"{{{TYPES}}}{operation}Response", nsmap={"ns2": TYPES})
    for name, value in values.items():
        if value is not None:
            etree.SubElement(answer, f"{{{TYPES}}}{name}").text = value
    return etree.tostring(envelope, encoding="utf-8")


def fault(words: str, side: str = "Server") -> bytes:
    """Return a fault, blamed on the server as VIES does for almost everything."""
    envelope, body = _envelope()
    element = etree.SubElement(body, f"{{{SOAP}}}Fault")
    etree.SubElement(element, "faultcode").text = f"env:{side}"
    etree.SubElement(element, "faultstring").text = words
    return etree.tostring(envelope, encoding="utf-8")


def _envelope() -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"env": SOAP})
    etree.SubElement(envelope, f"{{{SOAP}}}Header")
    return envelope, etree.SubElement(envelope, f"{{{SOAP}}}Body")
