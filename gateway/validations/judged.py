"""What is asked of a validation, and what comes out of it."""

import datetime
from dataclasses import dataclass, field

from formats.findings import TIME_SPENT, Flag, Layer, LayerOutcome, Outcome, Report

VALID, NOT_VALID, NOT_JUDGED = 0, 1, 2
"""Exit codes of the command."""

XML, HYBRID, JSON = "xml", "hybrid-pdf", "json"
"""What a document came as."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants to know.

    Attributes:
        today: The day it is.
        as_of: The day whose versions judge; None for today: a document is accepted or not by
            what is in force when it arrives, whatever its issue date.
        rules: Ids or families of the artefacts to judge by, instead of what the document claims.
        profile: Id of the profile to judge as, instead of what the document claims.
        language: Of messages and fixes, where there are words in it.
    """

    today: datetime.date
    as_of: datetime.date | None = None
    rules: tuple[str, ...] = ()
    profile: str | None = None
    language: str | None = None

    @property
    def day(self) -> datetime.date:
        """The day whose versions judge."""
        return self.as_of or self.today


@dataclass(frozen=True, slots=True)
class Judged:
    """A document and what every layer says about it.

    Attributes:
        report: The layers and their findings; pointers point into the body as sent.
        source: `xml`, `hybrid-pdf` or `json`.
        as_of: The day whose versions judged it.
        judged_as: Id of the profile, or name of the kind of document; None when its own claim
            did not count or could not be read.
        xml: The XML that was judged: out of the PDF, or written from the body. None without one.
    """

    report: Report
    source: str
    as_of: datetime.date
    judged_as: str | None = None
    xml: bytes | None = field(default=None, repr=False)

    @property
    def valid(self) -> bool:
        """True when every layer ran and nothing fatal was found."""
        return self.report.valid

    @property
    def complete(self) -> bool:
        """True when nothing is left that could have been judged.

        A layer that an earlier one made pointless counts as judged: official rules look in vain at
        what the schema refuses, and nothing looks at what cannot be read. A layer that had no
        time left says nothing of the document, and makes no other pointless.
        """
        refused = {
            each.layer
            for each in self.report.findings
            if each.flag is Flag.FATAL and each.rule != TIME_SPENT
        }
        return bool(self.report.layers) and all(
            layer.ran or _pointless(layer, refused) for layer in self.report.layers
        )


_AFTER = {
    Layer.XSD: frozenset({Layer.XSD}),
    Layer.SEMANTIC: frozenset({Layer.XSD, Layer.SEMANTIC}),
    Layer.SCHEMATRON: frozenset({Layer.XSD}),
}
"""Which layers' refusal makes a layer pointless."""


def _pointless(layer: LayerOutcome, refused: set[Layer | None]) -> bool:
    return (
        layer.outcome is Outcome.NOT_JUDGED
        and layer.layer is not None
        and not refused.isdisjoint(_AFTER[layer.layer])
        and layer.source is None
    )
