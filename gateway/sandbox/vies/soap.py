"""SOAP 1.1 as VIES speaks it: reading what is asked, writing what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from gateway.sandbox.kit import soap
from gateway.sandbox.kit.soap import SOAP, MalformedError, fault

__all__ = ["SOAP", "TYPES", "Ask", "MalformedError", "fault", "read", "response"]

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
    call = soap.opened(content)
    name = etree.QName(call)
    if name.namespace != TYPES or name.localname not in _MEMBERS:
        raise MalformedError("Message part was not recognized")
    return Ask(name.localname, _values(call, _MEMBERS[name.localname]))


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
    envelope, body = soap.envelope()
    answer = etree.SubElement(body, f"{{{TYPES}}}{operation}Response", nsmap={"ns2": TYPES})
    for name, value in values.items():
        if value is not None:
            etree.SubElement(answer, f"{{{TYPES}}}{name}").text = value
    return etree.tostring(envelope, encoding="utf-8")
