"""Codes of a body in the spelling of their lists: `de` is DE, and 381 without quotes is "381".

Whoever computes compares codes as they stand, so they are put right once, before that. A code is
changed only when it is not in its list as written and is with other letter case; what then still
is in no list stays, and the rules say so. Units are in `units.py`: their words come first there.
"""

import functools
import re
from collections.abc import Mapping

from formats.en16931.codes.allowances import ALLOWANCE_REASONS, CHARGE_REASONS
from formats.en16931.codes.attachments import MEDIA_TYPES
from formats.en16931.codes.countries import COUNTRIES, VAT_PREFIXES
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES, INVOICE_TYPES, NOTE_SUBJECTS
from formats.en16931.codes.identifiers import EAS, ICD, ITEM_CLASSIFICATIONS, OBJECT_SCHEMES
from formats.en16931.codes.payments import PAYMENT_MEANS
from formats.en16931.codes.taxes import VAT_CATEGORIES, VAT_EXEMPTIONS, VAT_POINT_DATES

LISTS: Mapping[str, frozenset[str]] = {
    "currency_code": CURRENCIES,
    "vat_accounting_currency_code": CURRENCIES,
    "country_code": COUNTRIES,
    "item_country_of_origin": COUNTRIES,
    "vat_category_code": VAT_CATEGORIES,
    "exemption_reason_code": VAT_EXEMPTIONS,
    "value_added_tax_point_date_code": VAT_POINT_DATES,
    "payment_means_type_code": PAYMENT_MEANS,
    "subject_code": NOTE_SUBJECTS,
    "mime_code": MEDIA_TYPES,
    "scheme_identifier": ICD | {"SEPA"},
}
"""Fields whose name tells their list wherever they stand."""

LISTS_BY_PLACE: Mapping[tuple[str, str], frozenset[str]] = {
    ("", "type_code"): INVOICE_TYPES | CREDIT_NOTE_TYPES,
    ("vat_breakdown", "category_code"): VAT_CATEGORIES,
    ("vat_exemptions", "category_code"): VAT_CATEGORIES,
    ("vat_exemptions", "code"): VAT_EXEMPTIONS,
    ("allowances", "reason_code"): ALLOWANCE_REASONS,
    ("document_level_allowances", "reason_code"): ALLOWANCE_REASONS,
    ("charges", "reason_code"): CHARGE_REASONS,
    ("document_level_charges", "reason_code"): CHARGE_REASONS,
    ("electronic_address", "scheme_identifier"): EAS,
    ("object_identifier", "scheme_identifier"): OBJECT_SCHEMES,
    ("invoiced_object_identifier", "scheme_identifier"): OBJECT_SCHEMES,
    ("item_classification_identifiers", "scheme_identifier"): ITEM_CLASSIFICATIONS,
}
"""Fields whose list depends on the field they stand in; "" is the body itself."""

VAT_IDENTIFIERS = frozenset({"vat_identifier"})
"""BT-31, BT-48, BT-63: they begin with a country's code, and have capitals only everywhere."""

_VAT_IDENTIFIER = re.compile(r"[A-Za-z0-9]{2}(?=\D*\d)[A-Za-z0-9 .+*/-]+")


def in_their_lists(value: object, place: str = "") -> object:
    """Return a body with its codes as their lists spell them.

    Args:
        value: JSON under EN 16931's own names; it is not changed.
        place: The field it stands in.
    """
    if isinstance(value, list):
        return [in_their_lists(inner, place) for inner in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: inner if name == "metadata" else _field(name, inner, place)
        for name, inner in value.items()
    }


def _field(name: str, value: object, place: str) -> object:
    codes = LISTS_BY_PLACE.get((place, name)) or LISTS.get(name)
    if codes is not None and isinstance(value, str | int) and not isinstance(value, bool):
        return _spelled(value, codes)
    if name in VAT_IDENTIFIERS and isinstance(value, str):
        return _vat_identifier(value)
    return in_their_lists(value, name)


def _spelled(value: str | int, codes: frozenset[str]) -> str | int:
    if isinstance(value, int):
        return str(value) if str(value) in codes else value
    return value if value in codes else _by_folded(codes).get(value.strip().casefold(), value)


def _vat_identifier(value: str) -> str:
    """Return it in capitals, bare of white space around it (BR-CO-09 counts that in CII).

    What does not look like a VAT identifier stays.
    """
    bare = value.strip()
    known = bare[:2].upper() in VAT_PREFIXES and _VAT_IDENTIFIER.fullmatch(bare)
    return bare.upper() if known else value


@functools.cache
def _by_folded(codes: frozenset[str]) -> dict[str, str]:
    return {code.casefold(): code for code in codes}
