"""Tools of a forger: taking a signed document apart, and signing parts of it anew."""

import base64
import contextlib
import copy
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from formats.signatures.xml import canonical
from formats.signatures.xml.algorithms import DIGESTS, digest
from formats.signatures.xml.document import Document
from formats.signatures.xml.names import algorithm, ds
from formats.signatures.xml.references import resolve
from formats.signatures.xml.rejection import Rejected
from formats.signatures.xml.work import Work
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.signatures.xml.signed import signer

INVOICE = "urn:i"
TOTAL = f"{{{INVOICE}}}Total"
EVIL = "99999.00"

Forgery = Callable[[etree._Element], "etree._Element | None"]
"""Changes a tree, or returns another root."""


def forged(document: bytes, forgery: Forgery) -> bytes:
    """Return the document after a forger was at it."""
    root = parse(document)
    other = forgery(root)
    changed = root if other is None else other
    return etree.tostring(changed.getroottree(), encoding="UTF-8")


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(document: bytes) -> bytes:
        assert old in document, old
        return document.replace(old, new)

    return change


def resigned(
    document: bytes, by: pki.SoftwareSigner | None = None, *, digests: bool = True
) -> bytes:
    """Sign SignedInfo anew, whatever it says: a signer who was made to, or one of one's own."""
    parsed = Document(document, Work(len(document) * 10))
    signature = next(parsed.root.iter(ds("Signature")))
    info = signature[0]
    if digests:
        for reference in info.findall(ds("Reference")):
            with contextlib.suppress(Rejected, KeyError, AttributeError, StopIteration):
                content, _ = resolve(reference, parsed, signature, {})
                name = DIGESTS[algorithm(next(reference.iter(ds("DigestMethod"))))]
                value = next(reference.iter(ds("DigestValue")))
                value.text = base64.b64encode(digest(name, content)).decode()
    octets = canonical.canonical(
        info, canonical.METHODS["http://www.w3.org/2001/10/xml-exc-c14n#"]
    )
    made = (by or signer()).sign(octets)
    value = signature[1]
    value.text = base64.b64encode(_value(made)).decode()
    return etree.tostring(parsed.root.getroottree(), encoding="UTF-8")


def _value(made: bytes) -> bytes:
    first, second = decode_dss_signature(made)
    return first.to_bytes(32) + second.to_bytes(32)


def first(root: etree._Element, name: str) -> etree._Element:
    return next(root.iter(name if name.startswith("{") else ds(name)))


def evil(element: etree._Element) -> etree._Element:
    """Return a copy of something that says another total, without the signature in it."""
    twin = copy.deepcopy(element)
    twin.tail = None
    for held in list(twin.iter(ds("Signature"))):
        parent = held.getparent()
        assert parent is not None
        parent.remove(held)
    for total in twin.iter(TOTAL):
        total.text = EVIL
    return twin


def made(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(name if name.startswith("{") else ds(name), attributes)
    element.text = text
    return element


def gone(element: etree._Element) -> etree._Element:
    """Take an element out of its document."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    return element


def without(name: str) -> Forgery:
    """Return the forgery that takes away the first element of a name."""

    def forgery(root: etree._Element) -> None:
        gone(first(root, name))

    return forgery
