"""Expressions as trees of text: written by the grammar, cut down when they show a difference."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

Part: TypeAlias = "str | Piece"

SIMPLEST: Final = {
    "nodes": (".", "()", "p:b", "@x"),
    "truth": ("true()", "false()"),
    "number": ("1",),
    "text": ("''", "'a'"),
    "values": ("()", "1", "'a'"),
    "predicate": ("",),
    "step": ("*",),
}
"""What stands for a kind of expression when it does not matter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an expression.

    Attributes:
        kind: What it is good for: `nodes`, `truth`, `number`, `text`, `values` ...
        parts: Its text, with what is in it.
    """

    kind: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """What is written in a rule set."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def inside(self) -> Iterator["Piece"]:
        """Yield every piece in it, the nearest first."""
        children = [part for part in self.parts if isinstance(part, Piece)]
        yield from children
        for child in children:
            yield from child.inside()

    def smaller(self) -> Iterator["Piece"]:
        """Yield the same with one piece made smaller, the boldest first."""
        for inner in self.inside():
            if inner.kind == self.kind:
                yield inner
        for simple in SIMPLEST.get(self.kind, ()):
            if len(simple) < len(self.text):
                yield Piece(self.kind, (simple,))
        for number, part in enumerate(self.parts):
            if isinstance(part, Piece):
                for less in part.smaller():
                    parts = (*self.parts[:number], less, *self.parts[number + 1 :])
                    yield replace(self, parts=parts)


def piece(kind: str, *parts: Part) -> Piece:
    """Return a piece."""
    return Piece(kind, parts)
