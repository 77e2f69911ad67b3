"""What comes in is kept, exactly; then it is read, judged and compared."""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from formats.facturx.hybrid import embed
from formats.pdf import render
from formats.registry import PROFILES
from gateway.kit import clock
from tests.gateway.inbox.conftest import Company, written

Json = dict[str, Any]


def test_a_document_is_stored_read_and_judged(
    company: Company, events: Callable[[], list[Json]]
) -> None:
    content = written()
    found = company.received(content, query="?filename=invoice.xml&metadata[order]=7")
    assert (found["state"], found["business"], found["misaddressed"]) == ("readable", "new", False)
    assert found["verdict"] in {"valid", "not_judged"}  # by which rule sets are on this machine
    assert not [one for one in found["findings"] if one["flag"] == "fatal"]
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    assert (found["source"], found["profile"]) == ("ubl", "peppol-bis-3")
    assert found["number"] == found["invoice"]["number"]
    assert found["total_with_vat"] == found["invoice"]["totals"]["total_with_vat"]
    assert found["arrivals"][0]["filename"] == "invoice.xml"
    assert (found["channel"], found["metadata"]) == ("upload", {"order": "7"})
    path = f"/{found['id']}"
    assert company.call("GET", path).json() == found
    document = company.call("GET", f"{path}/document")
    assert document.content == content
    assert document.headers["content-type"] == "application/xml"
    assert company.call("GET", f"{path}/pdf").content.startswith(b"%PDF-")
    roles = [one["role"] for one in company.call("GET", f"{path}/evidence").json()["data"]]
    assert roles == ["received", "validation-report"]
    told = [(one["type"], one["subject_id"]) for one in events()]
    assert told == [
        ("received_document.received", found["id"]),
        ("received_document.read", found["id"]),
    ]


def test_the_bytes_tell_what_a_document_is(company: Company) -> None:
    found = company.received(written("en16931-cii"), "application/octet-stream")
    assert (found["source"], found["state"]) == ("cii", "readable")
    assert found["media_type"] == "application/xml"


def test_a_hybrid_pdf_is_read_and_kept_whole(company: Company) -> None:
    profile = PROFILES["facturx-en16931"]
    xml = written("facturx-en16931")
    assert profile.hybrid is not None
    pages = render(profile.read(xml), created_at=clock.now())
    content = embed(pages, xml, profile.hybrid, modified=clock.now())
    found = company.received(content, "application/pdf")
    assert (found["source"], found["state"]) == ("hybrid-pdf", "readable")
    assert company.call("GET", f"/{found['id']}/document").content == content


def test_an_invalid_document_is_a_fact_and_no_error(company: Company) -> None:
    content = written().replace(b">380<", b">999<")
    found = company.received(content)
    assert (found["state"], found["verdict"]) == ("readable", "invalid")
    rules = {one["rule"]: one for one in found["findings"]}
    assert rules["BR-CL-01"]["fix"]
    accepted = company.call("POST", f"/{found['id']}/accept")
    assert (accepted.status_code, accepted.json()["business"]) == (200, "accepted")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<Invoice", "application/xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "application/xml"),
        (b"<a/>", "application/xml"),
        (b"%PDF-1.7 scanned", "application/pdf"),
        (b"{", "application/json"),
        (b'{"number": "\\u0000"}', "application/json"),
        (b"\x00\xff\x00", "application/octet-stream"),
        (b"PK\x03\x04 nothing", "application/octet-stream"),
        (b"one,two\n", "text/csv"),
        ("Ž".encode("utf-16"), "application/octet-stream"),
    ],
)
def test_what_cannot_be_read_is_kept(company: Company, content: bytes, kind: str) -> None:
    found = company.received(content, kind)
    assert (found["state"], found["invoice"]) == ("unreadable", None)
    assert found["verdict"] != "valid"
    assert found["refusal"]["message"]
    assert company.call("GET", f"/{found['id']}/document").content == content
    shown = company.call("GET", f"/{found['id']}/pdf")
    assert (shown.status_code, shown.json()["type"]) == (409, "/problems/received-document-state")
    assert found["id"] in company.listed("?state=unreadable")


def test_amounts_beyond_any_column_are_still_kept(company: Company) -> None:
    total = written().replace(b"</cbc:PayableAmount>", b"0" * 200_000 + b"</cbc:PayableAmount>")
    assert company.received(total)["amount_due"] is None
    name = written().replace(b"<cbc:ID>", b"<cbc:ID>" + b"9" * 5_000, 1)
    assert len(company.received(name)["number"]) == 300


def test_the_same_bytes_are_there_once(company: Company) -> None:
    content = written()
    first = company.received(content)
    again = company.upload(content, "application/octet-stream", "?filename=copy")
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert [one["filename"] for one in again.json()["arrivals"]] == [None, "copy"]
    assert company.listed() == [first["id"]]


def test_an_idempotency_key_is_one_upload(company: Company) -> None:
    first = company.upload(written(), Idempotency_Key="k")
    again = company.upload(written(), Idempotency_Key="k")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    other = company.upload(b"<a/>", Idempotency_Key="k")
    assert other.json()["type"] == "/problems/idempotency-mismatch"
    assert len(company.listed()) == 1


def test_the_same_invoice_in_other_bytes_is_linked_and_kept(company: Company) -> None:
    one = company.received(written())
    other = company.received(written("en16931-cii"))
    assert other["duplicates"] == [{"id": one["id"], "relation": "possible_duplicate"}]
    seen = company.call("GET", f"/{one['id']}").json()["duplicates"]
    assert seen == [{"id": other["id"], "relation": "possible_duplicate"}]
    assert one["semantic_hash"] == other["semantic_hash"]
    credit = company.received(written(type_code="381"))
    assert {d["relation"] for d in credit["duplicates"]} == {"conflict"}
    later = company.received(written(issue_date=date(2026, 1, 2)))
    assert later["duplicates"] == []


def test_a_document_for_somebody_else_is_flagged(company: Company) -> None:
    found = company.received(written().replace(b"SI27289877", b"SI50223054"))
    assert found["misaddressed"] is True
    assert company.listed("?misaddressed=true") == [found["id"]]


def test_uploads_say_what_they_are(company: Company) -> None:
    assert company.upload(b"x", "image/png").status_code == 415
    assert company.upload(b"", "application/xml").status_code == 422
    assert company.upload(b"x", query="?filename=a/b").status_code == 422


def test_totals_are_listed_and_filtered(company: Company) -> None:
    found = company.received(written(number="A-1"), query="?metadata[k]=v")
    company.received(written(number="B_2"))
    assert Decimal(found["total_with_vat"]) == Decimal(
        found["invoice"]["totals"]["total_with_vat"]
    )
    for query in ("?number=A-1", "?search=a-1", "?metadata[k]=v", "?search=A-1&state=readable"):
        assert company.listed(query) == [found["id"]], query
    today = clock.now().date()
    assert len(company.listed(f"?from={today}&until={today}&supplier=se")) == 2
    assert company.listed("?until=2020-01-01") == company.listed("?search=%25") == []
    page = company.call("GET", "?limit=1").json()
    rest = company.call("GET", f"?limit=1&cursor={page['next_cursor']}").json()
    assert [one["number"] for one in (*page["data"], *rest["data"])] == ["B_2", "A-1"]
