"""Random expressions of XPath 2.0: comparisons, arithmetic, functions, conditions, types."""

from collections.abc import Sequence

from typing_extensions import override

from tests.conformance.random_rules.forms import forms
from tests.conformance.random_rules.number_grammar import Numbers
from tests.conformance.random_rules.pieces import Piece, piece
from tests.conformance.random_rules.vocabulary import (
    LITERALS,
    NUMBERS,
    PATTERNS,
    PICTURES,
    TYPES,
)

_GENERAL = (" = ", " = ", " = ", " != ", " < ", " <= ", " > ", " >= ")
_VALUE = (" eq ", " eq ", " ne ", " lt ", " le ", " gt ", " ge ")
_SPLITS = (" ", ",", "\\s+", "-", "[a-z]")
_CASES = ("upper-case", "lower-case")
_NAMES = ("name", "local-name", "namespace-uri")
_CALLS = (
    "string(.)", "normalize-space(.)", "number(.)", "xs:decimal(.)", "name()", "string-length()",
    "concat(., '!')", "local-name(.)", "upper-case(.)", "count(*)", "(@x, .)[1]", "xs:date(.)",
    "(if (@x) then @x else .)", "sum(*)",
)  # fmt: skip
_REPLACEMENTS = ("-", "$0", "", "[$1]")


class Grammar(Numbers):
    """Writes expressions; `depth` bounds how deep they nest."""

    @override
    def truth(self, depth: int) -> Piece:
        """Return a condition."""
        if depth <= 0:
            return piece("truth", self.nodes(0))
        return self.chosen(
            depth,
            (8, self._comparison),
            (3, self._logical),
            (2, self._negated),
            (2, lambda d: piece("truth", self.nodes(d))),
            (3, self._asked_of_text),
            (2, self._quantified),
            (1.5, self._typed),
            (1.5, self._counted),
            (1.5, self._special),
            (0.7, lambda d: piece("truth", self.values(d))),
            (0.5, lambda d: piece("truth", self.number(d))),
            (0.5, lambda d: piece("truth", self.text(d))),
            (0.5, self._same_node),
            (0.4, self._if_truth),
            (0.2, lambda _: piece("truth", self.random.choice(("true()", "false()")))),
        )

    @override
    def text(self, depth: int) -> Piece:
        """Return a text, or nothing, or an error."""
        if depth <= 0:
            return piece("text", f"'{self.literal()}'")
        return self.chosen(
            depth,
            (2, lambda _: piece("text", f"'{self.literal()}'")),
            (3, lambda d: piece("text", "string(", self.near(d), ")")),
            (3, lambda d: piece("text", "normalize-space(", self.near(d), ")")),
            (3, lambda d: piece("text", self.near(d))),
            (3, self._cut),
            (2, lambda d: piece("text", "concat(", self.single(d), ", ", self.single(d), ")")),
            (1, lambda d: piece("text", self._word(_CASES), self.text(d), ")")),
            (1, lambda d: piece("text", "string-join(", self._texts(d), self._more(LITERALS[:4]))),
            (1, lambda d: piece("text", self._word(_NAMES), self.near(d), ")")),
            (
                1,
                lambda d: piece(
                    "text", "replace(", self.text(d), self._more(PATTERNS, _REPLACEMENTS)
                ),
            ),
            (0.6, lambda d: piece("text", "format-number(", self.number(d), self._more(PICTURES))),
            (
                0.4,
                lambda d: piece(
                    "text", "codepoints-to-string(string-to-codepoints(", self.text(d), "))"
                ),
            ),
            (
                0.4,
                lambda d: piece(
                    "text",
                    "(if (",
                    self.truth(d),
                    ") then ",
                    self.text(d),
                    " else ",
                    self.text(d),
                    ")",
                ),
            ),
            (0.5, lambda d: piece("text", "string(", self.number(d), ")")),
        )

    @override
    def values(self, depth: int) -> Piece:
        """Return any sequence."""
        if depth <= 0:
            return piece("values", f"('{self.literal()}', '{self.literal()}')")
        return self.chosen(
            depth,
            (4, lambda d: piece("values", self.nodes(d))),
            (2, lambda d: piece("values", self.number(d))),
            (2, lambda d: piece("values", self.text(d))),
            (1, lambda d: piece("values", "(", self.single(d), ", ", self.single(d), ")")),
            (1, lambda d: piece("values", "distinct-values(", self.values(d), ")")),
            (1, lambda d: piece("values", "tokenize(", self.text(d), self._more(_SPLITS))),
            (1.5, lambda d: piece("values", self.nodes(d), "/", self._called_step(d))),
            (1, self._for),
            (1, self._variable_value),
            (0.7, self._own_function),
            (0.5, lambda d: piece("values", "data(", self.nodes(d), ")")),
            (0.4, lambda d: piece("values", "string-to-codepoints(", self.text(d), ")")),
            (0.4, lambda d: piece("values", "(1 to count(", self.nodes(d), "))")),
            (0.4, lambda d: piece("values", "reverse(", self.values(d), ")")),
            (0.4, lambda d: piece("values", "subsequence(", self.values(d), ", 2)")),
            (0.4, lambda d: piece("values", "(", self.values(d), ")[", self.number(d), "]")),
            (0.4, lambda d: piece("values", "(", self.values(d), ")[. = ", self.values(d), "]")),
            (0.3, lambda d: piece("values", "(", self.truth(d), ")")),
            (0.3, lambda _: piece("values", "()")),
        )

    @override
    def single(self, depth: int) -> Piece:
        """Return what is often one item."""
        return self.chosen(
            depth,
            (3, lambda d: piece("values", self.near(d))),
            (1, lambda d: piece("values", self.number(d))),
            (1, lambda d: piece("values", self.text(d))),
            (0.5, self._variable_value),
        )

    def _word(self, words: Sequence[str]) -> str:
        return f"{self.random.choice(words)}("

    def _more(self, *choices: Sequence[str]) -> str:
        more = (f", '{self.random.choice(each)}'" for each in choices)
        return f"{''.join(more)})"

    def literal(self) -> str:
        """Return a text of a document, mostly."""
        return self.random.choice(LITERALS)

    @override
    def near(self, depth: int) -> Piece:
        near = (
            ".",
            "@x",
            "@y",
            "p:b[1]",
            "../@x",
            "(//p:b)[1]",
            "(//p:b)[last()]",
            "(//@x)[2]",
            "p:c",
            "..",
        )
        if self.random.random() < 0.75 and self.focus:
            return piece("nodes", self.random.choice(near))
        if self.random.random() < 0.5:
            return piece("nodes", "(", self.nodes(depth), ")[1]")
        return self.nodes(depth)

    def _texts(self, depth: int) -> Piece:
        if self.random.random() < 0.5:
            return piece("values", self.nodes(depth), "/string(.)")
        return piece("values", "(for $t in ", self.nodes(depth), " return string($t))")

    @override
    def operand(self, depth: int) -> Piece:
        return self.chosen(
            depth,
            (4, lambda d: piece("values", self.near(d))),
            (2, lambda d: piece("values", self.nodes(d))),
            (2, lambda _: piece("values", f"'{self.literal()}'")),
            (2, lambda _: piece("values", self.random.choice(NUMBERS))),
            (3, lambda d: piece("values", self.number(d))),
            (2, lambda d: piece("values", self.text(d))),
            (2, self.values),
        )

    def _comparison(self, depth: int) -> Piece:
        operator = self.random.choice(_GENERAL if self.random.random() < 0.8 else _VALUE)
        return piece("truth", "(", self.operand(depth), operator, self.operand(depth), ")")

    def _logical(self, depth: int) -> Piece:
        word = self.random.choice((" and ", " or "))
        more = (word, self.truth(depth)) if self.random.random() < 0.2 else ()
        return piece("truth", "(", self.truth(depth), word, self.truth(depth), *more, ")")

    def _negated(self, depth: int) -> Piece:
        word = self.random.choice(("not", "not", "not", "boolean", "exists", "empty"))
        inner = self.truth(depth) if word in {"not", "boolean"} else self.values(depth)
        return piece("truth", f"{word}(", inner, ")")

    def _asked_of_text(self, depth: int) -> Piece:
        word = self.random.choice(("contains", "starts-with", "ends-with", "matches", "matches"))
        if word == "matches":
            flags = self.random.choice(("", "", ", 'i'", ", 's'"))
            pattern = self.random.choice(PATTERNS)
            return piece("truth", "matches(", self.text(depth), f", '{pattern}'{flags})")
        return piece("truth", f"{word}(", self.text(depth), ", ", self.text(depth), ")")

    def _quantified(self, depth: int) -> Piece:
        word, name = self.random.choice(("some", "every")), self.fresh()
        items = self.values(depth) if self.random.random() < 0.3 else self.nodes(depth)
        kept = self.node_variables if items.kind == "nodes" else self.value_variables
        kept.append(name)
        condition = self.truth(depth)
        kept.remove(name)
        return piece("truth", f"({word} ${name} in ", items, " satisfies ", condition, ")")

    def _typed(self, depth: int) -> Piece:
        kind = self.random.choice(TYPES)
        if self.random.random() < 0.7:
            return piece("truth", "(", self.operand(depth), f" castable as {kind}{self._may()})")
        kind = self.random.choice((kind, "element()", "node()", "xs:untypedAtomic", "item()"))
        many = self.random.choice(("", "?", "*", "+"))
        return piece("truth", "(", self.values(depth), f" instance of {kind}{many})")

    def _may(self) -> str:
        return self.random.choice(("", "?"))

    def _counted(self, depth: int) -> Piece:
        operator = self.random.choice(_GENERAL)
        return piece(
            "truth", "count(", self.nodes(depth), f"){operator}{self.random.randrange(4)}"
        )

    def _same_node(self, depth: int) -> Piece:
        operator = self.random.choice((" is ", " << ", " >> "))
        return piece("truth", "(", self.near(depth), operator, self.near(depth), ")")

    def _if_truth(self, depth: int) -> Piece:
        then, otherwise = self.truth(depth), self.truth(depth)
        return piece(
            "truth", "(if (", self.truth(depth), ") then ", then, " else ", otherwise, ")"
        )

    def _special(self, depth: int) -> Piece:
        """Return a form that the compiler has a way of its own for."""
        name, other, by = self.name(), self.name(), self.attribute()
        text = self.random.choice(forms(self.random, name, other, by))
        if not self.focus:
            return self._counted(depth)
        return piece("truth", f"({text})")

    def _cut(self, depth: int) -> Piece:
        match self.random.randrange(4):
            case 0:
                return piece("text", "substring(", self.text(depth), ", ", self.number(depth), ")")
            case 1:
                both = (self.number(depth), ", ", self.number(depth))
                return piece("text", "substring(", self.text(depth), ", ", *both, ")")
            case 2:
                word = self.random.choice(("before", "after"))
                return piece(
                    "text", f"substring-{word}(", self.text(depth), ", ", self.text(depth), ")"
                )
            case _:
                return piece(
                    "text", "translate(", self.text(depth), f", '{self.literal()}', 'X1')"
                )

    def _called_step(self, depth: int) -> Piece:
        if self.random.random() < 0.8:
            return piece("call", self.random.choice(_CALLS))
        return piece("call", "(", self.values(depth), ")")

    def _for(self, depth: int) -> Piece:
        name, items = self.fresh(), self.nodes(depth)
        self.node_variables.append(name)
        result = self.values(depth)
        self.node_variables.remove(name)
        return piece("values", f"(for ${name} in ", items, " return ", result, ")")

    def _variable_value(self, _: int) -> Piece:
        names = self.value_variables + self.node_variables
        return piece("values", f"${self.random.choice(names)}" if names else "'A'")

    def _own_function(self, depth: int) -> Piece:
        if not self.functions:
            return self.text(depth)
        name, argument = self.random.choice(self.functions)
        inner = self.near(depth) if argument else self.values(depth)
        return piece("values", f"p:{name}(", inner, ")")
