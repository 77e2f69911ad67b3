"""The form of a signature: every part once, in its place, and SignedInfo read as it was signed."""

from dataclasses import dataclass

from lxml import etree

from formats.signatures.xml import canonical
from formats.signatures.xml.document import LIMITS, Document
from formats.signatures.xml.names import algorithm, binary, children, ds, local, only
from formats.signatures.xml.references import MOST_REFERENCES
from formats.signatures.xml.rejection import constrained, rejected
from formats.signatures.xml.transforms import prefix_list
from formats.xml import UnreadableDocumentError, parse

_PLAIN = {"SignedInfo": {"Id"}, "Signature": {"Id"}, "SignatureValue": {"Id"}}
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_HINTS = {f"{_XSI}schemaLocation", f"{_XSI}noNamespaceSchemaLocation"}
"""Where a schema may be found: XML Schema allows it everywhere, and nothing is fetched."""

_FEW = 3


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a signature.

    Attributes:
        element: `ds:Signature`.
        signed_octets: The canonical bytes of SignedInfo: what the signature is over.
        method: The signature method's identifier.
        references: `ds:Reference`, parsed from `signed_octets` and not from the document.
        value: What is in SignatureValue.
        value_element: `ds:SignatureValue`.
        key_info: `ds:KeyInfo`, if there is one.
        objects: `ds:Object`, in order.
    """

    element: etree._Element
    signed_octets: bytes
    method: str
    references: tuple[etree._Element, ...]
    value: bytes
    value_element: etree._Element
    key_info: etree._Element | None
    objects: tuple[etree._Element, ...]


def read_structure(element: etree._Element, document: Document) -> Structure:
    """Read a signature.

    Raises:
        Rejected: It does not have the form that XMLDSig 4 gives it.
    """
    parts = children(element)
    key_info = parts[2] if len(parts) > 2 and parts[2].tag == ds("KeyInfo") else None  # noqa: PLR2004
    objects = parts[2:] if key_info is None else parts[3:]
    if [one.tag for one in parts[:2]] != [ds("SignedInfo"), ds("SignatureValue")] or any(
        one.tag != ds("Object") for one in objects
    ):
        raise rejected(
            "format", "Signature holds SignedInfo, SignatureValue, KeyInfo, Object: no other way."
        )
    for one in (element, *parts[:2]):
        _check_attributes(one)
    signed_info = parts[0]
    if any(not isinstance(one.tag, str) for one in signed_info.iter()):
        raise rejected("format", "SignedInfo holds comments or instructions.")
    octets = _octets(signed_info, document)
    method, references = _read_signed(octets)
    return Structure(
        element,
        octets,
        method,
        references,
        binary(parts[1]),
        parts[1],
        key_info,
        tuple(objects),
    )


def _check_attributes(element: etree._Element) -> None:
    unknown = {str(name) for name in element.attrib} - _PLAIN[local(element)] - _HINTS
    if unknown:
        raise rejected("format", f"{local(element)} has attributes that it cannot have.")


def _octets(signed_info: etree._Element, document: Document) -> bytes:
    way = only(signed_info, ds("CanonicalizationMethod"))
    method = canonical.named(algorithm(way), "format")
    return document.canonical(signed_info, method, prefixes=prefix_list(way, method))


def _read_signed(octets: bytes) -> tuple[str, tuple[etree._Element, ...]]:
    """Return the signature method and the references, as they were signed."""
    try:
        signed = parse(octets, LIMITS)
    except UnreadableDocumentError as error:  # pragma: no cover - it was read before
        raise rejected("format", f"SignedInfo cannot be read: {error}") from None
    parts = children(signed)
    names = [one.tag for one in parts]
    head = [ds("CanonicalizationMethod"), ds("SignatureMethod"), ds("Reference")]
    if names[:_FEW] != head or set(names[_FEW:]) - {ds("Reference")}:
        raise rejected(
            "format", "SignedInfo holds CanonicalizationMethod, SignatureMethod, Reference(s)."
        )
    references = tuple(parts[2:])
    if len(references) > MOST_REFERENCES:
        raise constrained("reference", f"There are more than {MOST_REFERENCES} references.")
    if children(parts[1]):
        raise constrained("format", "The signature method has parameters, which are not accepted.")
    return algorithm(parts[1]), references
