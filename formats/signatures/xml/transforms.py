"""Transforms of a reference: from what it names to the bytes that are digested.

Allowed are canonicalization, leaving signatures out, and base64. XSLT is a program, and an XPath
that selects is another way to sign less than is read: neither is accepted.
"""

from dataclasses import dataclass, replace

from lxml import etree

from formats.signatures.xml import canonical
from formats.signatures.xml.document import Document
from formats.signatures.xml.filters import Which, dropped_by_filter_2, dropped_by_xpath
from formats.signatures.xml.names import (
    BASE64,
    ENVELOPED,
    EXCLUSIVE,
    FILTER_2,
    XPATH,
    algorithm,
    children,
    ds,
    from_base64,
)
from formats.signatures.xml.rejection import constrained, rejected
from formats.signatures.xml.work import Work
from formats.xml import UnreadableDocumentError, string_value

MOST_TRANSFORMS = 8


@dataclass(frozen=True, slots=True)
class Nodes:
    """What a same-document reference names.

    Attributes:
        document: Where.
        apex: The element.
        whole: The document is meant, with what stands beside the root.
        comments: Comments belong to it: only for `#xpointer(...)` (XMLDSig 4.4.3.3).
        dropped: Elements inside that do not.
        signature: The signature that holds the reference, if it is in the same document.
    """

    document: Document
    apex: etree._Element
    whole: bool
    comments: bool
    signature: etree._Element | None
    dropped: tuple[etree._Element, ...] = ()

    def octets(self, method: canonical.Canonicalization, prefixes: tuple[str, ...] = ()) -> bytes:
        """Return the canonical bytes."""
        return self.document.canonical(
            self.apex,
            method,
            whole=self.whole,
            comments=self.comments,
            prefixes=prefixes,
            dropped=self.dropped,
        )


def transformed(named: Nodes | bytes, transforms: etree._Element | None, work: Work) -> bytes:
    """Return the bytes that a reference's digest is over.

    Args:
        named: What its URI names.
        transforms: `ds:Transforms`, if there are any.
        work: What it may cost.

    Raises:
        Rejected: One of them is not accepted, or nothing is left.
    """
    for transform in _listed(transforms):
        named = _one(named, transform, work)
    return named if isinstance(named, bytes) else named.octets(canonical.DEFAULT)


def _listed(transforms: etree._Element | None) -> list[etree._Element]:
    if transforms is None:
        return []
    found = children(transforms)
    if not found or any(child.tag != ds("Transform") for child in found):
        raise rejected("format", "Transforms holds Transform, at least one.")
    if len(found) > MOST_TRANSFORMS:
        raise constrained("reference", f"A reference has more than {MOST_TRANSFORMS} transforms.")
    return found


def _one(named: Nodes | bytes, transform: etree._Element, work: Work) -> Nodes | bytes:
    uri = algorithm(transform)
    if uri in canonical.METHODS:
        method = canonical.METHODS[uri]
        return _nodes(named, work).octets(method, prefix_list(transform, method))
    if uri == BASE64:
        return _decoded(named)
    if uri not in _FILTERS:
        raise constrained("reference", f"The transform {uri[:100]!r} is not accepted.")
    if isinstance(named, bytes) or named.signature is None:
        raise constrained("reference", "Only its own document can be without the signature.")
    return _without(named, named.signature, _FILTERS[uri](transform))


def _own(_: etree._Element) -> Which:
    return "own"


_FILTERS = {ENVELOPED: _own, XPATH: dropped_by_xpath, FILTER_2: dropped_by_filter_2}


def _without(named: Nodes, signature: etree._Element, which: Which) -> Nodes:
    gone = [signature] if which == "own" else list(named.document.root.iter(ds("Signature")))
    dropped = dict.fromkeys((*named.dropped, *gone))
    return replace(named, dropped=tuple(dropped))


def _nodes(named: Nodes | bytes, work: Work) -> Nodes:
    """Return the nodes of octets, parsed as any document from outside (XMLDSig 4.4.3.2)."""
    if not isinstance(named, bytes):
        return named
    try:
        document = Document(named, work)
    except UnreadableDocumentError as error:
        raise rejected("reference", f"What is signed cannot be read: {error}") from None
    return Nodes(document, document.root, whole=True, comments=True, signature=None)


def _decoded(named: Nodes | bytes) -> bytes:
    """Return the bytes that text is the base64 of (XMLDSig 6.6.2)."""
    if isinstance(named, bytes):
        return from_base64(named.decode("latin-1"), "What is signed")
    if named.dropped:
        raise constrained("reference", "base64 of what lacks a part is not accepted.")
    return from_base64(string_value(named.apex), "What is signed")


def prefix_list(element: etree._Element, method: canonical.Canonicalization) -> tuple[str, ...]:
    """Return the `PrefixList` of a transform or a canonicalization method.

    Raises:
        Rejected: It holds anything else, or the method is inclusive.
    """
    inside = children(element)
    if not inside:
        return ()
    name = f"{{{EXCLUSIVE}}}InclusiveNamespaces"
    if not method.exclusive or len(inside) > 1 or inside[0].tag != name or len(inside[0]):
        raise constrained("reference", "A canonicalization has parameters that are not known.")
    return tuple((inside[0].get("PrefixList") or "").split())
