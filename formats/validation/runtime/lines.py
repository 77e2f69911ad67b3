"""On which lines elements begin."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

_START: Final = re.compile(rb"<[^/!?]")
_MARKUP: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<([^/!?])", re.DOTALL)


class Lines:
    """The lines, 1-based, on which the elements of a document begin.

    The document is read only as far as somebody asks, and only when it has findings. libxml2's own
    lines end at 65,535, and expat would tell of every element or of none.

    Args:
        content: The document in UTF-8, well-formed and without a DOCTYPE: in such a text `<` is
            markup, and nothing but comments, CDATA and instructions can hold another one.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._starts: list[int] = []
        self._more = _starts(content)
        self._line = self._at = 0
        self._returns = b"\r" in content

    def line(self, order: int) -> int:
        """Return the line of the element before which so many others begin."""
        missing = order + 1 - len(self._starts)
        if missing > 0:
            self._starts += islice(self._more, missing)
        start = self._starts[order]
        if start < self._at:
            self._line = self._at = 0
        self._line += self._breaks(self._at, start)
        self._at = start
        return self._line + 1

    def _breaks(self, start: int, end: int) -> int:
        """Return how many lines end: with LF, CR LF or CR (XML 1.0, section 2.11)."""
        content = self._content
        found = content.count(b"\n", start, end)
        if self._returns:
            found += content.count(b"\r", start, end) - content.count(b"\r\n", start, end)
        return found


def _starts(content: bytes) -> Iterator[int]:
    """Yield where the start tags are."""
    body = content.find(b"?>") if content.startswith(b"<?xml") else 0
    if _has(content, b"!", 0) or _has(content, b"?", body + 1):
        return (match.start() for match in _MARKUP.finditer(content) if match[1])
    return (match.start() for match in _START.finditer(content))


def _has(content: bytes, mark: bytes, start: int) -> bool:
    """Return whether there is markup that begins so; one byte is looked for faster than two."""
    return content.find(mark, start) >= 0 and content.find(b"<" + mark, start) >= 0
