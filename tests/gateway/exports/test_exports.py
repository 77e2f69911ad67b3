"""Exports over HTTP: what is in them, byte for byte, and who may have them."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from typing import Any, cast

import openpyxl
import pytest

from formats.signatures import asic
from formats.signatures.trust import Terms
from gateway.archive.verify import verify
from gateway.exports.cells import METADATA
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.sheets.cells import defused, restored
from tests.gateway.exports.conftest import HOSTILE, Office
from tests.gateway.houses import Shop, kind
from tests.gateway.reports.conftest import sell
from tests.gateway.signing.test_endpoints import brought
from tests.hostile_strings import STRINGS


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_csv_has_a_row_for_each_document_and_metadata_in_columns(office: Office) -> None:
    job = office.ask(format="csv")
    rows = _rows(office.fetch(job))
    assert [(row["number"], row["total_with_vat"], row["amount_open"]) for row in rows] == [
        ("INV-000001", "122.00", "122.00"),
        ("INV-000002", "12.20", "12.20"),
        ("CRN-000001", "4.88", "4.88"),
        ("INV-000001", "24.40", "24.40"),
    ]
    assert rows[0]["entity_id"] == office.shop.entity
    assert rows[3]["entity_id"] == office.sister.entity
    assert rows[0][f"{METADATA}formula"] == "'" + HOSTILE["formula"]
    found = {n: restored(rows[0][METADATA + n]) for n in HOSTILE}
    assert found == HOSTILE
    assert rows[1][f"{METADATA}plain"] == "o-2"
    assert job["progress"] == {"done": 4, "total": 4}


def test_csv_of_lines(office: Office) -> None:
    rows = _rows(office.fetch(office.ask(format="csv", rows="lines", entity=office.sister.entity)))
    (row,) = rows
    assert (row["item_name"], row["quantity"], row["net_amount"]) == ("Bread", "1", "20.00")
    assert row["vat_rate"] == "22"


def test_a_workbook_has_the_same_cells_and_no_formula(office: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(office.fetch(office.ask(format="xlsx"))))
    names, *rows = book.active.iter_rows(values_only=True)
    first = dict(zip(names, rows[0], strict=True))
    assert len(rows) == 4
    assert first["total_with_vat"] == 122
    assert first["issue_date"] == datetime.datetime(2026, 10, 5)  # noqa: DTZ001 - a day of a sheet
    assert first[f"{METADATA}formula"] == "'" + HOSTILE["formula"]
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_xml_holds_the_issued_bytes_and_a_manifest(office: Office) -> None:
    job = office.ask(format="xml_zip")
    content = office.fetch(job)
    manifest = json.loads(office.fetch(job, "manifest"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("manifest.json")) == manifest
        assert len(archive.namelist()) == 5
        for listed in manifest["documents"]:
            held = archive.read(listed["file"]["name"])
            assert hashlib.sha256(held).hexdigest() == listed["sha256"] == listed["file"]["sha256"]
            path = f"/v1/documents/{listed['id']}/xml"
            shop = office.shop
            answer = shop.account.call("GET", path, key=shop.key, Entity_Id=listed["entity_id"])
            assert answer.content == held
    assert manifest["count"] == job["result"]["documents"] == 4
    assert manifest["totals"] == job["result"]["totals"]
    (euros,) = manifest["totals"]
    assert euros == {
        "currency_code": "EUR",
        "documents": 4,
        "total_without_vat": "126.00",
        "total_vat": "27.72",
        "total_with_vat": "153.72",
    }
    assert manifest["entity_id"] is None
    assert manifest["software"].startswith("einvoice-gateway ")


def test_sums_leave_out_what_is_void_or_was_replaced(office: Office) -> None:
    shop = Shop.opened(office.shop.house)
    own = Office(shop, shop)
    replaced = sell(shop, "2026-11-05", "100.00", due_date="2026-12-05")
    sell(shop, "2026-11-06", "50.00", due_date="2026-12-05", corrects=replaced["id"])
    sell(shop, "2026-11-07", "7.00", state="voided")
    job = own.ask(format="csv")
    manifest = json.loads(own.fetch(job, "manifest"))
    assert [(one["state"], one["in_totals"]) for one in manifest["documents"]] == [
        ("corrected", False),
        ("issued", True),
        ("voided", False),
    ]
    assert manifest["count"] == job["result"]["documents"] == 3
    assert manifest["totals"] == [
        {
            "currency_code": "EUR",
            "documents": 1,
            "total_without_vat": "50.00",
            "total_vat": "11.00",
            "total_with_vat": "61.00",
        }
    ]


def test_pdfs_are_drawn(office: Office) -> None:
    job = office.ask(format="pdf_zip", kinds=["credit_note"])
    with zipfile.ZipFile(io.BytesIO(office.fetch(job))) as archive:
        name, manifest = archive.namelist()
        assert name.startswith(f"{office.shop.entity}/CRN-000001_crn_")
        assert archive.read(name).startswith(b"%PDF-")
        assert manifest == "manifest.json"


@pytest.mark.parametrize("format_", ["csv", "xlsx", "pdf_zip", "xml_zip"])
def test_the_same_documents_give_the_same_bytes(office: Office, format_: str) -> None:
    first, second = (
        office.ask(format=format_, entity=office.shop.entity, kinds=["invoice"]) for _ in "12"
    )
    assert first["id"] != second["id"]
    assert first["result"]["file"]["sha256"] == second["result"]["file"]["sha256"]
    assert first["result"]["manifest"]["sha256"] == second["result"]["manifest"]["sha256"]


def test_a_bundle_holds_the_evidence_of_all_documents(office: Office) -> None:
    key = office.shop.account.call("GET", "/v1/log/key", key=office.shop.key).text.strip()
    job = office.ask(format="bundle", log_sizes=[1])
    content = office.fetch(job)
    result = verify(content, trusted_key=key)
    assert (result.problems, result.passed) == ((), True)
    manifest = json.loads(office.fetch(job, "manifest"))
    listed = {one["id"]: one for one in manifest["documents"]}
    assert {one["id"] for one in result.documents} == set(listed)
    assert len(listed) == job["result"]["documents"] == 4
    for one in result.documents:
        assert one["content_sha256"] == listed[str(one["id"])]["sha256"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode(), newline="")))
        for row in rows:
            digest = hashlib.sha256(archive.read(row["file"])).hexdigest()
            assert digest == row["sha256"] == listed[row["id"]]["sha256"]
        proofs = json.loads(archive.read("consistency.json"))
    assert len(rows) == 4
    assert [one["from"] for one in proofs] == [1]


def test_a_bundle_shows_that_no_document_of_the_period_is_missing(office: Office) -> None:
    key = office.shop.account.call("GET", "/v1/log/key", key=office.shop.key).text.strip()
    days = {"from": "2026-11-01", "to": "2026-11-05"}
    asked: dict[str, Any] = {"format": "bundle", "complete": True, **days}
    content = office.fetch(office.ask(entity=office.shop.entity, **asked))
    result = verify(content, trusted_key=key)
    assert (result.problems, result.passed) == ((), True)
    assert [one["number"] for one in result.documents] == ["INV-000002"]
    (whole,) = result.whole
    assert (whole.entity, whole.since, whole.until) == (office.shop.entity, *days.values())
    assert whole.leaves >= 3 * 5
    both = verify(office.fetch(office.ask(format="bundle", complete=True)), trusted_key=key)
    assert both.problems == ()
    shown = {(one.entity, one.since, one.until) for one in both.whole}
    assert shown == {(one.entity, None, None) for one in (office.shop, office.sister)}
    nothing = {"from": "2026-11-07", "to": "2026-11-08"}
    none = verify(office.fetch(office.ask(entity=office.shop.entity, **(asked | nothing))))
    assert (none.problems, none.documents, len(none.whole)) == ((), (), 1)


@pytest.mark.parametrize(
    "more", [{"kinds": ["invoice"]}, {"states": ["issued"]}, {"metadata": {"a": "b"}}]
)
def test_what_is_chosen_among_documents_is_not_complete(office: Office, more: object) -> None:
    body = {"format": "bundle", "complete": True, **cast("dict[str, object]", more)}
    answer = office.shop.account.call("POST", "/v1/exports", body, key=office.shop.key)
    assert answer.status_code == 422


def test_a_bundle_is_of_what_was_asked_for(office: Office) -> None:
    job = office.ask(format="bundle", entity=office.sister.entity)
    result = verify(office.fetch(job))
    assert [one["number"] for one in result.documents] == ["INV-000001"]
    nothing = verify(office.fetch(office.ask(format="bundle", states=["voided"])))
    assert (nothing.problems, nothing.documents) == ((), ())


def test_a_container_is_sealed_by_its_entity(office: Office) -> None:
    call, key = office.shop.account.call, office.shop.key
    refused = call("POST", "/v1/exports", {"format": "asice"}, key=key)
    assert (refused.status_code, kind(refused)) == (400, "entity-required")
    entity = office.sister.entity
    refused = call("POST", "/v1/exports", {"format": "asice"}, key=key, Entity_Id=entity)
    assert (refused.status_code, kind(refused)) == (409, "key-unusable")
    brought(office.sister)
    job = office.ask(format="asice", entity=entity)
    assert job["result"]["file"]["name"].endswith(".asice")
    assert job["result"]["file"]["media_type"] == "application/vnd.etsi.asic-e+zip"
    content = office.fetch(job)
    result = verify(content)
    assert result.problems == ()
    assert [one["number"] for one in result.documents] == ["INV-000001"]
    assert [one.kind for one in result.vouchers] == ["seal"]
    checked = asic.check(content, Terms(None, clock.now()))
    assert checked.files == ("bundle.zip",)
    assert checked.report.signatures[0].signed


def test_what_is_asked_for_narrows_it(office: Office) -> None:
    def numbers(**asked: Any) -> list[str]:  # noqa: ANN401 - members of the body, and headers
        return [row["number"] for row in _rows(office.fetch(office.ask(format="csv", **asked)))]

    assert numbers(**{"from": "2026-11-01", "to": "2026-11-05"}) == ["INV-000002"]
    assert numbers(kinds=["credit_note"]) == ["CRN-000001"]
    assert numbers(metadata={"plain": "o-2"}) == ["INV-000002"]
    assert numbers(states=["voided"]) == []
    assert numbers(entity=office.sister.entity) == ["INV-000001"]
    key = office.shop.account.entity_key(office.sister.entity)
    job = office.ask(format="csv", key=key)
    assert job["entity_id"] == office.sister.entity


def test_an_export_is_of_its_account_alone(office: Office) -> None:
    stranger = Shop.opened(office.shop.house)
    sell(stranger, "2026-11-15", "99.00")
    assert len(_rows(office.fetch(office.ask(format="csv")))) == 4
    job = office.ask(format="csv")
    bound = office.shop.account.entity_key(office.sister.entity)
    for key in (stranger.key, bound):
        for path in ("", "/file", "/manifest"):
            answer = stranger.account.call("GET", f"/v1/exports/{job['id']}{path}", key=key)
            assert answer.status_code == 404


def test_a_file_expires(office: Office) -> None:
    job = office.ask(format="csv", states=["voided"])
    exports = office.shop.house.runtime.exports
    exports.expire(clock.now())
    office.fetch(job)
    exports.expire(clock.now() + datetime.timedelta(days=exports.days, hours=1))
    path = f"/v1/exports/{job['id']}/file"
    answer = office.shop.account.call("GET", path, key=office.shop.key)
    assert (answer.status_code, kind(answer)) == (410, "export-expired")


def test_an_unfinished_export_has_no_file_and_other_jobs_are_none(office: Office) -> None:
    shop = office.shop
    done = office.ask(format="csv", states=["voided"])
    shop.house.sql(
        "update job set state = 'running', finished_at = null where id = %s",
        parse_id(done["id"], "job"),
    )
    answer = shop.account.call("GET", f"/v1/exports/{done['id']}/file", key=shop.key)
    assert kind(answer) == "export-not-ready"


def test_damaged_evidence_fails_the_export(office: Office) -> None:
    shop = Shop.opened(office.shop.house)
    made = sell(shop, "2026-11-15", "99.00")
    digest = made["sha256"]
    entity = str(parse_id(shop.entity, "ent"))
    archive = shop.house.runtime.settings.data / "archive"
    path = archive / "entities" / entity / digest[:2] / digest
    path.chmod(0o640)
    path.write_bytes(b"other")
    answer = shop.account.call("POST", "/v1/exports", {"format": "xml_zip"}, key=shop.key)
    job = shop.account.call("GET", f"/v1/jobs/{answer.json()['id']}?wait=30", key=shop.key).json()
    assert job["state"] == "failed"
    assert job["error"]["type"] == "/problems/evidence-damaged"


def test_what_cannot_be_asked_is_refused(office: Office) -> None:
    for body, pointer in (
        ({"format": "doc"}, "/format"),
        ({"format": "csv", "from": "2026-02-01", "to": "2026-01-01"}, ""),
        ({"format": "csv", "colour": "red"}, "/colour"),
        ({"format": "csv", "kinds": []}, "/kinds"),
    ):
        answer = office.shop.account.call("POST", "/v1/exports", body, key=office.shop.key)
        assert kind(answer) == "request-invalid"
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_what_is_asked_of_the_whole_account_is_in_the_activity_log(office: Office) -> None:
    job = office.ask(format="csv")
    path = "/v1/activity?action=request_export&limit=1"
    (found,) = office.shop.account.call("GET", path, key=office.shop.key).json()["data"]
    assert found["subject_id"] == job["id"]


@pytest.mark.parametrize("text", STRINGS)
def test_no_text_becomes_a_formula_and_each_comes_back(text: str) -> None:
    assert restored(defused(text)) == text
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))
