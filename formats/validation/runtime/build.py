"""From bytes to the tree rules look at: one pass of expat.

The bytes were already read by `formats.xml`, which refuses what is hostile; expat is a second
reader of the same text, three times as fast as walking libxml2's tree from Python.
"""

from collections.abc import Callable
from xml.parsers import expat  # noqa: TID251 - reads only what formats.xml has found harmless

from lxml import etree

from formats.binding.collector import BYTES, paused
from formats.validation.runtime.place import PLACES
from formats.validation.runtime.tree import (
    NO_ATTRIBUTES,
    NO_CHILDREN,
    NO_KIDS,
    SPLIT,
    Element,
    Tree,
)


def build(content: bytes, source: Callable[[], etree._Element]) -> Tree:
    """Return the tree of a document.

    Args:
        content: UTF-8 or UTF-16, without a DOCTYPE, already found well-formed.
        source: Gives libxml2's root of the same document.
    """
    with paused(when=len(content) > BYTES):
        try:
            return _build(content, source)
        except expat.ExpatError:
            return _build(_rewritten(source), source)


def readable(content: bytes, tree: Tree) -> bytes:
    """Return bytes of a document that expat reads, of which a tree was built."""
    declaration = content[:100]
    return _rewritten(tree.source) if b"1.1" in declaration else content


def _rewritten(source: Callable[[], etree._Element]) -> bytes:
    """Return the document as libxml2 understood it: it reads XML 1.1 as 1.0, expat does not."""
    return etree.tostring(source().getroottree(), encoding="utf-8")


def _build(content: bytes, source: Callable[[], etree._Element]) -> Tree:  # noqa: C901, PLR0915 - closures are its speed
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    place = PLACES.top(0)
    tree = Tree(place, source)
    at, holders, new = tree.at, tree.holders, Element
    current: Element = tree
    order = added = 0
    pieces: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal current, place, order, added
        element = new()
        element.tag = tag
        element.parent = current
        element.kids = NO_KIDS
        element.children = NO_CHILDREN
        element.order = order
        order += 1
        found = place.down.get(tag)
        if found is None:
            found = place.below(tag)
            added += 1
        place = found
        if place in at:
            at[place].append(element)
        else:
            at[place] = [element]
        if attributes:
            element.attributes = attributes
            for name in attributes:
                if name in holders:
                    holders[name].append(element)
                else:
                    holders[name] = [element]
        else:
            element.attributes = NO_ATTRIBUTES
        if current.children:
            current.children.append(element)
            kids = current.kids
            if tag in kids:
                kids[tag].append(element)
            else:
                kids[tag] = [element]
        else:
            current.children = [element]
            current.kids = {tag: [element]}
        current = element
        pieces.clear()

    def end(_: str) -> None:
        nonlocal current, place
        current.last = order
        if current.children:
            current.text = ""
        else:
            current.text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        current = current.parent  # type: ignore[assignment]  # what ended was no document
        place = place.up  # type: ignore[assignment]

    def other(*_: str) -> None:
        if current.children is NO_CHILDREN:
            current.children = SPLIT

    def declared(prefix: str | None, namespace: str | None) -> None:
        known = tree.prefixes
        if known is not None and known.setdefault(namespace or "", prefix or "") != (prefix or ""):
            tree.prefixes = None

    def doctype(*_: object) -> None:
        raise ValueError("a DOCTYPE reached the rules")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append
    parser.CommentHandler = other
    parser.ProcessingInstructionHandler = other
    parser.StartNamespaceDeclHandler = declared
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    tree.last = order
    PLACES.top(added)
    return tree
