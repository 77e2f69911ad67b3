"""Random invoices without totals, as a caller might send them: one seed, one invoice, for ever.

The numbers are chosen to hurt: halves of a cent, thirds, six decimals, quantities from a
thousandth to millions, percentages of percentages, things taken back, currencies without cents.
"""

import random
from decimal import Decimal
from typing import Any

from formats.en16931.currency import amount_decimals
from formats.en16931.draft import Completed
from formats.json.body import shaped
from formats.json.completion import Circumstances, complete_body
from formats.json.document import DocumentWithSeller
from tests.formats.samples import PROCESS

CURRENCIES = ("EUR", "EUR", "EUR", "SEK", "USD", "PLN", "JPY", "KRW", "ISK", "KWD", "BHD", "TND")
RATES = {
    "S": ("22", "9.5", "25", "20", "20", "19", "7", "21", "5.5", "2.1", "23", "8.25", "12.3456"),
    "L": ("0", "3", "7", "9.5", "15"),
    "M": ("0", "0.5", "4", "10"),
}
TAXED_ZERO = ("Z", "E", "AE", "K", "G")
TYPE_CODES = ("380", "380", "380", "381", "381", "383", "386", "396")
PRICES = ("0.005", "0.015", "1.005", "2.675", "33.335", "0.3333", "14.99", "0.01", "0", "99.995")
BASE_QUANTITIES = ("1", "10", "100", "1000", "12", "0.5", "3", "7")

Json = dict[str, Any]


class Dice:
    """Random choices; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def pick(self, values: tuple[str, ...]) -> str:
        return self._random.choice(values)

    def between(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def decimal(self, digits: int, places: int) -> str:
        """Return a positive number with at most so many digits, the last `places` decimals."""
        value = self._random.randrange(10 ** self._random.randint(1, digits))
        return f"{Decimal(value).scaleb(-places):f}"

    def shuffled(self, values: tuple[str, ...], count: int) -> list[str]:
        return self._random.sample(values, min(count, len(values)))


def random_body(seed: int) -> Json:
    """Return the body of `POST /v1/invoices` with its seller, valid but for its missing totals."""
    dice = Dice(seed)
    currency = dice.pick(CURRENCIES)
    places = amount_decimals(currency)
    taxes = _taxes(dice)
    codes = {tax["vat_category_code"] for tax in taxes}
    count = dice.between(1, 40) if dice.chance(4) else dice.between(1, 8)
    body: Json = {
        "number": f"R-{seed}",
        "issue_date": "2026-11-20",
        "type_code": dice.pick(TYPE_CODES),
        "currency_code": currency,
        "payment_terms": "30 days net",
        "buyer_reference": "order 1",
        "seller": _seller(codes),
        "buyer": _buyer(codes),
        "lines": [_line(dice, taxes, places) for _ in range(count)],
    }
    for name in ("document_level_allowances", "document_level_charges"):
        if dice.chance(35):
            body[name] = [
                _document_level(dice, body["lines"], places) for _ in range(dice.between(1, 3))
            ]
    if "E" in codes:
        body["vat_exemptions"] = [{"category_code": "E", "text": "Exempt, article 132"}]
    if "K" in codes:
        body["delivery_information"] = {
            "actual_delivery_date": "2026-11-19",
            "deliver_to_address": {"country_code": "AT"},
        }
    _payments(dice, body, places)
    _accounting_currency(dice, body)
    if dice.chance(25):
        body["prices_include_vat"] = True
        body["rounding_permitted"] = dice.chance(40)
    return body


def completed(body: Json) -> Completed:
    """Return the invoice of a body, as a Peppol invoice."""
    given = shaped(DocumentWithSeller, body).input
    return complete_body(
        given, Circumstances(seller=given.seller, issue_date=None, process_control=PROCESS)
    )


def _taxes(dice: Dice) -> list[Json]:
    if dice.chance(8):
        return [{"vat_category_code": "O"}]
    taxes: list[Json] = []
    for code in dice.shuffled(("S", "S", "S", *TAXED_ZERO, "L", "M"), dice.between(1, 4)):
        if code in TAXED_ZERO:
            rate: Json = {"vat_rate": "0"} if dice.chance(50) else {}
        else:
            rate = {"vat_rate": dice.pick(RATES[code])}
        taxes.append({"vat_category_code": code, **rate})
    return taxes


def _seller(codes: set[str]) -> Json:
    seller: Json = {
        "name": "Seller d.o.o.",
        "legal_registration_identifier": "5555555000",
        "electronic_address": {"value": "SI12345679", "scheme_identifier": "9949"},
        "postal_address": {"city": "Ljubljana", "country_code": "SI"},
    }
    return seller if codes == {"O"} else {**seller, "vat_identifier": "SI12345679"}


def _buyer(codes: set[str]) -> Json:
    buyer: Json = {
        "name": "Buyer GmbH",
        "electronic_address": {"value": "ATU12345675", "scheme_identifier": "9915"},
        "postal_address": {"city": "Graz", "country_code": "AT"},
    }
    return buyer if codes == {"O"} else {**buyer, "vat_identifier": "ATU12345675"}


def _line(dice: Dice, taxes: list[Json], places: int) -> Json:
    quantity = dice.decimal(6, dice.between(0, 6)) if dice.chance(60) else str(dice.between(1, 20))
    if dice.chance(1):
        quantity = "0"
    line: Json = {
        "item_name": "Thing",
        "invoiced_quantity": f"-{quantity}" if dice.chance(12) else quantity,
        "unit_code": "C62",
        **taxes[dice.between(0, len(taxes) - 1)],
    }
    price = dice.pick(PRICES) if dice.chance(40) else dice.decimal(8, dice.between(0, 6))
    if dice.chance(25):
        line["item_gross_price"] = price
        if dice.chance(70):
            share = Decimal(dice.between(0, 100)).scaleb(-2)
            line["item_price_discount"] = f"{Decimal(price) * share:f}"
    else:
        line["item_net_price"] = price
    if dice.chance(20):
        line["item_price_base_quantity"] = dice.pick(BASE_QUANTITIES)
    for name in ("allowances", "charges"):
        if dice.chance(20):
            line[name] = [_reduction(dice, places) for _ in range(dice.between(1, 2))]
    return line


def _reduction(dice: Dice, places: int) -> Json:
    reason: Json = {"reason": "Because"}
    kind = dice.between(0, 2)
    if kind == 0:
        return reason | {"amount": dice.decimal(4 + places, places)}
    percentage = dice.decimal(4, 2) if dice.chance(50) else str(dice.between(1, 100))
    if kind == 1:
        return reason | {"percentage": percentage}
    return reason | {"percentage": percentage, "base_amount": dice.decimal(5 + places, places)}


def _document_level(dice: Dice, lines: list[Json], places: int) -> Json:
    """Return an allowance or charge that is taxed like one of the lines."""
    like = lines[dice.between(0, len(lines) - 1)]
    tax = {name: like[name] for name in ("vat_category_code", "vat_rate") if name in like}
    return _reduction(dice, places) | tax


def _payments(dice: Dice, body: Json, places: int) -> None:
    totals: Json = {}
    if dice.chance(30):
        totals["paid_amount"] = dice.decimal(5 + places, places)
    if dice.chance(15):
        sign = "-" if dice.chance(50) else ""
        totals["rounding_amount"] = sign + dice.decimal(1 + places, places)
    if totals:
        body["totals"] = totals


def _accounting_currency(dice: Dice, body: Json) -> None:
    if not dice.chance(20):
        return
    other = dice.pick(CURRENCIES)
    if other != body["currency_code"]:
        body["vat_accounting_currency_code"] = other
        body["vat_accounting_exchange_rate"] = dice.decimal(7, dice.between(0, 6)) + "1"
