import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from formats.explain.repair import with_repairs
from formats.explain.repair.engine import judge_of
from formats.findings import Finding, Outcome
from formats.registry import PROFILES
from formats.validation.document import Document
from formats.validation.rules import CompiledRules
from gateway.compliance import validation
from gateway.compliance.rule_store import RuleStore
from gateway.compliance.validation import Budget, Validator
from gateway.place import Place
from gateway.settings import Settings
from gateway.validations.judged import Asked
from gateway.validations.service import judge
from schemas import Artefact, Catalog, Manifest
from schemas.places import cache_folder
from tests.kept_rules import store

DAY = date(2026, 11, 20)
PEPPOL = PROFILES["peppol-bis-3"]
RULES = "eu.peppol.bis3:invoice:2026.5"


@pytest.fixture
def invoice(official: Path) -> bytes:
    """A Peppol invoice that every layer finds valid."""
    return (official / "peppol-bis3/rules/examples/vat-category-E.xml").read_bytes()


def test_an_official_example_passes_every_layer(
    catalog: Catalog, rules: CompiledRules, invoice: bytes
) -> None:
    report = Validator(catalog, rules).validate(invoice, PEPPOL, DAY)
    assert report.valid, report
    assert {layer.outcome for layer in report.layers} == {Outcome.RAN}
    assert [layer.id for layer in report.layers if layer.source] == [
        "org.oasis-open.ubl:invoice:2.1",
        "eu.cen.en16931:ubl:1.3.16",
        RULES,
    ]


def test_an_installation_takes_its_directories_from_the_settings(
    official: Path, tmp_path: Path, invoice: bytes
) -> None:
    with_rules = Validator.open(Settings(data=tmp_path, schemas_dir=official))
    without = Validator.open(Settings(data=tmp_path))
    try:
        assert with_rules.validate(invoice, PEPPOL, DAY).valid
        report = without.validate(invoice, PEPPOL, DAY)
        assert not report.valid
        (layer,) = [each for each in report.layers if each.outcome is not Outcome.RAN]
        assert (layer.id, layer.outcome) == (RULES, Outcome.NOT_JUDGED)
        assert "gateway schemas sync" in (layer.reason or "")
    finally:
        with_rules.close()
        without.close()


def test_the_cache_below_the_data_directory_is_a_source(
    official: Path, tmp_path: Path, invoice: bytes
) -> None:
    rules = official / "peppol-2026-05/xslt/PEPPOL-EN16931-UBL.xslt"
    declaration = Manifest.load().artefact(RULES)
    assert declaration is not None
    folder = cache_folder(tmp_path / "schemas", declaration, declaration.sources[0])
    folder.mkdir(parents=True)
    (folder / rules.name).write_bytes(rules.read_bytes())
    validator = Validator.open(Settings(data=tmp_path))
    try:
        report = validator.validate(invoice, PEPPOL, DAY)
        assert report.valid
        assert (report.layers[-1].source or "").startswith("address ")
        (folder / rules.name).write_bytes(rules.read_bytes() + b"\n")
        again = Validator.open(Settings(data=tmp_path))
        assert again.validate(invoice, PEPPOL, DAY).layers[-1].outcome is Outcome.NOT_JUDGED
        again.close()
    finally:
        validator.close()


def test_a_document_over_time_is_rejected_with_the_reason(catalog: Catalog, slow: bytes) -> None:
    budget = Budget(0.05)
    validator = Validator(catalog, CompiledRules(store(), ticking=budget.ticking), budget)
    profile = PROFILES["en16931-ubl"]
    validator.validate(slow, profile, DAY)  # compiles
    report = validator.validate(slow, profile, DAY)
    assert not report.valid
    assert report.layers[-1].outcome is Outcome.NOT_JUDGED
    assert "0.05 s" in (report.layers[-1].reason or "")
    assert "TIME-SPENT" in {finding.rule for finding in report.fatal}
    patient = Budget(60)
    again = Validator(catalog, CompiledRules(store(), ticking=patient.ticking), patient)
    assert again.validate(slow, profile, DAY).complete


def test_a_block_counts_one_document_and_no_patch_is_looked_for_when_time_is_up(
    catalog: Catalog, slow: bytes
) -> None:
    wrong = slow.replace(b'unitCode="', b'unitCode="Q')
    asked = Asked(DAY)
    spent = Budget(0.05)
    late = judge(
        wrong, asked, Validator(catalog, CompiledRules(store(), ticking=spent.ticking), spent)
    )
    assert not late.valid
    assert "TIME-SPENT" in {finding.rule for finding in late.report.fatal}
    assert {finding.patch for finding in late.report.findings} == {()}
    budget = Budget(0.01)
    validator = Validator(catalog, None, budget)
    with budget.started():
        assert not validator.time_is_up()
        time.sleep(0.02)
        with budget.started():
            assert validator.time_is_up(), "a block inside goes on counting"
        assert validator.time_is_up()
    with budget.started():
        assert not validator.time_is_up()


def test_repairs_stop_when_there_is_no_more_time(invoice: bytes) -> None:
    wrong = PEPPOL.read(invoice)
    wrong = wrong.model_copy(
        update={"totals": wrong.totals.model_copy(update={"total_with_vat": Decimal("1.00")})}
    )
    findings = judge_of(PEPPOL)(wrong)
    assert any(each.patch for each in with_repairs(findings, wrong, profile=PEPPOL))
    for answers in range(4):
        times = iter([False] * answers)
        late = with_repairs(findings, wrong, profile=PEPPOL, enough=lambda: next(times, True))  # noqa: B023
        assert all(each.fix for each in late)
        assert not any(each.patch for each in late)


def test_each_thread_has_a_budget_of_its_own(catalog: Catalog, invoice: bytes) -> None:
    budget = Budget(60)
    validator = Validator(catalog, CompiledRules(store(), ticking=budget.ticking), budget)
    validator.validate(invoice, PEPPOL, DAY)
    with budget.started(), ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: validator.validate(invoice, PEPPOL, DAY), range(8)))
        budget.ticking()()
    assert all(report.valid for report in reports)


def test_compiled_rules_are_kept_and_read_again(
    official: Path, tmp_path: Path, invoice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "CompiledRules", CompiledRules)  # in its own directory alone
    place = Settings(data=tmp_path, schemas_dir=official)
    assert Validator.open(place).validate(invoice, PEPPOL, DAY).valid
    kept = sorted(place.compiled_rules.iterdir())
    assert len(kept) == 2
    assert place.compiled_rules.stat().st_mode & 0o077 == 0

    def never(*_: object, **__: object) -> str:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr("formats.validation.compilation.code_of", never)
    assert Validator.open(place).validate(invoice, PEPPOL, DAY).valid
    monkeypatch.undo()
    for file in kept:
        file.chmod(0o666)
    kept_there = RuleStore(place.compiled_rules)
    assert [kept_there.load(file.name) for file in kept] == [None, None], (
        "others could have written"
    )


def test_a_store_that_cannot_be_used_costs_time_only(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    blocked_one = RuleStore(blocked / "below")
    blocked_one.save("name", b"content")
    assert blocked_one.load("name") is None


@pytest.mark.timeout(20)
def test_a_pipe_in_the_store_does_not_hold_the_judge_up(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    os.mkfifo(tmp_path / "name", 0o600)
    (tmp_path / "folder").mkdir(mode=0o700)
    found = RuleStore(tmp_path)
    assert (found.load("name"), found.load("folder")) == (None, None)


@pytest.mark.parametrize("seconds", ["inf", "nan", "0", "-1"])
def test_the_longest_time_is_a_finite_number(
    seconds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="GATEWAY_VALIDATION_SECONDS"):
        Place.of({"GATEWAY_VALIDATION_SECONDS": seconds})
    monkeypatch.setenv("GATEWAY_VALIDATION_SECONDS", seconds)
    with pytest.raises(ValidationError, match="validation_seconds"):
        Settings()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_before_any_engine_sees_the_bytes(
    catalog: Catalog, invoice: bytes, tmp_path: Path, encoding: str
) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("canary-7c2e")
    text = invoice.decode().replace(
        "<Invoice", f'<!DOCTYPE Invoice [<!ENTITY e SYSTEM "{canary.as_uri()}">]><Invoice', 1
    )
    text = text.replace("</cbc:IssueDate>", "&e;</cbc:IssueDate>", 1)
    if encoding == "utf-16":
        text = text.replace('"UTF-8"', '"UTF-16"', 1)

    class Never:
        def prepare(self, artefact: Artefact) -> None:
            raise AssertionError(artefact.id)

        def run(
            self, artefact: Artefact, document: Document, *, anything: bool = False
        ) -> tuple[Finding, ...]:
            raise AssertionError(artefact.id, document, anything)

    report = Validator(catalog, Never()).validate(text.encode(encoding), PEPPOL, DAY)
    assert not report.valid
    assert [finding.rule for finding in report.findings] == ["XML-doctype"]
    assert {layer.outcome for layer in report.layers[1:]} == {Outcome.NOT_JUDGED}
    assert "canary-7c2e" not in repr(report)


def test_a_warm_validator_has_its_rule_sets_before_the_first_document(
    catalog: Catalog, invoice: bytes
) -> None:
    engine = CompiledRules(store())
    validator = Validator(catalog, engine)
    validator.warm([PEPPOL], DAY)
    assert validator._warming is not None
    validator._warming.join(60)
    assert len(engine._loaded) == 2
    assert validator.validate(invoice, PEPPOL, DAY).valid
    validator.close()


def test_warming_what_is_missing_harms_nothing(tmp_path: Path, invoice: bytes) -> None:
    validator = Validator(Catalog([tmp_path]), None)
    validator.warm(PROFILES.values(), DAY)
    assert not validator.validate(invoice, PEPPOL, DAY).valid
    validator.close()


def test_closing_while_warming_ends_both(catalog: Catalog) -> None:
    validator = Validator(catalog, CompiledRules())
    validator.warm(PROFILES.values(), DAY)
    validator.close()
    assert validator._warming is not None
    assert not validator._warming.is_alive()
