"""Paid, known and proven: what becomes of a received document after it was read."""

import datetime
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from gateway.archive import verify
from gateway.kit import clock
from tests.formats.samples import invoice as sample
from tests.gateway.houses import kind
from tests.gateway.inbox.conftest import Company, written


def test_a_document_is_paid_once(
    company: Company, events: Callable[[], list[dict[str, Any]]]
) -> None:
    found = company.received(written(), query="?metadata[k]=v")
    assert (found["business"], found["payment"]) == ("new", None)
    body = {"paid_on": "2026-11-20", "reference": "bank-7"}
    paid = company.call("POST", f"/{found['id']}/paid", body)
    assert paid.status_code == 200, paid.text
    assert (paid.json()["business"], paid.json()["payment"]) == ("paid", body)
    assert paid.json()["decision"]["state"] == "accepted"
    told = events()[-1]
    assert (told["type"], told["subject_id"]) == ("received_document.paid", found["id"])
    assert told["data"] == {"number": found["number"], **body, "metadata": {"k": "v"}}
    again = company.call("POST", f"/{found['id']}/paid", {"reference": "bank-8"})
    assert again.json() == paid.json()
    assert company.call("POST", f"/{found['id']}/accept").json() == paid.json()
    refused = company.call("POST", f"/{found['id']}/reject", {"reason": "Late."})
    assert (refused.status_code, kind(refused)) == (409, "received-document-state")
    assert len(events()) == 3
    assert company.listed("?business=paid") == [found["id"]]


def test_what_was_accepted_is_paid_and_what_was_rejected_is_not(company: Company) -> None:
    accepted = company.received(written(number="A-1"))["id"]
    company.call("POST", f"/{accepted}/accept")
    at = company.call("GET", f"/{accepted}").json()["decision"]["at"]
    answer = company.call("POST", f"/{accepted}/paid", {})
    assert answer.status_code == 200, answer.text
    paid = answer.json()
    assert paid["decision"]["at"] == at
    paid_on = datetime.date.fromisoformat(paid["payment"]["paid_on"])
    assert abs(paid_on - clock.now().date()) <= datetime.timedelta(days=1)  # of the entity's zone
    rejected = company.received(written(number="A-2"))["id"]
    company.call("POST", f"/{rejected}/reject", {"reason": "Not ours."})
    refused = company.call("POST", f"/{rejected}/paid", {})
    assert (refused.status_code, kind(refused)) == (409, "received-document-state")
    wrong = company.call("POST", f"/{accepted}/paid", {"paid_on": "yesterday"})
    assert wrong.status_code == 422


def test_a_supplier_is_found_by_the_vat_identifier(company: Company) -> None:
    vat = "SI50223054"
    seller = sample().seller.model_copy(update={"vat_identifier": f"{vat[:2]} {vat[2:]}"})
    found = company.received(written(seller=seller))
    assert found["supplier_id"] is None
    body = {"name": "Any name", "vat_id": vat, "contact_type": "supplier"}
    answer = company.account.call("POST", "/v1/customers", body, Entity_Id=company.entity)
    assert answer.status_code == 201, answer.text
    supplier = answer.json()["id"]
    assert company.call("GET", f"/{found['id']}").json()["supplier_id"] == supplier
    [listed] = company.call("GET").json()["data"]
    assert listed["supplier_id"] == supplier
    path = f"/v1/customers/{supplier}"
    assert company.account.call("DELETE", path, Entity_Id=company.entity).status_code == 204
    assert company.call("GET", f"/{found['id']}").json()["supplier_id"] is None


def test_a_bundle_proves_what_came_and_when(company: Company) -> None:
    content = written()
    found = company.received(content)
    company.call("POST", f"/{found['id']}/paid", {})
    answer = company.call("GET", f"/{found['id']}/bundle")
    assert answer.headers["content-type"] == "application/zip"
    result = verify.verify(answer.content)
    assert result.ok, result.problems
    assert {one.role for one in result.evidence} == {"received", "validation-report"}
    [document] = result.documents
    assert document["content_sha256"] == found["sha256"]
    assert (document["id"], document["number"]) == (found["id"], found["number"])
    with zipfile.ZipFile(BytesIO(answer.content)) as bundle:
        folder = f"documents/0000001-{found['id']}"
        told = [one["type"] for one in json.loads(bundle.read(f"{folder}/events.json"))]
        [original] = [name for name in bundle.namelist() if "/evidence/0001-" in name]
        assert bundle.read(original) == content
    assert told == [f"received_document.{verb}" for verb in ("received", "read", "paid")]


def test_a_bundle_of_what_cannot_be_read_is_one_too(company: Company) -> None:
    found = company.received(b"%PDF-1.4 no invoice", "application/pdf")
    result = verify.verify(company.call("GET", f"/{found['id']}/bundle").content)
    assert result.ok, result.problems
    assert [one["number"] for one in result.documents] == [None]
