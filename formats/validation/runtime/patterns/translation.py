"""From XPath's regular expressions to Python's, and what Python would pay for them."""

import math

from formats.validation.runtime.patterns.syntax import (
    Anchor,
    Character,
    Choice,
    Group,
    Piece,
    Reference,
    Repeat,
    Sequence,
)

_MANY = 64
"""A quantifier with a larger range counts as one without limit."""
_FREE = 3.0
"""So many such quantifiers cost no more than a fixed time, when nothing depends on the text."""


def python(piece: Piece, *, lines: bool) -> str:
    """Return the same in Python's syntax; `lines`: anchors also match at lines (flag `m`)."""
    if isinstance(piece, Sequence):
        return "".join(python(each, lines=lines) for each in piece.pieces)
    if isinstance(piece, Choice):
        return f"(?:{'|'.join(python(each, lines=lines) for each in piece.options)})"
    if isinstance(piece, Group):
        return f"({'' if piece.number else '?:'}{python(piece.inner, lines=lines)})"
    if isinstance(piece, Repeat):
        inner = python(piece.inner, lines=lines)
        high = "" if piece.high is None else piece.high
        return f"(?:{inner}){{{piece.low},{high}}}{'?' if piece.lazy else ''}"
    return _single(piece, lines=lines)


def _single(piece: Character | Anchor | Reference, *, lines: bool) -> str:
    if isinstance(piece, Character):
        return piece.text
    if isinstance(piece, Anchor):
        return _anchor(piece.sign, lines=lines)
    # A group that took no part is empty in XPath, and never matches in Python.
    return f"(?({piece.number})\\{piece.number}|)"


def _anchor(sign: str, *, lines: bool) -> str:
    if sign == "^":
        return r"(?:\A|(?<=\n)(?!\Z))" if lines else r"\A"
    return r"(?=\n|\Z)" if lines else r"\Z"


def is_cheap(piece: Piece, *, lines: bool) -> bool:
    """Return whether Python searches for it in a time that grows with the text only.

    Python tries the ways to match one after the other. There are few when at most one choice
    depends on the length of the text: where the match begins, or where one repetition ends.
    """
    ways = _ways(piece)
    if ways is None:
        return False
    loops, few = ways
    loops += not _is_anchored(piece, lines=lines)
    return few <= _FREE if not loops else loops == 1 and few <= 1


def _ways(piece: Piece) -> tuple[int, float] | None:
    """Return how many repetitions are without limit, and the logarithm of all other ways.

    None when one repetition lies in another.
    """
    if isinstance(piece, Group):
        return _ways(piece.inner)
    if isinstance(piece, Sequence | Choice):
        return _ways_together(piece)
    if isinstance(piece, Repeat):
        return _ways_repeated(piece)
    return None if isinstance(piece, Reference) else (0, 0.0)


def _ways_together(piece: Sequence | Choice) -> tuple[int, float] | None:
    each = [_ways(one) for one in _parts(piece)]
    known = [ways for ways in each if ways is not None]
    if len(known) < len(each):
        return None
    if isinstance(piece, Sequence):
        return sum(loops for loops, _ in known), sum(few for _, few in known)
    few = max(few for _, few in known)
    return max(loops for loops, _ in known), few + math.log(len(known), _MANY)


def _ways_repeated(piece: Repeat) -> tuple[int, float] | None:
    if piece.high == 1 and (inner := _ways(piece.inner)) is not None:
        return inner[0], inner[1] + math.log(2, _MANY)
    if not isinstance(_bare(piece.inner), Character):
        return None
    if piece.high is None or piece.high - piece.low >= _MANY:
        return 1, 0.0
    return 0, math.log(piece.high - piece.low + 1, _MANY)


def _parts(piece: Sequence | Choice) -> tuple[Piece, ...]:
    return piece.pieces if isinstance(piece, Sequence) else piece.options


def _bare(piece: Piece) -> Piece:
    while isinstance(piece, Group):
        piece = piece.inner
    return piece


def _is_anchored(piece: Piece, *, lines: bool) -> bool:
    if isinstance(piece, Anchor):
        return piece.sign == "^" and not lines
    if isinstance(piece, Group):
        return _is_anchored(piece.inner, lines=lines)
    if isinstance(piece, Sequence):
        return bool(piece.pieces) and _is_anchored(piece.pieces[0], lines=lines)
    if isinstance(piece, Choice):
        return all(_is_anchored(each, lines=lines) for each in piece.options)
    return False


def trimmed(piece: Piece) -> Piece:
    """Return what matches somewhere exactly when `piece` does: without `.*` at both ends."""
    if not isinstance(piece, Sequence):
        return piece
    pieces = list(piece.pieces)
    while pieces and _is_anything(pieces[0]):
        del pieces[0]
    while pieces and _is_anything(pieces[-1]):
        del pieces[-1]
    return Sequence(tuple(pieces))


def _is_anything(piece: Piece) -> bool:
    return isinstance(piece, Repeat) and piece.low == 0 and isinstance(piece.inner, Character)
