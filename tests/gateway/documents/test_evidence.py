"""Evidence of an issued document, and the auditor who may read everything and write nothing."""

import hashlib
import io
import json
import zipfile

import pytest

from gateway.archive.merkle import ProofError
from gateway.archive.notes import Verifier
from gateway.archive.tlog_proof import TlogProof
from gateway.archive.verify import verify
from tests.gateway.houses import Shop, invoice, kind

ROLES = {"document", "input", "validation-report", "tax-decision", "rendition"}


def test_what_is_downloaded_is_what_was_listed(shop: Shop) -> None:
    body = invoice(metadata={"order": "1"})
    issued = shop.issued(body)
    path = f"/v1/documents/{issued['id']}/evidence"
    listed = shop.get(path)["data"]
    assert {entry["role"] for entry in listed} == ROLES
    assert [entry["log_index"] for entry in listed] == sorted(e["log_index"] for e in listed)
    for entry in listed:
        answer = shop.call("GET", f"{path}/{entry['id']}")
        assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"]
        assert len(answer.content) == entry["size"]
        assert answer.headers["etag"] == f'"{entry["sha256"]}"'
        assert answer.headers["content-type"].startswith(entry["media_type"].partition(";")[0])
        if entry["role"] == "input":
            assert json.loads(answer.content) == body
        if entry["role"] == "document":
            assert entry["sha256"] == issued["sha256"]


def test_the_input_is_archived_as_it_was_sent(shop: Shop) -> None:
    content = json.dumps(invoice(), indent=3).encode().replace(b'"1.10"', b"1.10")
    issued = shop.issued(content)
    path = f"/v1/documents/{issued['id']}/evidence"
    entry = next(one for one in shop.get(path)["data"] if one["role"] == "input")
    assert shop.call("GET", f"{path}/{entry['id']}").content == content


def test_a_draft_has_no_evidence(shop: Shop) -> None:
    draft = shop.draft()
    for name in ("xml", "evidence", "bundle"):
        answer = shop.call("GET", f"/v1/documents/{draft['id']}/{name}")
        assert (answer.status_code, kind(answer)) == (404, "not-found")


def test_evidence_answers_under_its_own_document_only(shop: Shop) -> None:
    one, two = shop.issued(), shop.issued()
    entry = shop.get(f"/v1/documents/{one['id']}/evidence")["data"][0]["id"]
    assert shop.call("GET", f"/v1/documents/{two['id']}/evidence/{entry}").status_code == 404


@pytest.mark.parametrize("since", ["0", "1", "-5", "999999", str(2**63), str(2**200)])
def test_a_bundle_verifies_whatever_older_size_is_asked_for(shop: Shop, since: str) -> None:
    issued = shop.issued()
    key = shop.call("GET", "/v1/log/key").text.strip()
    answer = shop.call("GET", f"/v1/documents/{issued['id']}/bundle?since={since}")
    assert answer.status_code == 200, answer.text
    result = verify(answer.content, trusted_key=key)
    assert result.ok
    assert result.authentic is True
    digests = {hashlib.sha256(content).hexdigest() for content in _files(answer.content)}
    listed = shop.get(f"/v1/documents/{issued['id']}/evidence")["data"]
    assert {entry["sha256"] for entry in listed} <= digests


@pytest.mark.parametrize("collection", ["invoices", "credit-notes", "proformas"])
def test_what_a_bundle_states_is_what_the_document_says(shop: Shop, collection: str) -> None:
    answer = shop.call("POST", f"/v1/{collection}?finalize=true", invoice())
    assert answer.status_code == 200, answer.text
    issued = answer.json()
    key = shop.call("GET", "/v1/log/key").text.strip()
    bundle = shop.call("GET", f"/v1/documents/{issued['id']}/bundle").content
    result = verify(bundle, trusted_key=key)
    assert (result.problems, result.remarks, result.authentic) == ((), (), True)
    (stated,) = result.documents
    assert stated["currency_code"] == issued["invoice"]["currency_code"]
    names = ("total_without_vat", "total_vat", "total_with_vat", "amount_due")
    assert stated["totals"] == {name: issued[name] for name in names}
    for party in ("seller", "buyer"):
        said = issued["invoice"][party]
        members = [name for name in ("name", "vat_identifier") if name in said]
        assert stated[party] == {name: said[name] for name in members}
        assert "name" in members


def _files(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return [bundle.read(name) for name in bundle.namelist()]


def test_a_proof_leads_from_the_file_to_a_signed_head(shop: Shop) -> None:
    issued = shop.issued()
    verifier = Verifier.parse(shop.call("GET", "/v1/log/key").text)
    path = f"/v1/documents/{issued['id']}/evidence"
    for entry in shop.get(path)["data"]:
        answer = shop.call("GET", f"{path}/{entry['id']}/proof")
        assert answer.headers["content-disposition"].endswith(f'"{entry["name"]}.tlog-proof"')
        proof = TlogProof.parse(answer.text)
        assert proof.index == entry["log_index"]
        assert json.loads(proof.extra)["sha256"] == entry["sha256"]
        assert proof.verify(verifier).size > proof.index
        with pytest.raises(ProofError):
            proof.verify(verifier, proof.extra + b" ")
    other = shop.issued()
    place = f"/v1/documents/{other['id']}/evidence/{shop.get(path)['data'][0]['id']}/proof"
    assert shop.call("GET", place).status_code == 404


def test_an_auditor_reads_everything(shop: Shop) -> None:
    issued = shop.issued()
    transmission = issued["transmissions"][0]["id"]
    entry = shop.get(f"/v1/documents/{issued['id']}/evidence")["data"][0]["id"]
    document = f"/v1/documents/{issued['id']}"
    paths = [
        "/v1/documents",
        "/v1/invoices",
        f"/v1/invoices/{issued['id']}",
        document,
        *(f"{document}/{name}" for name in ("status", "evidence", "xml", "bundle")),
        f"{document}/evidence/{entry}",
        f"{document}/evidence/{entry}/proof",
        "/v1/events",
        f"/v1/transmissions?document_id={issued['id']}",
        f"/v1/transmissions/{transmission}",
        "/v1/series",
        "/v1/entities",
        f"/v1/entities/{shop.entity}",
        "/v1/log/checkpoint",
        "/v1/log/key",
        "/v1/log/consistency?old=0&new=1",
        "/v1/log/tile/0/000.p/1",
    ]
    for key in (
        shop.account.new_key(role="auditor"),
        shop.account.entity_key(shop.entity, "auditor"),
    ):
        for path in paths:
            answer = shop.call("GET", path, key=key)
            assert answer.status_code == 200, f"{path}: {answer.text}"


def test_an_auditor_writes_nothing(shop: Shop) -> None:
    draft, issued = shop.draft(), shop.issued()
    calls = [
        ("POST", "/v1/invoices", invoice()),
        ("POST", "/v1/invoices?finalize=true", invoice()),
        ("POST", "/v1/credit-notes", invoice()),
        ("POST", f"/v1/invoices/{draft['id']}/finalize", None),
        ("PUT", f"/v1/invoices/{draft['id']}", invoice()),
        ("PUT", f"/v1/invoices/{issued['id']}", invoice()),
        ("POST", "/v1/series", {"code": "X"}),
        ("PATCH", f"/v1/entities/{shop.entity}", {"name": "x"}),
    ]
    before = shop.documents(), shop.get("/v1/series"), shop.get("/v1/events")
    for key in (
        shop.account.new_key(role="auditor"),
        shop.account.entity_key(shop.entity, "auditor"),
    ):
        for method, path, body in calls:
            answer = shop.call(method, path, body, key=key, Idempotency_Key="one")
            assert (answer.status_code, kind(answer)) == (403, "forbidden"), path
    assert (shop.documents(), shop.get("/v1/series"), shop.get("/v1/events")) == before
