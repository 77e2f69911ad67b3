"""Which official documents a test may use, and what is already known about them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from formats.facturx.hybrid import extract

PLAIN = "urn:cen.eu:en16931:2017"
BILLING = f"{PLAIN}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
SELF_BILLING = f"{PLAIN}#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0"

JUDGED = (
    "cii",
    "en16931",
    "facturx",
    "fr-ctc",
    "hr-fiskalizacija",
    "peppol-2026-05",
    "peppol-aunz",
    "peppol-bis3",
    "peppol-pint",
    "peppol-sg",
    "peppol-vida-pilot",
    "pt-cius",
    "ro-cius",
    "rs-sef",
    "ubl21",
    "xrechnung",
    "zugferd-corpus",
)
"""The corpora whose every invoice must survive; fr-ctc holds status messages only, no invoice."""

_SYNTAXES = {"Invoice": "ubl", "CreditNote": "ubl", "CII": "cii"}

_YOUNGER = {"facturx/examples/extended/factur-x-17.xml"}
"""Not valid to D16B, which its verdict was made with, but to D22B and to its own profile."""


@dataclass(frozen=True, slots=True)
class Document:
    """An official invoice or credit note that its XSD accepts.

    Attributes:
        path: Inside the official folder.
        syntax: `ubl` or `cii`.
        customization: BT-24 as it says it.
        rules: What the official rules say of it: rule set, severity, rule id, times fired; None
            where nobody has declared it.
    """

    path: str
    syntax: str
    customization: str | None
    rules: Mapping[str, Mapping[str, Mapping[str, int]] | None] = field(hash=False, compare=False)

    @property
    def corpus(self) -> str:
        """The short name of the collection it comes from."""
        return self.path.partition("/")[0]

    def content(self, official: Path) -> bytes:
        """Return its bytes; of a hybrid PDF, those of the XML inside."""
        content = (official / self.path).read_bytes()
        return extract(content).xml if self.path.endswith(".pdf") else content


def documents(official: Path) -> tuple[Document, ...]:
    """Return every readable invoice of the official folder, in the order of their paths."""
    return tuple(
        Document(path, syntax, entry["customization"], entry["rules"])
        for path, entry in sorted(_entries(official).items())
        if (syntax := _SYNTAXES.get(entry.get("kind", "")))
        and (entry["xsd"] == "valid" or path in _YOUNGER)
    )


def hybrids(official: Path) -> tuple[Document, ...]:
    """Return the hybrid PDFs; nobody has declared what the rules say of the XML inside."""
    paths = sorted(
        str(path.relative_to(official))
        for corpus in ("facturx", "zugferd-corpus")
        for path in (official / corpus).rglob("*.pdf")
    )
    return tuple(Document(path, "cii", None, {"EN-CII": None}) for path in paths)


def rule_set_file(official: Path, name: str) -> Path:
    """Return the compiled rules that the verdicts call by this name."""
    # "EN-UBL" stands for "en16931/.../EN16931-UBL-validation.xslt (1.3.16)"; others are paths.
    path = str(_expected(official)["rule_sets"].get(name, name)).partition(" (")[0]
    return official / path


def declared_rules(
    official: Path, rule_set: str
) -> Iterator[tuple[str, Mapping[str, Mapping[str, int]]]]:
    """Yield every document with a verdict of a rule set: severity, rule id, times fired."""
    for path, entry in sorted(_entries(official).items()):
        rules = entry.get("rules", {}).get(rule_set)
        if rules is not None:
            yield path, rules


def ubl_documents(official: Path) -> tuple[str, ...]:
    """Return every UBL Invoice and CreditNote that its XSD accepts, whatever its customization."""
    return tuple(path for path, _ in _valid(official))


def billing_documents(official: Path) -> tuple[str, ...]:
    """Return those of Peppol BIS billing, self-billing and plain EN 16931 without fatal finding.

    There are 69. The issue that asks for them says 70; no 70th document meets the conditions.
    """
    return tuple(
        path
        for path, expected in _valid(official)
        if expected["customization"] in {PLAIN, BILLING, SELF_BILLING}
        and not any("fatal" in found for found in expected["rules"].values())
    )


def _valid(official: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, expected in _entries(official).items():
        if expected.get("kind") in {"Invoice", "CreditNote"} and expected["xsd"] == "valid":
            yield path, expected


def _entries(official: Path) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = _expected(official)["documents"]
    return entries


@cache
def _expected(official: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    return expected
