"""The string of any value, and the functions on strings (XPath Functions, sections 7 and 17.1)."""

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from formats.validation.runtime.doubles import string_of_double
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import Number, double
from formats.validation.runtime.rounding import round_number
from formats.validation.runtime.tree import Node
from formats.validation.runtime.untyped import Untyped

_XML_CONTROLS: Final = frozenset((0x9, 0xA, 0xD))


def string_of(item: object) -> str:
    """Return the string value of an item: of a node its text, of a value its canonical form."""
    if type(item) is str:
        return item
    write = _WRITERS.get(type(item))
    if write is not None:
        return write(item)
    return item.string_value() if isinstance(item, Node) else str(item)


def _decimal(value: Decimal) -> str:
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").removesuffix(".") if "." in text else text


def _integer(value: int) -> str:
    try:
        return str(value)
    except ValueError:  # Python writes no more than 4300 digits of an int
        return format(Decimal(value), "f")


_WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    Untyped: str,
    bool: lambda value: "true" if value else "false",
    int: _integer,
    Decimal: _decimal,
    float: string_of_double,
}


def normalize_space(text: str) -> str:
    """Return the text without white space at its ends and with one space for any inside.

    White space is XML's: space, tab, carriage return, line feed.
    """
    if "\t" not in text and "\n" not in text and "\r" not in text:
        if "  " not in text:
            return text.strip(" ")
        return " ".join([word for word in text.split(" ") if word])
    return " ".join([word for word in text.translate(_TO_SPACE).split(" ") if word])


_TO_SPACE: Final = str.maketrans("\t\r\n", "   ")


def substring(text: str, start: Number, length: Number | None = None) -> str:
    """Return the characters from a position, counted from 1, as many as `length`.

    Both numbers are rounded as doubles; NaN selects nothing. As in Saxon a position that is beyond
    the text before it is rounded selects nothing, too.
    """
    if start > len(text):
        return ""
    first = _rounded(start)
    if length is None:
        if math.isnan(first):
            return ""
        return text if first <= 1 else text[_index(first, text) :]
    end = first + _rounded(length)
    if not end > 1 or math.isnan(first):
        return ""
    return text[_index(first, text) : _index(end, text)]


def _rounded(value: Number) -> float:
    return double(round_number(double(value)))


def _index(position: float, text: str) -> int:
    return int(min(max(position - 1, 0), len(text)))


def substring_before(text: str, mark: str) -> str:
    """Return what stands before the first `mark`; nothing when it does not occur."""
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


def substring_after(text: str, mark: str) -> str:
    """Return what stands after the first `mark`; nothing when it does not occur."""
    return text.partition(mark)[2] if mark else text


def translate(text: str, characters: str, replacements: str) -> str:
    """Return the text with each character replaced by the one at its place, or left out."""
    table = _tables.get((characters, replacements))
    if table is None:
        table = {}
        for place, character in enumerate(characters):
            new = replacements[place] if place < len(replacements) else None
            table.setdefault(ord(character), new)
        if len(_tables) >= _MOST_TABLES:
            _tables.clear()
        _tables[characters, replacements] = table
    return text.translate(table)


_MOST_TABLES = 256
_tables: dict[tuple[str, str], dict[int, str | None]] = {}


def lower_case(text: str) -> str:
    """Return the text in lower case; a final sigma is a sigma as any other.

    Upper case is Python's.
    """
    return "".join([character.lower() for character in text]) if "Σ" in text else text.lower()


def string_to_codepoints(text: str) -> list[int]:
    """Return the numbers of the characters."""
    return [ord(character) for character in text]


def codepoints_to_string(codepoints: Iterable[int]) -> str:
    """Return the characters of numbers.

    Raises:
        DynamicError: FOCH0001, a number of no character of XML.
    """
    numbers = list(codepoints)
    for codepoint in numbers:
        if not _is_character(codepoint):
            raise DynamicError("FOCH0001", "a number of no character of XML")
    return "".join(map(chr, numbers))


def _is_character(codepoint: int) -> bool:
    return (
        0x20 <= codepoint <= 0xD7FF  # noqa: PLR2004 - Char of XML 1.0, production 2
        or codepoint in _XML_CONTROLS
        or 0xE000 <= codepoint <= 0xFFFD  # noqa: PLR2004
        or 0x10000 <= codepoint <= 0x10FFFF  # noqa: PLR2004
    )


def compare(a: str, b: str) -> int:
    """Return -1, 0 or 1 by code points, as the default collation does."""
    return (a > b) - (a < b)
