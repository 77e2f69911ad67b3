"""VAT identifiers (BT-31, BT-48, BT-63) that lack the country in front (BR-CO-09).

The country is put in front where the party's address names it and the rest is a VAT number of that
country, by its form and its check digits. A prefix that is no country is not replaced: it may be
part of a number that is wrong altogether.
"""

import re
from collections.abc import Iterator

from stdnum import get_cc_module

from formats.en16931.codes.countries import VAT_PREFIXES
from formats.explain.repair.edits import Case, Edit, Mend

_RULES = frozenset({"BR-CO-09"})

FORMS = {
    "AT": "U[0-9]{8}",
    "BE": "[01][0-9]{9}",
    "BG": "[0-9]{9,10}",
    "CY": "[0-9]{8}[A-Z]",
    "CZ": "[0-9]{8,10}",
    "DE": "[0-9]{9}",
    "DK": "[0-9]{8}",
    "EE": "[0-9]{9}",
    "ES": "[A-Z0-9][0-9]{7}[A-Z0-9]",
    "FI": "[0-9]{8}",
    "FR": "[A-Z0-9]{2}[0-9]{9}",
    "GB": "[0-9]{9}|[0-9]{12}",
    "GR": "[0-9]{9}",
    "HR": "[0-9]{11}",
    "HU": "[0-9]{8}",
    "IE": "[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}",
    "IT": "[0-9]{11}",
    "LT": "[0-9]{9}|[0-9]{12}",
    "LU": "[0-9]{8}",
    "LV": "[0-9]{11}",
    "MT": "[0-9]{8}",
    "NL": "[0-9]{9}B[0-9]{2}",
    "PL": "[0-9]{10}",
    "PT": "[0-9]{9}",
    "RO": "[0-9]{2,10}",
    "SE": "[0-9]{12}",
    "SI": "[0-9]{8}",
    "SK": "[0-9]{10}",
}
"""What follows the country in a VAT identifier, by ISO 3166-1 code (public at VIES and HMRC)."""


def mend(case: Case) -> Iterator[Mend]:
    """Yield the identifiers with their country in front, in capitals, without space around."""
    if not case.broken(_RULES):
        return
    invoice = case.invoice
    representative = invoice.seller_tax_representative
    for place, identifier, address in (
        ("/seller", invoice.seller.vat_identifier, invoice.seller.postal_address),
        ("/buyer", invoice.buyer.vat_identifier, invoice.buyer.postal_address),
        (
            "/seller_tax_representative",
            representative.vat_identifier if representative else None,
            representative.postal_address if representative else None,
        ),
    ):
        if identifier is None or identifier[:2] in VAT_PREFIXES:
            continue
        country = address.country_code if address else None
        right = _right(identifier, country)
        if right is not None:
            where = f"{place}/vat_identifier"
            because = (f"{place}/postal_address/country_code",)
            yield Mend(_RULES, (Edit(where, right),), where, because)


def _right(identifier: str, country: str | None) -> str | None:
    bare = re.sub(r"[\s.-]", "", identifier).upper()
    prefix = "EL" if country == "GR" else country
    if prefix is not None and (form := FORMS.get(country or "")) is not None:
        if re.fullmatch(form, bare):
            right = f"{prefix}{bare}"
            return right if _is_valid(right, country) else None
        if bare.startswith((prefix, country or prefix)) and re.fullmatch(form, bare[2:]):
            return f"{prefix}{bare[2:]}"
    spelled = identifier.strip().upper()
    known = spelled[:2] in VAT_PREFIXES and spelled[:2] in {prefix, country}
    return spelled if known and any(sign.isdigit() for sign in spelled) else None


def _is_valid(identifier: str, country: str | None) -> bool:
    """Tell whether it passes the national check: eight digits may as well be a date."""
    module = get_cc_module(country or "", "vat")
    return module is None or bool(module.is_valid(identifier))
