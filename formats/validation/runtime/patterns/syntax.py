"""The syntax of regular expressions: XML Schema part 2, appendix G, with XPath's extensions.

XPath adds (XPath Functions, section 5.6.1) anchors, reluctant quantifiers, groups that capture
nothing and references to groups before.
"""

from dataclasses import dataclass
from typing import Final

from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.patterns.characters import (
    escape_class,
    escaped,
    property_class,
)


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a class, as a piece of Python's syntax that takes one character."""

    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `number` is None when it captures nothing."""

    inner: "Piece"
    number: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """`low` to `high` times, without limit for None; `lazy` tries the fewest first."""

    inner: "Piece"
    low: int
    high: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """What a group before captured."""

    number: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    pieces: tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, the first that fits."""

    options: tuple["Piece", ...]


Piece = Character | Anchor | Group | Repeat | Reference | Sequence | Choice

_SPACE = " \t\r\n"
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_THEMSELVES: Final = frozenset("\\|.?*+(){}$-[]^")
_DIGITS: Final = frozenset("0123456789")
_CATEGORY: Final = frozenset("pP")
_BACKSLASH: Final = "\\"
_DEEPEST = 100


class Reader:
    """Reads one regular expression.

    Args:
        text: The expression.
        dot_all: `.` also stands for ends of lines (flag `s`).
        free: White space outside of classes says nothing (flag `x`).

    Attributes:
        groups: How many groups it captures.
    """

    def __init__(self, text: str, *, dot_all: bool = False, free: bool = False) -> None:
        self._text = text
        self._at = 0
        self._dot = r"[\s\S]" if dot_all else r"[^\n\r]"
        self._free = free
        self._closed: set[int] = set()
        self._depth = 0
        self.groups = 0

    def read(self) -> Piece:
        """Return the expression.

        Raises:
            DynamicError: FORX0002, it is none.
        """
        piece = self._choice()
        if self._at < len(self._text):
            raise self._wrong("a closing bracket too many")
        return piece

    def _choice(self) -> Piece:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Piece:
        pieces: list[Piece] = []
        while (sign := self._peek()) and sign not in "|)":
            pieces.append(self._quantified(self._atom()))
        return pieces[0] if len(pieces) == 1 else Sequence(tuple(pieces))

    def _peek(self) -> str:
        while self._free and self._at < len(self._text) and self._text[self._at] in _SPACE:
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _take(self, sign: str) -> bool:
        if self._peek() != sign:
            return False
        self._at += 1
        return True

    def _next(self) -> str:
        character = self._text[self._at : self._at + 1]
        if not character:
            raise self._wrong("it ends too early")
        self._at += 1
        return character

    def _atom(self) -> Piece:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return Character(self._class())
        if sign == ".":
            return Character(self._dot)
        if sign in "^$":
            return Anchor(sign)
        if sign == "\\" and self._text[self._at : self._at + 1] in _DIGITS:
            return self._reference()
        if sign in "?*+{}]":
            raise self._wrong(f"{sign} stands for nothing here")
        return Character(f"[{escaped(sign)}]" if sign != _BACKSLASH else self._escaped_class())

    def _escaped_class(self) -> str:
        if self._text[self._at : self._at + 1] not in _CATEGORY:
            return f"[{self._escape()[0]}]"
        # A category is what it is, also where case does not count.
        return f"(?-i:[{self._escape()[0]}])"

    def _group(self) -> Piece:
        number = None
        if self._text.startswith("?:", self._at):
            self._at += 2
        else:
            self.groups += 1
            number = self.groups
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong("groups are nested too deep")
        inner = self._choice()
        if not self._take(")"):
            raise self._wrong("a group is not closed")
        self._depth -= 1
        if number is not None:
            self._closed.add(number)
        return Group(inner, number)

    def _quantified(self, atom: Piece) -> Piece:
        sign = self._peek()
        if not sign or sign not in "?*+{":
            return atom
        self._at += 1
        if sign == "{":
            low, high = self._counts()
        else:
            low, high = int(sign == "+"), 1 if sign == "?" else None
        lazy = self._take("?")
        if (after := self._peek()) and after in "?*+{":
            raise self._wrong("a quantifier of a quantifier")
        return Repeat(atom, low, high, lazy)

    def _counts(self) -> tuple[int, int | None]:
        inside, closed, _ = self._text[self._at :].partition("}")
        low, comma, high = inside.partition(",")
        if not closed or not _is_number(low) or (high and not _is_number(high)):
            raise self._wrong("a quantifier is not written well")
        self._at += len(inside) + 1
        least = int(low)
        most = int(high) if high else None if comma else least
        if most is not None and most < least:
            raise self._wrong("a quantifier's range is backwards")
        return least, most

    def _reference(self) -> Reference:
        digits = self._next()
        # As many digits as there are groups for.
        while (more := self._peek()) in _DIGITS and int(digits + more) <= self.groups:
            digits += self._next()
        number = int(digits)
        if number not in self._closed:
            raise self._wrong(f"there is no group {number} before")
        return Reference(number)

    def _escape(self) -> tuple[str, str]:
        """Return the inside of a class for an escape, and its character when it is one."""
        letter = self._next()
        if letter in _ESCAPES:
            return escaped(_ESCAPES[letter]), _ESCAPES[letter]
        if letter in _THEMSELVES:
            return escaped(letter), letter
        if letter in "sSiIcCdDwW":
            return escape_class(letter), ""
        if letter in "pP":
            name, closed, _ = self._text[self._at :].partition("}")
            if not closed or not name.startswith("{"):
                raise self._wrong("a category is not written well")
            self._at += len(name) + 1
            return property_class(name[1:], negative=letter == "P"), ""
        raise self._wrong(f"\\{letter} has no meaning")

    def _class(self) -> str:
        """Return a class whose `[` was read, as Python's syntax for one character."""
        negative = self._text.startswith("^", self._at)
        self._at += negative
        begin = self._at
        inside = ""
        while True:
            if self._text.startswith("-[", self._at) and self._at > begin:
                self._at += 2
                without = self._class()
                if self._next() != "]":
                    raise self._wrong("a class goes on after what is taken from it")
                return f"(?:(?!{without})[{'^' * negative}{inside}])"
            if self._text.startswith("]", self._at):
                break
            inside += self._range(first=self._at == begin)
        self._at += 1
        if not inside:
            raise self._wrong("an empty class")
        return f"[{'^' * negative}{inside}]"

    def _range(self, *, first: bool) -> str:
        low, low_character = self._class_character(first=first)
        rest = self._text[self._at : self._at + 2]
        if not low_character or rest[:1] != "-" or rest in ("-]", "-["):
            return low
        self._at += 1
        high, high_character = self._class_character(first=False)
        if not high_character or low_character > high_character:
            raise self._wrong("a range is backwards")
        return f"{low}-{high}"

    def _class_character(self, *, first: bool) -> tuple[str, str]:
        character = self._next()
        if character == "\\":
            return self._escape()
        if character == "[" or (character == "^" and first):
            raise self._wrong(f"{character} in a class")
        return escaped(character), character

    def _wrong(self, what: str) -> DynamicError:
        return DynamicError("FORX0002", f"{what} at {self._at + 1} of {self._text[:80]}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - 32 bits
