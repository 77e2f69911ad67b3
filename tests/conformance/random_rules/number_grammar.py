"""Random numbers: arithmetic, sums, rounding, conversions."""

from abc import abstractmethod

from typing_extensions import override

from tests.conformance.random_rules.path_grammar import Paths
from tests.conformance.random_rules.pieces import Piece, piece
from tests.conformance.random_rules.vocabulary import NUMBERS


class Numbers(Paths):
    """Writes numbers; what they are made of is written by `Grammar`."""

    @abstractmethod
    def text(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @abstractmethod
    def single(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @abstractmethod
    def near(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @abstractmethod
    def operand(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @override
    def number(self, depth: int) -> Piece:
        """Return a number, or nothing, or an error."""
        if depth <= 0:
            return piece("number", self.random.choice(NUMBERS))
        return self.chosen(
            depth,
            (3, lambda _: piece("number", self.random.choice(NUMBERS))),
            (3, lambda d: piece("number", "count(", self.nodes(d), ")")),
            (4, self._arithmetic),
            (3, lambda d: piece("number", "number(", self.near(d), ")")),
            (3, self._aggregate),
            (3, self._rounded),
            (2, lambda d: piece("number", "string-length(", self.text(d), ")")),
            (2, self._constructed),
            (1, lambda d: piece("number", "sum(", self.nodes(d), ")")),
            (0.6, lambda d: piece("number", "-", self.number(d))),
            (0.5, self._if_number),
            (
                0.5,
                lambda d: piece(
                    "number", "index-of(", self.values(d), ", ", self.single(d), ")[1]"
                ),
            ),
            (0.4, lambda d: piece("number", "(", self.number(d), ", ", self.number(d), ")")),
        )

    def _arithmetic(self, depth: int) -> Piece:
        operator = self.random.choice((" + ", " - ", " * ", " * ", " div ", " idiv ", " mod "))
        return piece("number", "(", self._term(depth), operator, self._term(depth), ")")

    def _term(self, depth: int) -> Piece:
        return self.number(depth) if self.random.random() < 0.7 else self.near(depth)

    def _aggregate(self, depth: int) -> Piece:
        word = self.random.choice(("sum", "max", "min", "avg", "sum"))
        inner = self.random.choice((self.nodes, self.values, self._numbers))(depth)
        return piece("number", f"{word}(", inner, ")")

    def _numbers(self, depth: int) -> Piece:
        kind = self.random.choice(("xs:decimal(.)", "number(.)", "xs:double(.)", "xs:integer(.)",
                                   "round(number(.))", "string-length(.)"))  # fmt: skip
        return piece("values", self.nodes(depth), f"/{kind}")

    def _rounded(self, depth: int) -> Piece:
        word = self.random.choice(
            ("round", "round", "floor", "ceiling", "abs", "round-half-to-even")
        )
        more = ", 2" if word == "round-half-to-even" and self.random.random() < 0.7 else ""
        return piece("number", f"{word}(", self._term(depth), f"{more})")

    def _constructed(self, depth: int) -> Piece:
        kind = self.random.choice(("xs:decimal", "xs:decimal", "xs:integer", "xs:double"))
        if self.random.random() < 0.2:
            return piece(
                "number",
                "(",
                self.operand(depth),
                f" cast as {kind}{self.random.choice(('', '?'))})",
            )
        inner = self.operand(depth) if self.random.random() < 0.4 else self.near(depth)
        return piece("number", f"{kind}(", inner, ")")

    def _if_number(self, depth: int) -> Piece:
        then, otherwise = self.number(depth), self.number(depth)
        return piece(
            "number", "(if (", self.truth(depth), ") then ", then, " else ", otherwise, ")"
        )
