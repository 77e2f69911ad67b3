"""Rules that only one VAT category has: BR-IC-11, 12, BR-O-11 to 14, BR-B-01, 02."""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal
from formats.en16931.rules.categories import taxed, trimmed
from formats.en16931.rules.places import country_codes
from formats.findings import Finding

RULES = frozenset(
    {
        *("BR-IC-11", "BR-IC-12", "BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14"),
        *("BR-B-01", "BR-B-02"),
    }
)

_O_RULES = {"line": "BR-O-12", "allowance": "BR-O-13", "charge": "BR-O-14"}


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what intra-community supply, out of scope and split payment find wrong."""
    return (*_intra_community(invoice), *_out_of_scope(invoice), *_split_payment(invoice))


def _intra_community(invoice: Invoice) -> Iterator[Finding]:
    if "K" not in {trimmed(row.category_code) for row in invoice.vat_breakdown}:
        return
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    dated = (
        (delivery is not None and delivery.actual_delivery_date is not None)
        or (period is not None and (period.start_date or period.end_date))
        or invoice.value_added_tax_point_date_code is not None  # stands in the period in UBL
    )
    if not dated:
        yield fatal(
            "BR-IC-11",
            "/delivery_information/actual_delivery_date",
            "BT-72",
            "An intra-community supply (VAT category K) needs its delivery date (BT-72) or the"
            " invoicing period (BG-14).",
            "Give the delivery date or the invoicing period.",
        )
    address = delivery.deliver_to_address if delivery else None
    if address is None or len(address.country_code or "") <= 1:
        yield fatal(
            "BR-IC-12",
            "/delivery_information/deliver_to_address/country_code",
            "BT-80",
            "An intra-community supply (VAT category K) needs the country it went to (BT-80).",
            "Give the deliver to country code.",
        )


def _out_of_scope(invoice: Invoice) -> Iterator[Finding]:
    codes = [trimmed(row.category_code) for row in invoice.vat_breakdown]
    if "O" not in codes:
        return
    for number, code in enumerate(codes):
        if code != "O":
            yield _not_alone("BR-O-11", f"/vat_breakdown/{number}/category_code", "BT-118", code)
            break
    named: set[str] = set()
    terms = {"line": "BT-151", "allowance": "BT-95", "charge": "BT-102"}
    for item in taxed(invoice):
        # A rate alone is a category too, one without code.
        bears_another = item.code != "O" if item.code is not None else item.rate is not None
        if bears_another and item.kind not in named:
            named.add(item.kind)
            pointer = f"{item.pointer}/vat_category_code"
            yield _not_alone(_O_RULES[item.kind], pointer, terms[item.kind], item.code)


def _not_alone(rule: str, pointer: str, term: str, code: str | None) -> Finding:
    return fatal(
        rule,
        pointer,
        term,
        f"An invoice not subject to VAT (category O) has another VAT category ({term}):"
        f" {code or 'none'}.",
        "Put what is subject to VAT on an invoice of its own.",
    )


def _split_payment(invoice: Invoice) -> Iterator[Finding]:
    codes = {item.code for item in taxed(invoice)}
    codes |= {trimmed(row.category_code) for row in invoice.vat_breakdown}
    if "B" not in codes:
        return
    foreign = next((place for place in country_codes(invoice) if place.code != "IT"), None)
    if foreign is not None:
        yield fatal(
            "BR-B-01",
            foreign.pointer,
            foreign.term,
            f"Split payment (VAT category B) is Italian, but {foreign.term} is {foreign.code}.",
            "Use VAT category B between Italian parties only.",
        )
    if "S" in codes:
        yield fatal(
            "BR-B-02",
            "/vat_breakdown",
            "BT-118",
            "Split payment (VAT category B) and standard rated (S) are on one invoice.",
            "Put them on two invoices.",
        )
