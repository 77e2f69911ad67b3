"""What both are asked about: official documents, KoSIT's unit tests, mutants of our own."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from formats import ubl
from formats.cii.profile import EN16931_CII
from formats.en16931.model import Invoice
from formats.profile import Profile, Syntax
from formats.registry import PROFILES
from formats.xml import UnreadableDocumentError
from tests.conformance.rule_sets.subjects import mutants_of_kosit
from tests.formats.agreement.mutants import Donors, mutant
from tests.formats.agreement.sides import SIDES, Side
from tests.formats.rule_sets import specified

DOCUMENTS, UNITS, MUTANTS = "documents", "units", "mutants"
KINDS = (DOCUMENTS, UNITS, MUTANTS)

_KOSIT = (
    ("xrechnung/schematron-test/ubl-inv", "xrubl", "XR-UBL"),
    ("xrechnung/schematron-test/ubl-cn", "xrubl", "XR-UBL"),
    ("xrechnung/schematron-test/cii", "xrcii", "XR-CII"),
)
_PROFILES = (
    *("en16931-ubl", "en16931-cii", "peppol-bis-3", "peppol-bis-3-self-billing"),
    *("xrechnung-ubl", "xrechnung-cii", "xrechnung-extension-ubl", "xrechnung-extension-cii"),
    *("xrechnung-cvd-ubl", "xrechnung-cvd-cii"),
)
_LARGEST = 100_000
"""Bytes of a document that mutants are made from."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One invoice, as a model and as a document.

    Attributes:
        kind: One of `KINDS`.
        name: Path inside the official folder, with a number in a file; of a mutant, its origin.
        done: What a mutant has wrong.
        content: The document.
        invoice: What our rules see: read from a document, before writing of a mutant.
        sides: Whom it concerns.
    """

    kind: str
    name: str
    done: str
    content: bytes = field(repr=False)
    invoice: Invoice = field(repr=False)
    sides: tuple[Side, ...]


def documents(official: Path) -> Iterator[Subject]:
    """Yield every document that one of the sides has a declared verdict of, and that we read."""
    for name, entry in _declared(official).items():
        sides = tuple(side for side in SIDES.values() if side.name in entry["rules"])
        content = (official / name).read_bytes()
        if (invoice := _read(content, sides[0].syntax)) is not None:
            yield Subject(DOCUMENTS, name, "", content, invoice, sides)


def units(official: Path) -> Iterator[Subject]:
    """Yield the whole invoices that KoSIT's instructions make of its test documents.

    The unit tests of CEN and OpenPeppol are fragments, none of them an invoice; their declared
    expectations are held by the tests of the rules themselves.
    """
    for folder, prefix, name in _KOSIT:
        side = SIDES[name]
        base = SIDES["EN-CII" if side.syntax is Syntax.CII else "EN-UBL"]
        for each in mutants_of_kosit(official, folder, prefix):
            if (invoice := _read(each.content, side.syntax)) is not None:
                yield Subject(UNITS, each.name, "", each.content, invoice, (base, side))


def mutants(official: Path, seeds: range) -> Iterator[Subject]:
    """Yield the mutants of some seeds, each written by one profile."""
    origins, donors = _material(official)
    for seed in seeds:
        name, base = random.Random(seed).choice(origins)  # noqa: S311 - test data
        profile = PROFILES[_PROFILES[seed % len(_PROFILES)]]
        if (made := mutant(base, donors, seed)) is None:
            continue
        done, invoice = made
        if "process_control" not in done:
            invoice = specified(invoice, profile)
        sides = tuple(side for side in SIDES.values() if side.family in profile.rule_sets)
        yield Subject(MUTANTS, name, done, _written(invoice, profile), invoice, sides)


def _written(invoice: Invoice, profile: Profile) -> bytes:
    return profile.write(invoice)


def _read(content: bytes, syntax: Syntax) -> Invoice | None:
    try:
        return EN16931_CII.read(content) if syntax is Syntax.CII else ubl.read(content)
    except UnreadableDocumentError:  # dates that are none, a root that is none
        return None


@cache
def _declared(official: Path) -> dict[str, dict[str, Any]]:
    declared: dict[str, dict[str, Any]] = json.loads((official / "EXPECTED.json").read_bytes())
    return {
        name: entry
        for name, entry in sorted(declared["documents"].items())
        if SIDES.keys() & entry.get("rules", {}).keys()
    }


@cache
def _material(official: Path) -> tuple[list[tuple[str, Any]], Donors]:
    """Return the documents of EN 16931 without fatal finding, as JSON, and what they say."""
    origins = []
    for subject in documents(official):
        entry = _declared(official)[subject.name]
        if (
            entry["xsd"] == "valid"
            and str(entry.get("customization")).startswith("urn:cen.eu:en16931:2017")
            and not any("fatal" in fired for fired in entry["rules"].values())
            and len(subject.content) < _LARGEST
        ):
            origins.append((subject.name, subject.invoice.model_dump(mode="json")))
    origins = [(name, _without_nothing(base)) for name, base in origins]
    return origins, Donors.of([base for _, base in origins])


def _without_nothing(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Leave out what is null or an empty list."""
    if isinstance(value, dict):
        pairs = ((key, _without_nothing(each)) for key, each in value.items())
        return {key: each for key, each in pairs if each is not None and each != []}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
