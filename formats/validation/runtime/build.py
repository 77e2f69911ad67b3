"""From bytes to the tree rules look at: one pass of expat.

The bytes were already read by `formats.xml`, which refuses what is hostile; expat is a second
reader of the same text, three times as fast as walking libxml2's tree from Python.
"""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat  # noqa: TID251 - reads only what formats.xml has found harmless

from lxml import etree

from formats.binding.collector import BYTES, paused
from formats.validation.runtime.place import PLACES
from formats.validation.runtime.tree import (
    NO_ATTRIBUTES,
    NO_KIDS,
    SPLIT,
    Element,
    Tree,
)


def build(content: bytes, source: Callable[[], etree._Element]) -> Tree:
    """Return the tree of a document.

    Args:
        content: UTF-8, without a DOCTYPE, already found well-formed.
        source: Gives libxml2's root of the same document.
    """
    with paused(when=len(content) > BYTES):
        tree = Tree(PLACES.top(0), source)
        try:
            _read(content, _Writer(tree))
        except expat.ExpatError:
            # expat knows XML 1.0 only, and the names of its fourth edition: take libxml2's word.
            tree = Tree(PLACES.top(0), source)
            _walk(source(), _Writer(tree))
        return tree


def _read(content: bytes, writer: "_Writer") -> None:
    # The encoding is said here, so that no declaration can say another one than libxml2 was told.
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.CommentHandler = writer.other
    parser.ProcessingInstructionHandler = writer.other
    parser.StartNamespaceDeclHandler = writer.declared
    parser.StartDoctypeDeclHandler = writer.doctype
    parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    writer.finish()


def _walk(root: etree._Element, writer: "_Writer") -> None:
    """Say of libxml2's tree what expat would have said of the bytes."""
    events: Any = ("start-ns", "start", "end", "comment", "pi")
    events = etree.iterwalk(root, events=events)
    for event, node in events:  # an element, or a prefix and its namespace
        match event:
            case "start-ns":
                writer.declared(*node)
            case "start":
                attributes = {str(key).removeprefix("{"): value for key, value in node.items()}
                writer.start(node.tag.removeprefix("{"), attributes)
                writer.text(node.text or "")
            case "end":
                writer.end(node.tag)
                if node is not root:
                    writer.text(node.tail or "")
            case _:
                if node.getparent() is not None:
                    writer.other()
                    writer.text(node.tail or "")
    writer.finish()


class _Writer:
    """Writes a tree as a document is read; closures, because they are called for every tag."""

    def __init__(self, tree: Tree) -> None:  # noqa: C901, PLR0915 - one pass
        at, holders, new = tree.at, tree.holders, Element
        place = tree.place
        current: Element = tree
        order = added = 0
        pieces: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:  # noqa: PLR0912 - one pass
            nonlocal current, place, order, added
            element = new()
            element.tag = tag
            element.parent = current
            element.kids = NO_KIDS
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
            kids = current.kids
            if kids:
                same = kids.get(tag)
                if same is None:
                    kids[tag] = (element,)
                elif same.__class__ is tuple:
                    kids[tag] = [same[0], element]
                else:
                    same.append(element)  # type: ignore[attr-defined]  # a list
            else:
                current.kids = {tag: (element,)}
            current = element
            pieces.clear()

        def end(_: str) -> None:
            nonlocal current, place
            current.last = order
            if current.kids:
                current.text = ""
            else:
                current.text = pieces[0] if len(pieces) == 1 else "".join(pieces)
            current = current.parent  # type: ignore[assignment]  # what ended was no document
            place = place.up  # type: ignore[assignment]

        def other(*_: str) -> None:
            if current.kids is NO_KIDS:
                current.kids = SPLIT

        def finish() -> None:
            tree.last = order
            PLACES.top(added)

        self._tree = tree
        self.start, self.end, self.other, self.finish = start, end, other, finish
        self.text = pieces.append

    def declared(self, prefix: str | None, namespace: str | None) -> None:
        """Note the prefix of a namespace."""
        known = self._tree.prefixes
        if known is not None and known.setdefault(namespace or "", prefix or "") != (prefix or ""):
            self._tree.prefixes = None

    @staticmethod
    def doctype(*_: object) -> None:
        """Refuse what `formats.xml` should have refused."""
        raise ValueError("a DOCTYPE reached the rules")
