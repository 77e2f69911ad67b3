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
from formats.xml import UnreadableDocumentError, string_value

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(r"([0-9]{4}-?[0-9]{2}-?[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_TAX_POINT = {"3": "5", "35": "29", "432": "72"}
"""BT-8: UNTDID 2005 in the model, 2475 in CII."""
_INDICATORS = 10
"""How many elements are tried for an indicator."""
_KNOWN = 40
"""Characters of base64 by which an attached file is recognised."""
_ATTEMPTS = 40
"""How often a document is read again at most."""
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
    places = dict[str, Path]()
    waiting = [[pointer for pointer in pointers if pointer in values]]
    for _ in range(_ATTEMPTS):
        if not (waiting and (group := waiting.pop())):
            break
        wanted = {text for pointer in group for text in _spellings(values[pointer])}
        marked = copy.deepcopy(document)
        marker = _Marker(wanted)
        marker.mark(marked)
        try:
            found = {leaf.pointer: leaf.value for leaf in leaves(read(marked), "")}
        except UnreadableDocumentError:  # a mark stands where the reader cannot have it
            half = len(group) // 2
            waiting += [part for part in (group[:half], group[half:]) if half and part]
            continue
        hidden = []
        for pointer in group:
            known = [text for text in _spellings(found.get(pointer)) if text in marker.marks]
            if known:
                places[pointer] = marker.marks[known[0]]
            else:
                hidden.append(pointer)
        # Marks elsewhere may have moved a value: payments are joined while they are alike.
        waiting += [[pointer] for pointer in hidden] if len(group) > 1 else []
    for pointer in pointers:
        if pointer not in places and isinstance(value := values.get(pointer), bool):
            place = _flipped(document, read, pointer, value=value)
            places |= {pointer: place} if place else {}
    return places


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

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._numbers = itertools.count()
        self.marks: dict[str, Path] = {}

    def mark(self, document: etree._Element) -> None:
        """Put a mark in the place of every text and attribute that is wanted."""
        tree = document.getroottree()
        for node in document.iter(etree.Element):
            if len(node) == 0:
                binary = "mimeCode" in node.attrib
                if (made := self._text(string_value(node), binary=binary)) is not None:
                    self._note(made[1], tree.getpath(node), node.sourceline)
                    node.text = made[0]
                if (made := self._subject(string_value(node))) is not None:
                    self._note(made[1], tree.getpath(node), node.sourceline)
                    node.text = made[0]
            for name, value in node.attrib.items():
                if (made := self._text(str(value), binary=False)) is not None:
                    path = f"{tree.getpath(node)}/@{etree.QName(name).localname}"
                    self._note(made[1], path, node.sourceline)
                    node.set(name, made[0])

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
