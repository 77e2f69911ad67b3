"""What validation says about a document. A finding is data, not an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

TIME_SPENT: Final = "TIME-SPENT"
"""The document takes longer than a document may; it is rejected."""

MORE: Final = "RULE-MORE"
"""There are more findings than are listed."""


class Flag(StrEnum):
    """The official words; only `FATAL` keeps a document from being sent."""

    FATAL = "fatal"
    WARNING = "warning"
    INFORMATION = "information"


class Layer(StrEnum):
    """The three layers of validation (design D6).

    Whether the bytes are XML that we read counts as `XSD`: the shape of the document.
    """

    SEMANTIC = "semantic"
    XSD = "xsd"
    SCHEMATRON = "schematron"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule at one place.

    Attributes:
        rule: The id its author gave it: `BR-CO-15`, `PEPPOL-EN16931-R010`; ours look like `SI-01`.
        rule_set: The versioned artefact that holds the rule: `eu.cen.en16931:ubl:1.3.16`.
        flag: How bad it is.
        message: What is wrong, in the sender's terms, with the values.
        term: The business term concerned, if one is.
        pointer: JSON pointer into the invoice, or into the body as sent when there was one.
        location: XPath into the document, spelled as the oracle spells it.
        line: Line of the document, 1-based.
        fix: What to do, in plain words.
        patch: Operations of a JSON Patch (RFC 6902) on what `pointer` points into, that mend this
            and change nothing else; empty where there is no such mechanical way.
        layer: Which of the three layers found it.
    """

    rule: str
    rule_set: str
    flag: Flag
    message: str
    term: str | None = None
    pointer: str | None = None
    location: str | None = None
    line: int | None = None
    fix: str | None = None
    patch: tuple[Mapping[str, object], ...] = ()
    layer: Layer | None = None


class Outcome(StrEnum):
    """What became of one layer. Anything but `RAN` is not a verdict."""

    RAN = "ran"
    NOT_JUDGED = "not_judged"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class LayerOutcome:
    """One layer of validation: which artefact, from which source, and whether it ran.

    Attributes:
        id: Artefact id, e.g. `eu.cen.en16931:ubl:1.3.16`; `formats.en16931:semantic` for ours.
        outcome: `ran`, `not_judged` (artefact or engine missing) or `crashed`.
        source: Where the artefact's bytes came from, with their sha256; None for our own rules.
        reason: Why it did not run, and what to do about it.
        layer: Which of the three layers it belongs to.
    """

    id: str
    outcome: Outcome
    source: str | None = None
    reason: str | None = None
    layer: Layer | None = None

    @property
    def ran(self) -> bool:
        """True when the layer reached a verdict."""
        return self.outcome is Outcome.RAN


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of every layer, in the order they ran."""

    layers: tuple[LayerOutcome, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def fatal(self) -> tuple[Finding, ...]:
        """The findings that keep the document from being issued."""
        return tuple(finding for finding in self.findings if finding.flag is Flag.FATAL)

    @property
    def complete(self) -> bool:
        """True when there is at least one layer and every layer ran."""
        return bool(self.layers) and all(layer.ran for layer in self.layers)

    @property
    def valid(self) -> bool:
        """True when every required layer ran and nothing fatal was found."""
        return self.complete and not self.fatal
