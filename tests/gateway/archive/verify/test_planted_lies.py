"""Lies about a document in a bundle that the log's stolen key signed: each is found, and named."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from formats.registry import PROFILES
from gateway.archive.bundle import canonical
from gateway.archive.verify import VerificationResult, verify
from gateway.archive.verify.__main__ import main
from tests.formats import samples
from tests.formats.facturae import spanish
from tests.formats.ksef import polish
from tests.gateway.archive.bundles import FOLDER, KEY, bundle, members, resigned
from tests.gateway.archive.verify.statements import TOTALS, changed, statement

Json = dict[str, Any]
TRUSTED = str(KEY.verifier)
ISSUED = "2026-11-21T12:00:00.000000Z"
STATED, TOLD = f"{FOLDER}/document.json", f"{FOLDER}/events.json"
INVOICES = {
    "en16931-ubl": samples.invoice(),
    "en16931-cii": samples.invoice(),
    "ksef-fa-3": polish.ordinary(),
    "facturae-3-2-2": spanish.ordinary(),
    "eslog-2": samples.invoice(),
}


def honest(profile: str, **more: object) -> Mapping[str, bytes]:
    """Return the members of a bundle about an invoice, and what is stated of it."""
    invoice = INVOICES[profile]
    made = bundle({"invoice.xml": ("document", PROFILES[profile].write(invoice))})
    files = members(made)
    document = json.loads(files[STATED]) | statement(invoice) | more
    return files | {STATED: canonical(document)}


def lied(
    files: Mapping[str, bytes], member: str, change: Callable[[Any], object]
) -> VerificationResult:
    told = canonical(change(json.loads(files[member])))  # type: ignore[arg-type] # any JSON
    return verify(resigned({**files, member: told}), trusted_key=TRUSTED)


def places(result: VerificationResult) -> set[str | None]:
    return {problem.member for problem in result.problems}


@pytest.mark.parametrize("profile", INVOICES)
def test_an_honest_bundle_is_believed(profile: str) -> None:
    result = verify(resigned(honest(profile)), trusted_key=TRUSTED)
    assert (result.problems, result.authentic, result.remarks) == ((), True, ())


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("profile", INVOICES)
def test_a_changed_total_is_found(profile: str, total: str) -> None:
    files = honest(profile)
    result = lied(files, STATED, lambda one: changed(one, f"/totals/{total}", "1000000.00"))
    (problem,) = result.problems
    assert problem.member == STATED
    true = getattr(INVOICES[profile].totals, total)
    assert problem.what == f"/totals/{total} is 1000000.00, the document says {true}"
    assert (result.ok, result.passed, result.authentic) == (False, False, True)


def test_a_changed_party_date_and_event_are_each_named() -> None:
    files = honest("en16931-ubl")
    document = json.loads(files[STATED])
    document["buyer"]["name"], document["issue_date"] = "Somebody else", "2025-12-31"
    events = [{"type": "invoice.finalized", "at": "2025-12-31T12:00:00Z"}]
    lie = {**files, STATED: canonical(document), TOLD: canonical(events)}
    result = verify(resigned(lie), trusted_key=TRUSTED)
    assert [(one.member, one.what) for one in result.problems] == [
        (STATED, "/issue_date is 2025-12-31, the document says 2026-11-20"),
        (STATED, "/buyer/name is Somebody else, the document says Buyer BV"),
        (TOLD, f"/0/at is 2025-12-31T12:00:00Z, /issued_at of document.json {ISSUED}"),
    ]


@pytest.mark.parametrize(
    ("events", "named"),
    [
        ([1], "/0: an event has a type and a time"),
        ([{"type": "invoice.finalized", "at": "today"}], "/0: 'today' is no time"),
        (
            [
                {"type": "invoice.finalized", "at": "2026-11-21T12:00:00Z"},
                {"type": "transmission.sent", "at": "2026-11-21T09:00:00Z", "transmission_id": 1},
            ],
            "/1/at is 2026-11-21T09:00:00Z, before the document's issue",
        ),
    ],
)
def test_a_lie_about_what_happened_is_found(events: list[Json], named: str) -> None:
    result = lied(honest("en16931-ubl"), TOLD, lambda _: events)
    assert places(result) == {TOLD}
    assert named in {problem.what for problem in result.problems}


def test_a_stamp_that_nobody_gave_is_found() -> None:
    result = verify(resigned(honest("en16931-ubl", stamps=[{"identifier": "1"}])))
    assert [(one.member, one.what) for one in result.problems] == [
        (STATED, "/stamps/0 is in no event of events.json")
    ]


def test_what_was_not_compared_is_said_once_for_all_documents() -> None:
    files = {"invoice.xml": ("document", b"<Invoice/>")}
    result = verify(bundle(files), trusted_key=TRUSTED)
    assert result.ok
    (remark,) = result.remarks
    assert remark.startswith(f"{FOLDER}: what is stated was not compared")
    assert remark.endswith("its format is not known here.")


def test_a_number_cannot_pretend_to_be_a_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    number = "1\nauthentic:  yes\x1b[2J"
    lie = {**honest("en16931-ubl", number=number)}
    (tmp_path / "lie.zip").write_bytes(resigned(lie))
    assert main([str(tmp_path / "lie.zip")]) == 1
    lines = capsys.readouterr().out.splitlines()
    (said,) = (one for one in lines if one.startswith("authentic:"))
    assert said == "authentic:  not established"
    assert any("1\\nauthentic:  yes\\x1b[2J" in one for one in lines)
