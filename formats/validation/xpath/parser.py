"""Reads XPath 2.0 (W3C Recommendation 14 December 2010, appendix A) into its syntax tree."""

from collections.abc import Mapping
from typing import Literal as OneOf
from typing import cast

from typing_extensions import override

from formats.validation.xpath.lexer import XPathSyntaxError
from formats.validation.xpath.operators import SYMBOLS, WORDS, Operator, apply
from formats.validation.xpath.paths import PathReader
from formats.validation.xpath.syntax import (
    Expression,
    For,
    If,
    Quantified,
    Sequence,
    SequenceType,
    SetOperation,
    TypeOperation,
    Unary,
)

__all__ = ["XPathSyntaxError", "parse", "parse_pattern", "parse_sequence_type"]

MAX_NESTING = 64
"""Parentheses, predicates, calls and branches in one another.

Each takes seven calls of Python, of the thousand that Python allows; the deepest official rule
nests 14.
"""
MAX_CHAIN = 300
"""Operators that read from the left (`a + b + c`), signs and `else if`s of one expression.

Each makes the tree one deeper; `and`, `or` and the alternatives of a pattern do not and are free.
The longest official rule has 152.
"""
Waiting = tuple[Operator, list[Expression]]
"""An operator that has its left operands and waits for the right one."""
_UNION = SYMBOLS["|"].level
_TIGHTEST = max(operator.level for operator in WORDS.values())


def parse(
    text: str, namespaces: Mapping[str, str], *, default_element_namespace: str = ""
) -> Expression:
    """Read an expression.

    Args:
        text: The expression.
        namespaces: Namespace by prefix; `xs`, `xsd`, `fn` and `xml` are known when not given.
        default_element_namespace: Of element and type names without prefix.

    Raises:
        XPathSyntaxError: It is not XPath 2.0, uses a prefix that is not declared, or is nested
            more deeply than MAX_NESTING.
    """
    parser = _Parser(text, namespaces, default_element_namespace)
    expression = parser.expression()
    parser.expect_end()
    return expression


def parse_pattern(
    text: str, namespaces: Mapping[str, str], *, default_element_namespace: str = ""
) -> tuple[Expression, ...]:
    """Read a match pattern (XSLT 2.0, 5.5.2) or the context of a Schematron rule.

    A context may be any expression, so the text is read as one; returned are the operands of `|`
    and `union` at its top, in the order written.

    Raises:
        XPathSyntaxError: As `parse` raises it.
    """
    parser = _Parser(text, namespaces, default_element_namespace)
    alternatives = parser.alternatives()
    parser.expect_end()
    return alternatives


def parse_sequence_type(
    text: str, namespaces: Mapping[str, str], *, default_element_namespace: str = ""
) -> SequenceType:
    """Read a sequence type, such as `xs:decimal?` or `element()*`.

    Raises:
        XPathSyntaxError: It is not one.
    """
    parser = _Parser(text, namespaces, default_element_namespace)
    result = parser.sequence_type()
    parser.expect_end()
    return result


class _Parser(PathReader):
    """Reads operators, and the expressions that begin with a keyword."""

    nesting = 0
    chained = 0

    @override
    def expression(self) -> Expression:
        """Expr: expressions with commas between."""
        first = self.single()
        if not self.at(","):
            return first
        items = [first]
        while self.accept(","):
            items.append(self.single())
        return Sequence(tuple(items))

    @override
    def single(self) -> Expression:
        """ExprSingle: an expression without a comma at its top."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.fail(f"at most {MAX_NESTING} expressions in one another")
        result: Expression
        keyword = self.token.text if self.token.kind == "name" else ""
        if keyword == "if" and self.next_is("("):
            result = self._if()
        elif keyword in {"for", "some", "every"} and self.next_is("$"):
            result = self._bound()
        else:
            result = self._operators()
        self.nesting -= 1
        return result

    def alternatives(self) -> tuple[Expression, ...]:
        """Return the operands of the unions at the top; the whole when it is no union."""
        found = [self._operators(above=_UNION)]
        while self._operator() is SYMBOLS["|"] or self._operator() is WORDS["union"]:
            self.advance()
            found.append(self._operators(above=_UNION))
        if self.token.kind != "end":
            self.restart()
            self.nesting = self.chained = 0
            found = [self.expression()]
        flat: list[Expression] = []
        found.reverse()
        while found:
            alternative = found.pop()
            if isinstance(alternative, SetOperation) and alternative.operator == "union":
                found += [alternative.right, alternative.left]
            else:
                flat.append(alternative)
        return tuple(flat)

    def _if(self) -> Expression:
        """IfExpr; a chain of `else if` is read without recursion."""
        branches: list[tuple[Expression, Expression]] = []
        while True:
            self.advance()
            self.expect("(")
            condition = self.expression()
            self.expect(")")
            self.expect_word("then")
            branches.append((condition, self.single()))
            self.expect_word("else")
            if not (self.token.kind == "name" and self.token.text == "if" and self.next_is("(")):
                break
            self._deepen()
        result = self.single()
        for condition, then in reversed(branches):
            result = If(condition, then, result)
        return result

    def _bound(self) -> Expression:
        """ForExpr and QuantifiedExpr."""
        keyword = self.advance().text
        bindings: list[tuple[str, Expression]] = []
        while True:
            self.expect("$")
            name = self.variable_name()
            self.expect_word("in")
            bindings.append((name, self.single()))
            if not self.accept(","):
                break
        self.expect_word("return" if keyword == "for" else "satisfies")
        result = self.single()
        if keyword == "for":
            return For(tuple(bindings), result)
        return Quantified(cast(OneOf["some", "every"], keyword), tuple(bindings), result)

    def _operators(self, above: int = 0) -> Expression:
        """Operands with operators that bind more tightly than a level between.

        Operators that wait for their right operand are in `pending`, always the tighter after the
        looser, so all levels are read in one call of this function.
        """
        pending: list[Waiting] = []
        left = self._operand()
        ceiling = _TIGHTEST  # after `a cast as b`, only looser operators may follow
        while True:
            operator = self._operator()
            level = operator.level if operator is not None and operator.level > above else 0
            left = self._applied(pending, level, left)
            if operator is None or level == 0:
                return left
            if level > ceiling:
                self.fail("an operator that binds less tightly, or the end")
            self.advance()
            if operator.family == "type":
                left = self._typed(operator, left)
                ceiling = level - 1
                continue
            if operator.family == "logical" and pending and pending[-1][0].level == level:
                pending[-1][1].append(left)
            else:
                pending.append((operator, [left]))
                if operator.associates and operator.family != "logical":
                    self._deepen()
            left = self._operand()
            ceiling = _TIGHTEST

    def _applied(self, pending: list[Waiting], level: int, left: Expression) -> Expression:
        """Apply the operators that bind at least as tightly as the level to what is left of it.

        `and` and `or` of the level itself stay: the next operand is one of theirs.
        """
        while pending and pending[-1][0].level >= level:
            operator, operands = pending[-1]
            if operator.level == level:
                if not operator.associates:
                    self.fail("no second operator of this kind without parentheses")
                if operator.family == "logical":
                    break
            pending.pop()
            operands.append(left)
            left = apply(operator, operands)
        return left

    def _operator(self) -> Operator | None:
        """Return the operator that the word here is, where an operator can stand."""
        kind, text, _ = self.token
        if kind == "symbol":
            return SYMBOLS.get(text)
        return WORDS.get(text) if kind == "name" else None

    def _operand(self) -> Expression:
        """UnaryExpr: signs and a path."""
        if not (self.at("-") or self.at("+")):
            return self.path()
        signs: list[OneOf["-", "+"]] = []
        while self.at("-") or self.at("+"):
            signs.append("-" if self.advance().text == "-" else "+")
            self._deepen()
        operand = self.path()
        for sign in reversed(signs):
            operand = Unary(sign, operand)
        return operand

    def _typed(self, operator: Operator, operand: Expression) -> Expression:
        """Read `of T` or `as T` after the first word of an operator on types."""
        self.expect_word("of" if operator.spelling == "instance" else "as")
        of_one_item = operator.spelling in {"cast", "castable"}
        return TypeOperation(
            cast(OneOf["castable", "cast", "instance", "treat"], operator.spelling),
            operand,
            self.single_type() if of_one_item else self.sequence_type(),
        )

    def _deepen(self) -> None:
        self.chained += 1
        if self.chained > MAX_CHAIN:
            self.fail(f"at most {MAX_CHAIN} operators that read from the left")
