"""What a rule set says, whichever form it was published in: Schematron or compiled Schematron.

Every expression is parsed and its names are resolved. Abstract patterns, includes, phases and
`extends` are already worked out: what is here, runs.
"""

from dataclasses import dataclass, field
from typing import Literal

from formats.validation.xpath.syntax import Expression, SequenceType


@dataclass(frozen=True, slots=True)
class Let:
    """A variable: of the rule set, of a rule or inside a function.

    Its value is computed when something first needs it: an error in one that is never needed
    stops nothing.

    Attributes:
        name: Clark name, or bare.
        value: Its expression, or the instructions that build its content.
        type: What it must be; None when nothing is said. Content without a type is a temporary
            tree: one document node.
    """

    name: str
    value: "Expression | tuple[Instruction, ...]"
    type: SequenceType | None = None


@dataclass(frozen=True, slots=True)
class Emit:
    """`xsl:sequence`: add the items of an expression to the result."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text, `xsl:text`: a text node."""

    value: str


@dataclass(frozen=True, slots=True)
class ValueOf:
    """`xsl:value-of`: a text node with the values of an expression, joined."""

    value: Expression
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Choose:
    """`xsl:choose`, and `xsl:if` as one without otherwise."""

    branches: "tuple[tuple[Expression, tuple[Instruction, ...]], ...]"
    otherwise: "tuple[Instruction, ...]" = ()


@dataclass(frozen=True, slots=True)
class ForEach:
    """`xsl:for-each`."""

    select: Expression
    body: "tuple[Instruction, ...]"


@dataclass(frozen=True, slots=True)
class Element:
    """A literal element in a temporary tree, with constant attributes (an `entry` of a table)."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    content: "tuple[Instruction, ...]"


Instruction = Let | Emit | Text | ValueOf | Choose | ForEach | Element


@dataclass(frozen=True, slots=True)
class Function:
    """`xsl:function`: a name, typed parameters, a body, the type of its result."""

    name: str
    parameters: tuple[tuple[str, SequenceType | None], ...]
    result: SequenceType | None
    body: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """`xsl:key`: nodes that match, found by a value.

    An error in `match` means that a node does not match; one in `use` is an error of the run.
    """

    name: str
    match: tuple[Expression, ...]
    use: Expression


@dataclass(frozen=True, slots=True)
class Check:
    """An assert or a report.

    Attributes:
        id: The rule id; empty when it has none.
        kind: An assert fires when its test is false, a report when it is true.
        test: The condition.
        severity: `flag` as written, else `role`, else empty.
        message: Text, and expressions whose string values (joined by a space) stand there.
        diagnostics: Texts that say more, each as a message; written when the check fires, so an
            error in one of them is an error of the run.
    """

    id: str
    kind: Literal["assert", "report"]
    test: Expression
    severity: str
    message: tuple[str | Expression, ...]
    diagnostics: tuple[tuple[str | Expression, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Cases:
    """`xsl:choose` or `xsl:if` around checks: those of the first branch whose condition holds.

    Schematron has no such thing; publishers who edit their compiled rules by hand (ZATCA) do.
    Variables of a branch are seen in that branch only.
    """

    branches: "tuple[tuple[Expression, tuple[Statement, ...]], ...]"
    otherwise: "tuple[Statement, ...]" = ()


@dataclass(frozen=True, slots=True)
class Each:
    """`xsl:for-each` around checks: each item is the context, and the place, of what is inside."""

    select: Expression
    body: "tuple[Statement, ...]"


Statement = Let | Check | Cases | Each


@dataclass(frozen=True, slots=True)
class Rule:
    """Checks for the nodes that match a context and no earlier rule of the pattern.

    Attributes:
        context: The alternatives of the match pattern (`a | b` has two), each a `Path`, `Step` or
            `Call` of `key`/`id`: the syntax of XSLT 2.0 patterns is a part of XPath's. Also
            `(/a | /b)[$c]`, of XSLT 3.0. An error while a node is tried, also in a variable or
            function that is asked, means that it does not match (XSLT 2.0, section 5.5.4).
        body: Variables and checks in the order written: a variable is seen by what follows it.
    """

    context: tuple[Expression, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which, for each node, the first that matches counts."""

    id: str
    rules: tuple[Rule, ...]


Visited = Literal["elements", "elements and attributes", "elements, comments and instructions"]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A whole rule set.

    Attributes:
        title: As its author names it.
        variables: Of the whole set, evaluated at the root of the document, in order; also those
            that stand in a pattern (they are global in every processor).
        functions: By Clark name.
        keys: By name; several may have one name.
        patterns: In order.
        visited: Which nodes below the root are offered to the rules, by pattern id; the compiled
            forms differ. A context that can never be visited never fires.
        locations: How places are spelled: `/*:Invoice[namespace-uri()='...'][1]` by the skeleton,
            `/Q{...}Invoice[1]` by SchXslt.
        documents: Other documents it reads, by the name it calls them.
    """

    title: str
    variables: tuple[Let, ...]
    functions: tuple[Function, ...]
    keys: tuple[Key, ...]
    patterns: tuple[Pattern, ...]
    visited: dict[str, Visited] = field(default_factory=dict)
    locations: Literal["skeleton", "schxslt"] = "skeleton"
    documents: dict[str, bytes] = field(default_factory=dict)


class UnsupportedRuleError(Exception):
    """A rule set uses what the compiler does not know; nothing of it may be judged by."""
