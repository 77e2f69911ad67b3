"""ZKI, numbers and the address for paper: the manual's examples, a signature by hand, refusals."""

import datetime
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from countries.hr.invoice_number import InvoiceNumber, InvoiceNumberError, Numbering
from countries.hr.protection import printed_link, protected
from countries.hr.receipt_link import ReceiptLinkError, receipt_link
from countries.hr.zki import KeyData, ZkiError, zki
from tests.formats.hr_cis.samples import invoice

AT = datetime.datetime(2012, 8, 15, 10, 13, 32)  # noqa: DTZ001 - local time, as printed
KEY = rsa.generate_private_key(65537, 2048)
DATA: dict[str, Any] = {
    "oib": "00169331406",
    "issued_at": AT,
    "number": InvoiceNumber(12345, "blag001", "11245"),
    "total": Decimal("1245.56"),
}
JIR = "12345678-1234-1234-1234-123456789012"
MARK = "12345678123412341234123456789012"


def signed(data: bytes) -> bytes:
    return KEY.sign(data, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the manual's


def signed_by_hand(data: bytes) -> bytes:
    """RFC 8017, 8.2.1 and 9.2, with nothing but numbers."""
    digest = hashlib.sha1(data).digest()  # noqa: S324 - the manual's
    info = bytes.fromhex("3021300906052b0e03021a05000414") + digest
    block = b"\0\1" + b"\xff" * (256 - 3 - len(info)) + b"\0" + info
    private = KEY.private_numbers()
    return pow(int.from_bytes(block), private.d, private.public_numbers.n).to_bytes(256)


def test_the_text_has_the_values_of_the_manual_in_its_order() -> None:
    assert KeyData(**DATA).text == "0016933140615.08.2012 10:13:3212345blag001112451245.56"


def test_a_zki_is_md5_over_the_signature_as_computed_by_hand() -> None:
    data = KeyData(**DATA)
    expected = hashlib.md5(signed_by_hand(data.text.encode())).hexdigest()  # noqa: S324 - the law
    assert zki(data, signed) == expected
    assert zki(data, signed) == zki(data, signed)


@pytest.mark.official
def test_a_zki_has_the_form_of_the_published_one(official: Path) -> None:
    vector = json.loads((official / "vectors" / "hr-zki.json").read_text())
    form = re.compile("[0-9a-f]{32}")
    assert form.fullmatch(vector["example_format_only"])
    assert form.fullmatch(zki(KeyData(**DATA), signed))


@pytest.mark.parametrize(
    "change",
    [
        {"oib": "0016933140"},
        {"oib": "HR00169331406"},
        {"issued_at": AT.replace(tzinfo=datetime.UTC)},
        {"total": Decimal("1.005")},
        {"total": Decimal("NaN")},
        {"total": Decimal(10) ** 15},
    ],
)
def test_of_what_does_not_fit_no_zki_is_made(change: dict[str, Any]) -> None:
    with pytest.raises(ZkiError) as refused:
        KeyData(**DATA | change)
    assert next(iter(change)) in str(refused.value)


@given(
    st.integers(1, 10**20 - 1),
    st.from_regex("[0-9A-Za-z]{1,20}", fullmatch=True, alphabet=st.characters(codec="ascii")),
    st.from_regex("[0-9]{1,20}", fullmatch=True, alphabet=st.characters(codec="ascii")),
)
def test_a_number_reads_as_it_was_written(sequence: int, premise: str, device: str) -> None:
    number = InvoiceNumber(sequence, premise, device)
    assert InvoiceNumber.parse(str(number)) == number
    assert number.series(Numbering.BY_PREMISE) == (premise,)
    assert number.series(Numbering.BY_DEVICE) == (premise, device)


@pytest.mark.parametrize(
    "text", ["0/P1/1", "01/P1/1", "1/P1/A", "1/P 1/1", "1-P1-1", "1/P1", "1/P1/1/", "", "1/Č/1"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvoiceNumberError):
        InvoiceNumber.parse(text)


# the four examples of the manual (2.6, chapter 2.7)
@pytest.mark.parametrize(
    ("mark", "at", "total", "expected"),
    [
        (JIR, (2020, 9, 21, 6, 30), "1525.99", f"jir={JIR}&datv=20200921_0630&izn=152599"),
        (JIR, (2021, 1, 10, 14, 0), "-105.50", f"jir={JIR}&datv=20210110_1400&izn=-10550"),
        (MARK, (2021, 2, 5, 8, 1), "5.10", f"zki={MARK}&datv=20210205_0801&izn=510"),
        (MARK, (2021, 1, 1, 19, 0), "47.00", f"zki={MARK}&datv=20210101_1900&izn=4700"),
    ],
)
def test_the_address_is_that_of_the_manual(
    mark: str, at: tuple[int, int, int, int, int], total: str, expected: str
) -> None:
    moment = datetime.datetime(*at)  # noqa: DTZ001 - local time
    assert receipt_link(mark, moment, Decimal(total)) == f"https://porezna.gov.hr/rn?{expected}"


@pytest.mark.parametrize(
    ("mark", "at", "total"),
    [
        (JIR.upper().replace("1", "A"), AT, "1"),
        ("", AT, "1"),
        (MARK, AT.replace(tzinfo=datetime.UTC), "1"),
        (MARK, AT, "0.001"),
        (MARK, AT, "100000000.00"),  # eleven characters
        (MARK, AT, "-10000000.00"),
        (MARK, AT, "NaN"),
    ],
)
def test_an_address_that_cannot_be_is_not_made(
    mark: str, at: datetime.datetime, total: str
) -> None:
    with pytest.raises(ReceiptLinkError):
        receipt_link(mark, at, Decimal(total))


def test_an_invoice_is_protected_by_what_it_says_and_led_to_by_its_marks() -> None:
    made = protected(invoice(zki=None), signed)
    again = protected(invoice(zki=None, total=Decimal("126.00")), signed)
    assert made.zki != again.zki
    assert f"?zki={made.zki}&" in printed_link(made)
    assert f"?jir={JIR}&" in printed_link(made, JIR)
    with pytest.raises(ReceiptLinkError):
        printed_link(invoice(zki=None))
