"""Logging in, tokens, permissions and certificates of the local KSeF."""

import base64
import datetime
import os
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from formats.ksef_api import answers
from formats.ksef_api.login import Context, ContextType, signed_request, write_request
from formats.signatures.xml import Properties, sign_enveloping
from gateway.kit.clock import now
from gateway.sandbox.kit.certificates import new_key
from gateway.sandbox.ksef.desk import KsefDesk
from tests.formats.signatures.pki import SoftwareSigner, ec_key, root, rsa_key
from tests.gateway.sandbox.ksef.api import Caller, certified, csr
from tests.gateway.sandbox.ksef.invoices import BUYER, SELLER, fa

pytestmark = pytest.mark.official
Running = tuple[str, KsefDesk, httpx2.Client]
PESEL = "44051401458"
PERSON = {
    "subjectDetailsType": "PersonByIdentifier",
    "personById": {"firstName": "Adam", "lastName": "Abc"},
}


def code_of(answer: httpx2.Response) -> int:
    found: int = answer.json()["exception"]["exceptionDetailList"][0]["exceptionCode"]
    return found


def test_a_login_comes_to_tokens_once(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    caller = new_caller()
    begun = caller.begin(signer, SELLER)
    own = begun.authentication_token.token
    assert caller.call("POST", "/auth/token/redeem", token=own).status_code == 200
    again = caller.call("POST", "/auth/token/redeem", token=own)
    assert (again.status_code, code_of(again)) == (400, 21301)
    other = caller.begin(signer, SELLER)
    wrong = caller.call(
        "GET", f"/auth/{begun.reference_number}", token=other.authentication_token.token
    )
    assert code_of(wrong) == 21304


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _: b"no XML", 21001),
        (lambda _: b"<!DOCTYPE a><a/>", 21001),
        (lambda _: b"<AuthTokenRequest/>", 21401),
        (lambda one: one.replace(SELLER.encode(), b"7680002466"), 9105),
        (lambda one: one.replace(b"certificateSubject", b"certificateFingerprint"), 9105),
        (lambda one: one.replace(b"/auth/token/2.1", b"/auth/token/9"), 21401),
    ],
)
def test_a_document_that_breaks_a_rule_begins_nothing(
    new_caller: Callable[[], Caller],
    signer: SoftwareSigner,
    change: Callable[[bytes], bytes],
    code: int,
) -> None:
    caller = new_caller()
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    document = signed_request(challenge, Context(ContextType.NIP, SELLER), signer, now())
    answer = caller.call("POST", "/auth/xades-signature", change(document))
    assert (answer.status_code, code_of(answer)) == (400, code)


def test_unsigned_and_twice_signed_documents_are_refused(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    caller, context = new_caller(), Context(ContextType.NIP, SELLER)
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    bare = caller.call("POST", "/auth/xades-signature", write_request(challenge, context))
    assert code_of(bare) == 9102
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    signed = signed_request(challenge, context, signer, now())
    at = signed.index(b"<ds:Signature ")
    twice = signed[:at] + signed[at:-19] + signed[at:]
    answer = caller.call("POST", "/auth/xades-signature", twice)
    assert code_of(answer) in {9103, 21001}


def test_a_signature_of_something_else_signs_nothing(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    caller, context = new_caller(), Context(ContextType.NIP, SELLER)
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    properties = Properties(signing_time=now(), version=1)
    foreign = sign_enveloping(b'<o:other xmlns:o="urn:o"/>', signer, properties=properties)
    bare = write_request(challenge, context)
    whole = bare.replace(b"</AuthTokenRequest>", foreign.partition(b"?>\n")[2] or foreign)
    answer = caller.call("POST", "/auth/xades-signature", whole + b"</AuthTokenRequest>")
    assert code_of(answer) == 9105
    assert "cover" in answer.json()["exception"]["exceptionDetailList"][0]["details"][0]


def test_a_challenge_is_good_once_and_for_ten_minutes(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    caller, context = new_caller(), Context(ContextType.NIP, SELLER)
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    document = signed_request(challenge, context, signer, now())
    assert caller.call("POST", "/auth/xades-signature", document).status_code == 202
    assert code_of(caller.call("POST", "/auth/xades-signature", document)) == 21111
    challenge = caller.call("POST", "/auth/challenge").json()["challenge"]
    document = signed_request(challenge, context, signer, now())
    caller.tell("clock", {"ahead": 601})
    assert code_of(caller.call("POST", "/auth/xades-signature", document)) == 21111


def test_certificates_of_one_s_own_making_are_taken_until_chains_are_asked_for(
    new_caller: Callable[[], Caller],
) -> None:
    caller = new_caller()
    made = root("Somebody", key=rsa_key("somebody"))
    assert caller.code(caller.begin(made.signer(), SELLER)) == 415
    chained = caller.begin(made.signer(), SELLER, "?verifyCertificateChain=true")
    assert caller.code(chained) in {415, 460}


def test_a_revoked_certificate_logs_nobody_in(
    running_ksef: Running, new_caller: Callable[[], Caller]
) -> None:
    url, _, client = running_ksef
    caller, own = new_caller(), certified(url, client)
    assert caller.code(caller.begin(own, SELLER)) == 200
    serial = x509.load_der_x509_certificate(own.certificate_chain[0]).serial_number
    caller.tell(f"certificates/{serial:x}", {"revoked": True})
    assert caller.code(caller.begin(own, SELLER)) == 460


def test_permissions_open_the_context_of_another(
    running_ksef: Running, new_caller: Callable[[], Caller], caller: Caller
) -> None:
    url, _, client = running_ksef
    accountant = certified(url, client, nip="7680002466")
    guest = new_caller()
    assert guest.code(guest.begin(accountant, SELLER)) == 415
    said: dict[str, Any] = {
        "subjectIdentifier": {"type": "Nip", "value": "7680002466"},
        "permissions": ["InvoiceRead"],
        "description": "Accountant",
        "subjectDetails": PERSON,
    }
    begun = caller.call("POST", "/permissions/persons/grants", said)
    assert begun.status_code == 202
    operation = f"/permissions/operations/{begun.json()['referenceNumber']}"
    assert caller.call("GET", operation).json()["status"]["code"] == 200
    guest.log_in(accountant, SELLER)
    denied = guest.call("GET", "/sessions?sessionType=Online")
    assert denied.json()["reasonCode"] == "missing-permissions"
    assert denied.json()["security"]["presentPermissions"] == ["InvoiceRead"]
    query = {"queryType": "PermissionsInCurrentContext"}
    found = caller.call("POST", "/permissions/query/persons/grants", query).json()
    (grant,) = [
        one for one in found["permissions"] if one["authorizedIdentifier"]["value"] == "7680002466"
    ]
    assert grant["permissionScope"] == "InvoiceRead"
    own = guest.call("POST", "/permissions/query/personal/grants", {}).json()["permissions"]
    assert [one["id"] for one in own] == [grant["id"]]
    gone = caller.call("DELETE", f"/permissions/common/grants/{grant['id']}")
    assert gone.status_code == 202
    assert guest.code(guest.begin(accountant, SELLER)) == 415


def test_entities_and_subunits_are_granted_and_found(
    running_ksef: Running, new_caller: Callable[[], Caller], caller: Caller
) -> None:
    url, _, client = running_ksef
    office = "1234563218"
    said: dict[str, Any] = {
        "subjectIdentifier": {"type": "Nip", "value": office},
        "permissions": [{"type": "InvoiceWrite", "canDelegate": True}],
        "description": "Bureau",
        "subjectDetails": {"fullName": "Biuro sp. z o.o."},
    }
    assert caller.call("POST", "/permissions/entities/grants", said).status_code == 202
    bureau = new_caller().log_in(certified(url, client, nip=office), office)
    found = bureau.call("POST", "/permissions/query/entities/grants", {}).json()["permissions"]
    assert [(one["contextIdentifier"]["value"], one["canDelegate"]) for one in found] == [
        (SELLER, True)
    ]
    unit = {
        "subjectIdentifier": {"type": "Pesel", "value": PESEL},
        "contextIdentifier": {"type": "InternalId", "value": f"{SELLER}-12345"},
        "description": "Branch",
        "subunitName": "Oddział",
        "subjectDetails": PERSON,
    }
    assert caller.call("POST", "/permissions/subunits/grants", unit).status_code == 202
    listed = caller.call("POST", "/permissions/query/subunits/grants", {}).json()["permissions"]
    assert [one["subunitIdentifier"]["value"] for one in listed] == [f"{SELLER}-12345"]


def test_self_billing_needs_the_seller_s_word(
    running_ksef: Running, new_caller: Callable[[], Caller], caller: Caller
) -> None:
    url, _, client = running_ksef
    buyer = new_caller().log_in(certified(url, client, nip=BUYER), BUYER)
    assert buyer.session().judged(fa()).status.code == 410
    said = {
        "subjectIdentifier": {"type": "Nip", "value": BUYER},
        "permission": "SelfInvoicing",
        "description": "Self-billing",
        "subjectDetails": {"fullName": "Nabywca"},
    }
    assert caller.call("POST", "/permissions/authorizations/grants", said).status_code == 202
    assert buyer.session().judged(fa()).status.code == 200
    query = {"queryType": "Granted"}
    found = caller.call("POST", "/permissions/query/authorizations/grants", query).json()
    (grant,) = found["authorizationGrants"]
    caller.call("DELETE", f"/permissions/authorizations/grants/{grant['id']}")
    assert buyer.session().judged(fa()).status.code == 410


def test_a_ksef_token_logs_in_until_it_is_revoked(
    new_caller: Callable[[], Caller], caller: Caller
) -> None:
    said = {"permissions": ["InvoiceWrite"], "description": "For tests"}
    made = caller.call("POST", "/tokens", said).json()
    other = new_caller()
    assert other.log_in_by(made["token"]) == 200
    assert other.session().judged(fa()).status.code == 200
    assert (
        other.call("POST", "/tokens", {**said, "permissions": ["InvoiceRead"]}).status_code == 400
    )
    assert other.log_in_by("wrong") == 450
    path = f"/tokens/{made['referenceNumber']}"
    assert caller.call("GET", path).json()["status"] == "Active"
    assert caller.call("DELETE", path).status_code == 204
    assert other.log_in_by(made["token"]) == 450
    refused = other.call("POST", "/auth/token/refresh", token=other.refresh)
    assert code_of(refused) == 21301
    listed = caller.call("GET", "/tokens?status=Revoked").json()["tokens"]
    assert made["referenceNumber"] in {one["referenceNumber"] for one in listed}


def test_logins_are_listed_and_ended(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    first, second = new_caller().log_in(signer), new_caller().log_in(signer)
    items = second.call("GET", "/auth/sessions").json()["items"]
    assert [one["isCurrent"] for one in items].count(True) == 1
    other = next(one for one in items if not one["isCurrent"])
    assert second.call("DELETE", f"/auth/sessions/{other['referenceNumber']}").status_code == 204
    assert first.call("GET", "/auth/sessions").status_code == 401
    assert second.call("DELETE", "/auth/sessions/current").status_code == 204
    assert second.call("GET", "/rate-limits").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.b.c.d"])
def test_without_a_good_token_nothing_is_told(
    new_caller: Callable[[], Caller], token: str
) -> None:
    caller = new_caller()
    answer = caller.call("GET", "/limits/context", token=token)
    assert answer.status_code == 401


def test_an_access_token_is_no_refresh_token(caller: Caller) -> None:
    assert caller.call("POST", "/auth/token/refresh").status_code == 401
    fresh = caller.call("POST", "/auth/token/refresh", token=caller.refresh).json()
    assert (
        caller.call("GET", "/limits/subject", token=fresh["accessToken"]["token"]).status_code
        == 200
    )


def test_a_blocked_context_is_told_so(
    new_caller: Callable[[], Caller], signer: SoftwareSigner
) -> None:
    caller = new_caller()
    said = {"contextIdentifier": {"type": "Nip", "value": SELLER}}
    assert caller.call("POST", "/testdata/context/block", said).status_code == 200
    try:
        assert caller.code(caller.begin(signer, SELLER)) == 480
    finally:
        caller.call("POST", "/testdata/context/unblock", said)
    assert caller.code(caller.begin(signer, SELLER)) == 200


def test_test_data_let_persons_in(new_caller: Callable[[], Caller]) -> None:
    caller = new_caller()
    print_ = root("Nobody", key=ec_key("nobody"))
    digest = hashes.Hash(hashes.SHA256())
    digest.update(print_.der)
    said = {
        "contextIdentifier": {"type": "Nip", "value": SELLER},
        "authorizedIdentifier": {"type": "Fingerprint", "value": digest.finalize().hex().upper()},
        "permissions": [{"permissionType": "InvoiceWrite", "description": "Test person"}],
    }
    assert caller.call("POST", "/testdata/permissions", said).status_code == 200
    assert caller.code(caller.begin(print_.signer(), SELLER)) == 200
    gone = {name: said[name] for name in ("contextIdentifier", "authorizedIdentifier")}
    assert caller.call("POST", "/testdata/permissions/revoke", gone).status_code == 200
    assert caller.code(caller.begin(print_.signer(), SELLER)) == 415
    person = {
        "nip": "1111111111",
        "pesel": PESEL,
        "isBailiff": False,
        "description": "Sole trader",
    }
    assert caller.call("POST", "/testdata/person", person).status_code == 200
    assert code_of(caller.call("POST", "/testdata/person", person)) == 30001
    assert caller.call("POST", "/testdata/person/remove", {"nip": "1111111111"}).status_code == 200
    group = {"subjectNip": SELLER, "subjectType": "VatGroup", "description": "Group of firms"}
    assert caller.call("POST", "/testdata/subject", group).status_code == 200
    assert (
        caller.call("POST", "/testdata/subject/remove", {"subjectNip": SELLER}).status_code == 200
    )


def test_groups_and_their_units_have_roles(caller: Caller) -> None:
    group = {
        "subjectNip": SELLER,
        "subjectType": "VatGroup",
        "description": "Group of firms",
        "subunits": [{"subjectNip": BUYER, "description": "Member"}],
    }
    assert caller.call("POST", "/testdata/subject", group).status_code == 200
    try:
        own = caller.call("GET", "/permissions/query/entities/roles").json()["roles"]
        assert [one["role"] for one in own] == ["VatGroupUnit"]
        below = caller.call("POST", "/permissions/query/subordinate-entities/roles", {}).json()
        assert [one["subordinateEntityIdentifier"]["value"] for one in below["roles"]] == [BUYER]
    finally:
        caller.call("POST", "/testdata/subject/remove", {"subjectNip": SELLER})


def test_a_certificate_is_enrolled_used_and_revoked(
    new_caller: Callable[[], Caller], caller: Caller
) -> None:
    told = caller.call("GET", "/certificates/enrollments/data").json()
    key = new_key()
    said = {
        "certificateName": "Login of tests",
        "certificateType": "Authentication",
        "csr": csr(told, key),
    }
    begun = caller.call("POST", "/certificates/enrollments", said)
    assert begun.status_code == 202, begun.text
    path = f"/certificates/enrollments/{begun.json()['referenceNumber']}"
    serial = caller.call("GET", path).json()["certificateSerialNumber"]
    wanted = {"certificateSerialNumbers": [serial]}
    (held,) = caller.call("POST", "/certificates/retrieve", wanted).json()["certificates"]
    own = SoftwareSigner(key, (base64.b64decode(held["certificate"]),))
    assert new_caller().log_in(own).session().judged(fa()).status.code == 200
    listed = caller.call("POST", "/certificates/query", {"status": "Active"}).json()
    assert serial in {one["certificateSerialNumber"] for one in listed["certificates"]}
    assert caller.call("GET", "/certificates/limits").json()["canRequest"] is True
    revoke = f"/certificates/{serial}/revoke"
    assert caller.call("POST", revoke, {"revocationReason": "Superseded"}).status_code == 204
    assert code_of(caller.call("POST", revoke, {})) == 25009
    assert caller.code(caller.begin(own, SELLER)) == 460
    wrong = {**said, "csr": csr({**told, "commonName": "Other"}, key)}
    assert code_of(caller.call("POST", "/certificates/enrollments", wrong)) == 25003
    broken = {**said, "csr": base64.b64encode(b"x").decode()}
    assert code_of(caller.call("POST", "/certificates/enrollments", broken)) == 25004
    nobody = "/certificates/enrollments/20260101-EH-0000000000-0000000000-00"
    assert code_of(caller.call("GET", nobody)) == 25005


def test_limits_are_told_and_changed(caller: Caller) -> None:
    small = {"maxInvoiceSizeInMB": 1, "maxInvoiceWithAttachmentSizeInMB": 3, "maxInvoices": 1}
    path = "/testdata/limits/context/session"
    said = {"onlineSession": small, "batchSession": small}
    assert caller.call("POST", path, said).status_code == 200
    try:
        assert caller.call("GET", "/limits/context").json() == said
        session = caller.session()
        session.send(fa())
        answer = session.post(b"{}")
        assert code_of(answer) in {21405, 21155}
    finally:
        assert caller.call("DELETE", path).status_code == 200
    subject = "/testdata/limits/subject/certificate"
    assert caller.call("POST", subject, {"certificate": {"maxCertificates": 5}}).status_code == 200
    assert caller.call("GET", "/limits/subject").json()["certificate"]["maxCertificates"] == 5
    assert caller.call("DELETE", subject).status_code == 200


@pytest.fixture
def lonely(running_ksef: Running, new_caller: Callable[[], Caller]) -> Caller:
    """A caller whose context nobody has used."""
    url, _, client = running_ksef
    nip = f"{10**9 + int.from_bytes(os.urandom(4)) % 10**9:010d}"
    caller = new_caller()
    caller.tell("script", {"rate_limits": "off"})
    return caller.log_in(certified(url, client, nip=nip), nip)


def test_sliding_windows_turn_callers_away_and_say_for_how_long(lonely: Caller) -> None:
    caller = lonely
    start = now()
    caller.tell("script", {"rate_limits": "production"})
    caller.tell("clock", {"stopped_at": start.isoformat()})
    path = "/sessions?sessionType=Online"
    statuses = [caller.call("GET", path).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    answer = caller.call("GET", path)
    assert answer.headers["retry-after"] == "1"
    for second in (1, 2):
        later = start + datetime.timedelta(seconds=second, milliseconds=1)
        caller.tell("clock", {"stopped_at": later.isoformat()})
        found = [caller.call("GET", path).status_code for _ in range(5)]
        assert found == ([200] * 5 if second == 1 else [429] * 5)
    assert int(caller.call("GET", path).headers["retry-after"]) in {58, 59}
    caller.tell("script", {"rate_limits": "off"})
    assert caller.call("GET", path).status_code == 200


def test_the_rate_limits_of_a_context_are_scripted_by_the_api(lonely: Caller) -> None:
    caller = lonely
    caller.tell("script", {"rate_limits": "test"})
    assert caller.call("GET", "/rate-limits").json()["invoiceSend"]["perHour"] == 1800
    assert caller.call("POST", "/testdata/rate-limits/production").status_code == 200
    told = caller.call("GET", "/rate-limits").json()
    assert told["invoiceSend"] == {"perSecond": 10, "perMinute": 30, "perHour": 180}
    own = {"rateLimits": {**told, "sessionList": {"perSecond": 1, "perMinute": 1, "perHour": 1}}}
    assert caller.call("POST", "/testdata/rate-limits", own).status_code == 200
    path = "/sessions?sessionType=Batch"
    assert [caller.call("GET", path).status_code for _ in range(2)] == [200, 429]
    assert caller.call("DELETE", "/testdata/rate-limits").status_code == 200


def test_what_is_not_built_says_so(caller: Caller) -> None:
    answer = caller.call("POST", "/permissions/query/eu-entities/grants", {})
    assert code_of(answer) == 501
    report = caller.get("/__sandbox/compliance").json()
    assert report["operations"]["not_built"] == [
        "POST /permissions/indirect/grants",
        "POST /permissions/eu-entities/administration/grants",
        "POST /permissions/eu-entities/grants",
        "POST /permissions/query/eu-entities/grants",
    ]
    assert report["schemas"] == {"FA (3)": True}


def test_public_keys_name_themselves(caller: Caller) -> None:
    for usage in (answers.FOR_SESSIONS, answers.FOR_TOKENS):
        assert caller.key(usage).key.key_size == 2048
