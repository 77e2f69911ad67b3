"""Reads path expressions (section 3.2) and primary expressions (section 3.1)."""

from abc import abstractmethod
from decimal import Decimal
from typing import cast, get_args

from formats.validation.xpath.sequence_types import KINDS, RESERVED, TypeReader
from formats.validation.xpath.syntax import (
    Axis,
    Call,
    ContextItem,
    Expression,
    Filter,
    KindTest,
    Literal,
    NameTest,
    Path,
    Sequence,
    Step,
    Variable,
)

_AXES = frozenset(get_args(Axis))
_ANY_NODE = KindTest("node")
_DESCENDANTS = Step("descendant-or-self", _ANY_NODE)
_STEP_KINDS = frozenset({"name", "wildcard", "string", "integer", "decimal", "double"})
_STEP_SYMBOLS = frozenset({"*", ".", "..", "@", "(", "$"})
_MAX_DIGITS = 4000  # of an integer literal: Python refuses to convert longer texts


class PathReader(TypeReader):
    """Reads everything that binds more tightly than an operator."""

    @abstractmethod
    def expression(self) -> Expression:
        """Expr: expressions with commas between."""

    @abstractmethod
    def single(self) -> Expression:
        """ExprSingle: an expression without a comma at its top."""

    def path(self) -> Expression:
        """PathExpr: steps, or the one expression that is not on the way to anywhere."""
        absolute = False
        steps: list[Step | Expression] = []
        if self.token.kind == "symbol" and self.token.text in {"/", "//"}:
            absolute = True
            if self.advance().text == "//":
                steps.append(_DESCENDANTS)
            elif not self._step_begins():
                return Path(absolute=True, steps=())
        first = self._step()
        if not (self.token.kind == "symbol" and self.token.text in {"/", "//"}) and not absolute:
            return first
        steps.append(first)
        while self.token.kind == "symbol" and self.token.text in {"/", "//"}:
            if self.advance().text == "//":
                steps.append(_DESCENDANTS)
            steps.append(self._step())
        return Path(absolute, tuple(steps))

    def _step_begins(self) -> bool:
        """Whether the `/` before the word here is the start of a path (leading-lone-slash)."""
        kind, text, _ = self.token
        return text in _STEP_SYMBOLS if kind == "symbol" else kind in _STEP_KINDS

    def _step(self) -> Expression:
        """StepExpr: a step along an axis, or a primary expression, with predicates."""
        primary = self._primary()
        if primary is None:
            axis, test = self._axis_and_test()
            return Step(axis, test, self._predicates()) if self.at("[") else Step(axis, test)
        return Filter(primary, self._predicates()) if self.at("[") else primary

    def _predicates(self) -> tuple[Expression, ...]:
        predicates: list[Expression] = []
        while self.accept("["):
            predicates.append(self.expression())
            self.expect("]")
        return tuple(predicates)

    def _axis_and_test(self) -> tuple[Axis, NameTest | KindTest]:
        """AxisStep without its predicates, also abbreviated."""
        if self.accept(".."):
            return "parent", _ANY_NODE
        axis: Axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.token.kind == "name":
            if self.next_is("::"):
                if self.token.text not in _AXES:
                    self.fail("an axis")
                axis = cast(Axis, self.advance().text)
                self.advance()
            elif self.token.text == "attribute" and self.next_is("("):
                axis = "attribute"
        if self.token.kind == "name" and self.next_is("("):
            if self.token.text not in KINDS:
                self.fail("a node test")
            return axis, self.kind_test()
        return axis, self.name_test(element=axis not in {"attribute", "namespace"})

    def _primary(self) -> Expression | None:
        """PrimaryExpr; None when there is none here, then only a step along an axis can be."""
        token = self.token
        if token.kind == "name":
            return self._call() if self.next_is("(") and token.text not in KINDS else None
        if token.kind == "symbol":
            return self._symbolic()
        if token.kind == "string":
            self.advance()
            return Literal(token.text)
        if token.kind == "end":
            self.fail("an expression")
        return None if token.kind == "wildcard" else self._number()

    def _symbolic(self) -> Expression | None:
        """PrimaryExpr that begins with a symbol; None when a step along an axis does."""
        if self.accept("$"):
            return Variable(self.variable_name())
        if self.accept("."):
            return ContextItem()
        if self.accept("("):
            inner = Sequence(()) if self.at(")") else self.expression()
            self.expect(")")
            return inner
        if self.token.text not in _STEP_SYMBOLS:
            self.fail("an expression")
        return None

    def _number(self) -> Literal:
        token = self.advance()
        if token.kind == "decimal":
            return Literal(Decimal(token.text))
        if token.kind == "double":
            return Literal(float(token.text))
        if len(token.text) > _MAX_DIGITS:
            self.fail(f"a number of {_MAX_DIGITS} digits at most", token)
        return Literal(int(token.text))

    def variable_name(self) -> str:
        """Return the name after `$`."""
        token = self.expect_name("the name of a variable")
        try:
            return self.names.variable(token.text)
        except KeyError:
            self.undeclared(token)

    def _call(self) -> Call:
        token = self.advance()
        if token.text in RESERVED:
            self.fail("the name of a function", token)
        try:
            name = self.names.function(token.text)
        except KeyError:
            self.undeclared(token)
        self.expect("(")
        arguments: list[Expression] = []
        if not self.at(")"):
            arguments.append(self.single())
            while self.accept(","):
                arguments.append(self.single())
        self.expect(")")
        return Call(name, tuple(arguments))
