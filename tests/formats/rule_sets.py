"""What the tests of every profile's own rules have in common: the official set beside ours."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from typing_extensions import override

from formats.en16931.model import Invoice
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding
from formats.profile import Profile
from schemas import Artefact, Catalog
from tests.formats.samples import changed
from tests.oracle.saxon import SaxonOracle

DAY = datetime.date(2026, 11, 1)

Check = Callable[[Invoice], tuple[Finding, ...]]


@cache
def _artefact(official: Path, family: str) -> Artefact:
    return Catalog((official,)).resolve(family, DAY)


@dataclass(frozen=True)
class Judge:
    """Our rules and an official set, asked about one invoice.

    Attributes:
        profile: Writes the invoice.
        check, rules: Ours, and the ids that can be found.
        family: The official set.
        official, saxon: Where its bytes are, and what runs it.
    """

    profile: Profile
    check: Check
    rules: frozenset[str]
    family: str
    official: Path
    saxon: SaxonOracle

    def both(self, invoice: Invoice) -> tuple[dict[str, Finding], set[str]]:
        """Return what we find in the invoice as read back, by rule, and what the set finds."""
        content = self.profile.write(invoice)
        ours = {finding.rule: finding for finding in self.check(self.profile.read(content))}
        return ours, self.every_rule(content) & self.rules

    def every_rule(self, content: bytes) -> set[str]:
        """Return all that the official set finds in a document, also what we do not judge."""
        artefact = _artefact(self.official, self.family)
        return {finding.rule for finding in self.saxon.run(artefact, content)}


def specified(invoice: Invoice, profile: Profile) -> Invoice:
    """Return the invoice as a document of the profile (BT-24)."""
    process = invoice.process_control.model_copy(
        update={"specification_identifier": profile.customization_id}
    )
    return invoice.model_copy(update={"process_control": process})


@dataclass(frozen=True)
class Break:
    """Changes to a good invoice, by JSON pointer, the rules they break, and where that is said."""

    rules: str
    changes: Mapping[str, object]
    pointer: str | None = None

    @override
    def __str__(self) -> str:
        return f"{self.rules} {' '.join(self.changes)}"

    def of(self, base: Invoice) -> Invoice:
        """Return the broken invoice."""
        for pointer, value in self.changes.items():
            base = changed(base, pointer, value)
        return base


def disagreements(judge: Judge, base: Invoice, breaks: tuple[Break, ...]) -> Iterator[str]:
    """Yield every break that we or the official set judge otherwise than it says."""
    for broken in breaks:
        expected = set(broken.rules.split())
        ours, theirs = judge.both(broken.of(base))
        if set(ours) != expected or theirs != expected:
            yield f"{broken}: ours {sorted(ours)}, official {sorted(theirs)}"
        elif broken.pointer is not None and broken.pointer not in {
            finding.pointer for finding in ours.values()
        }:
            yield f"{broken}: at {[finding.pointer for finding in ours.values()]}"


def categories_spaced(invoice: Invoice) -> bool:
    """Tell whether a VAT category stands in white space, which the reader takes off."""
    codes = (
        *(line.vat_category_code for line in invoice.lines),
        *(item.vat_category_code for item in invoice.document_level_allowances),
        *(item.vat_category_code for item in invoice.document_level_charges),
    )
    return any(code != trimmed(code) for code in codes)
