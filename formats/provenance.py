"""Where in an XML document a value of the invoice came from.

The reader itself is asked, so that no second description of the syntax is needed: every element
and attribute that says the value gets a mark of its own, the document is read once more, and the
marks tell which element each term was read from. A mark has the form of what it replaces (a
number stays a number, a date a date), because the reader would refuse it otherwise.
"""

import base64
import copy
import datetime
import itertools
import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from lxml import etree

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.leaves import leaves
from formats.en16931.model import NOTE_WITH_SUBJECT, Invoice
from formats.paths import walked
from formats.xml import UnreadableDocumentError, string_value

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_TAX_POINT = {"3": "5", "35": "29", "432": "72"}
"""BT-8: UNTDID 2005 in the model, 2475 in CII."""
_INDICATORS = 10
"""How many elements are tried for an indicator."""
_KNOWN = 40
"""Characters of base64 by which an attached file is recognised."""
_ATTEMPTS, _ELEMENTS = 40, 400_000
"""How often a document is read again at most, and how many elements then in all."""
_INDEX, _POSITION = re.compile("/[0-9]+(?=/|$)"), re.compile(r"\[[0-9]+\]")
_FIRST_LETTER, _LETTERS = 0x4E00, 20_000
_FIRST_NUMBER = 700_000_000_000
_FIRST_DAY = datetime.date(2400, 1, 1).toordinal()
_LAST_DAY = datetime.date.max.toordinal()

Path = tuple[str, int | None]
"""XPath with positions, and line."""


def locate(
    document: etree._Element,
    read: Callable[[etree._Element], Invoice],
    invoice: Invoice,
    pointers: Collection[str],
) -> Mapping[str, Path]:
    """Return where the values at these places of the invoice stand in its document.

    Args:
        document: The root element; it is not changed.
        read: How it was read.
        invoice: What was read.
        pointers: JSON pointers to terms. What cannot be located is not in the answer.
    """
    values = {leaf.pointer: leaf.value for leaf in leaves(invoice, "")}
    source = _Source(document, read, values)
    known = [pointer for pointer in pointers if pointer in values]
    # One of each kind first: it tells in which elements the others can stand, so that a code which
    # happens to look like some value is left alone (130 marks a reference; a line may be 130).
    kinds = dict[str, str]()
    for pointer in known:
        kind = _INDEX.sub("/#", pointer)
        if kind not in kinds or _length(values[pointer]) > _length(values[kinds[kind]]):
            kinds[kind] = pointer
    places = dict(source.places(list(kinds.values())))
    rest = [pointer for pointer in known if pointer not in places]
    elements = frozenset(_POSITION.sub("", path) for path, _ in places.values())
    if rest and elements:
        places |= source.marked(rest, elements)
        # What has one kind and several elements: identifiers with a scheme and without, in CII.
        rest = [pointer for pointer in rest if pointer not in places]
        places |= source.places(rest) if rest else {}
    for pointer in kinds.values():
        if pointer not in places and isinstance(value := values[pointer], bool):
            place = _flipped(document, read, pointer, value=value)
            places |= {pointer: place} if place else {}
    return places


class _Source:
    """A document, and the reader that is asked where values stand in it."""

    def __init__(
        self,
        document: etree._Element,
        read: Callable[[etree._Element], Invoice],
        values: Mapping[str, object],
    ) -> None:
        self._document, self._read, self._values = document, read, values
        size = sum(1 for _ in document.iter(etree.Element))
        self._attempts = max(4, min(_ATTEMPTS, _ELEMENTS // size))

    def places(self, pointers: list[str]) -> Mapping[str, Path]:
        """Locate values of different kinds, together as far as their marks allow it."""
        places = dict[str, Path]()
        waiting = [pointers]
        while waiting and (group := waiting.pop()) and self._attempts > 0:
            self._attempts -= 1
            try:
                found = self.marked(group)
            except UnreadableDocumentError:  # a mark stands where the reader cannot have it
                half = len(group) // 2
                waiting += [part for part in (group[:half], group[half:]) if half and part]
                continue
            places |= found
            # Marks elsewhere may have moved a value: payments are joined while they are alike.
            hidden = [pointer for pointer in group if pointer not in found]
            waiting = [*([one] for one in hidden if len(group) > 1), *waiting]
        return places

    def marked(
        self, pointers: list[str], elements: frozenset[str] | None = None
    ) -> Mapping[str, Path]:
        """Locate values by one reading; marks go into these elements only, if any are named.

        Raises:
            UnreadableDocumentError: A mark stands where the reader cannot have it.
        """
        wanted = {text for pointer in pointers for text in _spellings(self._values[pointer])}
        marked = copy.deepcopy(self._document)
        marker = _Marker(wanted, elements)
        marker.mark(marked)
        found = {leaf.pointer: leaf.value for leaf in leaves(self._read(marked), "")}
        places = dict[str, Path]()
        for pointer in pointers:
            known = [text for text in _spellings(found.get(pointer)) if text in marker.marks]
            if known:
                places[pointer] = marker.marks[known[0]]
        return places


def _length(value: object) -> int:
    return max(map(len, _spellings(value)), default=0)


def _flipped(
    document: etree._Element,
    read: Callable[[etree._Element], Invoice],
    pointer: str,
    *,
    value: bool,
) -> Path | None:
    """Return where an indicator stands. It has two values only, so it is tried one by one."""
    texts, other = (("true", "1"), "false") if value else (("false", "0"), "true")
    nodes = [
        index
        for index, node in enumerate(document.iter(etree.Element))
        if len(node) == 0 and string_value(node).strip() in texts
    ]
    for index in nodes[:_INDICATORS]:
        changed = copy.deepcopy(document)
        node = next(itertools.islice(changed.iter(etree.Element), index, None))
        node.text = other
        try:
            found = {leaf.pointer: leaf.value for leaf in leaves(read(changed), "")}
        except UnreadableDocumentError:
            continue
        if found.get(pointer) != value:
            return changed.getroottree().getpath(node), node.sourceline
    return None


def _spellings(value: object) -> frozenset[str]:
    """Return the texts by which a value is recognised, whatever its spelling in the document."""
    match value:
        case SchemedIdentifier():
            return frozenset({value.value.strip()})
        case BinaryObject():
            return frozenset({base64.b64encode(value.content[:_KNOWN]).decode()[:_KNOWN]})
        case Decimal():
            return frozenset({str(value.normalize())})
        case datetime.date():
            return frozenset({value.isoformat()})
        case str():
            texts = {value.strip(), *map(str.strip, value.splitlines())}
            return frozenset(texts | {_TAX_POINT[text] for text in texts if text in _TAX_POINT})
        case _:
            return frozenset()


class _Marker:
    """Puts marks into a document, and knows what each stands for."""

    def __init__(self, wanted: Collection[str], elements: frozenset[str] | None) -> None:
        self._wanted = frozenset(wanted)
        self._elements = elements
        self._numbers = itertools.count()
        self.marks: dict[str, Path] = {}

    def mark(self, document: etree._Element) -> None:
        """Put a mark in the place of every text and attribute that is wanted."""
        for node, path, element in walked(document):
            if len(node) == 0 and self._may_hold(element):
                binary = "mimeCode" in node.attrib
                if (made := self._text(string_value(node), binary=binary)) is not None:
                    self._note(made[1], path, node.sourceline)
                    node.text = made[0]
                if (made := self._subject(string_value(node))) is not None:
                    self._note(made[1], path, node.sourceline)
                    node.text = made[0]
            for name, value in node.attrib.items():
                local = etree.QName(name).localname
                if not self._may_hold(f"{element}/@{local}"):
                    continue
                if (made := self._text(str(value), binary=False)) is not None:
                    self._note(made[1], f"{path}/@{local}", node.sourceline)
                    node.set(name, made[0])

    def _may_hold(self, element: str) -> bool:
        return self._elements is None or element in self._elements

    def _note(self, keys: tuple[str, ...], path: str, line: int | None) -> None:
        self.marks |= dict.fromkeys(keys, (path, line))

    def _text(self, text: str, *, binary: bool) -> tuple[str, tuple[str, ...]] | None:
        """Return what to write for a text, and the spellings by which it is recognised."""
        subject = NOTE_WITH_SUBJECT.fullmatch(text)  # BT-21 in front of BT-22
        bare = (subject[2] if subject else text).strip()
        if self._wanted.isdisjoint(_keys(bare)):
            return None
        written, keys = _replacement(bare, next(self._numbers), binary=binary)
        return (f"#{subject[1]}#{written}" if subject else written), keys

    def _subject(self, text: str) -> tuple[str, tuple[str, ...]] | None:
        """Do the same for the subject in front of a note, which has three characters."""
        subject = NOTE_WITH_SUBJECT.fullmatch(text)
        if subject is None or subject[1] not in self._wanted:
            return None
        code = f"\u2021\u2021{chr(_FIRST_LETTER + next(self._numbers) % _LETTERS)}"
        return f"#{code}#{subject[2]}", (code,)


def _keys(text: str) -> tuple[str, ...]:
    if _NUMBER.fullmatch(text):
        compact = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        return text, str(Decimal(text).normalize()), compact
    if _DATE.match(text):
        return text, text[:10]
    return text, "".join(text.split())[:_KNOWN]


def _replacement(text: str, number: int, *, binary: bool) -> tuple[str, tuple[str, ...]]:
    """Return a mark of the same form, and the spellings by which it is recognised."""
    if binary:
        content = f"mark{number:030d}".encode()
        return base64.b64encode(content).decode(), tuple(_spellings(_file(content)))
    if (dated := _DATE.fullmatch(text)) and text[0] in "12":
        day = datetime.date.fromordinal(min(_FIRST_DAY + number, _LAST_DAY))
        written = day.isoformat() if "-" in dated[1] else f"{day:%Y%m%d}"
        return f"{written}{dated[2] or ''}", (day.isoformat(), written)
    if _NUMBER.fullmatch(text):
        written = str(_FIRST_NUMBER + number)
        return written, (written, str(Decimal(written).normalize()))
    written = f"\u2021{number}"
    return written, (written,)


def _file(content: bytes) -> BinaryObject:
    return BinaryObject.model_construct(content=content, mime_code="", filename="")
