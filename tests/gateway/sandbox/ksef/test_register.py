"""Batches, downloads, searches, exports and QR codes of the local KSeF."""

import base64
import datetime
import hashlib
import io
import json
import os
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from formats.ksef_api import answers, bodies, package, upo
from formats.ksef_api.bodies import Search, Sized
from formats.ksef_api.encryption import SessionKey, digest
from formats.ksef_api.incoming import Next, following, received
from formats.ksef_api.metadata import ExportStatus, Metadata, MetadataPage
from gateway.kit.clock import now
from gateway.sandbox.kit.certificates import new_key, new_rsa_key
from gateway.sandbox.ksef import numbers
from gateway.sandbox.ksef.desk import KsefDesk
from gateway.sandbox.ksef.routes import LIMITS, ROUTES
from tests.gateway.sandbox.ksef.api import FORM, Caller, certified, csr, open_api
from tests.gateway.sandbox.ksef.invoices import BUYER, SELLER, fa
from tests.gateway.sandbox.ksef.test_access import code_of

pytestmark = pytest.mark.official
Running = tuple[str, KsefDesk, httpx2.Client]


class Batch:
    """A package on its way."""

    def __init__(
        self, caller: Caller, invoices: list[tuple[str, bytes]], most: int = 1500
    ) -> None:
        self.caller, self.secret = caller, SessionKey(os.urandom(32), os.urandom(16))
        self.file = io.BytesIO()
        package.pack(invoices, self.file)
        self.plan = package.plan(self.file, self.secret, most)

    def opened(self, **members: Any) -> answers.BatchOpened:  # noqa: ANN401 - of a body
        parts = tuple(one.sealed for one in self.plan.parts)
        body = bodies.batch_session(
            FORM,
            self.plan.package,
            parts,
            secret=self.secret,
            key=self.caller.key(),
            seed=os.urandom(32),
        )
        said = {**json.loads(body), **members}
        found = self.caller.call("POST", "/sessions/batch", said)
        assert found.status_code == 201, found.text
        return answers.read(found.content, answers.BatchOpened)

    def part(self, number: int) -> bytes:
        one = self.plan.parts[number - 1]
        return b"".join(package.encrypted(self.file, one.start, one.length, self.secret))

    def put(self, opened: answers.BatchOpened) -> None:
        for one in opened.part_upload_requests:
            headers = {name: value or "" for name, value in one.headers.items()}
            answer = self.caller.put(one.url, self.part(one.ordinal_number), headers)
            assert answer.status_code == 201

    def close(self, opened: answers.BatchOpened) -> httpx2.Response:
        return self.caller.call("POST", f"/sessions/batch/{opened.reference_number}/close")

    def code(self, opened: answers.BatchOpened) -> int:
        path = f"/sessions/{opened.reference_number}"
        found = answers.read(self.caller.call("GET", path).content, answers.SessionStatus)
        return found.status.code


def test_a_package_in_parts_is_put_together_and_judged(caller: Caller) -> None:
    noise = f"<!--{os.urandom(2000).hex()}-->"
    contents = [fa(more=noise), fa(), b"<Faktura/>"]
    batch = Batch(caller, [(f"{number}.xml", one) for number, one in enumerate(contents)])
    opened = batch.opened()
    assert len(opened.part_upload_requests) > 1
    batch.put(opened)
    assert batch.code(opened) == 100
    assert batch.close(opened).status_code == 204
    assert batch.code(opened) == 200
    path = f"/sessions/{opened.reference_number}/invoices"
    page = answers.read(caller.call("GET", path).content, answers.InvoicePage)
    assert [(one.invoice_file_name, one.status.code) for one in page.invoices] == [
        ("0.xml", 200),
        ("1.xml", 200),
        ("2.xml", 450),
    ]
    assert [one.invoice_hash for one in page.invoices] == [digest(one) for one in contents]
    assert code_of(batch.close(opened)) == 21180
    status = caller.call("GET", f"/sessions/{opened.reference_number}").json()
    (told,) = status["upo"]["pages"]
    sealed = caller.get(told["downloadUrl"].removeprefix(caller.url)).content
    assert len(upo.read(sealed).entries) == 2


def test_parts_that_are_missing_or_different_end_a_batch(caller: Caller) -> None:
    batch = Batch(caller, [("a.xml", fa())])
    opened = batch.opened()
    assert code_of(batch.close(opened)) == 21205
    one = opened.part_upload_requests[0]
    assert caller.put(one.url, batch.part(1), {}).status_code == 400
    sealed = batch.part(1)
    caller.put(one.url, sealed[:-16], {"x-ms-blob-type": "BlockBlob"})
    assert code_of(batch.close(opened)) == 21157
    caller.put(one.url, sealed[:-1] + b"\0", {"x-ms-blob-type": "BlockBlob"})
    assert batch.close(opened).status_code == 204
    assert batch.code(opened) == 405


def test_a_package_that_is_no_zip_or_another_s_is_refused(caller: Caller) -> None:
    batch = Batch(caller, [("a.xml", fa())])
    whole = Sized.of(b"no ZIP")
    sealed = batch.secret.encrypt(b"no ZIP")
    declared = {
        "fileSize": whole.size,
        "fileHash": whole.hash,
        "fileParts": [{"ordinalNumber": 1, "fileSize": len(sealed), "fileHash": digest(sealed)}],
    }
    opened = batch.opened(batchFile=declared)
    caller.put(opened.part_upload_requests[0].url, sealed, {"x-ms-blob-type": "BlockBlob"})
    batch.close(opened)
    assert batch.code(opened) == 430
    other = batch.opened(batchFile={**declared, "fileHash": digest(b"other")})
    caller.put(other.part_upload_requests[0].url, sealed, {"x-ms-blob-type": "BlockBlob"})
    batch.close(other)
    assert batch.code(other) == 405


def test_attachments_come_in_batches_of_those_who_may(caller: Caller) -> None:
    attachment = (
        "<Zalacznik><BlokDanych><MetaDane><ZKlucz>a</ZKlucz><ZWartosc>b</ZWartosc></MetaDane>"
        "<Tekst><Akapit>c</Akapit></Tekst></BlokDanych></Zalacznik>"
    )
    caller.call("POST", "/testdata/attachment", {"nip": SELLER})
    try:
        found = caller.call("GET", "/permissions/attachments/status").json()
        assert found["isAttachmentAllowed"] is True
        batch = Batch(caller, [("a.xml", fa(more=attachment))])
        opened = batch.opened()
        batch.put(opened)
        batch.close(opened)
        assert batch.code(opened) == 200
    finally:
        caller.call("POST", "/testdata/attachment/revoke", {"nip": SELLER})


def test_an_invoice_is_had_by_its_number_by_both_parties(
    running_ksef: Running, new_caller: Callable[[], Caller], caller: Caller
) -> None:
    url, _, client = running_ksef
    content = fa()
    number = caller.session().judged(content).ksef_number
    buyer = new_caller().log_in(certified(url, client, nip=BUYER), BUYER)
    for one in (caller, buyer):
        found = one.call("GET", f"/invoices/ksef/{number}")
        assert (found.content, found.headers["x-ms-meta-hash"]) == (content, digest(content))
    stranger = new_caller().log_in(certified(url, client, nip="7680002466"), "7680002466")
    assert code_of(stranger.call("GET", f"/invoices/ksef/{number}")) == 21164


@pytest.fixture
def buyer(running_ksef: Running, new_caller: Callable[[], Caller], caller: Caller) -> Caller:
    """A buyer of whom nobody else has invoices."""
    url, _, client = running_ksef
    nip = f"82{int.from_bytes(os.urandom(4)) % 10**7:07d}5".replace("0", "1")
    made = new_caller().log_in(certified(url, client, nip=nip), nip)
    session = caller.session()
    for _ in range(12):
        assert session.judged(fa(buyer=nip)).status.code == 200
    return made


def test_incoming_invoices_are_found_page_by_page(buyer: Caller) -> None:
    asked: Next | None = Next(Search(since=now() - datetime.timedelta(hours=1)))
    found: list[Metadata] = []
    while asked is not None:
        path = f"/invoices/query/metadata?pageSize=10&pageOffset={asked.page}"
        answer = buyer.call("POST", path, bodies.search(asked.search))
        page = answers.read(answer.content, MetadataPage)
        found += page.invoices
        asked = following(asked, page)
    assert len({one.ksef_number for one in found}) == 12
    dates = [one.permanent_storage_date for one in found]
    assert dates == sorted(dates)
    assert all(numbers.is_invoice(one.ksef_number) for one in found)
    none = Search(since=now() - datetime.timedelta(hours=1), more=(("sellerNip", "7680002466"),))
    empty = buyer.call("POST", "/invoices/query/metadata", bodies.search(none))
    assert empty.json()["invoices"] == []
    late = Search(since=now() + datetime.timedelta(hours=1))
    assert code_of(buyer.call("POST", "/invoices/query/metadata", bodies.search(late))) == 21183


def test_incoming_invoices_come_as_an_encrypted_package(buyer: Caller) -> None:
    secret = SessionKey(os.urandom(32), os.urandom(16))
    asked = Search(since=now() - datetime.timedelta(hours=1))
    body = bodies.export(asked, secret, buyer.key(), os.urandom(32))
    begun = buyer.call("POST", "/invoices/exports", body).json()["referenceNumber"]
    status = answers.read(buyer.call("GET", f"/invoices/exports/{begun}").content, ExportStatus)
    assert status.package is not None
    parts = {
        one.ordinal_number: buyer.get(one.url.removeprefix(buyer.url)).content
        for one in status.package.parts
    }
    found = list(received(status.package, parts, secret))
    assert len(found) == 12
    assert all(one.intact for one in found)
    nobody = "/invoices/exports/20260101-EH-0000000000-0000000000-00"
    assert code_of(buyer.call("GET", nobody)) == 21175


def _verdict(answer: httpx2.Response) -> str:
    return answer.text.split('data-verdict="')[1].split('"')[0]


def _url(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def test_code_i_leads_to_the_invoice(caller: Caller) -> None:
    content = fa(day=datetime.date(2026, 2, 3))
    path = f"/invoice/{SELLER}/03-02-2026/{_url(content)}"
    assert _verdict(caller.get(path)) == "unknown"
    caller.session().judged(content)
    assert _verdict(caller.get(path)) == "found"
    assert _verdict(caller.get(path.replace("03-02", "04-02"))) == "unknown"
    assert _verdict(caller.get(f"/invoice/{SELLER}/x/y")) == "not-an-address"
    wrong, right = fa("Q/1").replace(b"<P_15>", b"<P_15>x"), fa("Q/1")
    session = caller.session()
    session.judged(wrong, offline=True)
    assert session.judged(right, corrects=digest(wrong)).status.code == 200
    assert _verdict(caller.get(f"/invoice/{SELLER}/02-02-2026/{_url(wrong)}")) == "corrected"


@pytest.mark.parametrize("kind", ["ec", "ec-der", "rsa"])
def test_code_ii_proves_the_issuer(caller: Caller, kind: str) -> None:
    key = new_rsa_key() if kind == "rsa" else new_key()
    told = caller.call("GET", "/certificates/enrollments/data").json()
    said = {"certificateName": "Offline", "certificateType": "Offline", "csr": csr(told, key)}
    begun = caller.call("POST", "/certificates/enrollments", said).json()["referenceNumber"]
    path = f"/certificates/enrollments/{begun}"
    serial = caller.call("GET", path).json()["certificateSerialNumber"]
    address = f"/certificate/Nip/{SELLER}/{SELLER}/{serial}/{_url(fa())}"
    signed = (caller.url.partition("://")[2] + address).encode()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        proof = key.sign(signed, ec.ECDSA(hashes.SHA256()))
        if kind == "ec":
            proof = b"".join(one.to_bytes(32) for one in decode_dss_signature(proof))
    else:
        proof = key.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    text = base64.urlsafe_b64encode(proof).decode().rstrip("=")
    assert _verdict(caller.get(f"{address}/{text}")) == "genuine"
    assert _verdict(caller.get(f"{address}/{text[:-4]}AAAA")) == "wrong-signature"
    other = address.replace(f"{SELLER}/{serial}", f"7680002466/{serial}")
    assert _verdict(caller.get(f"{other}/{text}")) == "wrong-signature"
    assert _verdict(caller.get(f"{address.replace(serial, '0' * 16)}/{text}")) == "no-certificate"
    caller.call("POST", f"/certificates/{serial}/revoke", {})
    assert _verdict(caller.get(f"{address}/{text}")) == "certificate-not-valid"


def test_every_operation_of_the_api_is_known_with_its_limits(official: Any) -> None:  # noqa: ANN401 - a path
    api = open_api(official)
    theirs = {
        (method.upper(), path): operation
        for path, item in api["paths"].items()
        for method, operation in item.items()
    }
    ours = {(one.method, one.path): one for one in ROUTES}
    assert ours.keys() == theirs.keys()
    for key, operation in theirs.items():
        limits = operation["x-rate-limits"]
        said = tuple(limits.get(name) for name in ("perSecond", "perMinute", "perHour"))
        assert LIMITS[ours[key].group] == said, key
        wanted = bool(operation.get("security"))
        assert (ours[key].bearer is not None) == wanted or ours[key].name in {
            "block",
            "unblock",
        }, key


def test_numbers_are_those_of_the_vectors(official: Any) -> None:  # noqa: ANN401 - a path
    vectors = json.loads((official / "vectors/pl-ksef.json").read_text(encoding="utf-8"))
    for one in vectors["ksef_number"]:
        assert numbers.is_invoice(one["number"]) is one["valid"]


def test_the_ledger_is_shown(caller: Caller) -> None:
    number = caller.session().judged(fa()).ksef_number
    assert str(number) in caller.get("/").text
    book = caller.get("/__sandbox/ledger").json()
    assert number in {one["ksef_number"] for one in book["invoices"]}
