"""Random invoices as a Polish seller might issue them: one seed, one invoice, for ever."""

from decimal import Decimal
from typing import Any

from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import Invoice, ProcessControl
from formats.en16931.party import Seller
from formats.ksef.names import NAMESPACE
from tests.formats.en16931.random_invoices import Dice
from tests.formats.samples import DAY

Json = dict[str, Any]

SELLER: Json = {
    "name": "ABC AGD sp. z o.o.",
    "vat_identifier": "PL5265877635",
    "postal_address": {
        "line_1": "ul. Kwiatowa 1",
        "city": "Warszawa",
        "post_code": "00-001",
        "country_code": "PL",
    },
    "contact": {"email_address": "abc@example.org", "telephone_number": "22 555 00 00"},
}
POLISH: Json = {
    "name": "Odbiorca S.A.",
    "vat_identifier": "PL7010002139",
    "postal_address": {
        "line_1": "ul. Polna 1",
        "line_2": "lok. 2",
        "city": "Nowy Sącz",
        "post_code": "33-300",
        "country_code": "PL",
    },
    "identifier": {"value": "K-17"},
}
GERMAN: Json = {
    "name": "Käufer GmbH",
    "vat_identifier": "DE123456789",
    "postal_address": {
        "line_1": "Straße 5",
        "city": "Berlin",
        "post_code": "10115",
        "country_code": "DE",
    },
}
AMERICAN: Json = {
    "name": "Buyer Inc.",
    "legal_registration_identifier": {"value": "98-7654321"},
    "postal_address": {
        "line_1": "5 Main St",
        "city": "Springfield",
        "post_code": "IL 62701",
        "country_subdivision": "Illinois",
        "country_code": "US",
    },
}
CONSUMER: Json = {"name": "Jan Kowalski", "postal_address": {"city": "Łódź", "country_code": "PL"}}
BUYERS = (POLISH, POLISH, POLISH, GERMAN, AMERICAN, CONSUMER)

DOMESTIC: tuple[Json, ...] = (
    {"vat_category_code": "S", "vat_rate": "23"},
    {"vat_category_code": "S", "vat_rate": "8"},
    {"vat_category_code": "S", "vat_rate": "5"},
    {"vat_category_code": "Z", "vat_rate": "0"},
    {"vat_category_code": "E", "vat_rate": "0"},
    {"vat_category_code": "AE", "vat_rate": "0"},
)
ABROAD: tuple[Json, ...] = (
    {"vat_category_code": "K", "vat_rate": "0"},
    {"vat_category_code": "G", "vat_rate": "0"},
    {"vat_category_code": "AE", "vat_rate": "0"},
    {"vat_category_code": "S", "vat_rate": "19"},
)
REASONS = {
    "E": "art. 43 ust. 1 pkt 37 ustawy o VAT",
    "AE": "odwrotne obciążenie",
    "K": "art. 42 ustawy",
    "G": "art. 41 ust. 4 ustawy",
}
CODES = ("380", "380", "380", "381", "384", "386", "389", "261")
UNITS = ("H87", "C62", "HUR", "KGM", "szt.", "kg")
MEANS = ("10", "30", "48", "49", "58")


def random_invoice(seed: int) -> Invoice:
    """Return an invoice, complete with its totals."""
    dice = Dice(seed)
    buyer = BUYERS[dice.between(0, len(BUYERS) - 1)]
    currency = dice.pick(("PLN", "PLN", "PLN", "EUR", "USD"))
    code = dice.pick(CODES)
    taxes = DOMESTIC if buyer in (POLISH, CONSUMER) else DOMESTIC + ABROAD
    lines = [_line(dice, taxes) for _ in range(dice.between(1, 6))]
    body: Json = {"currency_code": currency, "buyer": buyer, "lines": lines}
    if currency != "PLN":
        body["vat_accounting_currency_code"] = "PLN"
    if code in {"381", "384", "261"} or dice.chance(10):
        body["preceding_invoice_references"] = _preceding(dice)
    body |= _more(dice)
    if currency != "PLN" and "document_level_allowances" in body:
        body["extensions"] = {"exchange_rate": "4.2565"}  # taxes of both signs do not tell it
    return issued(body, code, f"FV/{seed}/2026")


def issued(body: Json, code: str = "380", number: str = "FV/1/2026") -> Invoice:
    """Return the invoice of a body, complete with totals and the reasons of exemptions."""
    completed = complete(
        InvoiceDraft.model_validate(body),
        seller=Seller.model_validate(SELLER),
        number=number,
        issue_date=DAY,
        type_code=code,
        process_control=ProcessControl(specification_identifier=NAMESPACE),
        accounting_exchange_rate=Decimal("4.2565") if body["currency_code"] != "PLN" else None,
    )
    return _with_reasons(completed.invoice)


def ordinary(code: str = "380", **changes: object) -> Invoice:
    """Return a domestic invoice over one line of 1,000.00 PLN at 23 %, its body changed."""
    line = {
        "invoiced_quantity": "2",
        "unit_code": "H87",
        "item_net_price": "500.00",
        "item_name": "lodówka",
        "vat_category_code": "S",
        "vat_rate": "23",
    }
    return issued({"currency_code": "PLN", "buyer": POLISH, "lines": [line]} | changes, code)


def _line(dice: Dice, taxes: tuple[Json, ...]) -> Json:
    line: Json = {
        "invoiced_quantity": dice.decimal(4, 2),
        "unit_code": dice.pick(UNITS),
        "item_net_price": dice.decimal(7, 2),
        "item_name": dice.pick(
            ("lodówka", "wniesienie sprzętu", "pszenica durum", "usługa & co.")
        ),
        **taxes[dice.between(0, len(taxes) - 1)],
    }
    if dice.chance(20):
        line["allowances"] = [{"amount": dice.decimal(3, 2), "reason": "rabat"}]
    if dice.chance(10):
        line["charges"] = [{"amount": dice.decimal(3, 2), "reason": "transport"}]
    if dice.chance(20):
        line["item_standard_identifier"] = {"value": "5901234123457", "scheme_identifier": "0160"}
    if dice.chance(20):
        line |= {"item_sellers_identifier": "A-1", "item_description": "opis\ndwa wiersze"}
    return line


def _preceding(dice: Dice) -> list[Json]:
    number = "5265877635-20250826-0100001AF629-AF"
    known = {"extensions": {"unique_identifier": number}} if dice.chance(60) else {}
    one = {"reference": "FV/1/2026", "issue_date": "2026-09-30", **known}
    return [one, one | {"reference": "FV/2/2026"}][: dice.between(1, 2)]


def _more(dice: Dice) -> Json:
    body: Json = {}
    if dice.chance(60):
        account = {"payment_account_identifier": "PL61109010140000071219812874"}
        means = dice.pick(MEANS)
        transfers = {"credit_transfers": [account]} if means in {"30", "58"} else {}
        body["payment_instructions"] = [{"payment_means_type_code": means, **transfers}]
        body["payment_due_date"] = "2026-12-20"
    if dice.chance(40):
        body["delivery_information"] = {"actual_delivery_date": "2026-11-10"}
    elif dice.chance(20):
        period = {"start_date": "2026-10-01", "end_date": "2026-10-31"}
        body["delivery_information"] = {"invoicing_period": period}
    if dice.chance(30):
        body |= {"purchase_order_reference": "PO 1", "contract_reference": "U/7"}
    if dice.chance(30):
        body |= {"buyer_reference": "dział 4", "payment_terms": "30 dni, " * 60}
    if dice.chance(30):
        body["notes"] = [{"note": "Dziękujemy"}, {"note": "Kapitał 5 000 000 zł"}]
    if dice.chance(20):
        paid = {"paid_amount": "1.00"}
        body["totals"] = paid
    if dice.chance(15):
        body["document_level_allowances"] = [
            {"amount": "0.50", "reason": "bonus", "vat_category_code": "S", "vat_rate": "23"}
        ]
    return body


def _with_reasons(invoice: Invoice) -> Invoice:
    rows = tuple(
        row.model_copy(update={"exemption_reason_text": REASONS.get(row.category_code or "")})
        for row in invoice.vat_breakdown
    )
    return invoice.model_copy(update={"vat_breakdown": rows})
