"""What an e-SLOG document or its envelope cannot hold, told before a byte is written.

Source: eSLOG20_INVOIC_v200.xsd (lengths, digits, occurrences).
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from formats.en16931.comparison import differences
from formats.en16931.group import SchemedIdentifier
from formats.en16931.leaves import Leaf, leaves, leaves_at
from formats.en16931.model import Invoice
from formats.eslog.document import read, write
from formats.eslog.envelope import account_of, is_public
from formats.eslog.limits import DIGITS, LENGTHS, MOST, SCHEMES
from formats.findings import Finding, Flag
from formats.xml import UnreadableDocumentError

RULE_SET = "formats.eslog:semantic"

RULES = {
    "SI-10": "What an e-SLOG 2.0 invoice says fits its schema: lengths, digits, occurrences.",
    "SI-11": "e-SLOG 2.0 has room for everything the invoice says.",
    "SI-13": "An invoice to a public body names what its envelope is addressed with: accounts,"
    " banks and numbers of both.",
    "SI-14": "It names an order or a contract, and the buyer's registration number (warning).",
}

_FINDINGS = 100
"""Of one rule; a hostile invoice could have one for each of its terms."""


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what e-SLOG, or its envelope, cannot do with; never raises."""
    return (
        *_limited(_of_the_schema(invoice)),
        *_limited(_of_the_room(invoice)),
        *(_of_the_envelope(invoice) if is_public(invoice) else ()),
    )


def _limited(found: Iterator[Finding]) -> Iterator[Finding]:
    for count, one in enumerate(found):
        if count == _FINDINGS:
            return
        yield one


def _finding(rule: str, message: str, fix: str, pointer: str, term: str | None) -> Finding:
    return Finding(rule, RULE_SET, Flag.FATAL, message, term=term, pointer=pointer, fix=fix)


def _of_the_schema(invoice: Invoice) -> Iterator[Finding]:
    for leaf in leaves(invoice):
        for why in _wrong(leaf):
            message = f"{leaf.name} ({leaf.term}) {why}."
            fix = "Shorten it, or use another format that the buyer takes."
            yield _finding("SI-10", message, fix, leaf.pointer, leaf.term)
    for pointer, term, count, most in _counts(invoice):
        if count > most:
            message = f"There are {count} of {term}; e-SLOG holds {most}."
            yield _finding("SI-10", message, "Split the invoice.", pointer, term)
    if not any(value is not None for _, value in invoice.totals):
        message = "The invoice has no totals."
        yield _finding("SI-10", message, "Give the totals (BG-22).", "/totals", "BG-22")


def _wrong(leaf: Leaf) -> Iterator[str]:
    value, term = leaf.value, leaf.term or ""
    if isinstance(value, SchemedIdentifier):
        scheme = value.scheme_identifier or ""
        if len(scheme) > SCHEMES.get(term, 0):
            yield f"has the scheme {scheme}, of more than {SCHEMES.get(term, 0)} characters"
        value = value.value
    if isinstance(value, str) and (most := LENGTHS.get(term)) and len(value) > most:
        yield f"has {len(value)} characters; {most} fit"
    if isinstance(value, Decimal) and (digits := DIGITS.get(term)) and not fits(value, digits):
        yield f"is {value:f}; {digits} digits fit, six of them behind the point"


def fits(value: Decimal, digits: int) -> bool:
    """Tell whether a number has at most so many digits, and at most six decimals.

    Zeros at either end do not count (XML Schema part 2, 4.3.11 and 4.3.12).
    """
    _, figures, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        return False
    behind = max(-exponent, 0)
    return behind <= 6 and max(len(figures), behind, len(figures) + exponent) <= digits  # noqa: PLR2004


def _counts(invoice: Invoice) -> Iterator[tuple[str, str, int, int]]:
    yield "/vat_breakdown", "BG-23", len(invoice.vat_breakdown), MOST["BG-23"]
    for at, means in enumerate(invoice.payment_instructions[:1]):
        place = f"/payment_instructions/{at}/credit_transfers"
        yield place, "BG-17", len(means.credit_transfers), MOST["BG-17"]
    yield "/notes", "BG-1", len(invoice.notes), MOST["BG-1"]
    for at, line in enumerate(invoice.lines):
        place = f"/lines/{at}"
        adjustments = len(line.allowances) + len(line.charges)
        classes = len(line.item_classification_identifiers)
        yield f"{place}/allowances", "BG-27", adjustments, MOST["BG-27"]
        yield f"{place}/item_attributes", "BG-32", len(line.item_attributes), MOST["BG-32"]
        yield f"{place}/item_classification_identifiers", "BT-158", classes, MOST["BT-158"]


def _of_the_room(invoice: Invoice) -> Iterator[Finding]:
    try:
        back = read(write(invoice))
    except UnreadableDocumentError as error:
        fix = "Use another format that the buyer takes."
        yield _finding("SI-11", f"It cannot be read again: {error.message}", fix, "", None)
        return
    for place in differences(invoice, back):
        if place.startswith("/process_control/specification_identifier"):
            continue
        leaf = next(chain(leaves_at(invoice, place), leaves_at(back, place)), None)
        what = f"this {leaf.name} ({leaf.term})" if leaf else f"what stands at {place}"
        yield _finding(
            "SI-11",
            f"e-SLOG has no place for {what}, or would say another.",
            "Leave it out or change it, or send it to the buyer by other means.",
            place,
            leaf.term if leaf else None,
        )


def _of_the_envelope(invoice: Invoice) -> Iterator[Finding]:
    """Yield what is missing for UJP: where the envelope goes, then what UJP's portal asks for.

    Source of the latter: what client programs of the portal see (confidence C).
    """
    own = invoice.extensions.slovenia if invoice.extensions else None
    seller, buyer, way = invoice.seller, invoice.buyer, account_of(invoice)
    registered = buyer.legal_registration_identifier
    accounts = "/payment_instructions/0/credit_transfers"
    slovenia = "/extensions/slovenia"
    needed: tuple[tuple[str, str, str, object], ...] = (
        ("BT-84", "an account of the seller", accounts, way),
        (
            "BT-86",
            "the BIC of the seller's bank",
            f"{accounts}/0/payment_service_provider_identifier",
            way and way.payment_service_provider_identifier,
        ),
        (
            "BT-31",
            "a tax number of the seller",
            "/seller/vat_identifier",
            seller.vat_identifier or seller.tax_registration_identifier,
        ),
        ("NBT-010", "the buyer's account", f"{slovenia}/buyer_account", own and own.buyer_account),
        (
            "BT-48",
            "a number of the buyer",
            "/buyer/vat_identifier",
            buyer.vat_identifier or (own and own.buyer_tax_number) or registered,
        ),
    )
    for term, what, pointer, there in needed:
        if not there:
            message = f"The envelope to UJP cannot do without {what} ({term})."
            yield _finding("SI-13", message, "State it.", pointer, term)
    wished = (
        (
            "BT-13",
            "an order (BT-13) or a contract (BT-12)",
            "/purchase_order_reference",
            invoice.purchase_order_reference or invoice.contract_reference,
        ),
        (
            "BT-47",
            "the buyer's registration number (matična številka)",
            "/buyer/legal_registration_identifier",
            registered,
        ),
    )
    for term, what, pointer, there in wished:
        if not there:
            message = f"UJP may turn away an invoice that does not name {what}."
            found = _finding("SI-14", message, "State it.", pointer, term)
            yield replace(found, flag=Flag.WARNING)
