"""Judged by its profile, every official document gets the verdict that is declared for it."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from formats.findings import Report
from formats.profile import Profile, Syntax
from formats.registry import PROFILES, profile_for
from formats.validation import pipeline
from schemas import Catalog
from tests.formats.samples import DAY
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

_QUICK = (
    *("xrechnung-ubl", "xrechnung-extension-cii", "facturx-minimum", "facturx-basic-wl"),
    *("hr-cius", "rs-sef", "pint-jp", "pint-my-self-billing", "pint-om"),
)
"""Profiles of an ordinary run, three documents each; `--full` takes all of all."""

_NAMED = {
    "eu.cen.en16931:ubl": "EN-UBL",
    "eu.cen.en16931:cii": "EN-CII",
    "de.xrechnung:ubl": "XR-UBL",
    "de.xrechnung:cii": "XR-CII",
    "eu.peppol.bis3:invoice": "PEPPOL",
}
"""Rule sets that the declared verdicts call by a short name; others by their path."""

_NO_DOCUMENTS = {
    "fr-ctc-extended-cii",  # no example is at hand
    "pint",  # every example belongs to a jurisdiction
    "pint-jp-self-billing",
    "nlcius",
    "ehf",  # its documents are Peppol's
    "facturx-en16931",  # in a file of its own, the identifier means plain CII
    "facturx-xrechnung",
    "rs-sef-extension",
}

_SCHEMA_OF_ITS_OWN = {
    "facturx/examples/extended/factur-x-17.xml": "D16B lacks what EXTENDED has",
    "facturx/mustang/migration/reference/ZUGFeRD2-invoice-adjusted.xml": "against EXTENDED",
    "facturx/mustang/migration/reference/ZUGFeRD2-invoice.xml": "against EXTENDED",
    "facturx/mustang-validator/FAIL_zugferd_2p1_MINIMUM_Rechnung_380.xml": "against MINIMUM",
    "facturx/mustang-validator/valid_Avoir_FR_type380_minimum_factur-x.xml": "against MINIMUM",
}
"""Declared by D16B, judged by the schema of their level, which answers otherwise."""


@dataclass(frozen=True)
class Declared:
    """The declared verdicts, and which profile each document belongs to."""

    official: Path
    catalog: Catalog

    @cached_property
    def documents(self) -> dict[str, dict[str, Any]]:
        """Every UBL and CII document, by path."""
        content: dict[str, Any] = json.loads((self.official / "EXPECTED.json").read_bytes())
        return {name: entry for name, entry in content["documents"].items() if "kind" in entry}

    @cached_property
    def _sets(self) -> dict[str, set[str]]:
        """Names under which the declared verdicts have the bytes with a sha256."""
        names = defaultdict(set)
        for entry in self.documents.values():
            for name in entry.get("rules", {}):
                if (path := self.official / name).is_file():
                    names[hashlib.sha256(path.read_bytes()).hexdigest()].add(name)
        return names

    def of(self, profile: Profile) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the documents of a profile."""
        for name, entry in self.documents.items():
            syntax = Syntax.CII if entry["kind"] == "CII" else Syntax.UBL
            if profile_for(entry.get("customization"), syntax) is profile:
                yield name, entry

    def judge(self, name: str, profile: Profile, saxon: SaxonOracle) -> Report:
        """Judge a document by all layers."""
        return pipeline.judge(
            (self.official / name).read_bytes(),
            profile=profile,
            as_of=DAY,
            catalog=self.catalog,
            engine=saxon,
        )

    def fired(self, family: str, entry: dict[str, Any]) -> set[str] | None:
        """Return the rules declared to fire, None when the set was not run."""
        names = {_NAMED[family]} if family in _NAMED else set[str]()
        artefact = self.catalog.resolve(family, DAY)
        names |= self._sets.get(hashlib.sha256(artefact.content).hexdigest(), set())
        for name in names & set(entry["rules"]):
            return {rule for rules in entry["rules"][name].values() for rule in rules}
        return None


@pytest.fixture(scope="module")
def declared(official: Path) -> Declared:
    return Declared(official, Catalog((official,)))


def _differing(profile: Profile, declared: Declared, saxon: SaxonOracle, most: int) -> list[str]:
    """Judge documents of a profile and say where the verdict is not the declared one."""
    found, judged = [], 0
    for name, entry in declared.of(profile):
        if judged == most:
            break
        judged += 1
        report = declared.judge(name, profile, saxon)
        found += [
            f"{name}: {what}"
            for what in _other_verdict(profile, entry, report, declared)
            if name not in _SCHEMA_OF_ITS_OWN
        ]
    assert judged or profile.id in _NO_DOCUMENTS
    return found


def _other_verdict(
    profile: Profile, entry: dict[str, Any], report: Report, declared: Declared
) -> Iterator[str]:
    by_schema = [each for each in report.findings if each.rule.startswith("XSD-")]
    if bool(by_schema) is (entry["xsd"] == "valid"):
        yield f"the schema finds {by_schema}"
    if by_schema:
        return
    if not report.complete:
        yield f"layers {[layer.id for layer in report.layers if not layer.ran]} did not run"
    for family in profile.rule_sets:
        expected = declared.fired(family, entry)
        rules = {
            each.rule for each in report.findings if each.rule_set.rpartition(":")[0] == family
        }
        if expected is not None and rules != expected:
            yield f"{family} finds {sorted(rules ^ expected)}"


@pytest.mark.parametrize("profile_id", _QUICK)
def test_a_document_gets_its_declared_verdict(
    profile_id: str, declared: Declared, saxon: SaxonOracle
) -> None:
    assert _differing(PROFILES[profile_id], declared, saxon, 3) == []


@pytest.mark.full
@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.id)
def test_every_document_gets_its_declared_verdict(
    profile: Profile, declared: Declared, saxon: SaxonOracle, figures: Callable[..., None]
) -> None:
    figures(documents=sum(1 for _ in declared.of(profile)))
    assert _differing(profile, declared, saxon, -1) == []


def _valid(declared: Declared, saxon: SaxonOracle, folders: tuple[str, ...]) -> Counter[str]:
    """Judge the XSD-valid documents of folders, hold none to be broken, count them by profile."""
    valid = Counter[str]()
    for name, entry in declared.documents.items():
        syntax = Syntax.CII if entry["kind"] == "CII" else Syntax.UBL
        profile = profile_for(entry["customization"], syntax)
        if not name.startswith(folders) or profile is None or entry["xsd"] != "valid":
            continue
        report = declared.judge(name, profile, saxon)
        assert not report.fatal, (name, report.fatal)
        assert report.valid
        valid[profile.id] += 1
    return valid


def test_kosits_test_suite_is_valid_by_kosits_levels(
    declared: Declared, saxon: SaxonOracle
) -> None:
    folders = ("xrechnung/testsuite/technical-cases", "xrechnung/testsuite/business-cases/ext")
    valid = _valid(declared, saxon, folders)
    assert valid["xrechnung-extension-ubl"] >= 3, "its extension may break BR-CO-16 of EN 16931"
    assert valid["xrechnung-cvd-cii"] >= 1, "CVD may break BR-CL-13"


@pytest.mark.full
def test_examples_that_their_publisher_calls_valid_are_valid(
    declared: Declared, saxon: SaxonOracle
) -> None:
    folders = ("xrechnung/testsuite/", "facturx/examples/", "peppol-pint/examples/")
    assert _valid(declared, saxon, folders).total() >= 120
