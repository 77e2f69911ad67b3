"""Objects in a signature that nobody signed: what a careless reader could take for signed.

XMLDSig lets anything stand in `ds:Object`. Here it is signed, or it holds the qualifying
properties of XAdES; a forger's copy beside what was signed is neither.
"""

from collections.abc import Sequence

from lxml import etree

from formats.signatures.xml.names import children, ds
from formats.signatures.xml.qualifying import is_named
from formats.signatures.xml.references import Reference
from formats.signatures.xml.rejection import constrained
from formats.signatures.xml.structure import Structure


def check_objects(structure: Structure, references: Sequence[Reference]) -> None:
    """Check that every object is signed, or holds qualifying properties and nothing else.

    Raises:
        Rejected: One is not.
    """
    signed = [one.target for one in references if one.target is not None]
    for held in structure.objects:
        parts = children(held)
        if _is_one_of(held, signed) or _is_one_of(structure.element, signed):
            continue
        if not _is_bare(held) or not all(_is_accounted_for(one, signed) for one in parts):
            raise constrained("unsigned-object", "An Object in the signature is not signed.")


def _is_accounted_for(element: etree._Element, signed: Sequence[etree._Element]) -> bool:
    if _is_one_of(element, signed) or _qualifies(element) or element.tag == ds("KeyInfo"):
        return True  # a KeyInfo that a KeyInfoReference names: keys are only tried
    # SignatureProperties is a list: its members are signed one by one (XMLDSig 5.2)
    return (
        element.tag == ds("SignatureProperties")
        and _is_bare(element)
        and all(_is_one_of(one, signed) for one in children(element))
    )


def _is_bare(element: etree._Element) -> bool:
    """Tell whether there is no text between the children."""
    texts = (element.text, *(one.tail for one in element))
    return not any((one or "").strip() for one in texts)


def _is_one_of(element: etree._Element, signed: Sequence[etree._Element]) -> bool:
    return any(element is one for one in signed)


def _qualifies(element: etree._Element) -> bool:
    return is_named(element, "QualifyingProperties", "QualifyingPropertiesReference")
