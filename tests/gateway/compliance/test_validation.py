import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from formats.findings import Outcome
from formats.registry import PROFILES
from gateway.compliance.oracle import SaxonOracle
from gateway.compliance.validation import Validator
from gateway.settings import Settings
from schemas import Catalog, Manifest
from schemas.places import cache_folder

DAY = date(2026, 11, 20)
PEPPOL = PROFILES["peppol-bis-3"]
RULES = "eu.peppol.bis3:invoice:2026.5"


@pytest.fixture
def invoice(official: Path) -> bytes:
    """A Peppol invoice that every layer finds valid."""
    return (official / "peppol-bis3/rules/examples/vat-category-E.xml").read_bytes()


def test_an_official_example_passes_every_layer(
    catalog: Catalog, oracle: SaxonOracle, invoice: bytes
) -> None:
    report = Validator(catalog, oracle).validate(invoice, PEPPOL, DAY)
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


def test_a_killed_worker_is_a_crashed_layer_and_the_next_document_is_judged(
    catalog: Catalog, invoice: bytes, slow: bytes
) -> None:
    validator = Validator(catalog, oracle := SaxonOracle())
    try:
        assert validator.validate(invoice, PEPPOL, DAY).valid
        (pid,) = oracle.process_ids
        with ThreadPoolExecutor(1) as pool:
            profile = PROFILES["en16931-ubl"]
            running = pool.submit(validator.validate, slow, profile, DAY)
            deadline = time.monotonic() + 20
            while not oracle._slots[0].worker or oracle._idle:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            os.kill(pid, signal.SIGKILL)
            report = running.result()
        assert not report.valid
        assert report.layers[-1].outcome is Outcome.CRASHED
        assert report.layers[-1].source is not None
        assert validator.validate(invoice, PEPPOL, DAY).valid
    finally:
        validator.close()


def test_a_document_over_time_is_a_crashed_layer(catalog: Catalog, slow: bytes) -> None:
    validator = Validator(catalog, SaxonOracle(seconds=0.2))
    try:
        report = validator.validate(slow, PROFILES["en16931-ubl"], DAY)
        assert not report.valid
        assert report.layers[-1].outcome is Outcome.CRASHED
    finally:
        validator.close()


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
    validator = Validator(catalog, oracle := SaxonOracle())
    report = validator.validate(text.encode(encoding), PEPPOL, DAY)
    assert oracle.process_ids == (), "no worker was ever needed"
    validator.close()
    assert not report.valid
    assert [finding.rule for finding in report.findings] == ["XML-doctype"]
    assert {layer.outcome for layer in report.layers[1:]} == {Outcome.NOT_JUDGED}
    assert "canary-7c2e" not in repr(report)


def test_a_warm_validator_has_its_rule_sets_before_the_first_document(
    catalog: Catalog, invoice: bytes
) -> None:
    validator = Validator(catalog, oracle := SaxonOracle())
    try:
        validator.warm([PEPPOL], DAY)
        deadline = time.monotonic() + 30
        while not oracle._slots[0].worker or len(oracle._slots[0].worker.compiled) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        (pid,) = oracle.process_ids
        assert validator.validate(invoice, PEPPOL, DAY).valid
        assert oracle.process_ids == (pid,)
    finally:
        validator.close()


def test_warming_what_is_missing_harms_nothing(tmp_path: Path, invoice: bytes) -> None:
    validator = Validator(Catalog([tmp_path]), None)
    validator.warm(PROFILES.values(), DAY)
    assert not validator.validate(invoice, PEPPOL, DAY).valid
    validator.close()


def test_closing_while_warming_ends_both(catalog: Catalog) -> None:
    validator = Validator(catalog, oracle := SaxonOracle())
    validator.warm(PROFILES.values(), DAY)
    validator.close()
    assert oracle.process_ids == ()
    assert validator._warming is not None
    assert not validator._warming.is_alive()
