"""Classes of characters: categories and blocks of Unicode, the characters of XML's names.

Everything here is the inside of a class of Python's `re`: text that goes between `[` and `]`.
"""

import functools
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from formats.validation.runtime.errors import DynamicError

Ranges = tuple[tuple[int, int], ...]

_NAME_START: Final[Ranges] = (
    *((0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6)),
    *((0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F)),
    *((0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD)),
    (0x10000, 0xEFFFF),
)
"""NameStartChar of XML 1.0, fifth edition."""
_NAME_MORE: Final[Ranges] = (
    *((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)),
)
_SPACES: Final[Ranges] = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20))
_CATEGORIES: Final[Mapping[str, str]] = {
    "L": "Lu Ll Lt Lm Lo",
    "M": "Mn Mc Me",
    "N": "Nd Nl No",
    "P": "Pc Pd Ps Pe Pi Pf Po",
    "Z": "Zs Zl Zp",
    "S": "Sm Sc Sk So",
    "C": "Cc Cf Co Cn",
}
_BLOCKS: Final[Mapping[str, tuple[int, int]]] = {
    "BasicLatin": (0x0, 0x7F),
    "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF),
    "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F),
    "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF),
    "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF),
    "Devanagari": (0x900, 0x97F),
    "Thai": (0xE00, 0xE7F),
    "Georgian": (0x10A0, 0x10FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "Dingbats": (0x2700, 0x27BF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "PrivateUse": (0xE000, 0xF8FF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}


@functools.cache
def escape_class(letter: str) -> str:
    r"""Return what `\s`, `\i`, `\c`, `\d`, `\w` or their opposites in capitals stand for."""
    ranges = _positive(letter.lower())
    return _text(_complement(ranges) if letter.isupper() else ranges)


def _positive(letter: str) -> Ranges:
    if letter == "s":
        return _SPACES
    if letter == "i":
        return _NAME_START
    if letter == "c":
        return _merged((*_NAME_START, *_NAME_MORE))
    if letter == "d":
        return _category("Nd")
    return _complement(_merged((*_category("P"), *_category("Z"), *_category("C"))))


@functools.cache
def property_class(name: str, *, negative: bool) -> str:
    r"""Return what `\p{name}` or, negative, `\P{name}` stands for.

    Raises:
        DynamicError: FORX0002, there is no such category and no such block.
    """
    if name.startswith("Is"):
        block = _BLOCKS.get(name[2:])
        if block is None:
            raise DynamicError("FORX0002", f"unknown block {name[:40]}")
        ranges: Ranges = (block,)
    else:
        ranges = _category(name)
    return _text(_complement(ranges) if negative else ranges)


def escaped(character: str) -> str:
    """Return one character as it is written inside a class."""
    return f"\\U{ord(character):08x}" if not character.isalnum() else character


@functools.cache
def _category(name: str) -> Ranges:
    wanted = set(_CATEGORIES.get(name, name).split())
    known = {code for codes in _CATEGORIES.values() for code in codes.split()}
    if not wanted or not wanted <= known:
        raise DynamicError("FORX0002", f"unknown category {name[:40]}")
    if "Cn" in wanted and name == "C":
        wanted.add("Cs")
    found = _by_category()
    return _merged(pair for code in sorted(wanted) for pair in found.get(code, ()))


@functools.cache
def _by_category() -> Mapping[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for code in range(1, sys.maxunicode + 2):
        category = unicodedata.category(chr(code)) if code <= sys.maxunicode else ""
        if category != current:
            found.setdefault(current, []).append((start, code - 1))
            start, current = code, category
    return found


def _merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def _complement(ranges: Ranges) -> Ranges:
    result = []
    begin = 0
    for low, high in ranges:
        if low > begin:
            result.append((begin, low - 1))
        begin = high + 1
    if begin <= sys.maxunicode:
        result.append((begin, sys.maxunicode))
    return tuple(result)


def _text(ranges: Ranges) -> str:
    return "".join(f"{escaped(chr(low))}-{escaped(chr(high))}" for low, high in ranges)
