"""The local FURS: its schema, its codes, EORs, premises, ZOIs, and what it notes."""

import datetime
import hashlib
import json
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from formats.furs import (
    BusinessPremiseRequest,
    Header,
    Identifier,
    InvoiceRequest,
    InvoiceResponse,
    SalesBookInvoice,
    read_xml,
    write_json,
)
from formats.furs.jws import Authority, opened, sealed
from gateway.channels import si_furs
from gateway.channels.si_furs import CHANNEL
from gateway.kit.clock import now
from gateway.sandbox.furs.taxpayers import OFFICE
from gateway.sandbox.kit.known_keys import asked
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.errors import Declined, Retry, Unknown
from gateway.transmissions.verdicts.table import tables
from tests.contract_suite.furs import (
    PREMISE,
    FursParty,
    Taxpayer,
    local_furs,
    sale,
    shop,
)
from tests.contract_suite.party import failure, once
from tests.formats.furs.samples import BOOK_INVOICE

URL = "/v1/cash_registers"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FursParty]:
    with local_furs(tmp_path_factory.mktemp("furs")) as party:
        yield party


@pytest.fixture
def furs(shared: FursParty) -> Iterator[FursParty]:
    yield shared
    shared.fail()
    shared.tell("clock", {})


class Client:
    """A client made by hand: nothing of the adapter is in it."""

    def __init__(self, furs: FursParty, taxpayer: Taxpayer) -> None:
        self.furs, self.taxpayer = furs, taxpayer
        trust = furs._trust.read_text()
        self.client = httpx2.Client(
            verify=taxpayer.tls(trust),
            trust_env=False,
            timeout=10,
            base_url=furs._records,
        )

    def post(self, path: str, body: bytes) -> httpx2.Response:
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        return self.client.post(f"{URL}/{path}", content=body, headers=headers)

    def said(self, path: str, content: bytes, by: Taxpayer | None = None) -> Any:  # noqa: ANN401 - a message
        answer = self.post(path, sealed(content, by or self.taxpayer))
        assert answer.status_code == 200
        root = x509.load_pem_x509_certificate(self.furs._trust.read_bytes())
        return opened(answer.content, Authority((root,)), now())

    def code(self, path: str, content: bytes, by: Taxpayer | None = None) -> str | None:
        error = self.said(path, content, by).error
        return None if error is None else str(error.code)


@pytest.fixture
def client(furs: FursParty) -> Iterator[Client]:
    with by_hand(furs, furs.taxpayer) as client:
        yield client


@contextmanager
def by_hand(furs: FursParty, taxpayer: Taxpayer) -> Iterator[Client]:
    client = Client(furs, taxpayer)
    with client.client:
        yield client


def header() -> Header:
    return Header(message_id=str(uuid4()), sent_at=now())


def told_of(invoice: Any) -> bytes:  # noqa: ANN401 - an invoice
    return write_json(InvoiceRequest(header=header(), invoice=invoice))


def noted(furs: FursParty) -> dict[str, tuple[int, int]]:
    rules = furs.shown("compliance")["rules"]
    return {one["rule"]: (one["kept"], one["broken"]) for one in rules}


def test_an_echo_comes_back(client: Client) -> None:
    answer = client.post("echo", b'{"EchoRequest":"furs"}')
    assert (answer.status_code, answer.json()) == (200, {"EchoResponse": "furs"})
    assert client.post("echo", b"{}").status_code == 400


@pytest.mark.official
@pytest.mark.parametrize("name", [*(f"OKInvoice{n}" for n in range(1, 6)), "OKBusinessPremise"])
def test_official_messages_completed_by_a_client_are_taken(
    client: Client, official: Path, name: str
) -> None:
    message = read_xml((official / "si-furs" / "messages" / f"{name}.xml").read_bytes())
    number = client.taxpayer.tax_number
    if isinstance(message, BusinessPremiseRequest):
        told = replace(
            message, header=header(), premise=replace(message.premise, tax_number=number)
        )
        assert client.code("invoices/register", write_json(told)) is None
        return
    assert isinstance(message, InvoiceRequest)
    assert message.invoice is not None
    client.furs.registered(shop(client.taxpayer, premise="TRGOVINA1"))
    number = str(int(hashlib.sha256(name.encode()).hexdigest()[:8], 16))
    identifier = replace(message.invoice.identifier, number=number)
    said = {name: getattr(message.invoice, name) for name in ("amount", "payment", "taxes")}
    complete = sale(client.taxpayer, identifier=identifier, **said)
    answer = client.said("invoices", told_of(complete))
    assert isinstance(answer, InvoiceResponse)
    assert answer.eor is not None


@pytest.mark.official
def test_the_official_invoice_as_it_stands_is_another_s(client: Client, official: Path) -> None:
    message = read_xml((official / "si-furs" / "messages" / "OKInvoice1.xml").read_bytes())
    assert client.code("invoices", write_json(message)) == "S005"


def test_the_same_invoice_again_gets_the_same_eor(client: Client) -> None:
    invoice = sale(client.taxpayer)
    first = client.said("invoices", told_of(invoice))
    late = replace(invoice, subsequent=True)  # the same invoice, sent again later
    second = client.said("invoices", told_of(late))
    assert first.eor == second.eor
    assert first.header.message_id != second.header.message_id


def test_the_same_number_with_another_content_is_refused(client: Client) -> None:
    invoice = sale(client.taxpayer)
    client.said("invoices", told_of(invoice))
    rewritten = sale(client.taxpayer, identifier=invoice.identifier, amount=Decimal(1))
    assert client.code("invoices", told_of(rewritten)) == "S901"
    same_mark = replace(invoice, payment=Decimal(1))
    assert client.code("invoices", told_of(same_mark)) == "S901"


def test_a_zoi_of_another_content_or_key_is_refused(furs: FursParty, client: Client) -> None:
    good = sale(client.taxpayer)
    assert client.code("invoices", told_of(replace(good, amount=Decimal("122.01")))) == "S900"
    stranger = furs.another()
    forged = replace(sale(stranger, tax_number=client.taxpayer.tax_number))
    assert client.code("invoices", told_of(forged)) == "S900"
    assert client.code("invoices", told_of(replace(good, protected_id="0" * 32))) == "S900"
    assert client.code("invoices", told_of(good)) is None


def test_a_zoi_of_another_key_of_the_same_taxpayer_is_good(
    furs: FursParty, client: Client
) -> None:
    other = furs.another(client.taxpayer.tax_number)
    assert client.code("invoices", told_of(sale(other)), by=client.taxpayer) is None


def test_a_zoi_of_a_key_that_is_not_known_here_is_noted_and_not_judged(furs: FursParty) -> None:
    number = "87654321"
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, number),
            x509.NameAttribute(NameOID.COMMON_NAME, "Own key"),
        ]
    )
    answer = httpx2.post(
        f"{furs.url}/test-certificates?use=client-tls", content=asked(subject, key)
    )
    certificate = x509.load_pem_x509_certificates(answer.content)[0]
    taxpayer = Taxpayer(number, key, certificate, furs._directory)
    furs.registered(shop(taxpayer), taxpayer)
    wrong = replace(sale(taxpayer), protected_id="0" * 32)
    again = replace(sale(taxpayer), protected_id="0" * 32)
    before = noted(furs)["ZOI-KEY"][1]
    with by_hand(furs, taxpayer) as client:
        assert client.code("invoices", told_of(wrong)) is None
        assert noted(furs)["ZOI-KEY"][1] == before + 1
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        furs.tell(f"keys/{certificate.serial_number:x}", {"pem": pem.decode()})
        assert client.code("invoices", told_of(again)) == "S900"
        assert client.code("invoices", told_of(sale(taxpayer))) is None


def test_premises_are_registered_first_and_closed_for_good(
    furs: FursParty, client: Client
) -> None:
    there = Identifier(premise="NEW", device="D1", number="1")
    invoice = sale(client.taxpayer, identifier=there)
    assert client.code("invoices", told_of(invoice)) == "S006"
    furs.registered(shop(client.taxpayer, premise="NEW"))
    assert client.code("invoices", told_of(invoice)) is None
    furs.registered(shop(client.taxpayer, premise="NEW", closing="Z"))
    after = sale(client.taxpayer, identifier=replace(there, number="2"))
    assert client.code("invoices", told_of(after)) == "S006"
    with pytest.raises(Retry) as caught:
        furs.registered(shop(client.taxpayer, premise="NEW"))
    assert caught.value.reason == "register_premise"


def test_another_s_tax_number_is_refused(furs: FursParty, client: Client) -> None:
    stranger = furs.another()
    assert client.code("invoices", told_of(sale(stranger))) == "S005"
    with pytest.raises(Retry) as caught:
        furs.registered(shop(stranger), client.taxpayer)
    assert caught.value.reason == "credential_refused"


def test_an_invoice_of_a_book_gets_an_eor(client: Client) -> None:
    def told(**others: Any) -> bytes:  # noqa: ANN401 - members
        book: SalesBookInvoice = replace(
            BOOK_INVOICE, tax_number=client.taxpayer.tax_number, premise=PREMISE, **others
        )
        return write_json(InvoiceRequest(header=header(), sales_book_invoice=book))

    eor = client.said("invoices", told()).eor
    assert client.said("invoices", told()).eor == eor
    assert client.code("invoices", told(payment=Decimal(1))) == "S901"


def test_signatures_and_certificates_have_their_codes(furs: FursParty, client: Client) -> None:
    content = told_of(sale(client.taxpayer))
    body = sealed(content, client.taxpayer)

    def answered(changed: bytes) -> str | None:
        answer = client.post("invoices", changed)
        root = x509.load_pem_x509_certificate(furs._trust.read_bytes())
        error = opened(answer.content, Authority((root,)), now()).error  # type: ignore[union-attr] # an answer
        return None if error is None else error.code

    assert answered(b"{}") == "S002"
    assert answered(b'{"token":"a.b.c"}') == "S002"
    assert answered(body.replace(b'"}', b'AAAA"}')) == "S003"
    token = json.loads(body)["token"].split(".")
    other = json.loads(sealed(told_of(sale(client.taxpayer)), client.taxpayer))["token"].split(".")
    mixed = ".".join((token[0], other[1], token[2]))
    assert answered(json.dumps({"token": mixed}).encode()) == "S003"
    stranger = furs.another()
    assert (
        client.code("invoices", content, by=replace(stranger, key=client.taxpayer.key)) == "S003"
    )
    unknown = replace(stranger, certificate=_self_signed(stranger.key))
    assert client.code("invoices", content, by=unknown) == "S004"
    furs.tell(f"certificates/{stranger.certificate.serial_number:x}", {"revoked": True})
    assert client.code("invoices", content, by=stranger) == "S007"
    later = (now() + datetime.timedelta(days=6 * 365)).isoformat()
    furs.tell("clock", {"stopped_at": later})
    assert answered_later(furs, client, body) == "S008"


def answered_later(furs: FursParty, client: Client, body: bytes) -> str | None:
    answer = client.post("invoices", body)
    root = x509.load_pem_x509_certificate(furs._trust.read_bytes())
    message = opened(answer.content, Authority((root,)), now())
    assert isinstance(message, InvoiceResponse)
    return None if message.error is None else message.error.code


def _self_signed(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "12345678")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(now())
        .not_valid_after(now() + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "2026-08-07T13:05:24+99:00",
        "2026-02-30T00:00:00",
    ],
)
def test_moments_that_nobody_can_reckon_with_are_refused(client: Client, moment: str) -> None:
    value = json.loads(told_of(sale(client.taxpayer)))
    value["InvoiceRequest"]["Invoice"]["IssueDateTime"] = moment
    assert client.code("invoices", json.dumps(value).encode()) == "S002"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"[" * 100_000, b'{"InvoiceRequest":null}', b'{"InvoiceRequest":NaN}']
)
def test_hostile_content_is_refused(client: Client, content: bytes) -> None:
    assert client.code("invoices", content or b"\xff") == "S002"


@pytest.mark.parametrize("code", ["S001", "S003", "S004", "S005", "S006", "S007", "S008", "S100"])
def test_any_code_can_be_asked_for(furs: FursParty, code: str) -> None:
    message = furs.message()
    furs.fail({"fault": "protocol_fault", "word": code, "nth": 1, "count": 1})
    error = failure(furs, message)
    access = dict.fromkeys(("S004", "S005", "S007", "S008"), "credential_refused")
    retried = {"S006": "register_premise", "S100": "s100", **access}
    assert error.reason == retried.get(code, code)
    assert type(error) is (Retry if code in retried else Declined)
    assert furs.accepted(message) == 0
    once(furs, message)


def test_a_code_that_nobody_knows_is_not_the_last_word(
    furs: FursParty, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = furs.message()
    unknown = replace(tables()[CHANNEL], verdicts=())
    monkeypatch.setattr(si_furs, "tables", lambda: {CHANNEL: unknown})
    furs.fail({"fault": "protocol_fault", "word": "S002", "nth": 1, "count": 1})
    error = failure(furs, message)
    assert (type(error), error.reason) == (Declined, "S002")


def test_what_comes_late_without_saying_so_is_noted(furs: FursParty, client: Client) -> None:
    before = noted(furs)

    def sent(hours: float, *, subsequent: bool) -> None:
        at = (now() - datetime.timedelta(hours=hours)).replace(tzinfo=None, microsecond=0)
        invoice = sale(client.taxpayer, issued_at=at, subsequent=subsequent or None)
        assert client.code("invoices", told_of(invoice)) is None

    sent(26, subsequent=True)
    assert noted(furs)["PROMPT"][1] == before["PROMPT"][1]
    sent(26, subsequent=False)
    assert noted(furs)["PROMPT"][1] == before["PROMPT"][1] + 1
    assert noted(furs)["WITHIN"][1] == before["WITHIN"][1]
    sent(24 * 8, subsequent=True)
    assert noted(furs)["WITHIN"][1] == before["WITHIN"][1] + 1


def test_the_adapter_says_that_an_invoice_comes_late(furs: FursParty) -> None:
    message = furs.message()
    once(furs, replace(message, deferred=True))
    (row,) = furs.rows(message)
    assert json.loads(row["remark"])["subsequent"] is True
    once(furs, message)  # the same, said otherwise
    assert furs.repeats(message) == 1


def test_a_message_that_came_before_and_a_moment_long_ago_are_noted(furs: FursParty) -> None:
    message = furs.message()
    before = noted(furs)

    def new() -> tuple[int, int]:
        after = noted(furs)
        first, second = (after[name][1] - before[name][1] for name in ("MESSAGE-ID", "SENT-AT"))
        return first, second

    once(furs, replace(message, attempt=1, at=now()))
    once(furs, replace(message, attempt=2, at=now()))
    assert new() == (0, 0)
    once(furs, replace(message, attempt=2, at=now()))
    assert new() == (1, 0)
    once(furs, replace(message, attempt=3, at=now() - datetime.timedelta(minutes=11)))
    assert new() == (1, 1)


def test_gaps_in_numbers_are_shown(furs: FursParty) -> None:
    taxpayer = furs.another()
    furs.registered(shop(taxpayer), taxpayer)
    before = noted(furs)["GAPLESS"][1]
    with by_hand(furs, taxpayer) as client:
        for device, numbering, number in [
            *(("D1", "B", 1), ("D1", "B", 2), ("D1", "B", 5)),
            *(("D2", "C", 11), ("D3", "C", 12), ("D4", "B", 7)),
        ]:
            identifier = Identifier(premise=PREMISE, device=device, number=str(number))
            told = sale(taxpayer, identifier=identifier, numbering=numbering)
            assert client.code("invoices", told_of(told)) is None
    series = {
        one["device"]: one
        for one in furs.shown("ledger")["series"]
        if one["tax_number"] == taxpayer.tax_number
    }
    assert series["D1"]["missing"] == "2: 3, 4"
    assert (series["*"]["count"], series["*"]["missing"]) == (2, "")
    assert series["D4"]["missing"] == ""
    assert noted(furs)["GAPLESS"][1] == before + 1
    page = httpx2.get(furs.url).text
    assert "2: 3, 4" in page
    assert taxpayer.tax_number in page


def marked(row: dict[str, Any], taxpayer: Taxpayer) -> str:
    """Return the ZOI of a ledger's row, by the published rule alone."""
    remark = json.loads(row["remark"])
    at = datetime.datetime.fromisoformat(remark["at"]).strftime("%d.%m.%Y %H:%M:%S")
    told = (remark["tax_number"], at, remark["number"], remark["premise"], remark["device"])
    signature = taxpayer.sign("".join(map(str, (*told, remark["amount"]))).encode())
    return hashlib.md5(signature).hexdigest()  # noqa: S324 - the law


def test_many_invoices_meet_mixed_faults(furs: FursParty, request: pytest.FixtureRequest) -> None:
    """Two hundred of them with `--full`: ledger and proofs agree one by one."""
    many = 200 if request.config.getoption("--full") else 40
    taxpayer = furs.another()
    furs.registered(shop(taxpayer), taxpayer)
    furs.fail(
        *(
            {"fault": fault, "probability": 0.08, "seed": seed, "where": "invoices"}
            for seed, fault in enumerate(
                [
                    *("drop_before_accept", "drop_after_accept", "http_503_before_accept"),
                    *("http_500_after_accept", "wrong_signature", "foreign_answer", "garbage"),
                    *("broken_off", "rate_limit", "empty"),
                ]
            )
        ),
        {
            "fault": "protocol_fault",
            "word": "S100",
            "probability": 0.08,
            "seed": 11,
            "where": "invoices",
        },
    )
    eors = {}
    for number in range(1, many + 1):
        identifier = Identifier(premise=PREMISE, device="TILL", number=str(number))
        invoice = sale(taxpayer, identifier=identifier)
        message = furs.carrying(invoice, credential=taxpayer)
        eors[number] = patiently(furs, message).correlations["eor"]
    book = furs.shown("ledger")
    rows = [row for row in book["records"] if row["owner"] == taxpayer.tax_number]
    assert {json.loads(row["remark"])["number"]: row["answer"] for row in rows} == eors
    assert len(rows) == len(set(eors.values())) == many
    assert sum(row["repeats"] for row in rows) > many / 10
    assert all(json.loads(row["remark"])["zoi"] == marked(row, taxpayer) for row in rows)
    (series,) = [one for one in book["series"] if one["tax_number"] == taxpayer.tax_number]
    assert (series["first"], series["last"], series["missing"]) == (1, many, "")


def patiently(furs: FursParty, message: Message) -> Acknowledgement:
    """Send until it is known to have arrived; resending is safe."""
    for _ in range(30):
        with suppress(Retry, Unknown):
            return once(furs, message)
    raise AssertionError("it never arrived")


def test_nobody_is_certified_as_the_authority(furs: FursParty) -> None:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, OFFICE)])
    answer = httpx2.post(f"{furs.url}/test-certificates", content=asked(name, key))
    assert answer.status_code == 422
    assert httpx2.post(f"{furs.url}/test-taxpayers/{OFFICE}", content=b"").status_code == 422
    assert httpx2.post(f"{furs.url}/test-taxpayers/1", content=b"").status_code == 422


def test_keys_come_as_pkcs12_too(furs: FursParty) -> None:
    answer = httpx2.post(f"{furs.url}/test-taxpayers/12345679?password=geslo", content=b"")
    assert answer.headers["content-type"] == "application/x-pkcs12"
    key, certificate, others = pkcs12.load_key_and_certificates(answer.content, b"geslo")
    assert key is not None
    assert certificate is not None
    assert "OU=12345679" in certificate.subject.rfc4514_string()
    assert len(others) == 1


def test_without_a_certificate_nothing_is_taken(furs: FursParty) -> None:
    trust = ssl.create_default_context(cafile=str(furs._trust))
    bare = httpx2.post(
        f"{furs._records}{URL}/echo",
        content=b'{"EchoRequest":"x"}',
        verify=trust,
    )
    assert bare.status_code == 403
    assert httpx2.get(f"{furs.url}{URL}/elsewhere").status_code == 404


def test_the_report_says_by_what_is_judged(furs: FursParty) -> None:
    assert "FiscalVerificationSchema.json" in furs.shown("compliance")["schema"]


def test_what_was_answered_outlives_the_process(tmp_path: Path) -> None:
    with local_furs(tmp_path) as party:
        message = party.message()
        eor = once(party, message).correlations["eor"]
    with local_furs(tmp_path) as again:
        assert once(again, message, again.adapter).correlations["eor"] == eor
    with sqlite3.connect(tmp_path / "ledger.sqlite") as book:
        assert book.execute("select repeats from registration").fetchall() == [(1,)]
    book.close()


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.sandbox.furs", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["records"].startswith("https://")
        assert Path(ready["trust"]).exists()
        assert httpx2.get(f"{ready['url']}/__sandbox/ledger").json()["records"] == []
        process.terminate()
        assert process.wait(10) == 0
