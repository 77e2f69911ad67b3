"""Ways to spoil codes and parties."""

from collections.abc import Iterator
from random import Random

from formats.en16931.model import Invoice
from tests.formats.explain.spoils import (
    Kind,
    Mends,
    country,
    line,
    part,
    top,
    vat_identifier,
    when,
)

MENDS, NEVER, MAYBE = Mends.ALWAYS, Mends.NEVER, Mends.MAYBE


def of_codes() -> Iterator[Kind]:
    yield Kind(
        "currency in small letters",
        "BR-CL-04",
        "/currency_code",
        MENDS,
        top(currency_code=str.lower),
    )
    yield Kind(
        "currency unknown",
        "BR-CL-04",
        "/currency_code",
        NEVER,
        top(currency_code=lambda _: "XXQ"),
    )
    yield Kind("country in small letters", "BR-CL-14", "/country_code", MENDS, country(str.lower))
    yield Kind("country unknown", "BR-CL-14", "/country_code", NEVER, country(lambda _: "QQ"))
    yield Kind(
        "unit in small letters",
        "BR-CL-23",
        "/unit_code",
        MAYBE,
        line(
            when(
                lambda line: (line.unit_code or "").isupper(),
                lambda line: {"unit_code": line.unit_code.lower()},
            )
        ),
    )
    yield Kind(
        "VAT category in small letters",
        "BR-CL-18",
        "/vat_category_code",
        MENDS,
        line(
            when(
                lambda line: bool(line.vat_category_code),
                lambda line: {"vat_category_code": line.vat_category_code.lower()},
            )
        ),
    )
    yield Kind(
        "type code unknown", "BR-CL-01", "/type_code", NEVER, top(type_code=lambda _: "999")
    )
    yield Kind(
        "two currencies that are one",
        "PEPPOL-EN16931-R005",
        "/vat_accounting_currency_code",
        MAYBE,
        _same_currency,
    )


def _same_currency(invoice: Invoice, _: Random) -> Invoice | None:
    if invoice.vat_accounting_currency_code is not None:
        return None
    return invoice.model_copy(update={"vat_accounting_currency_code": invoice.currency_code})


def of_parties() -> Iterator[Kind]:
    yield Kind(
        "VAT identifier in small letters",
        "BR-CO-09",
        "/buyer/vat_identifier",
        MENDS,
        vat_identifier(str.lower),
    )
    yield Kind(
        "VAT identifier without country",
        "BR-CO-09",
        "/buyer/vat_identifier",
        MAYBE,
        vat_identifier(lambda number: number[2:] if number[2:].isdigit() else number),
    )
    yield Kind(
        "VAT identifier with a wrong prefix",
        "BR-CO-09",
        "/buyer/vat_identifier",
        NEVER,
        vat_identifier(lambda number: f"ZZ{number[2:]}"),
    )
    yield Kind("buyer name missing", "BR-07", "/buyer/name", NEVER, part("buyer", name=None))
    yield Kind("seller name missing", "BR-06", "/seller/name", NEVER, part("seller", name=None))
    yield Kind("invoice number missing", "BR-02", "/number", NEVER, top(number=lambda _: None))
    yield Kind("issue date missing", "BR-03", "/issue_date", NEVER, top(issue_date=lambda _: None))
    yield Kind("due date missing", "BR-CO-25", "/payment_due_date", NEVER, _undated)
    yield Kind(
        "specification missing",
        "BR-01",
        "/specification_identifier",
        MENDS,
        part("process_control", specification_identifier=None),
    )


def _undated(invoice: Invoice, _: Random) -> Invoice | None:
    if not invoice.totals.amount_due or invoice.totals.amount_due <= 0:
        return None
    return invoice.model_copy(update={"payment_due_date": None, "payment_terms": None})
