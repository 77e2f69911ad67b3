"""Elements of an e-SLOG document: made for writing, and claimed by whoever reads them.

An e-SLOG document is the EDIFACT message INVOIC in XML: groups (`G_`) of segments (`S_`) of
composites (`C_`) of data elements (`D_`). Only data elements hold text, and most stand beside a
qualifier that says what it means.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from formats.binding import DATE, DECIMAL, ReadContext, Trace
from formats.binding.kinds import code_of, text_of
from formats.binding.markup import escape
from formats.eslog.names import MESSAGE, NAMESPACE, ROOT
from formats.xml import WHITESPACE

_QUALIFIERS = frozenset(
    {
        *("D_0051", "D_0052", "D_0054", "D_0062", "D_0065", "D_0074", "D_0081", "D_1153"),
        *("D_2005", "D_3035", "D_3139", "D_4279", "D_4347", "D_4451", "D_5025", "D_5125"),
        *("D_5153", "D_5245", "D_5283", "D_5463", "D_6063", "D_6066", "D_6069", "D_6347"),
        "D_7077",
    }
)
"""What says nothing by itself: qualifiers, and what frames and counts a message."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element to be written: a text, or others in it."""

    name: str
    text: str | None = None
    inner: tuple["Node", ...] = ()


def leaf(name: str, text: str | None) -> Node | None:
    """Return a data element; None where there is nothing to say."""
    return Node(name, text) if text and text.strip(WHITESPACE) else None


def number(name: str, value: Decimal | None) -> Node | None:
    """Return a data element with a number, at the scale it has."""
    return None if value is None else Node(name, format(value, "f"))


def day(name: str, value: datetime.date | None) -> Node | None:
    """Return a data element with a day."""
    return None if value is None else Node(name, value.isoformat())


def node(name: str, *inner: Node | None) -> Node | None:
    """Return an element with others in it; None where all of them are absent."""
    said = tuple(one for one in inner if one is not None)
    return Node(name, None, said) if said else None


def segment(name: str, *inner: Node | None) -> Node:
    """Return an element that stands there, whether or not it says anything."""
    return Node(name, None, tuple(one for one in inner if one is not None))


def numbered(name: str, *texts: str | None) -> tuple[Node | None, ...]:
    """Return a data element and its repetitions (`_2`, `_3` ...).

    What is absent is passed over: the schema wants the first one, whenever there is another.
    """
    said = [text for text in texts if text and text.strip(WHITESPACE)]
    return tuple(
        leaf(name if place == 1 else f"{name}_{place}", text) for place, text in enumerate(said, 1)
    )


def document_of(message: Node) -> bytes:
    """Return a message as a document in UTF-8."""
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT} xmlns="{NAMESPACE}">'
    return "\n".join((start, *_lines(message, 1), f"</{ROOT}>\n")).encode()


def _lines(one: Node, depth: int) -> Iterator[str]:
    blanks = "  " * depth
    if one.text is not None:
        yield f"{blanks}<{one.name}>{escape(one.text)}</{one.name}>"
        return
    # The message has an Id, so that a detached signature can name it.
    start = f'{one.name} Id="data"' if one.name == MESSAGE else one.name
    if not one.inner:
        yield f"{blanks}<{start}/>"
        return
    yield f"{blanks}<{start}>"
    for inner in one.inner:
        yield from _lines(inner, depth + 1)
    yield f"{blanks}</{one.name}>"


class Claims:
    """What was read of a document; all else is left behind, and said to be."""

    def __init__(self) -> None:
        self._read: set[etree._Element] = set()
        self._context = ReadContext()

    def text(self, holder: etree._Element, path: str) -> str | None:
        """Return a free text as written, None when it is blank or absent."""
        found = find(holder, path)
        return None if found is None else text_of(self._claimed(found))

    def code(self, holder: etree._Element, path: str) -> str | None:
        """Return a code or an identifier, without white space around it."""
        found = find(holder, path)
        return None if found is None else code_of(self._claimed(found))

    def number(self, holder: etree._Element, path: str) -> Decimal | None:
        """Return a number. Raises `UnreadableDocumentError`."""
        found = find(holder, path)
        if found is None or code_of(found) is None:
            return None
        value: Decimal = DECIMAL.read(self._claimed(found), self._context)
        return value

    def day(self, holder: etree._Element, path: str) -> datetime.date | None:
        """Return a day. Raises `UnreadableDocumentError`."""
        found = find(holder, path)
        if found is None or code_of(found) is None:
            return None
        value: datetime.date = DATE.read(self._claimed(found), self._context)
        return value

    def rest(self, root: etree._Element, trace: Trace) -> None:
        """Note what nobody read."""
        for child in root.iterchildren(etree.Element):
            if child.tag != clark(MESSAGE):
                trace.element(child)  # a signature
                continue
            for found in child.iter(etree.Element):
                if (
                    found in self._read
                    or next(found.iterchildren(etree.Element), None) is not None
                ):
                    continue
                if etree.QName(found).localname not in _QUALIFIERS:
                    trace.value(found)

    def _claimed(self, found: etree._Element) -> etree._Element:
        self._read.add(found)
        return found


def clark(name: str) -> str:
    """Return a name of e-SLOG in James Clark's notation."""
    return f"{{{NAMESPACE}}}{name}"


def find(holder: etree._Element, path: str) -> etree._Element | None:
    """Return the element at a path of names, first ones all the way."""
    found: etree._Element | None = holder
    for step in path.split("/"):
        if found is None:
            return None
        found = next(found.iterchildren(clark(step)), None)
    return found


def said(holder: etree._Element, path: str) -> str:
    """Return the code at a path, without claiming it; empty where there is none."""
    found = find(holder, path)
    return "" if found is None else code_of(found) or ""


def every(holder: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of a name."""
    return holder.iterchildren(clark(name))


def qualified(
    holder: etree._Element, name: str, path: str, qualifier: str
) -> Iterator[etree._Element]:
    """Yield the children of a name whose qualifier at a path is the one."""
    return (one for one in every(holder, name) if said(one, path) == qualifier)


def filled(**values: object) -> dict[str, object]:
    """Return those values that say something."""
    return {name: one for name, one in values.items() if one not in (None, (), [], {})}
