"""Signature wrapping: the signed element is moved, copied, hidden or given another name.

The families are those of "On Breaking SAML: Be Whoever You Want to Be" (XSW 1 to 8), and what
later attacks added: ids on attributes of other namespaces, and ids that differ by white space.
"""

import copy

from lxml import etree

from tests.formats.signatures.xml.forging import INVOICE, Forgery, evil, first, gone, made

XML = "http://www.w3.org/XML/1998/namespace"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
PART = f"{{{INVOICE}}}Invoice"


def _part(root: etree._Element) -> etree._Element:
    return first(root, PART)


def _renamed(element: etree._Element, identifier: str = "other") -> etree._Element:
    element.set("Id", identifier)
    return element


def xsw1(root: etree._Element) -> None:
    """Evil in its place; the original in an Object of the signature."""
    part = _part(root)
    bad = _renamed(evil(part))
    root.replace(part, bad)
    first(root, "Signature").append(_in_object(part))


def xsw2(root: etree._Element) -> None:
    """Evil with the same id before; the original after the signature."""
    part = _part(root)
    root.replace(part, evil(part))
    root.append(part)


def xsw3(root: etree._Element) -> None:
    """Evil with another id before the original."""
    root.insert(0, _renamed(evil(_part(root))))


def xsw4(root: etree._Element) -> None:
    """The original inside evil."""
    part = _part(root)
    bad = _renamed(evil(part))
    root.replace(part, bad)
    bad.append(part)


def xsw5(root: etree._Element) -> None:
    """Evil with the same id; the original at the end, under a wrapper."""
    part = _part(root)
    root.replace(part, evil(part))
    wrapper = etree.SubElement(root, "wrapper")
    wrapper.append(part)


def xsw6(root: etree._Element) -> None:
    """Evil with the same id; the original in an Object."""
    part = _part(root)
    root.replace(part, evil(part))
    first(root, "Signature").append(_in_object(part))


def xsw7(root: etree._Element) -> None:
    """Evil with the same id in a place that schemas leave open."""
    extensions = etree.Element("Extensions")
    extensions.append(evil(_part(root)))
    root.insert(0, extensions)


def xsw8(root: etree._Element) -> None:
    """Evil in place; the original in an open place in an Object."""
    part = _part(root)
    root.replace(part, _renamed(evil(part)))
    extensions = etree.Element("Extensions")
    extensions.append(part)
    first(root, "Signature").append(_in_object(extensions))


def _in_object(element: etree._Element) -> etree._Element:
    held = made("Object")
    held.append(element)
    return held


def _twice(name: str) -> Forgery:
    def forgery(root: etree._Element) -> None:
        bad = evil(_part(root))
        del bad.attrib["Id"]
        bad.set(name, "invoice")
        root.insert(0, bad)

    return forgery


def _spaced(identifier: str) -> Forgery:
    def forgery(root: etree._Element) -> None:
        root.insert(0, _renamed(evil(_part(root)), identifier))

    return forgery


def only_foreign_id(root: etree._Element) -> None:
    part = _part(root)
    del part.attrib["Id"]
    part.set("{urn:foreign}Id", "invoice")


def second_id(root: etree._Element) -> None:
    _part(root).set("ID", "more")


def signed_removed(root: etree._Element) -> None:
    root.replace(_part(root), _renamed(evil(_part(root))))


def root_replaced(root: etree._Element) -> etree._Element:
    """Evil is the root; the document with its signature is somewhere in it."""
    bad = evil(root)
    for part in bad.iter(PART):
        _renamed(part)
    bad.append(copy.deepcopy(root))
    return bad


def signature_in_evil(root: etree._Element) -> None:
    """The signature stands in evil; the original beside."""
    signature = gone(first(root, "Signature"))
    bad = _renamed(evil(_part(root)))
    bad.append(signature)
    root.insert(0, bad)


BY_ID: dict[str, tuple[Forgery, str]] = {
    "xsw1": (xsw1, "same"),
    "xsw2": (xsw2, "refused"),
    "xsw3": (xsw3, "same"),
    "xsw4": (xsw4, "same"),
    "xsw5": (xsw5, "refused"),
    "xsw6": (xsw6, "refused"),
    "xsw7": (xsw7, "refused"),
    "xsw8": (xsw8, "refused"),
    "same id as ID": (_twice("ID"), "refused"),
    "same id as id": (_twice("id"), "refused"),
    "same id as xml:id": (_twice(f"{{{XML}}}id"), "refused"),
    "same id as wsu:Id": (_twice(f"{{{WSU}}}Id"), "refused"),
    "same id in a foreign namespace": (_twice("{urn:foreign}Id"), "refused"),
    "id with a space": (_spaced(" invoice"), "same"),
    "id in other case": (_spaced("Invoice"), "same"),
    "id with an invisible character": (_spaced("invoice\u200b"), "same"),
    "only a foreign id": (only_foreign_id, "refused"),
    "two ids on one element": (second_id, "refused"),
    "signed element removed": (signed_removed, "refused"),
    "evil root around the document": (root_replaced, "same"),
    "signature inside evil": (signature_in_evil, "same"),
}
"""Forgeries of a signature over `#invoice`, and whether the honest content is still read."""
