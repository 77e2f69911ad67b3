"""Sessions, invoices and UPO of the local KSeF, each answer compared with the OpenAPI."""

import datetime
import json
from pathlib import Path

import httpx2
import pytest
from lxml import etree

from formats.ksef_api import answers, bodies, upo
from formats.ksef_api.bodies import FormCode
from formats.ksef_api.encryption import SessionKey, digest
from formats.signatures.trust import Terms, TrustStore
from gateway.kit.clock import now
from gateway.sandbox.ksef import numbers
from gateway.sandbox.ksef.desk import KsefDesk
from tests.gateway.sandbox.ksef.api import Caller
from tests.gateway.sandbox.ksef.invoices import fa

pytestmark = pytest.mark.official
Running = tuple[str, KsefDesk, httpx2.Client]


def test_an_invoice_gets_its_number_and_a_sealed_upo(
    caller: Caller, running_ksef: Running, official: Path
) -> None:
    session, content = caller.session(), fa(day=now().date())
    reference = session.send(content)
    found = session.status(reference)
    assert found.status.code == 200, found.status
    assert found.ksef_number is not None
    assert numbers.is_invoice(found.ksef_number)
    assert found.invoice_hash == digest(content)
    assert found.invoicing_mode == "Online"
    sealed = caller.call("GET", f"/sessions/{session.reference}/invoices/{reference}/upo")
    assert sealed.headers["x-ms-meta-hash"] == digest(sealed.content)
    ca = running_ksef[1].ca.root.der
    terms = Terms(TrustStore("local", (ca,)), at=now())
    said = upo.verified(sealed.content, terms)
    assert upo.entry_for(said, content, found.ksef_number).number
    schema = etree.XMLSchema(
        etree.parse(official / "pl-ksef/docs/faktury/upo/schemy/upo-v4-3.xsd")
    )
    bare = etree.fromstring(sealed.content)
    bare.remove(bare[-1])
    assert schema.validate(bare), schema.error_log
    by_number = f"/sessions/{session.reference}/invoices/ksef/{found.ksef_number}/upo"
    assert caller.call("GET", by_number).content == sealed.content


def test_a_closed_session_has_a_upo_of_all_that_was_taken(caller: Caller) -> None:
    session = caller.session()
    good = [session.judged(fa()).ksef_number for _ in range(2)]
    session.send(b"<Faktura/>")
    assert session.close() == 200
    found = answers.read(
        caller.call("GET", f"/sessions/{session.reference}").content, answers.SessionStatus
    )
    assert (found.invoice_count, found.successful_invoice_count, found.failed_invoice_count) == (
        3,
        2,
        1,
    )
    assert found.upo is not None
    (page,) = found.upo.pages
    path = f"/sessions/{session.reference}/upo/{page.reference_number}"
    said = upo.read(caller.call("GET", path).content)
    assert [one.ksef_number for one in said.entries] == good
    assert said.page == (1, 1)
    assert caller.get(page.download_url.removeprefix(caller.url)).status_code == 200
    again = session.post(bodies.invoice(fa(), session.secret))
    assert again.json()["exception"]["exceptionDetailList"][0]["exceptionCode"] == 21180
    failed = caller.call("GET", f"/sessions/{session.reference}/invoices/failed")
    assert [one["status"]["code"] for one in failed.json()["invoices"]] == [450]


def test_sessions_without_good_invoices_end_so(caller: Caller) -> None:
    assert caller.session().close() == 440
    session = caller.session()
    session.send(b"<Faktura/>")
    assert session.close() == 445


def _wrong(day: datetime.date) -> dict[str, tuple[bytes, int]]:
    return {
        "no XML": (b"Faktura", 450),
        "bom": (b"\xef\xbb\xbf" + fa(), 450),
        "entity": (b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>', 450),
        "instruction": (fa(more="<?x y?>"), 450),
        "latin": (fa().replace(b"UTF-8", b"ISO-8859-1"), 450),
        "not by the schema": (fa().replace(b"<P_15>", b"<P_15>x"), 450),
        "another form": (fa(code="FA (2)"), 450),
        "tomorrow": (fa(day=day + datetime.timedelta(days=2)), 450),
        "of another seller": (fa(seller="7680002466"), 410),
        "attachment": (
            fa(
                more="<Zalacznik><BlokDanych><MetaDane><ZKlucz>a</ZKlucz><ZWartosc>b</ZWartosc>"
                "</MetaDane><Tekst><Akapit>c</Akapit></Tekst></BlokDanych></Zalacznik>"
            ),
            415,
        ),
        "large": (fa(more=f"<!--{'x' * 1_000_000}-->"), 430),
    }


@pytest.mark.parametrize("name", sorted(_wrong(datetime.date(2026, 1, 1))))
def test_an_invoice_that_breaks_a_rule_is_refused(caller: Caller, name: str) -> None:
    content, code = _wrong(now().date())[name]
    found = caller.session().judged(content)
    assert found.status.code == code, found.status
    assert found.ksef_number is None


def test_what_was_encrypted_otherwise_is_refused(caller: Caller) -> None:
    session = caller.session()
    other = SessionKey(bytes(32), bytes(16))
    taken = session.post(bodies.invoice(fa(), other)).json()["referenceNumber"]
    assert session.status(taken).status.code == 435
    body = json.loads(bodies.invoice(fa(), session.secret))
    taken = session.post(json.dumps({**body, "invoiceHash": digest(b"x")}).encode()).json()
    assert session.status(taken["referenceNumber"]).status.code == 430


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("encryptedInvoiceSize", 1, 21402),
        ("encryptedInvoiceHash", digest(b"x"), 21403),
        ("encryptedInvoiceContent", "?", 21405),
        ("invoiceHash", None, 21405),
    ],
)
def test_a_body_that_does_not_agree_with_itself_is_refused(
    caller: Caller,
    member: str,
    value: object,
    code: int,
) -> None:
    session = caller.session()
    body = json.loads(bodies.invoice(fa(), session.secret))
    body = {name: one for name, one in {**body, member: value}.items() if one is not None}
    answer = session.post(json.dumps(body).encode())
    assert answer.status_code == 400
    assert answer.json()["exception"]["exceptionDetailList"][0]["exceptionCode"] == code
    path = f"/sessions/online/{session.reference}/invoices"
    problem = caller.call("POST", path, body, X_Error_Format="problem-details")
    assert [one["code"] for one in problem.json()["errors"]] == [code]


def test_a_duplicate_names_the_original(caller: Caller) -> None:
    session, other = caller.session(), caller.session()
    first = session.judged(fa("A/1"))
    again = other.judged(fa("A/1", day=datetime.date(2026, 2, 3)))
    assert again.status.code == 440
    assert again.status.extensions == {
        "originalSessionReferenceNumber": session.reference,
        "originalKsefNumber": first.ksef_number,
    }
    assert other.judged(fa("A/1", kind="UPR")).status.code == 200
    refused = session.judged(fa("A/2").replace(b"<P_15>", b"<P_15>x"))
    assert refused.status.code == 450
    assert session.judged(fa("A/2")).status.code == 200


def test_an_invoice_is_offline_by_its_day_or_by_word(caller: Caller) -> None:
    session = caller.session()
    assert session.judged(fa(day=datetime.date(2026, 2, 2))).invoicing_mode == "Offline"
    today = numbers.day(now())
    assert session.judged(fa(day=today), offline=True).invoicing_mode == "Offline"


def test_a_refused_offline_invoice_is_corrected_once(caller: Caller) -> None:
    session = caller.session()
    wrong, right = fa("C/1").replace(b"<P_15>", b"<P_15>x"), fa("C/1")

    def code(content: bytes, corrects: bytes) -> int:
        body = bodies.invoice(content, session.secret, corrects=digest(corrects))
        answer = session.post(body)
        if answer.status_code == 202:
            return session.status(answer.json()["referenceNumber"]).status.code
        found: int = answer.json()["exception"]["exceptionDetailList"][0]["exceptionCode"]
        return found

    assert code(right, wrong) == 21167  # nobody refused it yet
    assert session.judged(wrong, offline=True).status.code == 450
    assert code(right, wrong) == 200
    assert code(fa("C/2"), wrong) == 21166
    assert code(fa("C/2"), right) == 21167


def test_processing_takes_the_time_it_is_told(caller: Caller) -> None:
    start = now()
    caller.tell("clock", {"stopped_at": start.isoformat()})
    caller.tell("script", {"delay_seconds": 30})
    session = caller.session()
    reference = session.send(fa())
    assert session.status(reference).status.code == 100
    later = start + datetime.timedelta(seconds=31)
    caller.tell("clock", {"stopped_at": later.isoformat()})
    assert session.status(reference).status.code == 200


def test_verdicts_are_scripted(caller: Caller) -> None:
    caller.tell("script", {"verdicts": [550, 500]})
    session = caller.session()
    assert [session.judged(fa()).status.code for _ in range(3)] == [550, 500, 200]


def test_a_session_is_over_after_twelve_hours(caller: Caller) -> None:
    session = caller.session()
    reference = session.send(fa())
    assert session.status(reference).status.code == 200
    caller.tell("clock", {"ahead": 12 * 3600 + 60})
    assert session.post(bodies.invoice(fa(), session.secret)).status_code == 401


def test_sessions_and_invoices_are_listed_in_pages(caller: Caller) -> None:
    session = caller.session()
    for _ in range(12):
        session.send(fa())
    path = f"/sessions/{session.reference}/invoices?pageSize=10"
    first = caller.call("GET", path).json()
    rest = caller.call("GET", path, x_continuation_token=first["continuationToken"]).json()
    numbered = [one["ordinalNumber"] for one in (*first["invoices"], *rest["invoices"])]
    assert numbered == list(range(1, 13))
    assert rest["continuationToken"] is None
    assert caller.call("GET", path, x_continuation_token="x").status_code == 400  # noqa: S106 - a page
    listed = caller.call("GET", "/sessions?sessionType=Online").json()["sessions"]
    assert listed[0]["referenceNumber"] == session.reference
    assert listed[0]["totalInvoiceCount"] == 12
    assert caller.call("GET", "/sessions?sessionType=Other").status_code == 400
    later = "/sessions?sessionType=Online&dateCreatedFrom=2030-01-01T00:00:00Z"
    assert caller.call("GET", later).json()["sessions"] == []


def test_what_belongs_to_others_is_not_there(caller: Caller) -> None:
    session = caller.session()
    nobody = "20260101-SO-0000000000-0000000000-00"
    for path in (f"/sessions/{nobody}", f"/sessions/{nobody}/invoices"):
        found = caller.call("GET", path).json()
        assert found["exception"]["exceptionDetailList"][0]["exceptionCode"] == 21173
    wrong = f"/sessions/{session.reference}/invoices/{nobody}"
    assert caller.call("GET", wrong).status_code == 400
    assert caller.call("GET", f"/sessions/{session.reference}/upo/{nobody}").status_code == 400


def test_an_unknown_form_or_key_opens_nothing(caller: Caller) -> None:
    secret, key = SessionKey(bytes(32), bytes(16)), caller.key()
    form = FormCode("FA (9)", "1-0E", "FA")
    body = bodies.online_session(form, secret, key, bytes(32))
    assert caller.call("POST", "/sessions/online", body).status_code == 400
    said = json.loads(
        bodies.online_session(FormCode("FA (3)", "1-0E", "FA"), secret, key, bytes(32))
    )
    said["encryption"]["publicKeyId"] = digest(b"other")
    answer = caller.call("POST", "/sessions/online", said)
    assert answer.json()["exception"]["exceptionDetailList"][0]["exceptionCode"] == 21470
