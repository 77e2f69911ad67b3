"""`gateway validate` and `verify`: files in, verdicts and exit codes out."""

import datetime
from pathlib import Path

import pytest

from formats.conversion import convert
from formats.facturx.hybrid import embed
from formats.pdf import render
from formats.registry import PROFILES
from tests.formats.samples import invoice
from tests.gateway.cli.conftest import Gateway

VALID, NOT_VALID, NOT_READABLE, NOT_JUDGED = 0, 1, 2, 3
NOW = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
PEPPOL_RULES = "eu.peppol.bis3:invoice:2026.5"


@pytest.fixture(scope="module")
def good() -> bytes:
    """An invoice of plain EN 16931, which every installation can judge completely."""
    return convert(PROFILES["peppol-bis-3"].write(invoice()), PROFILES["en16931-ubl"]).content


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "invoice.xml"
    path.write_bytes(content)
    return path


def test_a_good_file_is_valid(gateway: Gateway, tmp_path: Path, good: bytes) -> None:
    file = _file(tmp_path, good)
    done = gateway("validate", file, "--json")
    assert done.code == VALID, done.out + done.err
    report = done.json
    assert (report["valid"], report["profile"]) == (True, "en16931-ubl")
    assert report["as_of"] == "2026-11-20"
    assert {layer["outcome"] for layer in report["layers"]} == {"ran"}
    assert "eu.cen.en16931:ubl:1.3.16" in {layer["id"] for layer in report["layers"]}
    assert not [one for one in report["findings"] if one["flag"] == "fatal"]


def test_a_wrong_total_is_not_valid(gateway: Gateway, tmp_path: Path, good: bytes) -> None:
    start = good.index(b"<cbc:TaxInclusiveAmount")
    place = good.index(b">", start) + 1
    digit = b"8" if good[place : place + 1] != b"8" else b"7"
    done = gateway("validate", _file(tmp_path, good[:place] + digit + good[place + 1 :]), "--json")
    assert done.code == NOT_VALID
    assert done.json["valid"] is False
    found = [one for one in done.json["findings"] if one["rule"] == "BR-CO-15"]
    assert {one["flag"] for one in found} == {"fatal"}
    assert any(one.get("line") for one in found)


def test_what_was_not_judged_is_not_valid(gateway: Gateway, tmp_path: Path) -> None:
    file = _file(tmp_path, PROFILES["peppol-bis-3"].write(invoice()))
    done = gateway("validate", file, "--json")
    assert done.code == NOT_JUDGED, done.out + done.err
    assert done.json["valid"] is False
    outcomes = {layer["id"]: layer["outcome"] for layer in done.json["layers"]}
    assert outcomes[PEPPOL_RULES] == "not_judged"


@pytest.mark.official
def test_with_the_official_rules_it_is_judged(
    gateway: Gateway, tmp_path: Path, official: Path
) -> None:
    file = _file(tmp_path, PROFILES["peppol-bis-3"].write(invoice()))
    done = gateway("validate", file, "--json", GATEWAY_SCHEMAS_DIR=str(official))
    assert done.code == VALID, done.out + done.err
    outcomes = {layer["id"]: layer["outcome"] for layer in done.json["layers"]}
    assert outcomes[PEPPOL_RULES] == "ran"


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (DOCTYPE + b"<Invoice>&e;</Invoice>", "doctype"),
        (b"not xml", None),
        (b"", None),
        (b"<Invoice>", None),
        (b'<?xml version="1.0"?><x/>', None),
        (b"%PDF-1.7", None),
    ],
    ids=["doctype", "text", "empty", "cut off", "no invoice", "pdf"],
)
def test_a_file_that_is_no_invoice_is_not_readable(
    gateway: Gateway, tmp_path: Path, content: bytes, code: str | None
) -> None:
    done = gateway("validate", _file(tmp_path, content), "--json")
    assert done.code == NOT_READABLE, done.out + done.err
    assert done.json["valid"] is False
    assert done.json["unreadable"]["code"]
    assert code is None or code in done.json["unreadable"]["code"]
    assert "Traceback" not in done.err


def test_an_unknown_customization_is_not_judged(
    gateway: Gateway, tmp_path: Path, good: bytes
) -> None:
    file = _file(tmp_path, good.replace(b"urn:cen.eu:en16931:2017", b"urn:somebody.else"))
    done = gateway("validate", file)
    assert done.code == NOT_JUDGED
    assert "urn:somebody.else" in done.err
    assert gateway("validate", file, "--profile", "fax").code == NOT_READABLE  # wrong usage: 2


def test_without_json_the_same_verdict_is_for_people(
    gateway: Gateway, tmp_path: Path, good: bytes
) -> None:
    done = gateway("validate", _file(tmp_path, good), "--as-of", "2026-11-20")
    assert done.code == VALID
    assert "valid" in done.out
    assert gateway("validate", _file(tmp_path, good), "--as-of", "yesterday").code == 2
    assert gateway("validate", tmp_path / "missing.xml").code == 2


def test_an_intact_bundle_verifies(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle, key_file = tmp_path / "bundle.zip", tmp_path / "log.key"
    bundle.write_bytes(content)
    key_file.write_text(key + "\n")
    for given in ((), ("--key", key), ("--key", str(key_file))):
        done = gateway("verify", bundle, "--json", *given)
        assert done.code == 0, done.out + done.err
        assert done.json["ok"] is True
        assert done.json["problems"] == []
        assert done.json["authentic"] is (True if given else None)


def test_a_flipped_byte_is_named(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle = tmp_path / "bundle.zip"
    place = len(content) // 3
    bundle.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    done = gateway("verify", bundle, "--json", "--key", key)
    assert done.code == 1
    places = [(one["start"], one["end"]) for one in done.json["problems"] if one["start"]]
    assert any(start <= place < end for start, end in places)
    assert gateway("verify", bundle).code == 1


def test_a_wrong_key_does_not_verify(
    gateway: Gateway, tmp_path: Path, exported: tuple[bytes, str]
) -> None:
    content, key = exported
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(content)
    other = "other+" + key.partition("+")[2]
    for wrong in ("nonsense", other, ""):
        done = gateway("verify", bundle, "--key", wrong)
        assert done.code not in {0, None}, wrong
        assert "Traceback" not in done.err


def test_a_file_that_is_no_bundle_does_not_verify(gateway: Gateway, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(b"PK")
    assert gateway("verify", bundle).code == 1
    assert gateway("verify", tmp_path).code in {1, 2}


@pytest.mark.parametrize("name", ["xrechnung-cii", "facturx-en16931"])
def test_documents_in_cii_are_judged_as_what_they_claim(
    gateway: Gateway, tmp_path: Path, name: str
) -> None:
    profile = PROFILES[name]
    content = convert(PROFILES["peppol-bis-3"].write(invoice()), profile).content
    if profile.hybrid is not None:
        content = embed(render(invoice()), content, profile.hybrid, modified=NOW)
    done = gateway("validate", _file(tmp_path, content), "--json")
    assert done.code in {VALID, NOT_VALID, NOT_JUDGED}, done.err
    assert done.json["profile"] == name


def test_json_is_no_document_to_judge(gateway: Gateway, tmp_path: Path) -> None:
    done = gateway("validate", _file(tmp_path, invoice().model_dump_json().encode()))
    assert done.code == NOT_READABLE
    assert "convert it first" in done.err
