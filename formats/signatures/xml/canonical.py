"""Canonical XML: a node to the bytes that are digested.

libxml2 does the work. What it leaves to its caller is here: what an element inherits from
ancestors that are not written (Canonical XML 1.0 section 2.4, 1.1 section 2.4), and that its time
grows with the product of elements and the namespaces in scope.

The tree must come from a parser: lxml drops namespace declarations when it builds or moves nodes.
"""

from dataclasses import dataclass, replace

from lxml import etree

from formats.signatures.xml.names import EXCLUSIVE, XML
from formats.signatures.xml.rejection import constrained, rejected
from formats.xml import DEFAULT_LIMITS, UnreadableDocumentError, parse

_C14N_10 = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_C14N_11 = "http://www.w3.org/2006/12/xml-c14n11"

_LIMITS = replace(DEFAULT_LIMITS, crowd=None)  # the document that holds it was within them
_LIBXML2 = {"#default": ""}  # its name of the default namespace in a prefix list

NAMESPACE_WORK = 4_000_000
"""Elements times namespaces in scope, for all of a document: about 0.1 s of libxml2's time."""


@dataclass(frozen=True, slots=True)
class Canonicalization:
    """A canonicalization method.

    Attributes:
        uri: Its identifier.
        exclusive: Only namespaces that are visibly used are written.
        comments: Comments stay.
        edition_11: `xml:id` is not inherited, `xml:base` is joined.
    """

    uri: str
    exclusive: bool = False
    comments: bool = False
    edition_11: bool = False


METHODS = {
    method.uri: method
    for method in (
        Canonicalization(_C14N_10),
        Canonicalization(f"{_C14N_10}#WithComments", comments=True),
        Canonicalization(_C14N_11, edition_11=True),
        Canonicalization(f"{_C14N_11}#WithComments", comments=True, edition_11=True),
        Canonicalization(EXCLUSIVE, exclusive=True),
        Canonicalization(f"{EXCLUSIVE}WithComments", exclusive=True, comments=True),
    )
}

DEFAULT = METHODS[_C14N_10]
"""What turns nodes to bytes when nothing else is named (XMLDSig 4.4.3.2)."""


def named(uri: str, check: str) -> Canonicalization:
    """Return the method of this identifier.

    Raises:
        Rejected: It is not one.
    """
    method = METHODS.get(uri)
    if method is None:
        raise constrained(check, f"{uri[:100]!r} is no canonicalization that is accepted.")
    return method


def check_namespaces(root: etree._Element) -> None:
    """Refuse a document whose inclusive canonical form would take too long.

    Raises:
        Rejected: It has too many namespaces in scope of too many elements.
    """
    work = declared = 0
    stack: list[int] = []
    for event, _ in etree.iterwalk(root, events=("start", "end", "start-ns")):
        if event == "start-ns":
            declared += 1
        elif event == "start":
            stack.append((stack[-1] if stack else 0) + declared)
            declared = 0
            work += stack[-1]
        else:
            stack.pop()
    if work > NAMESPACE_WORK:
        raise rejected("format", "Too many namespaces are in scope of too many elements.")


def canonical(
    apex: etree._Element,
    method: Canonicalization,
    *,
    whole: bool = False,
    comments: bool = True,
    prefixes: tuple[str, ...] = (),
) -> bytes:
    """Return the canonical bytes of a node, in place in its parsed document.

    Args:
        apex: The element.
        method: How.
        whole: The document is meant, with comments and instructions beside the root.
        comments: The nodes hold their comments; the method decides too.
        prefixes: `PrefixList` of exclusive canonicalization; the default namespace is `#default`.

    Raises:
        Rejected: libxml2 cannot: there is a relative namespace.
    """
    if not whole:
        apex = _alone(apex, method)
    try:
        written: bytes = etree.tostring(
            apex.getroottree(),
            method="c14n",
            exclusive=method.exclusive,
            with_comments=method.comments and comments,
            inclusive_ns_prefixes=[_LIBXML2.get(one, one) for one in prefixes] or None,
        )
    except (etree.LxmlError, ValueError) as error:
        # C14NError: other implementations digest an empty string then, "void canonicalization"
        raise rejected("reference", f"It has no canonical form: {str(error)[:200]}") from None
    if not written:  # pragma: no cover - a second lock
        raise rejected("reference", "Nothing would be digested.")
    return written


def _alone(apex: etree._Element, method: Canonicalization) -> etree._Element:
    """Return an element as the root of a document, with all that it inherits.

    libxml2 2.14 loses namespaces when lxml makes it write an element in place (an inclusive form
    has `xmlns=""` where there was none, or fails). Whole documents it writes rightly.
    """
    inherited = {} if method.exclusive else _inherited(apex, method)
    try:
        root = parse(etree.tostring(apex, encoding="UTF-8", with_tail=False), _LIMITS)
    except UnreadableDocumentError as error:
        raise rejected("reference", f"What is signed cannot stand alone: {error}") from None
    for name, value in inherited.items():
        root.set(name, value)
    return root


def _inherited(apex: etree._Element, method: Canonicalization) -> dict[str, str]:
    found: dict[str, str] = {}
    for ancestor in apex.iterancestors():
        for name, value in ancestor.attrib.items():
            if not str(name).startswith(f"{{{XML}}}") or name in apex.attrib or name in found:
                continue
            if method.edition_11 and name == f"{{{XML}}}id":
                continue
            found[str(name)] = str(value)
    if method.edition_11 and any(f"{{{XML}}}base" in one.attrib for one in apex.iterancestors()):
        raise constrained("reference", "xml:base above a signed element is not accepted.")
    return found


def place(element: etree._Element) -> tuple[int, ...]:
    """Return where an element stands, as numbers of children from the root."""
    steps: list[int] = []
    parent = element.getparent()
    while parent is not None:
        steps.append(parent.index(element))
        element, parent = parent, parent.getparent()
    return tuple(reversed(steps))


def locate(root: etree._Element, steps: tuple[int, ...]) -> etree._Element:
    """Return what stands at a place of another copy of the same document."""
    for step in steps:
        root = root[step]
    return root
