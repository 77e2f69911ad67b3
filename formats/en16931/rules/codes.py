"""Code lists: BR-CL-01 and BR-CL-04 to BR-CL-26.

BR-CL-03 (the currency of each amount) has no place here: the model has one invoice currency.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from formats.en16931.codes.allowances import ALLOWANCE_REASONS, CHARGE_REASONS
from formats.en16931.codes.attachments import MEDIA_TYPES
from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES, INVOICE_TYPES, NOTE_SUBJECTS
from formats.en16931.codes.identifiers import EAS, ICD, ITEM_CLASSIFICATIONS, OBJECT_SCHEMES
from formats.en16931.codes.payments import PAYMENT_MEANS
from formats.en16931.codes.taxes import VAT_CATEGORIES, VAT_EXEMPTIONS, VAT_POINT_DATES
from formats.en16931.codes.units import UNITS
from formats.en16931.group import SchemedIdentifier
from formats.en16931.line import Line
from formats.en16931.model import Invoice, InvoiceNote
from formats.en16931.rules.base import fatal
from formats.en16931.rules.categories import trimmed
from formats.en16931.rules.places import address_countries
from formats.findings import Finding

_SUBJECT_LENGTH = 3
_PARTS = 3  # before, between and after the two #

_AS_WRITTEN = frozenset({"BR-CL-24"})
"""The artefacts compare it with the white space around it; all others without."""

RULES = frozenset(f"BR-CL-{number:02}" for number in range(1, 27) if number not in {2, 3, 9, 12})


@dataclass(frozen=True, slots=True)
class _List:
    """A code list and what people call it."""

    codes: frozenset[str]
    name: str


_DOCUMENTS = _List(INVOICE_TYPES | CREDIT_NOTE_TYPES, "UNTDID 1001 for invoices and credit notes")
_SUBJECTS = _List(NOTE_SUBJECTS, "UNTDID 4451")
_CURRENCIES = _List(CURRENCIES, "ISO 4217")
_COUNTRIES = _List(COUNTRIES, "ISO 3166-1 alpha-2")
_POINT_DATES = _List(VAT_POINT_DATES, "UNTDID 2005 (3, 35, 432)")
_CATEGORIES = _List(VAT_CATEGORIES, "UNTDID 5305")
_EXEMPTIONS = _List(VAT_EXEMPTIONS, "the VATEX list")
_ALLOWANCES = _List(ALLOWANCE_REASONS, "UNTDID 5189")
_CHARGES = _List(CHARGE_REASONS, "UNTDID 7161")
_MEANS = _List(PAYMENT_MEANS, "UNTDID 4461")
_MEDIA = _List(MEDIA_TYPES, "the media types of EN 16931")
_UNITS = _List(UNITS, "UN/ECE Recommendation 20 (C62 for one, HUR for hours ...)")
_ICD = _List(ICD, "the ICD list of ISO/IEC 6523")
_ICD_OR_SEPA = _List(ICD | {"SEPA"}, _ICD.name)
_EAS = _List(EAS, "the CEF EAS list")
_OBJECTS = _List(OBJECT_SCHEMES, "UNTDID 1153")
_ITEMS = _List(ITEM_CLASSIFICATIONS, "UNTDID 7143")


@dataclass(frozen=True, slots=True)
class _Coded:
    """A code as written, and the list it must be from."""

    rule: str
    pointer: str
    term: str
    code: str | None
    list: _List


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return the codes that are not in their lists."""
    return tuple(
        fatal(
            item.rule,
            item.pointer,
            item.term,
            f"{item.code or 'An empty text'} ({item.term}) is not in {item.list.name}.",
            _nearest(item),
        )
        for item in _coded(invoice)
        if item.code is not None and _compared(item) not in item.list.codes
    )


def _compared(item: _Coded) -> str | None:
    return item.code if item.rule in _AS_WRITTEN else trimmed(item.code)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A code that is not in its list as it is written; space around it counts."""

    rule: str
    pointer: str
    code: str
    codes: frozenset[str]


def unlisted(invoice: Invoice) -> Iterator[Unlisted]:
    """Yield the codes that are not in their lists, with the lists: for whoever mends them."""
    for item in _coded(invoice):
        if item.code is not None and item.code not in item.list.codes:
            yield Unlisted(item.rule, item.pointer, item.code, item.list.codes)


def _nearest(item: _Coded) -> str:
    """Say which code was probably meant: case is the usual mistake."""
    candidate = (trimmed(item.code) or "").upper()
    if candidate in item.list.codes:
        return f"Write {candidate}."
    return f"Take a code of {item.list.name}."


def _coded(invoice: Invoice) -> Iterator[_Coded]:
    yield from _document(invoice)
    yield from _parties(invoice)
    yield from _amounts(invoice)
    for number, line in enumerate(invoice.lines):
        yield from _line(line, f"/lines/{number}")


def _document(invoice: Invoice) -> Iterator[_Coded]:
    yield _Coded("BR-CL-01", "/type_code", "BT-3", invoice.type_code, _DOCUMENTS)
    code = invoice.currency_code
    yield _Coded("BR-CL-04", "/currency_code", "BT-5", code, _CURRENCIES)
    code = invoice.vat_accounting_currency_code
    pointer = "/vat_accounting_currency_code"
    yield _Coded("BR-CL-05", pointer, "BT-6", code, _CURRENCIES)
    code = invoice.value_added_tax_point_date_code
    pointer = "/value_added_tax_point_date_code"
    yield _Coded("BR-CL-06", pointer, "BT-8", code, _POINT_DATES)
    yield _object_identifier(
        "/invoiced_object_identifier", "BT-18", invoice.invoiced_object_identifier
    )
    for number, note in enumerate(invoice.notes):
        yield _subject(note, f"/notes/{number}")
    for number, instructions in enumerate(invoice.payment_instructions):
        code = instructions.payment_means_type_code
        pointer = f"/payment_instructions/{number}/payment_means_type_code"
        yield _Coded("BR-CL-16", pointer, "BT-81", code, _MEANS)
    for number, document in enumerate(invoice.additional_supporting_documents):
        if document.attached_document is not None:
            pointer = f"/additional_supporting_documents/{number}/attached_document/mime_code"
            code = document.attached_document.mime_code
            yield _Coded("BR-CL-24", pointer, "BT-125", code, _MEDIA)


def _subject(note: InvoiceNote, pointer: str) -> _Coded:
    """UBL writes #AAI# before the note; the artefact takes any three characters between two #."""
    written = note.note if note.subject_code is None else f"#{note.subject_code}#{note.note}"
    parts = written.split("#", 2)
    is_subject = len(parts) == _PARTS and len(parts[1]) == _SUBJECT_LENGTH
    where = f"{pointer}/note" if note.subject_code is None else f"{pointer}/subject_code"
    return _Coded("BR-CL-08", where, "BT-21", parts[1] if is_subject else None, _SUBJECTS)


def _scheme(
    rule: str,
    pointer: str,
    term: str,
    identifier: SchemedIdentifier | None,
    codes: _List,
) -> _Coded:
    scheme = None if identifier is None else identifier.scheme_identifier
    return _Coded(rule, f"{pointer}/scheme_identifier", term, scheme, codes)


def _object_identifier(pointer: str, term: str, identifier: SchemedIdentifier | None) -> _Coded:
    return _scheme("BR-CL-07", pointer, term, identifier, _OBJECTS)


def _parties(invoice: Invoice) -> Iterator[_Coded]:
    seller, buyer, payee = invoice.seller, invoice.buyer, invoice.payee
    for number, identifier in enumerate(seller.identifiers):
        pointer = f"/seller/identifiers/{number}"
        yield _scheme("BR-CL-10", pointer, "BT-29", identifier, _ICD_OR_SEPA)
    yield _scheme("BR-CL-10", "/buyer/identifier", "BT-46", buyer.identifier, _ICD)
    registration = seller.legal_registration_identifier
    pointer = "/seller/legal_registration_identifier"
    yield _scheme("BR-CL-11", pointer, "BT-30", registration, _ICD)
    registration = buyer.legal_registration_identifier
    pointer = "/buyer/legal_registration_identifier"
    yield _scheme("BR-CL-11", pointer, "BT-47", registration, _ICD)
    if payee is not None:
        yield _scheme("BR-CL-10", "/payee/identifier", "BT-60", payee.identifier, _ICD_OR_SEPA)
        registration = payee.legal_registration_identifier
        pointer = "/payee/legal_registration_identifier"
        yield _scheme("BR-CL-11", pointer, "BT-61", registration, _ICD)
    for pointer, term, address in (
        ("/seller/electronic_address", "BT-34", seller.electronic_address),
        ("/buyer/electronic_address", "BT-49", buyer.electronic_address),
    ):
        yield _scheme("BR-CL-25", pointer, term, address, _EAS)
    for place in address_countries(invoice):
        yield _Coded("BR-CL-14", place.pointer, place.term, place.code, _COUNTRIES)
    if invoice.delivery_information is not None:
        location = invoice.delivery_information.deliver_to_location_identifier
        pointer = "/delivery_information/deliver_to_location_identifier"
        yield _scheme("BR-CL-26", pointer, "BT-71", location, _ICD)


def _amounts(invoice: Invoice) -> Iterator[_Coded]:
    for number, allowance in enumerate(invoice.document_level_allowances):
        pointer = f"/document_level_allowances/{number}"
        yield _category("BR-CL-17", pointer, "BT-95", allowance.vat_category_code)
        yield _allowance_reason(pointer, "BT-98", allowance.reason_code)
    for number, charge in enumerate(invoice.document_level_charges):
        pointer = f"/document_level_charges/{number}"
        yield _category("BR-CL-17", pointer, "BT-102", charge.vat_category_code)
        yield _charge_reason(pointer, "BT-105", charge.reason_code)
    for number, row in enumerate(invoice.vat_breakdown):
        pointer = f"/vat_breakdown/{number}"
        code = row.category_code
        yield _Coded("BR-CL-17", f"{pointer}/category_code", "BT-118", code, _CATEGORIES)
        if row.exemption_reason_code is not None:  # the artefact compares in upper case
            code = row.exemption_reason_code.upper()
            pointer = f"{pointer}/exemption_reason_code"
            yield _Coded("BR-CL-22", pointer, "BT-121", code, _EXEMPTIONS)


def _category(rule: str, pointer: str, term: str, code: str | None) -> _Coded:
    where = f"{pointer}/vat_category_code"
    return _Coded(rule, where, term, code, _CATEGORIES)


def _allowance_reason(pointer: str, term: str, code: str | None) -> _Coded:
    where = f"{pointer}/reason_code"
    return _Coded("BR-CL-19", where, term, code, _ALLOWANCES)


def _charge_reason(pointer: str, term: str, code: str | None) -> _Coded:
    where = f"{pointer}/reason_code"
    return _Coded("BR-CL-20", where, term, code, _CHARGES)


def _line(line: Line, pointer: str) -> Iterator[_Coded]:
    yield _object_identifier(f"{pointer}/object_identifier", "BT-128", line.object_identifier)
    yield _category("BR-CL-18", pointer, "BT-151", line.vat_category_code)
    yield _Coded("BR-CL-23", f"{pointer}/unit_code", "BT-130", line.unit_code, _UNITS)
    where = f"{pointer}/item_price_base_quantity_unit_code"
    code = line.item_price_base_quantity_unit_code
    yield _Coded("BR-CL-23", where, "BT-150", code, _UNITS)
    for number, allowance in enumerate(line.allowances):
        where = f"{pointer}/allowances/{number}"
        yield _allowance_reason(where, "BT-140", allowance.reason_code)
    for number, charge in enumerate(line.charges):
        yield _charge_reason(f"{pointer}/charges/{number}", "BT-145", charge.reason_code)
    standard = line.item_standard_identifier
    yield _scheme("BR-CL-21", f"{pointer}/item_standard_identifier", "BT-157", standard, _ICD)
    for number, identifier in enumerate(line.item_classification_identifiers):
        where = f"{pointer}/item_classification_identifiers/{number}"
        yield _scheme("BR-CL-13", where, "BT-158", identifier, _ITEMS)
    where = f"{pointer}/item_country_of_origin"
    code = line.item_country_of_origin
    yield _Coded("BR-CL-15", where, "BT-159", code, _COUNTRIES)
