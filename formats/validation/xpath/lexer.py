"""The words of an XPath 2.0 expression (appendix A.2), each with its place.

XPath reserves hardly any word: `div` is an operator only where an operator can stand. So the lexer
tells names from symbols and numbers, and the parser decides by position what a name or `*` means.
"""

import re
from collections.abc import Iterator
from typing import Literal as OneOf
from typing import NamedTuple

Kind = OneOf["name", "wildcard", "string", "integer", "decimal", "double", "symbol", "end"]

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*"

# Quantifiers are possessive: a text that is not a word is refused in linear time.
_WORD = re.compile(
    rf"""
      (?P<space>[ \t\r\n]++)
    | (?P<comment>\(:)
    | (?P<wildcard>\*:{_NCNAME} | {_NCNAME}:\*)
    | (?P<name>{_NCNAME}(?: :{_NCNAME})?)
    | (?P<string>"[^"]*+(?:""[^"]*+)*+" | '[^']*+(?:''[^']*+)*+')
    | (?P<double>(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)[eE][+-]?[0-9]++)
    | (?P<decimal>\.[0-9]++|[0-9]++\.[0-9]*+)
    | (?P<integer>[0-9]++)
    | (?P<symbol>::|<<|<=|>>|>=|!=|\.\.|//|[()\[\],.@$/|+\-*=<>?])
    """,
    re.VERBOSE,
)
_COMMENT_EDGE = re.compile(r"\(:|:\)")
_NAME_START = re.compile(f"[{_START}]")
_EXCERPT = 40


class XPathSyntaxError(ValueError):
    """A text is not an XPath 2.0 expression, or names what was not declared.

    Attributes:
        text: The whole expression.
        position: Where it stops being one, counted in characters from 0.
        expected: What could have stood there.
    """

    def __init__(self, text: str, position: int, expected: str) -> None:
        found = text[position : position + _EXCERPT]
        super().__init__(
            f"XPath: expected {expected} at character {position + 1}, found "
            + (repr(found) if found else "the end")
        )
        self.text = text
        self.position = position
        self.expected = expected


class Token(NamedTuple):
    """One word: what it is, how it is written (a string: its value) and where it begins."""

    kind: Kind
    text: str
    position: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of an expression, without space and comments; the last is of kind `end`.

    Raises:
        XPathSyntaxError: A character begins no word, a string or comment is not closed, or a name
            follows a number with nothing between.
    """
    position, end = 0, len(text)
    match_at = _WORD.match
    while position < end:
        match = match_at(text, position)
        if match is None:
            raise XPathSyntaxError(text, position, _unreadable(text, position))
        kind = match.lastgroup
        if kind == "comment":
            position = _after_comment(text, position)
            continue
        if kind != "space":
            written = match.group()
            if kind == "string":
                quote = written[0]
                written = written[1:-1].replace(quote * 2, quote)
            elif kind in {"integer", "decimal", "double"} and _NAME_START.match(text, match.end()):
                raise XPathSyntaxError(text, match.end(), "a space after a number")
            yield Token(kind, written, position)  # type: ignore[arg-type]
        position = match.end()
    yield Token("end", "", end)


def _after_comment(text: str, start: int) -> int:
    """Return the place after the comment that begins at start; comments nest (A.2.4.1)."""
    depth = 0
    for edge in _COMMENT_EDGE.finditer(text, start):
        depth += 1 if edge.group() == "(:" else -1
        if depth == 0:
            return edge.end()
    raise XPathSyntaxError(text, start, "the end ':)' of a comment")


def _unreadable(text: str, position: int) -> str:
    return "the closing quote of a string" if text[position] in "\"'" else "an XPath word"
