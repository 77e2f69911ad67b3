"""What is said twice, or in the wrong number: notes, empty periods, card numbers, currencies."""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE
from formats.en16931.rules.decimals import too_many
from formats.explain.repair.edits import GONE, Case, Edit, Mend, amount

_NOTES = frozenset({"PEPPOL-EN16931-R002"})
_PERIODS = frozenset({"BR-CO-19", "BR-CO-20"})
_CARD = frozenset({"BR-51"})
_CURRENCY = frozenset({"PEPPOL-EN16931-R005", "BR-53", "GW-09", "BR-CO-15", "PEPPOL-EN16931-R054"})
_SCHEMES = frozenset({"BR-62", "BR-63"})
_PROCESS = frozenset(
    {"BR-01", "PEPPOL-EN16931-R001", "PEPPOL-EN16931-R004", "PEPPOL-EN16931-R007", "BR-DE-21"}
)
_EVERY = "UBL-DT-01"
"""The decimals of any amount, whatever its term."""

_KEPT_DIGITS = (6, 4)


def notes(case: Case) -> Iterator[Mend]:
    """Yield one note (BT-22) instead of several, with the same text."""
    given = case.invoice.notes
    if not case.broken(_NOTES) or any(note.subject_code or note.extensions for note in given):
        return
    text = "\n".join(note.note for note in given)
    removed = [Edit(f"/notes/{number}", GONE) for number in range(1, len(given))]
    yield Mend(_NOTES, (Edit("/notes/0/note", text), *removed))


def periods(case: Case) -> Iterator[Mend]:
    """Yield periods that say nothing, to be left out."""
    if not case.broken(_PERIODS):
        return
    delivery = case.invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    if period is not None and period.start_date is None and period.end_date is None:
        place = "/delivery_information/invoicing_period"
        if period.extensions is None:
            yield Mend(frozenset({"BR-CO-19"}), (Edit(place, GONE),), place)
    for number, line in enumerate(case.invoice.lines):
        if line.period and line.period.start_date is None and line.period.end_date is None:
            place = f"/lines/{number}/period"
            yield Mend(frozenset({"BR-CO-20"}), (Edit(place, GONE),), place)


def cards(case: Case) -> Iterator[Mend]:
    """Yield card numbers (BT-87) as far as they may be shown: first six and last four digits."""
    if not case.broken(_CARD):
        return
    first, last = _KEPT_DIGITS
    for number, instructions in enumerate(case.invoice.payment_instructions):
        card = instructions.payment_card_information
        shown = ((card and card.primary_account_number) or "").strip(XML_SPACE)
        if shown.isdigit() and len(shown) > first + last:
            place = (
                f"/payment_instructions/{number}/payment_card_information/primary_account_number"
            )
            yield Mend(_CARD, (Edit(place, shown[:first] + shown[-last:]),), place)


def currencies(case: Case) -> Iterator[Mend]:
    """Yield the VAT accounting currency (BT-6), to be left out when it is the invoice's own."""
    invoice = case.invoice
    code, totals = invoice.vat_accounting_currency_code, invoice.totals
    if code is None or code != invoice.currency_code or not case.broken(_CURRENCY):
        return
    edits = [Edit("/vat_accounting_currency_code", GONE)]
    if totals.total_vat_in_accounting_currency is not None:
        if totals.total_vat_in_accounting_currency != totals.total_vat:
            return
        edits.append(Edit("/totals/total_vat_in_accounting_currency", GONE))
    yield Mend(_CURRENCY, tuple(edits), because=("/currency_code",))


def schemes(case: Case) -> Iterator[Mend]:
    """Yield EM as the scheme of an electronic address (BT-34, BT-49) that is an e-mail address."""
    if not case.broken(_SCHEMES):
        return
    invoice = case.invoice
    for rule, party, address in (
        ("BR-62", "seller", invoice.seller.electronic_address),
        ("BR-63", "buyer", invoice.buyer.electronic_address),
    ):
        if address is None or address.scheme_identifier is not None:
            continue
        local, _, domain = address.value.partition("@")
        if local and "." in domain and "@" not in domain and " " not in address.value:
            place = f"/{party}/electronic_address"
            new = {"value": address.value, "scheme_identifier": "EM"}
            yield Mend(frozenset({rule}), (Edit(place, new),), place)


def process(case: Case) -> Iterator[Mend]:
    """Yield BT-23 and BT-24 as the profile prescribes them."""
    broken, profile = case.broken(_PROCESS), case.profile
    if not broken or profile is None:
        return
    given = case.invoice.process_control
    edits = []
    specification = given.specification_identifier
    if broken & {"BR-01", "PEPPOL-EN16931-R004", "BR-DE-21"} and specification != (
        profile.customization_id
    ):
        place = "/process_control/specification_identifier"
        edits.append(Edit(place, profile.customization_id))
    if broken & {"PEPPOL-EN16931-R001", "PEPPOL-EN16931-R007"} and profile.process_id:
        edits.append(Edit("/process_control/business_process_type", profile.process_id))
    if edits:
        yield Mend(_PROCESS, tuple(edits))


def decimals(case: Case) -> Iterator[Mend]:
    """Yield amounts with two decimals (BR-DEC); whether the sums bear it, the judge says."""
    yield from _decimals(case.invoice, case)


def _decimals(invoice: Invoice, case: Case) -> Iterator[Mend]:
    for rule, pointer, rounded in too_many(invoice):
        if rule in case.rules:
            yield Mend(frozenset({rule, _EVERY}), (Edit(pointer, amount(rounded)),), pointer)
