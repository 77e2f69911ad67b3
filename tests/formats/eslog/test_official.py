"""The published examples: read, written, read the same; what is written fits the schema."""

import datetime
from pathlib import Path

import pytest

from formats import reading
from formats.binding import Trace
from formats.en16931.comparison import differences
from formats.eslog import read, write
from formats.registry import PROFILES
from formats.validation.pipeline import judge
from formats.validation.recognition import recognise
from formats.xml import UnreadableDocumentError, parse
from schemas import Catalog
from tests.formats.eslog.documents import DAY, EXAMPLES, SAMPLE, example, violations

pytestmark = pytest.mark.official

LEFT = {"inv.xml": ["1"], SAMPLE: []}
"""What no term holds: `inv.xml` names its order twice."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_read_is_written_and_read_the_same(official: Path, name: str) -> None:
    trace = Trace()
    invoice = read(example(official, name), trace)
    assert [one.value for one in trace.unread] == LEFT[name]
    written = write(invoice)
    assert violations(official, written) == []
    assert read(written) == invoice
    assert write(read(written)) == written


def test_the_sample_is_read_as_its_comments_say(official: Path) -> None:
    """Every comment `BT-n` or `NBT-n` of the sample stands before the element of that term."""
    invoice = read(example(official, SAMPLE))
    assert invoice.extensions is not None
    own = invoice.extensions.slovenia
    assert own is not None
    assert (own.buyer_account, own.buyer_bank) == ("DK1212341234123412", "DNBANOKK")
    assert own.zoi == "8402f0a963e37b2258e034fc8ae7ffc1"
    assert own.receipt_code == "279042272585972554922067893753871413584876543211601021503002"
    assert (own.payment_method, own.payment_purpose) == ("0", "OTHR")
    assert [str(one.tax_amount) for one in own.other_taxes] == ["300.00"]
    assert invoice.value_added_tax_point_date == datetime.date(2013, 4, 10)  # BT-7
    assert invoice.value_added_tax_point_date_code == "35"  # BT-8: a qualifier without a day
    assert invoice.delivery_information is not None
    assert invoice.delivery_information.actual_delivery_date == datetime.date(2013, 4, 15)
    assert invoice.invoiced_object_identifier is not None
    assert invoice.invoiced_object_identifier.scheme_identifier == "ATS"  # BT-18-1
    assert invoice.buyer_reference == "qwerty"  # BT-10
    (means,) = invoice.payment_instructions
    assert means.direct_debit is not None
    assert means.direct_debit.mandate_reference_identifier == "123456"  # BT-89
    assert means.payment_card_information is not None
    assert means.payment_card_information.holder_name == "John hansen"  # BT-88
    line = invoice.lines[0]
    assert str(line.item_price_discount) == "0.1000"  # BT-147
    assert str(line.item_gross_price) == "1.1000"  # BT-148
    assert line.referenced_purchase_order_line_reference == "1"  # BT-132
    assert [one.value for one in line.item_attributes] == ["2 mm"]  # BT-161
    assert str(invoice.totals.total_vat_in_accounting_currency) == "628.62"  # BT-111


def test_a_document_is_told_by_its_root(official: Path) -> None:
    for name in EXAMPLES:  # one of them does not say BT-24
        found = reading.read(example(official, name))
        assert (found.source, found.profile) == (reading.Source.ESLOG, PROFILES["eslog-2"])
        assert recognise(parse(example(official, name))).profile is PROFILES["eslog-2"]


def test_the_schema_is_judged_by(official: Path) -> None:
    """The example that the schema itself refuses, and what is written of it."""
    catalog, profile = Catalog((official,)), PROFILES["eslog-2"]
    content = example(official, "inv.xml")
    report = judge(content, profile=profile, as_of=DAY, catalog=catalog, engine=None)
    assert any("minLength" in one.message or "D_1230" in one.message for one in report.findings)
    again = judge(write(read(content)), profile=profile, as_of=DAY, catalog=catalog, engine=None)
    assert not any("D_1230" in one.message for one in again.findings)
    assert all(layer.ran for layer in again.layers)


def test_amounts_that_do_not_follow_are_not_taken_for_what_they_are_not(official: Path) -> None:
    content = example(official, SAMPLE).replace(
        b"<!-- NBT-033 -->\n\t\t\t\t\t\t<D_5004>250.00", b"<D_5004>249.00"
    )
    trace = Trace()
    read(content, trace)
    assert [one.value for one in trace.unread] == ["249.00"]


def test_another_root_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(b'<Invoice xmlns="urn:eslog:1.6"/>')
    assert caught.value.code == "unknown-root"
    with pytest.raises(UnreadableDocumentError):
        read(b'<Invoice xmlns="urn:eslog:2.00"/>')


def test_a_number_that_is_none_is_named_with_its_place(official: Path) -> None:
    content = example(official, SAMPLE).replace(b"<D_5004>4675.00<", b"<D_5004>4675,00<")
    with pytest.raises(UnreadableDocumentError) as caught:
        read(content)
    assert caught.value.code == "not-a-decimal"
    assert "D_5004" in caught.value.message
    assert caught.value.location


def test_what_was_read_is_equal_to_itself(official: Path) -> None:
    one = read(example(official, SAMPLE))
    other = read(example(official, SAMPLE).replace(b"DKK", b"SEK"))
    assert differences(one, other) == ("/currency_code",)
