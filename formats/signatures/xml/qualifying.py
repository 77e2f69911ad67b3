"""XAdES: the qualifying properties of a signature, bound to it by a reference of their own.

Properties that merely stand in a signature say nothing: only those that a reference of the right
type names are signed, and they are read from the bytes that were digested.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from formats.signatures.xml.document import LIMITS
from formats.signatures.xml.names import (
    SIGNED_PROPERTIES,
    XADES,
    XADES_EDITIONS,
    children,
    ds,
    local,
)
from formats.signatures.xml.references import Reference
from formats.signatures.xml.rejection import constrained, rejected
from formats.signatures.xml.structure import Structure
from formats.xml import UnreadableDocumentError, parse


@dataclass(frozen=True, slots=True)
class Qualifying:
    """The properties of a signature.

    Attributes:
        edition: The namespace of XAdES they are written in.
        signed: `SignedProperties`, parsed from the bytes that were digested.
        target: The same element in the document.
        unsigned: Unsigned properties of the signature, as they stand, in order: nobody signed
            them.
    """

    edition: str
    signed: etree._Element
    target: etree._Element
    unsigned: tuple[etree._Element, ...]


def read_qualifying(structure: Structure, references: Sequence[Reference]) -> Qualifying | None:
    """Return the properties of a signature; None when it is plain XMLDSig.

    Raises:
        Rejected: They are not signed, are there twice, or belong to another signature.
    """
    typed = [one for one in references if one.type in _TYPES]
    element = _properties(structure)
    if element is None:
        if typed or _strays(structure, None):
            raise rejected("signed-properties", "There are no signed properties in their place.")
        return None
    edition = etree.QName(element).namespace or ""
    signed = element.findall(f"{{{edition}}}SignedProperties")
    if len(signed) != 1 or _strays(structure, signed[0]):
        raise rejected("signed-properties", "There is not one SignedProperties.")
    if len(typed) != 1 or typed[0].target is not signed[0]:
        raise rejected(
            "signed-properties",
            "SignedProperties is not what the one reference of its type names: it is not signed.",
        )
    target = element.get("Target")
    identifier = structure.element.get("Id")
    if target is not None and (identifier is None or target != f"#{identifier}"):
        raise constrained("signed-properties", "The properties are meant for another signature.")
    return Qualifying(edition, _read(typed[0], edition), signed[0], _unsigned(element, edition))


def _read(reference: Reference, edition: str) -> etree._Element:
    """Return the properties as they were digested."""
    try:
        found = parse(reference.content, LIMITS)
    except UnreadableDocumentError as error:
        raise rejected("signed-properties", f"They cannot be read: {error}") from None
    if found.tag != f"{{{edition}}}SignedProperties":
        raise rejected("signed-properties", "What was digested is something else.")
    return found


_TYPES = frozenset({SIGNED_PROPERTIES, *(f"{one}SignedProperties" for one in XADES_EDITIONS)})


def _properties(structure: Structure) -> etree._Element | None:
    found = [
        child
        for one in structure.objects
        for child in children(one)
        if child.tag in {f"{{{edition}}}QualifyingProperties" for edition in XADES_EDITIONS}
    ]
    if len(found) > 1:
        raise rejected("signed-properties", "There are QualifyingProperties more than once.")
    return found[0] if found else None


def _strays(structure: Structure, right: etree._Element | None) -> bool:
    """Tell whether SignedProperties stands anywhere else in this very signature."""
    return any(
        one is not right and _owner(one) is structure.element
        for edition in XADES_EDITIONS
        for one in structure.element.iter(f"{{{edition}}}SignedProperties")
    )


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(ds("Signature")), None)


def _unsigned(element: etree._Element, edition: str) -> tuple[etree._Element, ...]:
    path = f"{{{edition}}}UnsignedProperties/{{{edition}}}UnsignedSignatureProperties"
    return tuple(child for one in element.findall(path) for child in children(one))


def is_named(element: etree._Element, *names: str) -> bool:
    """Tell whether an element of any edition has one of these names."""
    namespace = etree.QName(element).namespace or ""
    return namespace.startswith(_FAMILY) and local(element) in names


_FAMILY = XADES.partition("v1")[0]
