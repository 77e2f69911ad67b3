"""What the members of the European Union share: membership, VAT prefixes, and checks on both.

Directive 2006/112/EC is "the VAT Directive" below.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal

from countries.base import Confidence, Rate, Source
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

VAT_DIRECTIVE = Source(
    title="Council Directive 2006/112/EC, Articles 214 and 215",
    url="https://eur-lex.europa.eu/",
    read_on=datetime.date(2026, 11, 20),
    confidence=Confidence.M,
    note="The prefixes are common knowledge; the consolidated text was not opened.",
)
VIDA = Source(
    title="Council Directive (EU) 2025/516 (ViDA), CELEX 32025L0516",
    url="https://eur-lex.europa.eu/",
    read_on=datetime.date(2026, 11, 20),
    confidence=Confidence.B,
    note="Read in a secondary matrix that quotes it (status of 2026-08-05).",
)

CROSS_BORDER_E_INVOICING_SINCE = datetime.date(2030, 7, 1)
"""Intra-EU B2B invoices are EN 16931 e-invoices by default from this day (`VIDA`)."""

RATE_RULE = "A domestic standard-rated line bears a rate that was in force (warning)."

_FIRST = datetime.date(1958, 1, 1)
_2004 = datetime.date(2004, 5, 1)

MEMBERS: dict[str, tuple[datetime.date, datetime.date | None]] = {
    "AT": (datetime.date(1995, 1, 1), None),
    "BE": (_FIRST, None),
    "BG": (datetime.date(2007, 1, 1), None),
    "CY": (_2004, None),
    "CZ": (_2004, None),
    "DE": (_FIRST, None),
    "DK": (datetime.date(1973, 1, 1), None),
    "EE": (_2004, None),
    "ES": (datetime.date(1986, 1, 1), None),
    "FI": (datetime.date(1995, 1, 1), None),
    "FR": (_FIRST, None),
    "GB": (datetime.date(1973, 1, 1), datetime.date(2020, 1, 31)),
    "GR": (datetime.date(1981, 1, 1), None),
    "HR": (datetime.date(2013, 7, 1), None),
    "HU": (_2004, None),
    "IE": (datetime.date(1973, 1, 1), None),
    "IT": (_FIRST, None),
    "LT": (_2004, None),
    "LU": (_FIRST, None),
    "LV": (_2004, None),
    "MT": (_2004, None),
    "NL": (_FIRST, None),
    "PL": (_2004, None),
    "PT": (datetime.date(1986, 1, 1), None),
    "RO": (datetime.date(2007, 1, 1), None),
    "SE": (datetime.date(1995, 1, 1), None),
    "SI": (_2004, None),
    "SK": (_2004, None),
}
"""First and last day of membership by ISO 3166-1 code. From memory (confidence M)."""


def is_member(country_code: str, day: datetime.date) -> bool:
    """True when the country (ISO 3166-1) belonged to the Union on the day."""
    if country_code not in MEMBERS:
        return False
    since, until = MEMBERS[country_code]
    return since <= day and (until is None or day <= until)


_TRANSITION: dict[str, datetime.date] = {"GB": datetime.date(2020, 12, 31)}
"""Until when the VAT Directive went on to hold after a member left: Withdrawal Agreement, Article
126, to the end of the transition period."""


def in_vat_territory(country_code: str, day: datetime.date) -> bool:
    """True when the VAT Directive held in the country (ISO 3166-1) on the day.

    Says nothing of the special territories in it, which `countries.vat.territories` knows.
    """
    return is_member(country_code, day) or (
        country_code in _TRANSITION
        and MEMBERS[country_code][0] <= day <= _TRANSITION[country_code]
    )


def vat_prefix(country_code: str) -> str:
    """Return the two letters before a member's VAT identifiers: ISO 3166-1, but EL for Greece."""
    return "EL" if country_code == "GR" else country_code


def country_of(vat_identifier: str) -> str:
    """Return the ISO 3166-1 code behind a VAT identifier's first two letters.

    Northern Ireland (XI) stays XI: for goods it is treated like a member, for services it is not.
    """
    prefix = vat_identifier.strip()[:2].upper()
    return "GR" if prefix == "EL" else prefix


def has_prefix(vat_identifier: str, country_code: str) -> bool:
    """True when a VAT identifier begins with the letters of the country."""
    return vat_identifier.strip().upper().startswith(vat_prefix(country_code))


def vat_identifier_findings(
    invoice: Invoice,
    country_code: str,
    *,
    is_valid: Callable[[str], bool],
    finding: Finding,
) -> tuple[Finding, ...]:
    """Return `finding` when the seller's VAT identifier of this country fails its check digit.

    Another member's identifier is none of this country's business: businesses register abroad.
    """
    written = invoice.seller.vat_identifier
    if written is None or not has_prefix(written, country_code) or is_valid(written):
        return ()
    return (finding,)


def rate_findings(
    invoice: Invoice, country_code: str, rates: tuple[Rate, ...], *, rule: str, rule_set: str
) -> tuple[Finding, ...]:
    """Warn of standard-rated lines whose rate the country did not have.

    Looks only at sales that are certainly taxed there: the seller is identified there, the buyer
    sits there, and no representative answers for another country's VAT. A rate is accepted when
    it was in force on any of the days that may be the tax point (issue, tax point, delivery, end
    of period), because which of them decides differs from supply to supply. A warning, because
    the place of supply is finally a matter of facts that an invoice does not hold.
    """
    days = _possible_tax_points(invoice)
    if not days or not _is_domestic(invoice, country_code):
        return ()
    known = {rate.percent for rate in rates for day in days if rate.holds_on(day)}
    named = ", ".join(f"{percent.normalize():f} %" for percent in sorted(known, reverse=True))
    return tuple(
        Finding(
            rule=rule,
            rule_set=rule_set,
            flag=Flag.WARNING,
            message=(
                f"Line {line.identifier or index + 1} is taxed at {_plain(line.vat_rate)} %, "
                f"a rate that {country_code} did not have on {days[0]}."
            ),
            term="BT-152",
            pointer=f"/lines/{index}/vat_rate",
            fix=f"Use a rate in force on the day of supply ({named}), or give the delivery date.",
        )
        for index, line in enumerate(invoice.lines)
        if line.vat_category_code == "S"
        and line.vat_rate is not None
        and line.vat_rate not in known
    )


def _plain(percent: Decimal | None) -> str:
    return "" if percent is None else f"{percent.normalize():f}"


def _is_domestic(invoice: Invoice, country_code: str) -> bool:
    written = invoice.seller.vat_identifier
    address = invoice.buyer.postal_address
    return (
        written is not None
        and has_prefix(written, country_code)
        and address is not None
        and address.country_code == country_code
        and invoice.seller_tax_representative is None
    )


def _possible_tax_points(invoice: Invoice) -> tuple[datetime.date, ...]:
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    days = (
        invoice.issue_date,
        invoice.value_added_tax_point_date,
        delivery.actual_delivery_date if delivery else None,
        period.end_date if period else None,
    )
    return tuple(day for day in days if day is not None)
