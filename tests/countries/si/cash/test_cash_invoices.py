"""ZOI, receipt code and numbers: published vectors, a signature by hand, and what is refused."""

import datetime
import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from countries.si.invoice_number import InvoiceNumber, InvoiceNumberError, Numbering
from countries.si.protection import printed_code, protected
from countries.si.receipt_code import ReceiptCodeError, check_digit, is_valid, receipt_code
from countries.si.zoi import KeyData, ZoiError, zoi
from formats.furs import Identifier, Invoice, SellerTaxes

AT = datetime.datetime(2015, 8, 15, 10, 13, 32)  # noqa: DTZ001 - local time, as printed
ZOI = "a7e5f55e1dbb48b799268e1a6d8618a3"
CODE = "223175087923687075112234402528973166755123456781508151013321"
KEY = rsa.generate_private_key(65537, 2048)
DATA: dict[str, Any] = {
    "tax_number": "12345678",
    "issued_at": AT,
    "number": "12345",
    "premise": "blag001",
    "device": "11245",
    "amount": Decimal("1245.56"),
}


def signed(data: bytes) -> bytes:
    return KEY.sign(data, padding.PKCS1v15(), hashes.SHA256())


def signed_by_hand(data: bytes) -> bytes:
    """RFC 8017, 8.2.1 and 9.2, with nothing but numbers."""
    info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(data).digest()
    block = b"\0\1" + b"\xff" * (256 - 3 - len(info)) + b"\0" + info
    private = KEY.private_numbers()
    return pow(int.from_bytes(block), private.d, private.public_numbers.n).to_bytes(256)


def test_the_text_is_the_one_of_the_manual() -> None:
    # the values of FURS's own Java example (1.3, 10.1), in its order
    assert KeyData(**DATA).text == "1234567815.08.2015 10:13:3212345blag001112451245.56"


def test_a_zoi_is_md5_over_the_signature_as_computed_by_hand() -> None:
    data = KeyData(**DATA)
    expected = hashlib.md5(signed_by_hand(data.text.encode())).hexdigest()  # noqa: S324 - the law
    assert zoi(data, signed) == expected
    assert zoi(data, signed) == zoi(data, signed)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("5", "5.00"), ("-5.1", "-5.10"), ("0", "0.00"), ("1E+3", "1000.00"), ("7.100", "7.10")],
)
def test_amounts_are_written_with_two_decimals(amount: str, written: str) -> None:
    assert KeyData(**DATA | {"amount": Decimal(amount)}).text.endswith(f"11245{written}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"tax_number": "SI12345678"},
        {"tax_number": "01234567"},
        {"tax_number": "1234567\u0668"},
        {"number": "A1"},
        {"number": "1" * 21},
        {"premise": "a-b"},
        {"device": ""},
        {"device": "\u010d1"},
        {"amount": Decimal("1.005")},
        {"amount": Decimal("NaN")},
        {"amount": Decimal("1E+40")},
        {"issued_at": AT.replace(tzinfo=datetime.UTC)},
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ZoiError, match=next(iter(wrong))):
        KeyData(**DATA | wrong)


def test_the_vector_of_the_manual() -> None:
    assert receipt_code(ZOI, "12345678", AT) == CODE


@pytest.mark.official
def test_the_published_vectors(official: Path) -> None:
    vectors = json.loads((official / "vectors" / "si-furs.json").read_text())["qr_record"]
    assert vectors
    for one in vectors:
        issued = datetime.datetime.fromisoformat(one["issued"])
        assert receipt_code(one["zoi"], one["tax_number"], issued) == one["record"]
        assert one["record"].startswith(one["zoi_decimal"])


@given(
    st.integers(0, 2**128 - 1),
    st.integers(10**7, 10**8 - 1),
    st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2068, 1, 1)),  # noqa: DTZ001
)
def test_every_code_has_sixty_digits_and_says_what_went_in(
    mark: int, tax_number: int, at: datetime.datetime
) -> None:
    code = receipt_code(f"{mark:032x}", str(tax_number), at)
    assert len(code) == 60
    assert is_valid(code)
    assert int(code[:39]) == mark
    assert code[39:47] == str(tax_number)
    assert code[47:59] == at.strftime("%y%m%d%H%M%S")


@given(st.integers(0, 59), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, more: int) -> None:
    digit = str((int(CODE[place]) + more) % 10)
    assert not is_valid(CODE[:place] + digit + CODE[place + 1 :])


@pytest.mark.parametrize(
    ("mark", "tax_number", "at"),
    [
        (ZOI.upper(), "12345678", AT),
        (ZOI[:-1], "12345678", AT),
        (ZOI, "1234567", AT),
        (ZOI, "01234567", AT),
        (ZOI, "12345678", AT.replace(tzinfo=datetime.UTC)),
        (ZOI, "12345678", AT.replace(year=1999)),
    ],
)
def test_no_code_is_made_of_what_does_not_fit(
    mark: str, tax_number: str, at: datetime.datetime
) -> None:
    with pytest.raises(ReceiptCodeError):
        receipt_code(mark, tax_number, at)


@pytest.mark.parametrize("digits", [CODE[:-1], CODE + "0", CODE[:-1] + "\u0661", ""])
def test_what_is_no_code_is_none(digits: str) -> None:
    assert not is_valid(digits)


@pytest.mark.parametrize(
    "body", ["9" * 39 + CODE[39:59], CODE[:47] + "151332101332", CODE[:39] + "0" + CODE[40:59]]
)
def test_a_right_check_digit_is_not_enough(body: str) -> None:
    assert not is_valid(body + check_digit(body))


def test_a_number_is_read_as_it_is_printed() -> None:
    number = InvoiceNumber.parse("TRGOVINA1-BLAG2-1234")
    assert number == InvoiceNumber("TRGOVINA1", "BLAG2", 1234)
    assert str(number) == "TRGOVINA1-BLAG2-1234"


@pytest.mark.parametrize(
    "text",
    [
        *("1234", "A-1", "A-B-0", "A-B-01", "A-B-C", "A--1", "A-B-C-1", "\u010c-B-1", "A-B-1\n"),
        *("A" * 21 + "-B-1", "A-B-" + "1" * 21, "A-B-\u0661"),
    ],
)
def test_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(InvoiceNumberError):
        InvoiceNumber.parse(text)


@pytest.mark.parametrize("sequence", [0, -1, 10**20])
def test_sequences_are_counted_from_one(sequence: int) -> None:
    with pytest.raises(InvoiceNumberError):
        InvoiceNumber("A", "B", sequence)


def test_devices_count_for_themselves_or_the_premise_counts_for_all() -> None:
    one, other = InvoiceNumber("P", "D1", 7), InvoiceNumber("P", "D2", 8)
    assert one.series(Numbering("B")) != other.series(Numbering("B"))
    assert one.series(Numbering("C")) == other.series(Numbering("C")) == ("P",)
    assert other.follows(one, Numbering.BY_PREMISE)
    assert not other.follows(one, Numbering.BY_DEVICE)
    assert not InvoiceNumber("P", "D1", 9).follows(one, Numbering.BY_DEVICE)
    assert InvoiceNumber("P", "D1", 8).follows(one, Numbering.BY_DEVICE)


def test_an_invoice_gets_its_mark_and_its_code() -> None:
    told = Invoice(
        tax_number="12345678",
        issued_at=AT,
        numbering="B",
        identifier=Identifier(premise="blag001", device="11245", number="12345"),
        amount=Decimal("1245.56"),
        payment=Decimal("1245.56"),
        taxes=(SellerTaxes(),),
    )
    with pytest.raises(ReceiptCodeError):
        printed_code(told)
    marked = protected(told, signed)
    assert marked.protected_id == zoi(KeyData(**DATA), signed)
    assert int(printed_code(marked)[:39]) == int(marked.protected_id or "", 16)
    changed = replace(told, amount=Decimal("1245.57"))
    assert protected(changed, signed).protected_id != marked.protected_id
