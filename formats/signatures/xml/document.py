"""A document whose signatures are checked: its ids, and how much work it may cause."""

import copy
import re
from dataclasses import replace

from lxml import etree

from formats.signatures.xml.canonical import (
    NAMESPACE_WORK,
    Canonicalization,
    canonical,
    check_namespaces,
    locate,
    place,
)
from formats.signatures.xml.names import WSU, XML
from formats.signatures.xml.rejection import constrained, rejected
from formats.signatures.xml.work import Work
from formats.xml import DEFAULT_LIMITS, ENCODINGS, parse, utf8

LIMITS = replace(DEFAULT_LIMITS, crowd=10_000)
"""For documents with signatures: the same, and short ones may not hold as many elements."""

# libxml2 writes the name of a namespace into the canonical form without escaping it: of two
# documents that say different things the bytes would be the same
_UNWRITABLE = re.compile(r'[&<"\t\r\n]')

_WITH_ID = etree.XPath(
    "//*[@*[local-name() = 'Id' or local-name() = 'ID' or local-name() = 'id']]"
)
_ID_NAMES = frozenset({"Id", "ID", "id"})
_RESOLVED = frozenset({"Id", "ID", "id", f"{{{WSU}}}Id", f"{{{XML}}}id"})


READ_ENCODINGS = ENCODINGS | {"ISO-8859-1", "ISO-8859-2"}
"""What documents may be written in: the canonical form is UTF-8 whatever that is."""

_PART = 3
"""A part is written and parsed before it is made canonical."""


class Document:
    """A parsed document, unchanged while it is checked.

    Attributes:
        root: Its root element.
        work: How much it may still cause.
    """

    def __init__(self, content: bytes, work: Work) -> None:
        """Parse a document.

        Raises:
            UnreadableDocumentError: As `formats.xml.parse`.
            Rejected: Its namespaces are too many, or have names that have no canonical form.
        """
        work.spend(len(content))
        self.work = work
        self.root = parse(content, LIMITS, READ_ENCODINGS)
        written = utf8(content, READ_ENCODINGS)
        for _, declared in etree.iterwalk(self.root, events=("start-ns",)):
            if not _UNWRITABLE.search(str(declared[1])):  # type: ignore[index]
                continue
            raise rejected("format", "A namespace has a name with & or quotes in it.")
        if written.count(b"xmlns") * written.count(b"<") > NAMESPACE_WORK:
            check_namespaces(self.root)
        self._size = len(written)
        self._ids: dict[str, list[etree._Element]] | None = None
        self._known: dict[tuple[object, ...], bytes] = {}

    def element(self, identifier: str) -> etree._Element:
        """Return the one element with this id.

        Attributes named `Id`, `ID`, `id`, whatever their namespace, must not repeat a value: one
        reader would find the one element, and another the other.

        Raises:
            Rejected: There is none, or more than one, or it has another id besides.
        """
        if self._ids is None:
            self._ids = self._all_ids()
        found = self._ids.get(identifier, [])
        if len(found) > 1:
            raise rejected("reference", f"The id {identifier[:80]!r} stands {len(found)} times.")
        if found and _resolves(found[0], identifier):
            return found[0]
        raise rejected("reference", f"Nothing has the id {identifier[:80]!r}.")

    def _all_ids(self) -> dict[str, list[etree._Element]]:
        ids: dict[str, list[etree._Element]] = {}
        for element in _WITH_ID(self.root):
            for name, value in element.attrib.items():
                if name.rpartition("}")[2] in _ID_NAMES:
                    ids.setdefault(value, []).append(element)
        return ids

    def canonical(  # noqa: PLR0913 - the same as `canonical`
        self,
        apex: etree._Element,
        method: Canonicalization,
        *,
        whole: bool = False,
        comments: bool = True,
        prefixes: tuple[str, ...] = (),
        dropped: tuple[etree._Element, ...] = (),
    ) -> bytes:
        """Return the canonical bytes of a node, without some of what is in it.

        Raises:
            Rejected: There are none, or there was too much work already.
        """
        key = (apex, method, whole, comments, prefixes, dropped)
        known = self._known.get(key)
        if known is not None:
            self.work.spend(len(known) // 4)  # it is digested again
            return known
        self.work.spend(0)
        if dropped and any(
            one is above for above in (apex, *apex.iterancestors()) for one in dropped
        ):
            raise constrained("reference", "The transforms leave nothing to be digested.")
        made = canonical(
            self._without(apex, dropped) if dropped else apex,
            method,
            whole=whole,
            comments=comments,
            prefixes=prefixes,
        )
        self.work.spend(len(made) * (1 if whole else _PART))
        self._known[key] = made
        return made

    def _without(
        self, apex: etree._Element, dropped: tuple[etree._Element, ...]
    ) -> etree._Element:
        """Return the twin of an element in a copy of the document that lacks some elements."""
        self.work.spend(self._size)
        root = copy.deepcopy(self.root.getroottree()).getroot()  # of an element: other prefixes
        twin = locate(root, place(apex))
        for gone in [locate(root, place(one)) for one in dropped]:
            parent = gone.getparent()
            if parent is not None:  # pragma: no branch - the root is in what is signed
                _keep_tail(gone, parent)
                parent.remove(gone)
        return twin


def _resolves(element: etree._Element, identifier: str) -> bool:
    """Tell whether an element is called this by a name that is an id, and nothing else."""
    names = {str(element.get(name)) for name in _RESOLVED if element.get(name) is not None}
    return names == {identifier}


def _keep_tail(gone: etree._Element, parent: etree._Element) -> None:
    """Give the text after an element to what stands before it; lxml would take it away too."""
    if not gone.tail:
        return
    before = gone.getprevious()
    if before is None:
        parent.text = (parent.text or "") + gone.tail
    else:
        before.tail = (before.tail or "") + gone.tail
    gone.tail = None
