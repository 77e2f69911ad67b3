"""Random paths: along every axis, from everywhere, with predicates in every place."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from random import Random

from tests.conformance.random_rules.pieces import Part, Piece, piece
from tests.conformance.random_rules.vocabulary import ATTRIBUTES, ELEMENTS, LITERALS

_AXES = (
    "child", "descendant", "descendant-or-self", "self", "parent", "ancestor", "ancestor-or-self",
    "following-sibling", "preceding-sibling", "following", "preceding",
)  # fmt: skip
_TESTS = ("*", "node()", "text()", "element()", "p:*", "*:a", "comment()",
          "processing-instruction()")  # fmt: skip


class Paths(ABC):
    """Writes paths; what stands in their predicates is written by `Grammar`.

    Args:
        random: Makes the choices.
        nodes: Variables that hold nodes.
        values: Variables that hold values.
        keys: Names of keys.
        functions: Names of functions of one argument, by what they return.
        focus: Whether there is a context node, and `current()`.
    """

    def __init__(  # noqa: PLR0913 - what is in scope
        self,
        random: Random,
        *,
        nodes: Sequence[str] = (),
        values: Sequence[str] = (),
        keys: Sequence[str] = (),
        functions: Sequence[tuple[str, str]] = (),
        focus: bool = True,
    ) -> None:
        self.random = random
        self.node_variables = list(nodes)
        self.value_variables = list(values)
        self.keys = list(keys)
        self.functions = list(functions)
        self.focus = focus
        self._count = 0

    def chosen(self, depth: int, *ways: tuple[float, Callable[[int], Piece]]) -> Piece:
        """Return what one of some ways writes, each as likely as its number says."""
        writers = [way for _, way in ways]
        (way,) = self.random.choices(writers, [weight for weight, _ in ways])
        return way(depth - 1)

    @abstractmethod
    def truth(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @abstractmethod
    def number(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    @abstractmethod
    def values(self, depth: int) -> Piece:
        """Return what another part of the grammar writes."""

    def fresh(self) -> str:
        """Return the name of a new variable."""
        self._count += 1
        return f"i{self._count}"

    def nodes(self, depth: int) -> Piece:
        """Return an expression of nodes."""
        if depth <= 0:
            return self._relative(0)
        return self.chosen(
            depth,
            (10, self._relative),
            (5, self._absolute),
            (2, self._filtered),
            (2, self._combined),
            (1.5, self._near),
            (1, self._variable),
            (1, self._inner_steps),
            (0.7, self._key),
            (0.5, self._conditional),
            (0.5, self._each),
            (0.5, self._function),
        )

    def name(self) -> str:
        """Return the name of an element, the likely ones mostly."""
        return self.random.choice(ELEMENTS[:4] if self.random.random() < 0.9 else ELEMENTS)

    def attribute(self) -> str:
        """Return a step to an attribute."""
        return "@" + self.random.choice((*ATTRIBUTES[:2], *ATTRIBUTES[:2], "p:z", "*"))

    def predicates(self, depth: int) -> Piece:
        """Return no, one or some predicates."""
        chance = self.random.random()
        count = 0 if depth <= 0 or chance < 0.6 else 1 if chance < 0.93 else 2
        return piece("predicate", *(self._predicate(depth - 1) for _ in range(count)))

    def _predicate(self, depth: int) -> Piece:
        choice = self.random.random()
        if choice < 0.2:
            positions = ("1", "2", "3", "last()", "last() - 1", "position() = 1", "0",
                         "position() > 1", "position() = last()", "position() mod 2 = 1",
                         "position() = (1, 3)")  # fmt: skip
            return piece("predicate", f"[{self.random.choice(positions)}]")
        if choice < 0.26:
            return piece("predicate", "[", self.number(depth), "]")
        if choice < 0.45:
            return piece("predicate", "[", self.joining(depth), "]")
        if choice < 0.65:
            return piece("predicate", "[", self.nodes(depth), "]")
        return piece("predicate", "[", self.truth(depth), "]")

    def joining(self, depth: int) -> Piece:
        """Return `inner = outer`: what an index may answer."""
        inner = self.random.choice(
            (".", "@x", "@y", "p:b", "p:c", "p:b/@x", "string(.)", "normalize-space(.)", "text()",
             "p:b[1]", "../@x", "name()", "@x/string(.)")
        )  # fmt: skip
        outers = [f"'{text}'" for text in self.random.sample(LITERALS, 3) if "'" not in text]
        outers += [f"${name}" for name in self.value_variables + self.node_variables]
        if self.focus:
            outers += ["current()", "current()/@x", "current()/p:b", "current()/string(.)",
                       "current()/normalize-space(@y)"]  # fmt: skip
        outer: Part = (
            self.random.choice(outers) if self.random.random() < 0.85 else self.values(depth)
        )
        operator = self.random.choice((" = ", " = ", " = ", " eq ", " != "))
        sides: tuple[Part, ...] = (inner, operator, outer)
        return piece("truth", *(sides if self.random.random() < 0.7 else sides[::-1]))

    def step(self, depth: int) -> Piece:
        """Return one step."""
        chance = self.random.random()
        if chance < 0.62:
            return piece("step", self.name(), self.predicates(depth))
        if chance < 0.74:
            return piece("step", self.attribute(), self.predicates(depth - 1))
        if chance < 0.8:
            return piece("step", self.random.choice((".", "..")))
        test = self.name() if chance < 0.92 else self.random.choice(_TESTS)
        axis = self.random.choice(_AXES)
        return piece("step", f"{axis}::{test}", self.predicates(depth))

    def _steps(self, depth: int) -> list[Part]:
        parts: list[Part] = [self.step(depth)]
        for _ in range(self.random.choice((0, 0, 1, 1, 1, 2, 3))):
            parts += [self.random.choice(("/", "/", "/", "/", "//")), self.step(depth)]
        if self.random.random() < 0.06:
            parts.append(self.random.choice(("/text()", "/.", "/..", "/*", "/@*", "/node()")))
        return parts

    def _relative(self, depth: int) -> Piece:
        if not self.focus:
            return self._absolute(depth)
        start = self.random.choice(("", "", "", "", "", ".//", "../", "../../", "./", "..//"))
        return piece("nodes", start, *self._steps(depth))

    def _absolute(self, depth: int) -> Piece:
        if self.random.random() < 0.08:
            names = " | ".join(self.name() for _ in range(2))
            return piece("nodes", f"//({names})", self.predicates(depth), "/", self.step(depth))
        start = self.random.choice(("/", "/p:a/", "/p:a/", "/*/", "//", "//", "//", "/p:a//"))
        return piece("nodes", start, *self._steps(depth))

    def _filtered(self, depth: int) -> Piece:
        return piece("nodes", "(", self.nodes(depth), ")", self._predicate(depth))

    def _combined(self, depth: int) -> Piece:
        operator = self.random.choice((" | ", " | ", " union ", " intersect ", " except "))
        return piece("nodes", "(", self.nodes(depth), operator, self.nodes(depth), ")")

    def _near(self, depth: int) -> Piece:
        if not self.focus:
            return self._absolute(depth)
        texts = (".", ".", "..", "../..", "current()", "current()/..", "@x", "@y", "/", "(.)[1]",
                 "root()", "root(.)/*", "current()/@x", "(@x, @y)[1]", "()")  # fmt: skip
        return piece("nodes", self.random.choice(texts))

    def _variable(self, depth: int) -> Piece:
        if not self.node_variables:
            return self._absolute(depth)
        name = self.random.choice(self.node_variables)
        rest: list[Part] = ["/", *self._steps(depth)] if self.random.random() < 0.6 else []
        return piece("nodes", f"${name}", *rest)

    def _inner_steps(self, depth: int) -> Piece:
        names = self.random.choice(("(p:b | p:c)", "(p:b, p:c)", "(.//p:b | @x)", "(p:a | .)"))
        more = self.random.choice(("", "/@x", "/p:b", "/text()", "[1]", "[@x]", "/.."))
        return piece("nodes", self.nodes(depth), f"/{names}{more}")

    def _key(self, depth: int) -> Piece:
        if not self.keys:
            return self._absolute(depth)
        name = self.random.choice(self.keys)
        return piece("nodes", f"key('{name}', ", self.values(depth), ")")

    def _conditional(self, depth: int) -> Piece:
        then, otherwise = self.nodes(depth), self.nodes(depth)
        return piece(
            "nodes", "(if (", self.truth(depth), ") then ", then, " else ", otherwise, ")"
        )

    def _each(self, depth: int) -> Piece:
        name, items = self.fresh(), self.nodes(depth)
        self.node_variables.append(name)
        result = self.nodes(depth)
        self.node_variables.remove(name)
        return piece("nodes", f"(for ${name} in ", items, " return ", result, ")")

    def _function(self, depth: int) -> Piece:
        inner = self.nodes(depth)
        match self.random.randrange(4):
            case 0:
                return piece("nodes", "reverse(", inner, ")")
            case 1:
                more = self.random.choice(("1, 1", "2", "0", "1.5, 2"))
                return piece("nodes", "subsequence(", inner, f", {more})")
            case 2:
                return piece("nodes", "exactly-one(", inner, ")")
            case _:
                return piece("nodes", "zero-or-one(", inner, ")")
