"""What cannot be made, what XML says otherwise than JSON, and the bytes that are frozen."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from formats.furs import (
    BusinessPremiseRequest,
    FursError,
    InvoiceRequest,
    Property,
    SellerTaxes,
    SoftwareSupplier,
    read_json,
    read_xml,
    write_json,
    write_xml,
)
from formats.furs.distinguished_names import written
from formats.furs.frozen import addressed, frozen
from formats.furs.jws import Authority, UnprovenAnswerError, opened
from tests.formats.furs.samples import AT, BOOK_INVOICE, FULL, HEADER, MESSAGE_ID, invoice, premise
from tests.formats.furs.test_jws import NOW, ROOT, SELLER, answer

SIGNATURE = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
DAY = datetime.date(2026, 8, 7)


@pytest.mark.parametrize(
    ("pointer", "make"),
    [
        ("/TaxNumber", lambda: invoice(tax_number=99999862)),
        ("/TaxNumber", lambda: invoice(tax_number=None)),
        ("/InvoiceAmount", lambda: invoice(amount=Decimal("NaN"))),
        ("/InvoiceAmount", lambda: invoice(amount=Decimal("0.001"))),
        ("/IssueDateTime", lambda: invoice(issued_at="2026-08-07")),
        ("/InvoiceIdentifier", lambda: invoice(identifier="A-B-1")),
        ("/TaxesPerSeller", lambda: invoice(taxes=())),
        ("/TaxesPerSeller", lambda: invoice(taxes=7)),
        ("/TaxesPerSeller", lambda: invoice(taxes=(SellerTaxes(),) * 1001)),
        ("/CustomerVATNumber", lambda: invoice(customer=7)),
        ("/ForeignOperator", lambda: invoice(foreign_operator=1)),
        ("/ValidityDate", lambda: premise(valid_from=AT)),
        ("/BuildingNumber", lambda: Property(cadastral_community=1, building=True, section=1)),
        ("/BuildingNumber", lambda: Property(cadastral_community=1, building=100000, section=1)),
        ("/NameForeign", lambda: SoftwareSupplier(foreign_name="")),
        ("", lambda: replace(FULL, references=(replace(FULL.references[0], issued_at=None),))),
    ],
)
def test_what_cannot_be_written_cannot_be_made(pointer: str, make: Callable[[], Any]) -> None:
    with pytest.raises(FursError) as caught:
        make()
    assert caught.value.pointer == pointer


def test_nothing_is_never_below_zero() -> None:
    assert str(invoice(amount=Decimal("-0.00")).amount) == "0.00"


def test_signatures_in_xml_are_passed_over() -> None:
    message = BusinessPremiseRequest(header=HEADER, premise=premise())
    content = write_xml(message).decode().replace("</fu:BusinessPremiseRequest>", "")
    assert read_xml((content + SIGNATURE + "</fu:BusinessPremiseRequest>").encode()) == message


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        (">365<", ">3 65<", "PropertyID/CadastralNumber"),
        (">365<", "><a/><", "PropertyID/CadastralNumber"),
        (">2020-08-25<", ">25.8.2020<", "ValidityDate"),
    ],
)
def test_values_in_xml_have_its_forms(old: str, new: str, pointer: str) -> None:
    content = write_xml(BusinessPremiseRequest(header=HEADER, premise=premise())).decode()
    with pytest.raises(FursError) as caught:
        read_xml(content.replace(old, new).encode())
    assert caught.value.pointer.endswith(pointer)


def test_whole_numbers_may_have_a_point_in_json() -> None:
    message = BusinessPremiseRequest(header=HEADER, premise=premise())
    content = write_json(message)
    assert read_json(content.replace(b":365,", b":365.0,")) == message
    with pytest.raises(FursError):
        read_json(content.replace(b":365,", b":365.5,"))
    with pytest.raises(FursError):
        read_json(
            content.replace(b'"BPIdentifier":{', b'"BPIdentifier":[{').replace(b"}},", b"}}],")
        )


def test_frozen_bytes_get_their_header_and_stay_what_they_are() -> None:
    content = frozen(FULL)
    assert b"Header" not in content
    first = addressed(content, MESSAGE_ID, deferred=False)
    assert first.header is not None
    assert (first.header.message_id, first.header.sent_at) == (MESSAGE_ID, AT)
    assert first.invoice == FULL
    assert addressed(content, MESSAGE_ID, deferred=False) == first
    later = AT + datetime.timedelta(hours=1)
    again = addressed(content, MESSAGE_ID, deferred=False, sent_at=later)
    assert again == replace(first, header=replace(first.header, sent_at=later))


def test_what_was_put_off_says_so() -> None:
    prompt = frozen(invoice())
    (late, usual) = (addressed(prompt, MESSAGE_ID, deferred=late) for late in (True, False))
    assert late.invoice is not None
    assert usual.invoice is not None
    assert (late.invoice.subsequent, usual.invoice.subsequent) == (True, None)
    assert replace(late.invoice, subsequent=None) == usual.invoice


def test_an_invoice_of_a_book_is_of_its_day() -> None:
    request = addressed(frozen(BOOK_INVOICE), MESSAGE_ID, deferred=True)
    assert request.header is not None
    assert request.header.sent_at == datetime.datetime(2016, 4, 10)  # noqa: DTZ001 - local time
    assert request.sales_book_invoice == BOOK_INVOICE


def test_without_a_zoi_nothing_is_frozen() -> None:
    with pytest.raises(FursError) as caught:
        frozen(replace(FULL, protected_id=None))
    assert caught.value.pointer == "/ProtectedID"
    with pytest.raises(FursError):
        addressed(
            write_json(BusinessPremiseRequest(premise=premise())), MESSAGE_ID, deferred=False
        )
    with pytest.raises(FursError):
        addressed(frozen(FULL), "no uuid", deferred=False)
    assert InvoiceRequest(invoice=FULL).header is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("#1", "\\#1"),
        (" x", "\\ x"),
        ("x ", "x\\ "),
        ('a+b"c\\d<e>f;g,h', 'a\\+b\\"c\\\\d\\<e\\>f\\;g\\,h'),
        ("Čas", "Čas"),
    ],
)
def test_names_are_escaped_as_rfc_2253_wants_it(name: str, said: str) -> None:
    made = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    assert written(asn1.Name.load(made.public_bytes())) == f"CN={said}"


def test_a_certificate_that_does_not_say_what_it_is_for_signs_nothing() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "77695771")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(ROOT.certificate.subject)
        .public_key(SELLER.key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .sign(ROOT.key, hashes.SHA256())
    )
    assert made.public_bytes(serialization.Encoding.DER)
    with pytest.raises(UnprovenAnswerError, match="RSA signatures"):
        opened(answer(replace(SELLER, certificate=made)), Authority((ROOT.certificate,)), NOW)
