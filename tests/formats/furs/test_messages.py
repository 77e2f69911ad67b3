"""Official examples are read and come back the same; what is written both schemas accept."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from lxml import etree

from formats.findings import Finding
from formats.furs import (
    BusinessPremiseRequest,
    BusinessPremiseResponse,
    EchoRequest,
    EchoResponse,
    FursError,
    InvoiceRequest,
    InvoiceResponse,
    Message,
    PremiseIdentifier,
    SoftwareSupplier,
    read_json,
    read_xml,
    write_json,
    write_xml,
)
from formats.validation import xsd
from formats.xml import UnreadableDocumentError
from schemas import Catalog
from tests.formats.furs.samples import AT, FULL, HEADER, REQUESTS, invoice, premise, requests

GOOD = [
    *(f"messages/OKInvoice{n}.xml" for n in range(1, 6)),
    "messages/OKBusinessPremise.xml",
    "messages-gui/Invoice.xml",
    "messages-gui/BusinessPremises.xml",
]
WRONG = {
    "messages/ErrInvoice1.xml": "/InvoiceRequest",
    "messages/ErrInvoice2.xml": "/InvoiceRequest/Invoice/InvoiceIdentifier",
    "messages/ErrBusinessPremise.xml": (
        "/BusinessPremiseRequest/BusinessPremise/BPIdentifier/RealEstateBP/PropertyID"
    ),
}
DSIG = "http://www.w3.org/2000/09/xmldsig#"
EOR = "b5f1c310-3dea-4331-82f8-d2dc72d9d018"


@pytest.fixture(scope="module")
def judged(official: Path) -> Callable[[bytes], tuple[Finding, ...]]:
    """Return what FURS's XML schema finds wrong with a message."""
    day = datetime.date(2026, 11, 22)
    artefact = Catalog([official]).artefact("si.gov.fu:fiscal-verification", day)
    return lambda content: xsd.check(artefact, content)


@pytest.fixture(scope="module")
def schema(official: Path) -> Any:  # noqa: ANN401 - a validator
    path = official / "si-furs" / "json-schema" / "FiscalVerificationSchema.json"
    return jsonschema_rs.Draft4Validator(path.read_text(), validate_formats=False)


def signed(content: bytes) -> bytes:
    """Return a message with a signature of the right form, and no worth."""
    root = etree.fromstring(content)
    root.append(
        etree.fromstring(
            f'<Signature xmlns="{DSIG}"><SignedInfo><CanonicalizationMethod Algorithm="c"/>'
            '<SignatureMethod Algorithm="s"/><Reference URI="#data"><DigestMethod Algorithm="d"/>'
            "<DigestValue>AA==</DigestValue></Reference></SignedInfo>"
            "<SignatureValue>AA==</SignatureValue></Signature>"
        )
    )
    written: bytes = etree.tostring(root)
    return written


def printed(official: Path) -> Iterator[Any]:
    """Return the JSON messages that are printed in the manual."""
    text = (official / "si-furs/spec/TehnicnaDokumentacijaVer1.3.txt").read_text()
    whole = re.sub(r"\n=== page \d+ ===\n[\s\n]*\d+/113[ \n]*", "\n", text)
    for found in re.finditer(r'\{\s*"(Invoice|BusinessPremise|Echo)(Request|Response)"', whole):
        yield json.JSONDecoder(strict=False).raw_decode(whole, found.start())[0]


@pytest.mark.official
@pytest.mark.parametrize("name", GOOD)
def test_official_messages_are_read_and_written_the_same(official: Path, name: str) -> None:
    message = read_xml((official / "si-furs" / name).read_bytes())
    assert read_xml(write_xml(message)) == message
    assert read_json(write_json(message)) == message
    assert write_json(read_xml(write_xml(message))) == write_json(message)


@pytest.mark.official
@pytest.mark.parametrize("name", WRONG)
def test_official_messages_that_are_wrong_are_refused_where_they_are(
    official: Path, name: str
) -> None:
    with pytest.raises(FursError) as caught:
        read_xml((official / "si-furs" / name).read_bytes())
    assert caught.value.pointer == WRONG[name]


@pytest.mark.official
def test_every_official_message_is_looked_at(official: Path) -> None:
    found = {
        str(path.relative_to(official / "si-furs"))
        for path in (official / "si-furs").rglob("*.xml")
    }
    assert found == {*GOOD, *WRONG}


@pytest.mark.official
def test_what_the_first_official_invoice_says(official: Path) -> None:
    message = read_xml((official / "si-furs/messages/OKInvoice1.xml").read_bytes())
    assert isinstance(message, InvoiceRequest)
    assert message.invoice is not None
    assert message.invoice.identifier.premise == "TRGOVINA1"
    assert message.invoice.amount == Decimal("66.71")
    assert [one.rate for one in message.invoice.taxes[0].vat] == [Decimal(22), Decimal("9.5")]


@pytest.mark.official
def test_the_manual_s_messages_are_read(official: Path) -> None:
    read, refused = [], []
    for value in printed(official):
        try:
            message = read_json(json.dumps(value).encode())
        except FursError as error:
            refused.append(error.pointer)
            continue
        assert read_json(write_json(message)) == message
        read.append(type(message))
    # its example of a book says ExemptVATTaxebleAmount, which its schema does not know
    wrong = "/InvoiceRequest/SalesBookInvoice/TaxesPerSeller/0/ExemptVATTaxebleAmount"
    assert refused == [wrong]
    assert read == [
        *(InvoiceRequest, BusinessPremiseRequest),
        *(BusinessPremiseResponse, BusinessPremiseResponse, EchoRequest, EchoResponse),
    ]


@pytest.mark.official
@pytest.mark.parametrize("message", REQUESTS, ids=lambda one: type(one).__name__)
def test_what_is_written_is_valid_by_both_schemas(
    message: Message,
    judged: Callable[[bytes], tuple[Finding, ...]],
    schema: Any,  # noqa: ANN401
) -> None:
    assert judged(signed(write_xml(message))) == ()
    schema.validate(json.loads(write_json(message)))


@pytest.mark.official
def test_the_schema_of_the_manifest_finds_what_is_wrong(
    judged: Callable[[bytes], tuple[Finding, ...]],
) -> None:
    content = write_xml(InvoiceRequest(header=HEADER, invoice=FULL))
    assert judged(content) != ()  # it has no signature
    assert judged(signed(content).replace(b"TRGOVINA1", b"TRG-1")) != ()


@pytest.mark.official
@settings(max_examples=60, deadline=None)
@given(requests)
def test_any_invoice_is_valid_by_both_schemas_and_comes_back(
    judged: Callable[[bytes], tuple[Finding, ...]],
    schema: Any,  # noqa: ANN401
    message: InvoiceRequest,
) -> None:
    as_json, as_xml = write_json(message), write_xml(message)
    assert judged(signed(as_xml)) == ()
    schema.validate(json.loads(as_json, parse_float=_two_decimals))
    assert read_json(as_json) == message == read_xml(as_xml)


def _two_decimals(text: str) -> float:
    """`multipleOf: 0.01` of a binary number is a matter of luck: the digits are what counts."""
    assert re.fullmatch(r"-?[0-9]+\.[0-9]{2}", text)
    return float(int(Decimal(text)))


@pytest.mark.parametrize("message", REQUESTS, ids=lambda one: type(one).__name__)
def test_both_spellings_come_back(message: Message) -> None:
    assert read_json(write_json(message)) == message
    assert read_xml(write_xml(message)) == message


def test_the_bytes_are_these() -> None:
    """The manual's example (1.3, 9.1) in our spelling."""
    small = invoice(payment=Decimal("1047.76"), taxes=(FULL.taxes[0],))
    text = write_json(InvoiceRequest(header=HEADER, invoice=small)).decode()
    assert text.startswith(
        '{"InvoiceRequest":{"Header":{"MessageID":"4e64a93a-40fa-4c02-afb1-488534b85e4c",'
        '"DateTime":"2026-08-07T13:05:24"},"Invoice":{"TaxNumber":99999862,'
        '"IssueDateTime":"2026-08-07T13:05:24","NumberingStructure":"B","InvoiceIdentifier":'
        '{"BusinessPremiseID":"TRGOVINA1","ElectronicDeviceID":"BLAG2","InvoiceNumber":"145"},'
        '"InvoiceAmount":66.71,"PaymentAmount":1047.76,"TaxesPerSeller":[{"VAT":[{"TaxRate":22.00,'
        '"TaxableAmount":23.14,"TaxAmount":5.09},{"TaxRate":9.50,'
    )


def answer(**members: Any) -> bytes:  # noqa: ANN401 - JSON
    header = {"MessageID": HEADER.message_id, "DateTime": "2015-08-07T13:06:52.631Z"}
    return json.dumps({"InvoiceResponse": {"Header": header, **members}}).encode()


def test_an_answer_holds_an_eor_or_an_error() -> None:
    cleared = read_json(answer(UniqueInvoiceID=EOR))
    assert isinstance(cleared, InvoiceResponse)
    assert (cleared.eor, cleared.error) == (EOR, None)
    assert read_json(write_json(cleared)) == cleared == read_xml(write_xml(cleared))
    refused = read_json(answer(Error={"ErrorCode": "s006", "ErrorMessage": "Ni prostora"}))
    assert isinstance(refused, InvoiceResponse)
    assert refused.error is not None
    assert refused.error.code == "S006"
    for both_or_none in (answer(), answer(UniqueInvoiceID=EOR, Error={"ErrorCode": "S100"})):
        with pytest.raises(FursError):
            read_json(both_or_none)


def test_the_manual_s_answer_without_a_name_is_read() -> None:
    bare = (
        b'{"Header": {"DateTime": "2015-08-11T08:43:06.026Z", "MessageID":'
        b' "4e64a93a-40fa-4c02-afb1-488534b85e4c"}, "UniqueInvoiceID":'
        b' "2c6416a6-d41f-48f7-a4cf-bbbe9d86725f"}'
    )
    message = read_json(bare)
    assert isinstance(message, InvoiceResponse)
    assert message.eor == "2c6416a6-d41f-48f7-a4cf-bbbe9d86725f"
    assert write_json(message).startswith(b'{"InvoiceResponse":{"Header":')


def test_echoes() -> None:
    assert read_json(b'{"EchoRequest":"furs"}') == EchoRequest(text="furs")
    assert write_json(EchoResponse(text="furs")) == b'{"EchoResponse":"furs"}'
    assert read_xml(write_xml(EchoRequest(text="test"))) == EchoRequest(text="test")


def test_a_soap_envelope_is_opened() -> None:
    content = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        b' xmlns:fu="http://www.fu.gov.si/"><s:Body><fu:BusinessPremiseResponse Id="data">'
        b"<fu:Header><fu:DateTime>2015-08-25T12:04:12.268Z</fu:DateTime>"
        b"<fu:MessageID>4e64a93a-40fa-4c02-afb1-488534b85e4c</fu:MessageID></fu:Header>"
        b"</fu:BusinessPremiseResponse></s:Body></s:Envelope>"
    )
    message = read_xml(content)
    assert isinstance(message, BusinessPremiseResponse)
    assert message.header.sent_at.isoformat() == "2015-08-25T12:04:12.268000+00:00"


def value_with(path: str, said: object) -> bytes:
    value = json.loads(write_json(InvoiceRequest(header=HEADER, invoice=FULL)))
    *way, last = path.split("/")
    place = value["InvoiceRequest"]
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    if said is None:
        del place[last]
    else:
        place[last] = said
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Invoice/TaxNumber", "99999862"),
        ("Invoice/TaxNumber", 9999986),
        ("Invoice/TaxNumber", True),
        ("Invoice/InvoiceAmount", "66.71"),
        ("Invoice/InvoiceAmount", 66.711),
        ("Invoice/InvoiceAmount", 10**14),
        ("Invoice/InvoiceAmount", None),
        ("Invoice/TaxesPerSeller", []),
        ("Invoice/TaxesPerSeller", {}),
        ("Invoice/TaxesPerSeller/0/VAT", []),
        ("Invoice/TaxesPerSeller/0/VAT/0/TaxRate", 100000),
        ("Invoice/TaxesPerSeller/0/Vat", []),
        ("Invoice/NumberingStructure", "A"),
        ("Invoice/InvoiceIdentifier/BusinessPremiseID", "A-B"),
        ("Invoice/InvoiceIdentifier/InvoiceNumber", "A1"),
        ("Invoice/InvoiceIdentifier/InvoiceNumber", "1" * 21),
        ("Invoice/IssueDateTime", "7.8.2026"),
        ("Invoice/IssueDateTime", "2026-02-30T00:00:00"),
        ("Invoice/ProtectedID", "34905bcff14b381039af2e9d7eee54b"),
        ("Invoice/SubsequentSubmit", 1),
        ("Invoice/SpecialNotes", "x" * 1001),
        ("Invoice/ReferenceInvoice/0/ReferenceInvoiceIssueDateTime", None),
        ("Header/MessageID", "4e64a93a"),
        ("Header/Time", "x"),
        ("SalesBookInvoice", {}),
    ],
)
def test_what_the_schemas_refuse_is_refused(path: str, said: object) -> None:
    with pytest.raises(FursError):
        read_json(value_with(path, said))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"[]", b"{}", b'{"InvoiceRequest":{},"X":1}', b'{"X":{}}', b"\xff"),
        *(b'{"EchoRequest":1}', b'{"InvoiceRequest":{"Invoice":NaN}}'),
        b'{"InvoiceRequest":' * 60 + b"1" + b"}" * 60,
    ],
)
def test_hostile_json_is_refused(content: bytes) -> None:
    with pytest.raises(FursError):
        read_json(content)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY e "1">]><EchoRequest xmlns="http://www.fu.gov.si/">&e;</EchoRequest>',
        b"<InvoiceRequest/>",
        b'<InvoiceRequest xmlns="http://www.fu.gov.si/"><Invoice><a/></Invoice></InvoiceRequest>',
        b'<Invoice xmlns="http://www.fu.gov.si/"/>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
        b"<a>" * 5000,
    ],
)
def test_hostile_xml_is_refused(content: bytes) -> None:
    with pytest.raises((FursError, UnreadableDocumentError)):
        read_xml(content)


def test_a_value_twice_is_refused_in_xml() -> None:
    content = write_xml(InvoiceRequest(header=HEADER, invoice=FULL))
    twice = content.replace(
        b"<fu:PaymentAmount>", b"<fu:PaymentAmount>1</fu:PaymentAmount><fu:PaymentAmount>"
    )
    with pytest.raises(FursError) as caught:
        read_xml(twice)
    assert caught.value.pointer == "/InvoiceRequest/Invoice/PaymentAmount"


def test_floats_never_become_amounts() -> None:
    with pytest.raises(FursError) as caught:
        invoice(amount=66.71)
    assert caught.value.pointer == "/InvoiceAmount"


def test_a_premise_is_one_thing_and_a_supplier_is_somewhere() -> None:
    with pytest.raises(FursError):
        PremiseIdentifier()
    with pytest.raises(FursError):
        SoftwareSupplier(tax_number="24564444", foreign_name="x")
    with pytest.raises(FursError):
        premise(suppliers=())
    with pytest.raises(FursError):
        BusinessPremiseRequest(header=HEADER, premise=premise(closing="X"))


def test_a_day_may_be_written_as_the_json_schema_calls_it() -> None:
    message = BusinessPremiseRequest(header=HEADER, premise=premise())
    content = write_json(message).replace(b'"2020-08-25"', b'"2020-08-25T00:00:00"')
    assert read_json(content) == message
    assert AT.isoformat() == "2026-08-07T13:05:24"
