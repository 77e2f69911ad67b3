"""Texts as they are compared and looked for: without case, accents and doubled spaces."""

import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "\u0131": "i", "ŧ": "t", "ħ": "h"})
"""Letters with a stroke, which Unicode does not take apart (UAX #15)."""

MAX_BYTES = 1500
"""Of a text that is searched; it stands in a B-tree, whose entries hold 2,704 bytes."""


def folded(text: str) -> str:
    """Return a text for comparing: `Müller  GmbH` and `MULLER GmbH` are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_LETTERS).split())


def search_text(parts: Iterable[str | None], each: int = 300) -> str:
    """Return what a row is searched by: its parts folded, one a line, cut to what fits."""
    lines = (_cut(folded(part), each) for part in parts if part)
    return _cut("\n".join(lines), MAX_BYTES)


def search_words(text: str, most: int = 8) -> tuple[str, ...]:
    """Return what must all be found in a row that is asked for."""
    return tuple(dict.fromkeys(folded(text).split()))[:most]


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
