"""`gateway convert`, `inspect`, `diff`, `render` and `profiles`: files in, files and codes out."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formats.cii.document import write as write_cii
from formats.conversion import read
from formats.en16931.comparison import differences
from formats.en16931.hashing import semantic_hash
from formats.facturx.hybrid import extract
from formats.registry import PROFILES
from gateway.cli.application import application
from gateway.cli.outputs import Outputs
from tests.formats.samples import changed, invoice
from tests.formats.ubl.examples import full_invoice
from tests.gateway.cli.conftest import Done, Gateway
from tests.gateway.matrix.bodies import BODIES

DONE, REFUSED, NOT_READABLE = 0, 1, 2
PEPPOL = PROFILES["peppol-bis-3"]


def _run(*arguments: str | Path, stdin: bytes | None = None) -> Done:
    """Run a command in this process, which is quicker."""
    done = CliRunner().invoke(application, [str(one) for one in arguments], input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.xml"
    path.write_bytes(PEPPOL.write(invoice()))
    return path


def test_the_command_itself(gateway: Gateway, source: Path, tmp_path: Path) -> None:
    done = gateway("convert", source, "--to", "en16931-ubl", "--out", tmp_path / "out", "--report")
    assert (done.code, done.out, done.err) == (DONE, "", "")
    assert _files(tmp_path / "out") == ["source.xml", "source.xml.report.json"]
    piped = gateway("inspect", tmp_path / "out" / "source.xml")
    assert json.loads(piped.out)["number"] == "2026-1"
    assert piped.err == ""


def test_converting_to_standard_output_and_to_a_file(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "plain.xml"
    assert _run("convert", source, "--to", "en16931-ubl", "-o", target).code == DONE
    plain = read(target.read_bytes())
    assert plain.profile is PROFILES["en16931-ubl"]
    assert semantic_hash(plain.invoice) == semantic_hash(invoice())
    printed = _run("convert", source, "--to", "en16931-ubl")
    assert printed.out.encode() == target.read_bytes()


def test_a_body_without_totals_is_completed(tmp_path: Path) -> None:
    """As the issue asks: the body of `POST /v1/invoices` with its seller."""
    case = tmp_path / "case.json"
    case.write_text(json.dumps(BODIES["DocumentWithSeller"]))
    for profile in ("en16931-ubl", "en16931-cii"):
        done = _run("convert", case, "--to", profile, "--strict")
        assert done.code == DONE, done.err
        made = read(done.out.encode()).invoice
        assert str(made.totals.amount_due) == "3.61"
        assert str(made.totals.total_vat) == "0.31"


def test_another_total_than_is_expected_stops_it(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps({**BODIES["DocumentWithSeller"], "expected_total": "3.62"}))
    done = _run("convert", case, "--to", "en16931-ubl")
    assert (done.code, done.out) == (REFUSED, "")
    said = json.loads(done.err)
    assert said["code"] == "unexpected-total"
    assert said["findings"][0]["rule"] == "GW-06"


def test_fatal_findings_are_said_and_the_document_is_written(tmp_path: Path) -> None:
    body = {**BODIES["DocumentWithSeller"], "items": [{"name": "Work", "quantity": 1}]}
    del body["lines"]
    case, target = tmp_path / "case.json", tmp_path / "made.xml"
    case.write_text(json.dumps(body))
    done = _run("convert", case, "--to", "en16931-ubl", "-o", target)
    assert done.code == REFUSED
    assert target.read_bytes().startswith(b"<")
    *findings, summary = done.err.splitlines()
    assert any(line.startswith(f"{case}: BR-24 /items/0/net_amount: ") for line in findings)
    assert summary == "1 converted, 1 with fatal findings"
    out = tmp_path / "out"
    done = _run("convert", case, "--to", "en16931-ubl", "--out", out, "--report")
    assert (done.code, _files(out)) == (REFUSED, ["case.xml", "case.xml.report.json"])
    assert "BR-24" in done.err


def test_warnings_leave_the_exit_code(tmp_path: Path) -> None:
    body = {
        name: value for name, value in BODIES["DocumentWithSeller"].items() if name != "number"
    }
    case = tmp_path / "case.json"
    case.write_text(json.dumps(body))
    done = _run("convert", case, "--to", "en16931-ubl")
    assert done.code == DONE
    assert "warning: BR-02 /number: " in done.err
    assert "fatal" not in done.err


def test_one_bad_file_never_stops_the_others(source: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"<!DOCTYPE x><x/>")
    out = tmp_path / "out"
    missing = tmp_path / "missing.xml"
    done = _run("convert", bad, missing, tmp_path, source, "--to", "en16931-cii", "--out", out)
    assert done.code == NOT_READABLE
    assert _files(out) == ["source.xml"]
    *errors, summary = done.err.splitlines()
    found = [json.loads(line) for line in errors]
    assert [one["code"] for one in found] == ["doctype", "no-file", "no-file"]
    assert found[0]["file"] == str(bad)
    assert found[0]["line"] == 1
    assert "3 not readable" in summary
    assert "1 converted" in summary


def test_strict_refuses_and_writes_nothing(tmp_path: Path) -> None:
    full = tmp_path / "full.xml"
    full.write_bytes(PEPPOL.write(full_invoice()))
    out = tmp_path / "out"
    done = _run("convert", full, "--to", "facturx-minimum", "--out", out, "--strict")
    assert done.code == REFUSED
    assert not out.exists()
    said = json.loads(done.err)
    assert said["code"] == "lossy"
    assert "BT-22" in {loss.get("term") for loss in said["losses"]}


def test_the_report_lists_every_loss(tmp_path: Path) -> None:
    full = tmp_path / "full.xml"
    full.write_bytes(PEPPOL.write(full_invoice()))
    arguments = ("convert", full, "--to", "facturx-basic", "--xml", "--out", tmp_path / "out")
    quiet = _run(*arguments)
    assert quiet.code == DONE
    assert "--report lists them" in quiet.err
    done = _run(*arguments, "--report")
    assert (done.code, done.err) == (DONE, "")
    report = json.loads((tmp_path / "out" / "full.xml.report.json").read_text())
    assert (report["lossless"], report["profile"]) == (False, "facturx-basic")
    project = next(loss for loss in report["losses"] if loss["term"] == "BT-11")
    assert project["fate"] == "moved"
    assert project["source"] == "/*/cac:ProjectReference/cbc:ID"
    assert project["pointer"] == "/project_reference"


def test_factur_x_is_a_pdf_with_the_xml_in_it(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _run("convert", source, "--to", "facturx-en16931", "--out", out, "--locale", "de")
    assert done.code == DONE, done.err
    assert _files(out) == ["source.pdf"]
    content = (out / "source.pdf").read_bytes()
    assert extract(content).discrepancies == ()
    back = _run("convert", out / "source.pdf", "--to", "peppol-bis-3")
    again = read(back.out.encode()).invoice
    assert differences(invoice(), again) == ()


def test_names_never_collide_and_never_leave_the_directory(tmp_path: Path) -> None:
    content = PEPPOL.write(invoice())
    sources = []
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        sources.append(tmp_path / folder / ("One & two.xml" if folder != "c" else "ONE & TWO.xml"))
        sources[-1].write_bytes(content)
    out = tmp_path / "out"
    assert _run("convert", *sources, "--to", "en16931-ubl", "--out", out).code == DONE
    assert _files(out) == ["ONE_TWO-3.xml", "One_two-2.xml", "One_two.xml"]
    assert _run("convert", *sources, "--to", "en16931-ubl", "--out", out).code == DONE
    assert len(_files(out)) == 3, "the same call gives the same names"


def test_invoices_of_a_spreadsheet_are_named_by_their_numbers(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    template = _run("convert", "--template-csv").out
    head, *rows = template.splitlines()
    other = [row.replace("2026-001", "../../etc/2") for row in rows]
    sheet.write_text("\n".join([head, *rows, *other]))
    out = tmp_path / "out"
    done = _run("convert", sheet, "--to", "xrechnung-ubl", "--out", out)
    assert done.code == DONE, done.err
    assert _files(out) == ["sheet-.._.._etc_2.xml", "sheet-2026-001.xml"]
    assert _files(tmp_path) == ["out", "sheet.csv"]


def test_no_source_is_overwritten(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    done = _run("convert", source, "--to", "en16931-ubl", "--out", tmp_path)
    assert done.code == NOT_READABLE
    assert "is a source" in done.err
    assert source.read_bytes() == before
    link = tmp_path / "link"
    link.mkdir()
    (link / "source.xml").symlink_to(tmp_path / "victim")
    assert _run("convert", source, "--to", "en16931-ubl", "--out", link).code == DONE
    assert not (tmp_path / "victim").exists()
    assert not (link / "source.xml").is_symlink()


def test_a_directory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"")
    problem = Outputs(blocked / "below", None, []).write("x.xml", None, b"", "xml")
    assert problem is not None
    assert os.strerror(20) in problem or "File exists" in problem


def test_standard_input(source: Path) -> None:
    done = _run("convert", "-", "--to", "en16931-cii", stdin=source.read_bytes())
    assert done.code == DONE, done.err
    assert semantic_hash(read(done.out.encode()).invoice) == semantic_hash(invoice())


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "x.xml"),
        ("convert", "--to", "en16931-ubl"),
        ("convert", "x.xml", "--to", "fax"),
        ("convert", "x.xml", "y.xml", "--to", "en16931-ubl"),
        ("convert", "x.xml", "--to", "en16931-ubl", "--out", "d", "-o", "f"),
        ("convert", "x.xml", "--to", "en16931-ubl", "--color", "red"),
        ("convert", "x.xml", "--to", "en16931-ubl", "--locale", "xx"),
        ("inspect", "x.xml", "--output", "yaml"),
        ("diff", "x.xml"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = _run(*arguments)
    assert done.code == NOT_READABLE
    assert done.out == ""


def test_inspecting_gives_one_invoice_a_line(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_bytes(write_cii(full_invoice()))
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    done = _run("inspect", source, bad, other)
    assert done.code == NOT_READABLE
    lines = [read(line.encode()).invoice for line in done.out.splitlines()]
    assert differences(lines[0], invoice()) == ()
    assert differences(lines[1], full_invoice()) == ()
    assert json.loads(done.err)["code"] == "malformed-json"


def test_inspecting_says_more_as_json_and_as_table(source: Path) -> None:
    (said,) = _run("inspect", source, "--output", "json").json
    assert said["semantic_hash"] == semantic_hash(invoice())
    assert (said["source"], said["profile"], said["lossless"]) == ("ubl", "peppol-bis-3", True)
    table = _run("inspect", source, "--output", "table").out
    assert "BT-31" in table
    assert semantic_hash(invoice()) in table


def test_the_same_invoice_in_two_syntaxes_has_no_differences(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_bytes(write_cii(invoice()))
    done = _run("diff", source, other)
    assert done.code == DONE
    assert semantic_hash(invoice()) in done.out
    assert _run("diff", source, other, "--output", "json").json["changes"] == []


def test_differences_are_named_by_term(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(changed(invoice(), "/buyer_reference", "dept 5").model_dump_json())
    done = _run("diff", source, other, "--output", "json")
    assert done.code == REFUSED
    (change,) = done.json["changes"]
    assert (change["term"], change["old"], change["new"]) == ("BT-10", "dept 4", "dept 5")
    assert "BT-10" in _run("diff", source, other).out
    assert _run("diff", source, tmp_path / "missing").code == NOT_READABLE


def test_pages(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "pages.pdf"
    options = ("--template", "modern", "--locale", "sl", "--color", "#123456")
    assert _run("render", source, "--out", target, *options).code == DONE
    assert target.read_bytes().startswith(b"%PDF-")
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")
    assert _run("render", source, "--out", target, "--logo", logo).code == NOT_READABLE


def test_profiles_are_listed() -> None:
    found = {one["id"]: one for one in _run("profiles", "--output", "json").json}
    assert found.keys() == PROFILES.keys()
    assert found["ehf"]["unproven"]
    assert found["facturx-basic"]["hybrid"] == "BASIC"
    assert "unproven" in _run("profiles").out


def test_hundreds_of_files_are_one_call(tmp_path: Path) -> None:
    content = PEPPOL.write(invoice())
    files = []
    for number in range(300):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(content)
    out = tmp_path / "out"
    done = _run("convert", *files, "--to", "xrechnung-cii", "--out", out)
    assert done.code == DONE
    assert len(_files(out)) == len(files)
    assert done.err.strip() == "300 converted"
