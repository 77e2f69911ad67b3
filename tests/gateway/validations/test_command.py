"""`gateway validate`: what is judged, how it is printed, and the exit code."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from formats.conversion import convert
from formats.facturx.hybrid import embed
from formats.findings import Flag, Layer, Outcome
from formats.pdf import render
from formats.registry import PROFILES
from tests.formats.samples import invoice
from tests.gateway.matrix.bodies import BODIES
from tests.gateway.validations.conftest import Validate

VALID, NOT_VALID, NOT_JUDGED = 0, 1, 2
NOW = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
PEPPOL_RULES = "eu.peppol.bis3:invoice:2026.5"

DOCUMENT = {"file", "valid", "judged", "layers", "findings"}
LAYER = {"id", "outcome", "source", "reason", "layer"}
FINDING = {
    "rule", "rule_set", "layer", "flag", "message", "term", "pointer", "location", "line", "fix",
    "patch",
}  # fmt: skip


def test_a_good_document_is_valid(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["good"], "--output", "jsonl")
    assert done.code == VALID, done.out + done.err
    (said,) = done.objects
    assert (said["file"], said["valid"], said["judged"]) == (str(files["good"]), True, True)
    assert {layer["outcome"] for layer in said["layers"]} == {Outcome.RAN}
    ids = {layer["id"]: layer["layer"] for layer in said["layers"]}
    assert ids["eu.cen.en16931:ubl:1.3.16"] == Layer.SCHEMATRON
    assert ids["org.oasis-open.ubl:invoice:2.1"] == Layer.XSD
    assert ids["formats.en16931:semantic"] == Layer.SEMANTIC


def test_jsonl_has_exactly_these_members(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(*files.values(), "--output", "jsonl")
    objects = done.objects
    assert [Path(each["file"]) for each in objects] == list(files.values())
    for said in objects:
        assert set(said) == DOCUMENT
        assert isinstance(said["valid"], bool)
        assert isinstance(said["judged"], bool)
        assert all(set(layer) == LAYER for layer in said["layers"])
        assert all(set(finding) == FINDING for finding in said["findings"])
        assert {layer["outcome"] for layer in said["layers"]} <= set(Outcome)
        assert {layer["layer"] for layer in said["layers"]} <= set(Layer)
        assert {finding["layer"] for finding in said["findings"]} <= set(Layer)
        assert {finding["flag"] for finding in said["findings"]} <= set(Flag)
        assert all(isinstance(finding["patch"], list) for finding in said["findings"])
    verdicts = {Path(each["file"]).stem: (each["valid"], each["judged"]) for each in objects}
    assert verdicts == {
        "good": (True, True),
        "wrong": (False, True),
        "unknown": (False, False),
        "broken": (False, True),
        "doctype": (False, True),
    }


def test_a_wrong_total_is_found_by_both_layers_with_line_and_fix(
    bare: Validate, files: dict[str, Path]
) -> None:
    done = bare(files["wrong"], "--output", "jsonl")
    assert done.code == NOT_VALID
    found = [one for one in done.objects[0]["findings"] if one["rule"] == "BR-CO-15"]
    assert {one["layer"] for one in found} == {Layer.SEMANTIC, Layer.SCHEMATRON}
    assert {one["flag"] for one in found} == {Flag.FATAL}
    lines = [one["line"] for one in found if one["layer"] == Layer.SCHEMATRON]
    assert lines == [2], "the rule is about the document as a whole"
    (ours,) = [one for one in found if one["layer"] == Layer.SEMANTIC]
    assert ours["pointer"] == "/totals/total_with_vat"
    assert ours["fix"]
    assert ours["term"] == "BT-112"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good"], VALID),
        (["good", "good"], VALID),
        (["good", "unknown"], NOT_JUDGED),
        (["unknown", "wrong", "good"], NOT_VALID),
        (["broken"], NOT_VALID),
        (["good", "doctype"], NOT_VALID),
    ],
)
def test_the_exit_code_is_the_worst_of_all(
    bare: Validate, files: dict[str, Path], names: list[str], code: int
) -> None:
    assert bare(*(files[name] for name in names)).code == code


def test_a_missing_file_is_said_and_the_others_are_judged(
    bare: Validate, files: dict[str, Path], tmp_path: Path
) -> None:
    missing = tmp_path / "missing.xml"
    done = bare(missing, files["good"], "--output", "jsonl")
    assert done.code == NOT_JUDGED
    assert done.err.startswith(f"{missing}: ")
    assert [each["valid"] for each in done.objects] == [True]
    assert bare(missing, files["wrong"]).code == NOT_VALID


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>', "XML-doctype"),
        (b"not xml", "XML-not-well-formed"),
        (b"", "XML-empty"),
        (b"<Invoice>", "XML-not-well-formed"),
        (b"%PDF-1.7", "XML-damaged"),
        (b"{", "JSON-malformed"),
        (b'{"lines": 3}', "BODY-VALUE"),
        (b"[" * 100_000, "JSON-malformed"),
        (b"<a>" * 40_000, "XML-too-deep"),
    ],
)
def test_what_cannot_be_read_is_judged_and_not_valid(
    bare: Validate, content: bytes, rule: str
) -> None:
    done = bare("-", "--output", "jsonl", stdin=content)
    assert done.code == NOT_VALID, done.out + done.err
    (said,) = done.objects
    assert (said["valid"], said["judged"]) == (False, True)
    assert rule in {one["rule"] for one in said["findings"]}
    assert "Traceback" not in done.err


def test_what_no_package_carries_is_not_judged(bare: Validate, tmp_path: Path) -> None:
    file = tmp_path / "peppol.xml"
    file.write_bytes(PROFILES["peppol-bis-3"].write(invoice()))
    done = bare(file, "--output", "jsonl")
    assert done.code == NOT_JUDGED, done.out + done.err
    (said,) = done.objects
    assert (said["valid"], said["judged"]) == (False, False)
    outcomes = {layer["id"]: layer["outcome"] for layer in said["layers"]}
    assert outcomes[PEPPOL_RULES] == Outcome.NOT_JUDGED


@pytest.mark.official
def test_the_schemas_directory_is_an_option_and_a_variable(
    bare: Validate, official: Path, tmp_path: Path
) -> None:
    file = tmp_path / "peppol.xml"
    file.write_bytes(PROFILES["peppol-bis-3"].write(invoice()))
    for done in (
        bare(file, "--schemas-dir", official, "--output", "jsonl"),
        bare(file, "--output", "jsonl", GATEWAY_SCHEMAS_DIR=str(official)),
    ):
        assert done.code == VALID, done.out + done.err
        outcomes = {layer["id"]: layer["outcome"] for layer in done.objects[0]["layers"]}
        assert outcomes[PEPPOL_RULES] == Outcome.RAN


def test_an_unknown_customization_is_a_finding_and_the_core_judges(
    bare: Validate, files: dict[str, Path]
) -> None:
    done = bare(files["unknown"], "--output", "jsonl")
    assert done.code == NOT_JUDGED
    (said,) = done.objects
    (found,) = [one for one in said["findings"] if one["rule"] == "GW-20"]
    assert "urn:somebody.else" in found["message"]
    assert found["pointer"] == "/process_control/specification_identifier"
    outcomes = {layer["id"]: layer["outcome"] for layer in said["layers"]}
    assert outcomes["eu.cen.en16931:ubl:1.3.16"] == Outcome.RAN
    assert outcomes["formats.validation:recognition"] == Outcome.NOT_JUDGED


def test_a_profile_can_be_named_instead(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["unknown"], "--profile", "en16931-ubl")
    assert done.code == VALID, done.out
    assert bare(files["good"], "--profile", "fax").code == NOT_JUDGED


def test_the_day_chooses_the_versions(bare: Validate, files: dict[str, Path]) -> None:
    done = bare(files["good"], "--as-of", "2026-05-01")
    assert "rules of 2026-05-01" in done.out
    assert bare(files["good"], "--as-of", "yesterday").code == NOT_JUDGED


@pytest.mark.official
@pytest.mark.parametrize(
    ("day", "version"),
    [("2025-10-01", "2025.5"), ("2026-09-01", "2026.5"), ("2028-01-01", "2026.5")],
)
def test_old_versions_stay_judgeable(
    validate: Validate, tmp_path: Path, day: str, version: str
) -> None:
    file = tmp_path / "peppol.xml"
    file.write_bytes(PROFILES["peppol-bis-3"].write(invoice()))
    done = validate(file, "--as-of", day, "--output", "jsonl")
    assert done.code == VALID, done.out
    ran = {layer["id"]: layer["outcome"] for layer in done.objects[0]["layers"]}
    assert ran[f"eu.peppol.bis3:invoice:{version}"] == Outcome.RAN


@pytest.mark.official
@pytest.mark.parametrize("name", ["xrechnung-cii", "facturx-en16931"])
def test_hybrids_and_cii_are_judged_as_what_they_claim(
    validate: Validate, tmp_path: Path, name: str
) -> None:
    profile = PROFILES[name]
    content = convert(PROFILES["peppol-bis-3"].write(invoice()), profile).content
    file = tmp_path / "invoice"
    if profile.hybrid is not None:
        content = embed(render(invoice()), content, profile.hybrid, modified=NOW)
    file.write_bytes(content)
    done = validate(file, "--output", "jsonl")
    (said,) = done.objects
    assert said["judged"] is True, said
    ran = {layer["id"].rpartition(":")[0] for layer in said["layers"]}
    assert set(profile.rule_sets) <= ran


@pytest.mark.official
def test_a_body_is_judged_and_its_pointers_are_its_own(validate: Validate, tmp_path: Path) -> None:
    body = json.loads(json.dumps(BODIES["DocumentWithSeller"], default=str))
    file = tmp_path / "body.json"
    file.write_text(json.dumps(body | {"profile": "en16931-ubl"}))
    done = validate(file, "--output", "jsonl")
    assert done.code == VALID, done.out
    lines = body.pop("lines")
    items = [{"name": line["item_name"], "quantity": "1", "price": "1.00"} for line in lines]
    file.write_text(
        json.dumps(body | {"profile": "en16931-ubl", "items": items, "currency_code": "XXY"})
    )
    done = validate(file, "--output", "jsonl")
    assert done.code == NOT_VALID, done.out
    found = done.objects[0]["findings"]
    assert {"/currency_code"} <= {one["pointer"] for one in found if one["rule"] == "BR-CL-04"}
    assert not [one for one in found if (one["pointer"] or "").startswith("/lines")]


def test_a_body_that_asks_for_an_unknown_profile_is_not_judged(
    bare: Validate, tmp_path: Path
) -> None:
    file = tmp_path / "body.json"
    file.write_text(json.dumps({**BODIES["DocumentWithSeller"], "profile": "fax"}, default=str))
    done = bare(file, "--output", "jsonl")
    assert done.code == NOT_JUDGED, done.out
    (said,) = done.objects
    assert said["judged"] is False
    assert [one["pointer"] for one in said["findings"] if one["rule"] == "GW-20"] == ["/profile"]
    assert {one["layer"] for one in said["layers"] if one["outcome"] == "ran"} == set(Layer)


HEAVY = (
    "fastapi", "starlette", "sqlalchemy", "psycopg", "pydantic_settings", "typer", "rich",
    "structlog", "typst", "pikepdf", "openpyxl", "zeep", "httpx2", "saxonche", "countries",
    "multiprocessing", "asyncio", "segno", "babel",
)  # fmt: skip


def test_judging_xml_loads_nothing_heavy(files: dict[str, Path], tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['gateway', 'validate', *sys.argv[1:]]\n"
        "from gateway.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, str(files["wrong"])],
        env={"GATEWAY_DATA": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == "[] 1"
