"""The local CIS: its schema, its codes, JIRs, ZKIs, and what it notes."""

import datetime
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
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
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from formats.hr_cis import Header, Invoice, InvoiceRequest, Number, write_request
from formats.hr_cis.answers import Authority, opened
from formats.hr_cis.mapping import local_time
from formats.hr_cis.signing import sealed
from gateway.kit.clock import now
from gateway.sandbox.hr_cis import schema
from gateway.sandbox.hr_cis.taxpayers import subject_of
from gateway.sandbox.kit.known_keys import asked
from gateway.transmissions.errors import Declined, Retry, TransmissionError, Unknown
from tests.contract_suite.hr_cis import CisParty, Taxpayer, local_cis, sale
from tests.contract_suite.party import failure, once
from tests.formats.hr_cis.samples import FULL, HEADER, REQUEST, invoices, tax

PATH = "/FiskalizacijaService"
ECHO = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    f'<t:EchoRequest xmlns:t="{schema.NAMESPACE}">proba &amp; pokus</t:EchoRequest></s:Body>'
    "</s:Envelope>"
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CisParty]:
    with local_cis(tmp_path_factory.mktemp("cis")) as party:
        yield party


@pytest.fixture
def cis(shared: CisParty) -> Iterator[CisParty]:
    yield shared
    shared.fail()
    shared.tell("clock", {})


def post(cis: CisParty, body: bytes) -> httpx2.Response:
    return httpx2.post(f"{cis.url}{PATH}", content=body, trust_env=False, timeout=10)


def said(cis: CisParty, body: bytes) -> str:
    """Return the JIR or the code that is answered, believed as the product believes it."""
    answer = post(cis, body)
    assert answer.status_code == 200
    roots = x509.load_pem_x509_certificates(cis.trust.read_bytes())
    found = opened(answer.content, Authority(roots), now())
    return found.jir or found.failures[0].code


def told(cis: CisParty, invoice: Invoice, by: Taxpayer | None = None) -> str:
    header = Header(message_id=str(uuid4()), sent_at=local_time(now()))
    request = InvoiceRequest(header=header, invoice=invoice)
    return said(cis, sealed(request, by or cis.taxpayer))


def is_jir(text: str) -> bool:
    return len(text) == 36


def test_an_echo_comes_back(cis: CisParty) -> None:
    answer = post(cis, ECHO.encode())
    assert answer.status_code == 200
    assert etree.fromstring(answer.content).xpath("string()") == "proba & pokus"


def test_the_same_invoice_again_gets_the_same_jir(cis: CisParty) -> None:
    invoice = sale(cis.taxpayer)
    first = told(cis, invoice)
    assert is_jir(first)
    assert told(cis, replace(invoice, late=True)) == first  # the same, sent again later
    assert told(cis, sale(cis.taxpayer)) != first


def test_the_same_number_with_another_content_is_refused_within_a_year(cis: CisParty) -> None:
    invoice = sale(cis.taxpayer)
    told(cis, invoice)
    other = sale(cis.taxpayer, number=invoice.number, total=Decimal(1), vat=(), exempt=Decimal(1))
    assert told(cis, other) == "s901"
    assert told(cis, replace(invoice, payment="K")) == "s901"
    before = invoice.issued_at.replace(year=invoice.issued_at.year - 1, day=1)
    assert is_jir(told(cis, sale(cis.taxpayer, number=invoice.number, issued_at=before)))


def test_a_zki_of_another_content_or_key_is_refused(cis: CisParty) -> None:
    good = sale(cis.taxpayer)
    stranger = cis.another()
    assert told(cis, replace(good, total=Decimal("125.01"))) == "s900"
    forged = sale(replace(stranger, oib=cis.taxpayer.oib))
    assert told(cis, forged) == "s900"
    other = cis.another(cis.taxpayer.oib)  # another key of the same taxpayer
    assert is_jir(told(cis, sale(other), by=cis.taxpayer))
    assert is_jir(told(cis, good))


def own_key(cis: CisParty, name: x509.Name) -> tuple[httpx2.Response, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65537, 2048)
    place = f"{cis.url}/test-certificates?use=signature"
    return httpx2.post(place, content=asked(name, key), trust_env=False), key


def holder(answer: httpx2.Response, key: rsa.RSAPrivateKey, oib: str) -> Taxpayer:
    assert answer.status_code == 201, answer.text
    return Taxpayer(oib, key, x509.load_pem_x509_certificates(answer.content)[0])


def test_a_zki_of_a_key_that_is_not_known_here_is_noted_and_not_judged(cis: CisParty) -> None:
    oib = "87654321098"
    taxpayer = holder(*own_key(cis, subject_of(oib, "FISKAL 2")), oib)
    wrong = replace(sale(taxpayer), zki="0" * 32)
    before = cis.noted()["ZKI-KEY"][1]
    assert is_jir(told(cis, wrong, by=taxpayer))
    assert cis.noted()["ZKI-KEY"][1] == before + 1
    pem = taxpayer.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    cis.tell(f"keys/{taxpayer.certificate.serial_number:x}", {"pem": pem.decode()})
    assert told(cis, replace(sale(taxpayer), zki="0" * 32), by=taxpayer) == "s900"
    assert is_jir(told(cis, sale(taxpayer), by=taxpayer))


def test_certificates_have_their_codes(cis: CisParty) -> None:
    oib = "12345678901"
    plain = holder(*own_key(cis, subject_of(oib, "A company")), oib)
    assert told(cis, sale(plain), by=plain) == "s003"
    common = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "FISKAL 1")])
    nameless = holder(*own_key(cis, common), oib)
    assert told(cis, sale(nameless), by=nameless) == "s003"
    assert told(cis, sale(cis.another())) == "s005"
    revoked = cis.another()
    cis.tell(f"certificates/{revoked.certificate.serial_number:x}", {"revoked": True})
    assert told(cis, sale(revoked), by=revoked) == "s002"
    alone = replace(cis.taxpayer, certificate=self_signed(cis.taxpayer))
    assert told(cis, sale(cis.taxpayer), by=alone) == "s002"
    cis.tell("clock", {"stopped_at": (now() + datetime.timedelta(days=6 * 365)).isoformat()})
    assert told(cis, sale(cis.taxpayer)) == "s002"


def self_signed(taxpayer: Taxpayer) -> x509.Certificate:
    name = taxpayer.certificate.subject
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(taxpayer.certificate.issuer)
        .public_key(taxpayer.key.public_key())
        .serial_number(taxpayer.certificate.serial_number)
        .not_valid_before(now())
        .not_valid_after(now() + datetime.timedelta(days=1))
        .sign(taxpayer.key, hashes.SHA256())
    )


@pytest.mark.parametrize("name", ["fiskalcis", "FISKALCIStest", "fiskalcistest2"])
def test_nobody_else_gets_the_authority_s_name(cis: CisParty, name: str) -> None:
    answer, _ = own_key(cis, subject_of("12345678901", name))
    assert answer.status_code == 422
    assert httpx2.post(f"{cis.url}/test-taxpayers/123", trust_env=False).status_code == 422


def test_a_certificate_may_come_as_pkcs_12(cis: CisParty) -> None:
    place = f"{cis.url}/test-taxpayers/12345678902?password=tajna"
    answer = httpx2.post(place, content=b"", trust_env=False)
    key, certificate, above = pkcs12.load_key_and_certificates(answer.content, b"tajna")
    assert key is not None
    assert certificate is not None
    assert len(above) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<tns:NacinPlac>G", b"<tns:NacinPlac>K"),
        (b"xml-exc-c14n#", b"xml-exc-c14n#WithComments"),
        (b'URI="#RacunZahtjev"', b'URI=""'),
        (b"<SignatureValue>", b"<SignatureValue>AAAA"),
        (b"<DigestValue>", b"<DigestValue>AAAA"),
        (b"<X509Certificate>", b"<X509Certificate>!"),
        (b"#rsa-sha1", b"#hmac-sha1"),
        (b"<KeyInfo>", b"<KeyInfo><X509Data/>"),
        (b"</tns:Zaglavlje>", b"</tns:Zaglavlje> "),
    ],
)
def test_a_signature_that_does_not_hold_is_refused(cis: CisParty, old: bytes, new: bytes) -> None:
    invoice = sale(cis.taxpayer)
    body = sealed(replace(REQUEST, invoice=invoice), cis.taxpayer)
    assert old in body
    code = said(cis, body.replace(old, new))
    harmless = old == b"<KeyInfo>"
    assert code == "s004" if not harmless else is_jir(code)


def test_what_is_not_signed_is_refused(cis: CisParty) -> None:
    body = sealed(replace(REQUEST, invoice=sale(cis.taxpayer)), cis.taxpayer)
    start, end = body.index(b"<Signature "), body.index(b"</Signature>") + 12
    signature = body[start:end]
    assert said(cis, body[:start] + body[end:]) == "s004"
    assert said(cis, body[:end] + signature + body[end:]) == "s001"  # the schema takes one
    inside = body.replace(b"<tns:Racun>", b"<tns:Racun>" + signature)
    assert said(cis, inside) == "s001"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"x", b"<a/>", b"{}", ECHO.replace("Echo", "Provjera").encode()),
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        ECHO.replace("<s:Body>", "<s:Body><x/>").encode(),
    ],
)
def test_what_cannot_be_read_is_refused_all_the_same(cis: CisParty, body: bytes) -> None:
    assert said(cis, body) == "s001"


@pytest.mark.parametrize(
    "moment", ["32.01.2026T00:00:00", "29.02.2026T00:00:00", "01.01.2026T24:61:00"]
)
def test_moments_that_are_none_are_refused(cis: CisParty, moment: str) -> None:
    body = sealed(replace(REQUEST, invoice=sale(cis.taxpayer)), cis.taxpayer).decode()
    start = body.index("<tns:DatVrijeme>") + len("<tns:DatVrijeme>")
    assert said(cis, (body[:start] + moment + body[start + 19 :]).encode()) == "s001"


@pytest.mark.parametrize("code", ["s001", "s002", "s003", "s004", "s005", "s006"])
def test_any_code_can_be_asked_for(cis: CisParty, code: str) -> None:
    message = cis.message()
    cis.fail({"fault": "protocol_fault", "word": code, "nth": 1, "count": 1})
    error = failure(cis, message)
    access = dict.fromkeys(("s002", "s003", "s005"), "credential_refused")
    retried = {"s006": "s006", **access}
    assert error.reason == retried.get(code, code)
    assert type(error) is (Retry if code in retried else Declined)
    assert cis.accepted(message) == 0
    once(cis, message)


def test_the_adapter_says_that_an_invoice_comes_late(cis: CisParty) -> None:
    message = cis.message()
    proof = once(cis, replace(message, deferred=True))
    (row,) = cis.rows(message)
    assert json.loads(row["remark"])["late"] is True
    assert proof.correlations["jir"] == row["answer"]
    (stamp,) = proof.stamps
    assert (stamp.kind, stamp.identifier, stamp.authority) == ("jir", row["answer"], "hr-cis")
    once(cis, message)  # the same, said otherwise
    assert cis.repeats(message) == 1


ODD: dict[str, dict[str, Any]] = {
    "PROMPT": {"hours": 26},
    "v152": {"hours": 50, "late": True},
    "v103": {"hours": -7},
    "v106": {"number": Number(sequence="1000000", premise="P9", device="9")},
    "v110": {"vat": (tax("24", "100", "24"),), "total": Decimal(124)},
    "v142": {"in_vat": False},
    "v160": {"vat": (tax("25", "100", "25.11"),), "total": Decimal("125.11")},
    "v166": {"total": Decimal("125.02")},
    "v168": {"vat": (tax("25", "10000", "2500"),), "total": Decimal(12500)},
}


@pytest.mark.parametrize("rule", sorted(ODD))
def test_what_is_odd_is_noted_and_taken(cis: CisParty, rule: str) -> None:
    changes = dict(ODD[rule])
    hours = changes.pop("hours", 0)
    at = local_time(now() - datetime.timedelta(hours=hours))
    small = Number(sequence=str(random.randrange(1, 10**6)), premise=rule, device="1")  # noqa: S311
    usual: dict[str, Any] = {"issued_at": at, "number": small}
    before = {name: broken for name, (_, broken) in cis.noted().items()}
    assert is_jir(told(cis, sale(cis.taxpayer, **usual | changes)))
    after = {name: broken for name, (_, broken) in cis.noted().items()}
    assert {name for name in after if after[name] != before[name]} == {rule}


def test_a_message_that_came_before_and_a_moment_long_ago_are_noted(cis: CisParty) -> None:
    message = cis.message()
    before = cis.noted()

    def new() -> tuple[int, int]:
        after = cis.noted()
        first, second = (after[name][1] - before[name][1] for name in ("MESSAGE-ID", "v101"))
        return first, second

    once(cis, replace(message, attempt=1, at=now()))
    once(cis, replace(message, attempt=2, at=now()))
    assert new() == (0, 0)
    once(cis, replace(message, attempt=2, at=now()))
    assert new() == (1, 0)
    once(cis, replace(message, attempt=3, at=now() - datetime.timedelta(hours=7)))
    assert new() == (1, 1)


def test_gaps_in_numbers_are_shown(cis: CisParty) -> None:
    taxpayer = cis.another()
    before = cis.noted()["GAPLESS"][1]
    for sequence, device, numbering in [
        *((1, "1", "N"), (2, "1", "N"), (5, "1", "N")),
        *((11, "2", "P"), (12, "3", "P"), (7, "4", "N")),
    ]:
        number = Number(sequence=str(sequence), premise="P1", device=device)
        one = sale(taxpayer, number=number, numbering=numbering)
        assert is_jir(told(cis, one, by=taxpayer))
    series = {
        one["device"]: one for one in cis.shown("ledger")["series"] if one["oib"] == taxpayer.oib
    }
    assert series["1"]["missing"] == "2: 3, 4"
    assert (series["*"]["count"], series["*"]["missing"]) == (2, "")
    assert cis.noted()["GAPLESS"][1] == before + 1
    page = httpx2.get(cis.url, trust_env=False).text
    assert "2: 3, 4" in page
    assert taxpayer.oib in page


def test_many_invoices_meet_mixed_faults(cis: CisParty, request: pytest.FixtureRequest) -> None:
    """Two hundred of them with `--full`: ledger and proofs agree one by one."""
    many = 200 if request.config.getoption("--full") else 30
    taxpayer = cis.another()
    cis.fail(
        *(
            {"fault": fault, "probability": 0.08, "seed": seed, "where": "racuni"}
            for seed, fault in enumerate(
                (
                    "drop_before_accept",
                    "drop_after_accept",
                    "http_503_before_accept",
                    "http_500_after_accept",
                    "garbage",
                    "wrong_signature",
                    "broken_off",
                )
            )
        ),
        {"fault": "protocol_fault", "word": "s006", "probability": 0.08, "seed": 99},
    )
    proofs: dict[str, str] = {}
    for sequence in range(1, many + 1):
        number = Number(sequence=str(sequence), premise="P1", device="1")
        message = cis.carrying(sale(taxpayer, number=number), credential=taxpayer)
        for _ in range(30):
            with suppress(Retry, Unknown):
                proofs[f"{sequence}/P1/1"] = once(cis, message).correlations["jir"]
                break
    cis.fail()
    rows = [row for row in cis.shown("ledger")["records"] if row["owner"] == taxpayer.oib]
    assert {row["number"]: row["answer"] for row in rows} == proofs
    assert len(set(proofs.values())) == many
    (series,) = (one for one in cis.shown("ledger")["series"] if one["oib"] == taxpayer.oib)
    assert (series["count"], series["missing"]) == (many, "")
    assert [marked(row, taxpayer) for row in rows] == [
        json.loads(row["remark"])["zki"] for row in rows
    ]


def marked(row: dict[str, Any], taxpayer: Taxpayer) -> str:
    """Return the ZKI of a ledger's row, by the published rule alone."""
    remark = json.loads(row["remark"])
    at = datetime.datetime.fromisoformat(remark["at"]).strftime("%d.%m.%Y %H:%M:%S")
    parts = (row["owner"], at, *row["number"].split("/"), remark["total"])
    return hashlib.md5(taxpayer.marked("".join(parts).encode())).hexdigest()  # noqa: S324 - the law


@pytest.mark.official
@settings(max_examples=150)
@given(one=invoices, data=st.data())
def test_its_reading_of_the_schema_is_the_official_one(
    official_schema: etree.XMLSchema, one: Invoice, data: st.DataObject
) -> None:
    root = etree.fromstring(write_request(InvoiceRequest(header=HEADER, invoice=one)))
    bent(root, data)
    ours = not list(schema.faults(schema.REQUEST, root, "RacunZahtjev"))
    assert ours == official_schema.validate(root), etree.tostring(root)


@pytest.fixture(scope="module")
def official_schema(official: Path) -> etree.XMLSchema:
    place = official / "hr-fiskalizacija/Fiskalizacija_u_prometu_gotovinom_B2C"
    (path,) = place.rglob("*PROD*/schema/FiskalizacijaSchema.xsd")
    return etree.XMLSchema(etree.parse(path))


def bent(root: Any, data: st.DataObject) -> None:  # noqa: ANN401 - lxml's own type
    """Change one thing of a message, or nothing."""
    places = [one for one in root.iter() if one is not root]
    node = data.draw(st.sampled_from(places))
    how = data.draw(
        st.sampled_from(["none", "drop", "twice", "text", "rename", "swap", "attribute"])
    )
    parent = node.getparent()
    if how == "drop":
        parent.remove(node)
    elif how == "twice":
        parent.insert(parent.index(node), etree.fromstring(etree.tostring(node)))
    elif how == "text":
        values = ["", " ", "x", "1", "-1.00", "+0.5", "1.005", "true", " 0 ", "T", "C", "č" * 21]
        values += ["0" * 11, "0" * 20, "0" * 21, "31.12.2026T23:59:60", "1" * 16 + ".00", "1.00\n"]
        node.text = data.draw(st.sampled_from(values))
    elif how == "rename":
        node.tag = data.draw(st.sampled_from([f"{{{schema.NAMESPACE}}}Nesto", "Oib"]))
    elif how == "swap":
        parent.append(node)
    elif how == "attribute":
        node.set("Id", "x")


def test_the_whole_message_of_the_samples_is_valid() -> None:
    root = etree.fromstring(write_request(REQUEST))
    assert REQUEST.invoice is FULL
    assert list(schema.faults(schema.REQUEST, root, "RacunZahtjev")) == []


def test_it_is_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.sandbox.hr_cis", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        answer = httpx2.post(f"{ready['url']}{PATH}", content=ECHO.encode(), trust_env=False)
        process.terminate()
        assert process.wait(10) == 0
    assert answer.status_code == 200
    assert ready["records"].startswith("https://")
    assert (tmp_path / "ca.pem").exists()


def test_a_message_without_a_key_is_not_prepared(cis: CisParty) -> None:
    with pytest.raises(TypeError):
        cis.adapter.prepare(replace(cis.message(), credential=None))
    with pytest.raises(TransmissionError):
        cis.adapter.reconcile(cis.message())
