"""The rate of the VAT in PLN, kept with an invoice in another currency."""

from decimal import Decimal

from countries.pl.kinds import with_rate
from formats.en16931.extensions.document import InvoiceExtensions

RATE = Decimal("4.2565")


def test_what_the_caller_says_of_the_rate_stays_with_the_invoice() -> None:
    made = with_rate(None, RATE, "EUR")
    assert made is not None
    assert made.exchange_rate == RATE
    assert made.exchange_source_currency_code == "EUR"
    assert made.exchange_target_currency_code == "PLN"


def test_what_it_says_itself_stays_and_zloty_need_none() -> None:
    own = InvoiceExtensions(exchange_rate=Decimal(4))
    assert with_rate(own, RATE, "EUR") is own
    assert with_rate(None, RATE, "PLN") is None
    assert with_rate(None, RATE, None) is None
    assert with_rate(own, None, "EUR") is own
