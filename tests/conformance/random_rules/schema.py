"""Random rule sets as Schematron: contexts, variables, keys, functions and many checks."""

from dataclasses import dataclass, replace
from random import Random
from xml.sax.saxutils import escape, quoteattr

from tests.conformance.random_rules.grammar import Grammar
from tests.conformance.random_rules.pieces import Piece
from tests.conformance.random_rules.vocabulary import NAMESPACES, TYPES

ENTRY = "random.sch"

_CONTEXTS = (
    "/p:a", "/p:a", "/p:r", "/*", "p:a", "p:b", "p:c", "p:d", "*", "p:*", "*:a", "q:a", "e",
    "//p:b", "//p:c", "p:a/p:b", "p:a//p:c", "/p:a/p:b", "/p:a//p:b", "p:b/p:c | p:c/p:b",
    "(p:b | p:c)", "p:a/(p:b | p:c)", "//p:b[1]", "p:b[1]", "p:c[2]", "p:b[@x]", "p:b[p:c]",
    "p:*[@x = @y]", "p:b[@x = '1']/p:c", "@x", "p:b/@x", "p:a//@y", "@*", "p:b[not(@x)]",
    "*[local-name() = 'b']", "*[name() = 'p:c']", "*[starts-with(name(), 'p:')]", "p:b[$g1]",
    "p:b[@x = $g2]", "p:c[. = $g2]", "p:b[../@x]", "p:c[//p:d]", "p:b[count(p:c) > 1]", "/",
    "p:b[.//p:c = '1']", "p:*[xs:decimal(.) > 1]", "p:b[number(.) > 1 and xs:integer(@x) = 1]",
    "p:b[p:c][@x]", "p:b[p:c/@x]/p:c[@y]", "p:b[@x or xs:decimal(@y) > 0]", "p:a[p:b]//p:c",
    "(p:b | p:c)[@x]", "p:c[not(preceding::p:c = .)]", "p:b[preceding-sibling::p:b]",
    "*[self::p:b or self::p:c]", "p:b[position() = 1]", "p:b[last()]",
    "p:*[ends-with(local-name(), 'b')]", "/p:a[@x]/*", "/p:a/*/p:b",
)  # fmt: skip

_KEYS = (
    ("k1", "p:b", "@x"), ("k2", "p:c", "."), ("k3", "p:*", "@y"), ("k4", "p:b | p:d", "p:c"),
    ("k5", "p:b[@x]", "@x"), ("k6", "p:b/p:c", "normalize-space(.)"),
)  # fmt: skip


_BODIES = (
    "$a", "count($a)", "string-join(for $i in $a return string($i), '-')", "$a[1]", "$a = '1'",
    "distinct-values($a)", "if (empty($a)) then 'none' else $a", "reverse($a)", "sum($a)",
    "for $i in $a return concat($i, '!')", "max($a)",
)  # fmt: skip

_OPEN = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"'
    ' xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    f"{''.join(f' xmlns:{prefix}={uri!r}' for prefix, uri in NAMESPACES.items())}>"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One assert or report; what it shows is compared too."""

    id: str
    kind: str
    test: Piece
    shown: Piece | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its variables come before all of its checks."""

    context: str
    lets: tuple[tuple[str, Piece], ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """A rule set.

    Attributes:
        lets: Variables of the rule set.
        keys: Each a name, what it matches and by what.
        functions: XSLT of its functions.
        patterns: Their rules.
    """

    lets: tuple[tuple[str, Piece], ...]
    keys: tuple[tuple[str, str, str], ...]
    functions: tuple[str, ...]
    patterns: tuple[tuple[Rule, ...], ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks."""
        return tuple(check for rules in self.patterns for rule in rules for check in rule.checks)

    def only(self, wanted: frozenset[str]) -> "Schema":
        """Return the same with only some of its checks; every rule stays, as it takes nodes."""
        return replace(
            self,
            patterns=tuple(
                tuple(
                    replace(rule, checks=tuple(each for each in rule.checks if each.id in wanted))
                    for rule in rules
                )
                for rules in self.patterns
            ),
        )

    def source(self) -> bytes:
        """Return it as Schematron."""
        lines = [
            _OPEN,
            *(f'<ns prefix="{prefix}" uri="{uri}"/>' for prefix, uri in NAMESPACES.items()),
            '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>',
            *(
                f"<xsl:key name={quoteattr(name)} match={quoteattr(match)} use={quoteattr(use)}/>"
                for name, match, use in self.keys
            ),
            *self.functions,
            *map(_let, self.lets),
        ]
        for number, rules in enumerate(self.patterns):
            lines.append(f'<pattern id="m{number}">')
            for rule in rules:
                lines.append(f"<rule context={quoteattr(rule.context)}>")
                lines += map(_let, rule.lets)
                lines += map(_check, rule.checks)
                lines.append("</rule>")
            lines.append("</pattern>")
        return "\n".join([*lines, "</schema>"]).encode()


def _let(let: tuple[str, Piece]) -> str:
    name, value = let
    return f"<let name={quoteattr(name)} value={quoteattr(value.text)}/>"


def _check(check: Check) -> str:
    shown = "" if check.shown is None else f"<value-of select={quoteattr(check.shown.text)}/>"
    test = quoteattr(check.test.text)
    return f'<{check.kind} id="{check.id}" test={test}>{escape("it: ")}{shown}</{check.kind}>'


def schema(random: Random, checks: int = 80) -> Schema:
    """Return a rule set of about so many checks."""
    keys = tuple(random.sample(_KEYS, 3))
    named = [name for name, _, _ in keys]
    functions = [("f1", ""), ("f2", "one")] if random.random() < 0.6 else []
    lets, nodes, values = _globals(random, named)
    patterns: list[tuple[Rule, ...]] = []
    number = 0
    while number < checks:
        rules = []
        for _ in range(random.choice((1, 1, 2, 3))):
            grammar = Grammar(random, nodes=nodes, values=values, keys=named, functions=functions)
            own = _lets(grammar)
            amount = random.choice((4, 8, 12))
            made = tuple(_random_check(grammar, f"c{number + each}") for each in range(amount))
            number += amount
            rules.append(Rule(_context(random, grammar), own, made))
        patterns.append(tuple(rules))
    written = (_function(random), _typed_function(random)) if functions else ()
    return Schema(lets, keys, written, tuple(patterns))


def _globals(
    random: Random, keys: list[str]
) -> tuple[tuple[tuple[str, Piece], ...], list[str], list[str]]:
    lets: list[tuple[str, Piece]] = []
    nodes: list[str] = []
    values: list[str] = []
    for name in ("g1", "g2", "g3", "g4"):
        grammar = Grammar(random, nodes=nodes, values=values, keys=keys, focus=False)
        kind = "nodes" if name == "g1" else random.choice(("nodes", "values", "number", "text"))
        writer = {"nodes": grammar.nodes, "values": grammar.values, "number": grammar.number,
                  "text": grammar.text}[kind]  # fmt: skip
        value = writer(3)
        lets.append((name, value))
        (nodes if kind == "nodes" else values).append(name)
    return tuple(lets), nodes, values


def _lets(grammar: Grammar) -> tuple[tuple[str, Piece], ...]:
    lets: list[tuple[str, Piece]] = []
    for number in range(grammar.random.choice((0, 1, 2, 3))):
        kind = grammar.random.choice(("nodes", "values", "number", "text", "truth"))
        writer = {"nodes": grammar.nodes, "values": grammar.values, "number": grammar.number,
                  "text": grammar.text, "truth": grammar.truth}[kind]  # fmt: skip
        name = f"v{number}"
        lets.append((name, writer(3)))
        kept = grammar.node_variables if kind == "nodes" else grammar.value_variables
        kept.append(name)
    return tuple(lets)


def _random_check(grammar: Grammar, id_: str) -> Check:
    random = grammar.random
    kind = random.choice(("assert", "report"))
    if random.random() < 0.4:
        # Its value is what is compared.
        writer = random.choice((grammar.values, grammar.number, grammar.text, grammar.nodes))
        return Check(id_, "report", Piece("truth", ("true()",)), writer(random.choice((2, 3, 4))))
    if random.random() < 0.1:
        paths = [grammar.nodes(1) for _ in range(random.choice((1, 1, 2)))]
        parts: list[str | Piece] = []
        for path in paths:
            parts += [" | " if parts else "not(", path]
        return Check(id_, "assert", Piece("truth", (*parts, ")")), None)
    test = grammar.truth(random.choice((2, 3, 3, 4, 5)))
    return Check(id_, kind, test, grammar.values(2) if random.random() < 0.1 else None)


def _context(random: Random, grammar: Grammar) -> str:
    if random.random() < 0.1:
        return f"p:{random.choice('abc')}[{grammar.truth(2).text}]"
    return random.choice(_CONTEXTS)


def _function(random: Random) -> str:
    # A function has no context, so it may ask for its argument alone.
    inner = random.choice(_BODIES)
    return (
        f'<xsl:function name="p:f1"><xsl:param name="a"/>'
        f"<xsl:sequence select={quoteattr(inner)}/></xsl:function>"
    )


def _typed_function(random: Random) -> str:
    taken = random.choice((*TYPES[:6], "item()", "node()", "element()", "xs:anyAtomicType"))
    given = random.choice((*TYPES[:6], "item()"))
    inner = random.choice(
        ("$a", "$a", "$a[1]", "string($a)", "number($a)", "($a, $a)", "if ($a = 1) then 1 else $a",
         "count($a)", "string-length(string($a))", "normalize-space(string($a))")
    )  # fmt: skip
    many, more = random.choice(("", "?", "*")), random.choice(("", "?", "*"))
    return (
        f'<xsl:function name="p:f2" as="{given}{more}"><xsl:param name="a" as="{taken}{many}"/>'
        f"<xsl:sequence select={quoteattr(inner)}/></xsl:function>"
    )
