"""What Facturae and FACe refuse, told on the model before a byte is written.

Sources: Facturaev3_2_2.xml (the schema); Orden HAP/1650/2015, annex II, and Ley 25/2013, article 6
(the three units that FACe asks for).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from formats.en16931.comparison import differences
from formats.en16931.leaves import leaves_at
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.en16931.party import Buyer, BuyerPostalAddress, Seller, SellerPostalAddress
from formats.facturae.code_lists import COUNTRIES, CURRENCIES, LANGUAGES, METHODS, REASONS
from formats.facturae.document import read, write
from formats.facturae.party import PERSON, POST_CODE
from formats.findings import Finding, Flag
from formats.xml import UnreadableDocumentError

RULE_SET = "formats.facturae:semantic"
RULES = {
    "ES-20": "An invoice in Facturae has what its schema cannot do without, in its code lists.",
    "ES-21": "Facturae has room for everything the invoice says.",
    "ES-22": (
        "An invoice to the administration names oficina contable, órgano gestor and unidad"
        " tramitadora by their DIR3 codes; who names one names all three."
    ),
}

OFFICE, BODY, UNIT = "01", "02", "03"
"""RoleTypeCode of the three units of FACe: oficina contable, órgano gestor, unidad tramitadora."""
CENTRES = "/extensions/facturae/administrative_centres"

_ROLES = {OFFICE: "oficina contable", BODY: "órgano gestor", UNIT: "unidad tramitadora"}
_DIR3 = re.compile(r"[A-Z]{1,3}[A-Z0-9]{2,8}")
_NUMBER = range(3, 31)
_MOST = 100
_TYPES = frozenset(f"{n:02}" for n in range(1, 30))
_EVERY_ROLE = frozenset(f"{n:02}" for n in range(1, 10))
_DOCUMENTS = frozenset({"FC", "FA", "AF"})


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with an invoice as Facturae."""
    missing = tuple(_of_the_schema(invoice))
    room = () if missing else _of_the_room(invoice)
    return (*missing, *room, *_of_the_centres(invoice))


def _of_the_schema(invoice: Invoice) -> Iterator[Finding]:
    codes = CURRENCIES
    yield from _needed(invoice.number, "BT-1", "/number", "an invoice number")
    yield from _needed(invoice.issue_date, "BT-2", "/issue_date", "a day of issue")
    yield from _listed(invoice.currency_code, codes, "BT-5", "/currency_code")
    if invoice.currency_code in codes and invoice.currency_code != "EUR":
        yield _refused(
            "BT-5",
            "/currency_code",
            "An invoice in another currency says its amounts in euros too.",
        )
    accounting = invoice.vat_accounting_currency_code or "EUR"
    yield from _listed(accounting, codes, "BT-6", "/vat_accounting_currency_code")
    seller = invoice.seller
    of_seller = ("BT-31", "BT-40", "BG-5", "BT-27")
    yield from _party(seller, seller.tax_registration_identifier, "seller", of_seller)
    yield from _party(invoice.buyer, None, "buyer", ("BT-48", "BT-55", "BG-8", "BT-44"))
    if not invoice.lines:
        yield _missing("BG-25", "/lines", "a line")
    if not invoice.vat_breakdown:
        yield _missing("BG-23", "/vat_breakdown", "a row of its VAT breakdown")
    yield from _of_the_extension(invoice)
    yield from _of_the_total_tax(invoice)


def _of_the_total_tax(invoice: Invoice) -> Iterator[Finding]:
    """Yield a finding where BT-110 leaves out what TotalTaxOutputs has in it.

    The schema: all taxes of TaxesOutputs, with the recargo de equivalencia.
    """
    extension = invoice.extensions.facturae if invoice.extensions else None
    if extension is None:
        return
    beside = add(
        amount
        for amount in (
            *(one.amount for one in extension.equivalence_surcharges),
            *(one.tax_amount for one in extension.other_taxes),
        )
        if amount is not None
    )
    rows = add(row.category_tax_amount or Decimal(0) for row in invoice.vat_breakdown)
    if beside and invoice.totals.total_vat != EXACT.add(rows, beside):
        yield _refused(
            "BT-110",
            "/totals/total_vat",
            f"Surcharges and other taxes of {beside} belong to the total of taxes and to what is"
            " to be paid.",
        )


def _party(
    party: Seller | Buyer, registered: str | None, name: str, terms: tuple[str, str, str, str]
) -> Iterator[Finding]:
    legal, address = party.legal_registration_identifier, party.postal_address
    known = (party.vat_identifier, registered, legal.value if legal else None)
    number = next(filter(None, known), "").strip().removeprefix("ES")
    if len(number) not in _NUMBER:
        what = "a tax number of 3 to 30 characters"
        yield _missing(terms[0], f"/{name}/vat_identifier", what)
    if address is not None and address.country_code is not None:
        pointer = f"/{name}/postal_address/country_code"
        yield from _listed(address.country_code, COUNTRIES, terms[1], pointer)
    country = address.country_code if address is not None else None
    if country in {None, "ES"} and not _is_complete_in_spain(address):
        what = "street, town and post code of five digits of who sits in Spain"
        yield _missing(terms[2], f"/{name}/postal_address", what)
    surname = " " in (party.name or "").strip()
    if PERSON.fullmatch(number) and not surname and country in {None, "ES"}:
        yield _missing(terms[3], f"/{name}/name", "name and surname of a person")


def _is_complete_in_spain(address: SellerPostalAddress | BuyerPostalAddress | None) -> bool:
    """Tell whether AddressInSpain has all that it cannot do without."""
    return (
        address is not None
        and bool(address.line_1 and address.city)
        and POST_CODE.fullmatch(address.post_code or "") is not None
    )


def _of_the_extension(invoice: Invoice) -> Iterator[Finding]:
    extension = invoice.extensions.facturae if invoice.extensions else None
    if extension is None:
        return
    at = "/extensions/facturae"
    document, language = extension.document_type, extension.language
    yield from _listed(
        document or "FC", _DOCUMENTS, "FE-InvoiceDocumentType", f"{at}/document_type"
    )
    yield from _listed(language or "es", LANGUAGES, "FE-LanguageName", f"{at}/language")
    if (corrective := extension.corrective) is not None:
        reason, method = corrective.reason_code or "10", corrective.method or "01"
        yield from _listed(reason, REASONS, "FE-ReasonCode", f"{at}/corrective/reason_code")
        yield from _listed(method, METHODS, "FE-CorrectionMethod", f"{at}/corrective/method")
    if extension.third_party_number and len(extension.third_party_number) not in _NUMBER:
        yield _missing(
            "FE-ThirdParty.TaxIdentificationNumber",
            f"{at}/third_party_number",
            "a tax number of 3 to 30 characters",
        )
    for position, centre in enumerate(extension.administrative_centres):
        yield from _listed(
            centre.role_code or OFFICE,
            _EVERY_ROLE,
            "FE-RoleTypeCode",
            f"{CENTRES}/{position}/role_code",
        )
    named = {"withheld_taxes": extension.withheld_taxes, "other_taxes": extension.other_taxes}
    places = [(f"{at}/{name}", taxes) for name, taxes in named.items()]
    for position, line in enumerate(invoice.lines):
        own = line.extensions.facturae if line.extensions else None
        here = f"/lines/{position}{at}"
        places += [(f"{here}/withheld_taxes", own.withheld_taxes)] if own else []
        places += [(f"{here}/other_taxes", own.other_taxes)] if own else []
    for place, taxes in places:
        for position, tax in enumerate(taxes):
            pointer = f"{place}/{position}/tax_type_code"
            yield from _listed(tax.tax_type_code, _TYPES, "FE-TaxTypeCode", pointer)


def _of_the_room(invoice: Invoice) -> tuple[Finding, ...]:
    try:
        back = read(write(invoice))
    except UnreadableDocumentError as error:
        return (_refused("BT-1", "/number", f"Facturae cannot hold the invoice: {error.message}"),)
    places = [
        place
        for place in differences(invoice, back)
        if not place.startswith(("/process_control", "/extensions/spain"))
    ]
    return tuple(_homeless(invoice, back, place) for place in places[:_MOST])


def _homeless(invoice: Invoice, back: Invoice, place: str) -> Finding:
    leaf = next(chain(leaves_at(invoice, place), leaves_at(back, place)), None)
    what = f"this {leaf.name} ({leaf.term})" if leaf else f"what stands at {place}"
    return Finding(
        "ES-21",
        RULE_SET,
        Flag.FATAL,
        f"Facturae has no place for {what}, or would say another.",
        term=leaf.term if leaf else None,
        pointer=place,
        fix="Leave it out, shorten it, or send it to the buyer by other means.",
    )


def _of_the_centres(invoice: Invoice) -> Iterator[Finding]:
    extension = invoice.extensions.facturae if invoice.extensions else None
    centres = extension.administrative_centres if extension else ()
    named = [centre.role_code for centre in centres]
    for role, title in _ROLES.items():
        if centres and named.count(role) != 1:
            yield _centre(
                CENTRES,
                f"The invoice names {named.count(role)} times the {title} (role {role}).",
                f"Name the {title} once; the administration says its DIR3 code.",
            )
    for position, centre in enumerate(centres):
        if centre.role_code in _ROLES and not _DIR3.fullmatch(centre.centre_code or ""):
            yield _centre(
                f"{CENTRES}/{position}/centre_code",
                f"{centre.centre_code} has not the form of a DIR3 code.",
                "Write the code as the directory has it, for example L01280796.",
            )


def _centre(pointer: str, message: str, fix: str) -> Finding:
    return Finding(
        "ES-22", RULE_SET, Flag.FATAL, message, term="FE-CentreCode", pointer=pointer, fix=fix
    )


def _needed(value: object, term: str, pointer: str, what: str) -> Iterator[Finding]:
    if value is None or not str(value).strip():
        yield _missing(term, pointer, what)


def _listed(
    value: str | None, codes: frozenset[str] | dict[str, str], term: str, pointer: str
) -> Iterator[Finding]:
    if value not in codes:
        yield _refused(term, pointer, f"{value} is not in Facturae's code list.")


def _missing(term: str, pointer: str, what: str) -> Finding:
    return _refused(term, pointer, f"Facturae cannot do without {what}.")


def _refused(term: str, pointer: str, message: str) -> Finding:
    return Finding(
        "ES-20",
        RULE_SET,
        Flag.FATAL,
        message,
        term=term,
        pointer=pointer,
        fix="Give it as Facturae 3.2.2 wants it.",
    )
