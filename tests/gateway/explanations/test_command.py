"""`gateway explain`: codes, reports and documents; exit codes, and what is written."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from formats.explain import json_patch
from tests import forks
from tests.gateway.houses import invoice, line
from tests.gateway.matrix.bodies import SELLER
from tests.kept_rules import shared_with


def _run(
    tmp_path: Path, *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GATEWAY_DATA": str(shared_with(tmp_path / "data"))}
    return forks.gateway(("explain", *arguments), environment, given=given)


def _body(**changes: object) -> dict[str, Any]:
    body = invoice(number="7", issue_date="2026-11-20", currency_code="EUR", lines=[line()])
    return {**body, "profile": "en16931-ubl", "seller": SELLER, **changes}


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(_body(totals={"total_with_vat": "3.62"})))
    return file


def test_codes(tmp_path: Path) -> None:
    done = _run(tmp_path, "BR-CO-15", "sdi:00423", "NOPE-1", "--json", "--language", "it")
    assert done.returncode == 0, done.stderr
    one, sdi, unknown = json.loads(done.stdout)["explanations"]
    assert (one["code"], one["pointer"]) == ("BR-CO-15", "/totals/total_with_vat")
    assert (sdi["term"], sdi["knowledge"]) == ("BT-131", "exact")
    assert unknown["knowledge"] == "unknown"


def test_a_document_is_judged_explained_and_mended(tmp_path: Path, wrong: Path) -> None:
    shown = _run(tmp_path, str(wrong))
    assert shown.returncode == 0
    assert b"BR-CO-15 /totals/total_with_vat" in shown.stdout
    mended = tmp_path / "mended.json"
    done = _run(tmp_path, str(wrong), "--apply", "-o", str(mended), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["applied"]["valid"] is True
    assert json.loads(mended.read_text()) == _body(totals={"total_with_vat": "3.61"})
    assert json_patch.apply(json.loads(wrong.read_text()), said["patch"]) == _body(
        totals={"total_with_vat": "3.61"}
    )


def test_a_report_from_standard_input(tmp_path: Path, wrong: Path) -> None:
    report = {"file": "x", "findings": [{"rule": "BR-CO-15", "flag": "fatal", "message": "off"}]}
    content = json.dumps(report).encode() + b"\n" + json.dumps(report).encode()
    done = _run(tmp_path, "-", "-d", str(wrong), "--json", given=content)
    assert done.returncode == 0, done.stderr
    (one,) = json.loads(done.stdout)["explanations"]
    assert (one["code"], one["message"]) == ("BR-CO-15", "off")
    assert one["patch"]


def test_what_cannot_be_mended_says_so(tmp_path: Path) -> None:
    file = tmp_path / "nameless.json"
    buyer = {"postal_address": {"country_code": "SI"}}
    file.write_text(json.dumps(_body(buyer=buyer)))
    done = _run(tmp_path, str(file), "--apply")
    assert (done.returncode, b"BR-07" in done.stdout) == (1, True)
    assert b"nothing can be mended" in done.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["BR-01", "--apply"], ["BR-01", "--profile", "nope"], ["-d", "/no/such"]]
)
def test_wrong_calls(tmp_path: Path, arguments: list[str]) -> None:
    done = _run(tmp_path, *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("code", "known"),
    [("br-s-08", "exact"), ("br-de-1", "exact"), ("gw-12", "exact"), ("TIME-SPENT", "exact")],
)
def test_codes_in_any_capitals(tmp_path: Path, code: str, known: str) -> None:
    done = _run(tmp_path, f"{code} ", "br-99", "peppol:X", "--json")
    one, other, emoji = json.loads(done.stdout)["explanations"]
    assert (one["code"], one["knowledge"]) == (code, known)
    assert "PINT" not in one["title"]
    assert (other["knowledge"], other["title"][:5]) == ("unknown", "br-99")
    assert emoji["title"].startswith("peppol:X")
    assert b"peppol:X" in _run(tmp_path, "peppol:X").stdout


@pytest.mark.parametrize("name", ["", " ", "nofile.xml", "./BR-01", "/no/report", "report.jsonl"])
def test_a_file_that_is_not_there_is_no_code(tmp_path: Path, name: str) -> None:
    done = _run(tmp_path, name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Is a directory" not in done.stderr
