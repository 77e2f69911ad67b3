"""A supply made where the seller is not established."""

import datetime
from dataclasses import replace

from countries.vat.circumstances import Circumstances
from countries.vat.decision import Decision, Missing, Rule, undecided
from countries.vat.established import after
from countries.vat.facts import Scheme, Supply, SupplyKind
from countries.vat.jurisdictions import Jurisdiction
from countries.vat.law import cited
from countries.vat.results import exempt, out_of_scope, reverse_charge
from countries.vat.system import ForeignSuppliers
from countries.vat.treatment import treatment

VIDA_SINGLE_REGISTRATION = datetime.date(2028, 7, 1)
"""Directive (EU) 2025/516: from this day every member state must apply Article 194 to businesses
that are identified there."""


_NOT_KNOWN = "whether its law makes the customer owe the tax of foreign suppliers"


def elsewhere(
    around: Circumstances, supply: Supply, kind: SupplyKind, place: Jurisdiction, *rules: str
) -> Decision:
    """Return how a supply is taxed that is made in a country that is not the seller's.

    Args:
        around: The sale.
        supply: The line.
        kind: What it is.
        place: Where it is made.
        rules: Why it is made there.
    """
    if not _holds(place, kind):
        return out_of_scope(*rules, "ABROAD" if not around.seller_in_union else "VATD-2")
    law = treatment(place, kind, supply.item_code, around.day)
    if law.exempt:
        return after(rules, law.decision)
    if exempt_abroad(around):
        return exempt(*rules, "VATD-284", vatex=None, note="small_business_abroad")
    owed = _owed_by_customer(around, kind, place)
    return after(rules, owed or after(("VATD-193",), law.decision))


def exempt_abroad(around: Circumstances) -> bool:
    """True when the seller is an exempt small business in other member states too."""
    return around.has(Scheme.SME_CROSS_BORDER) and around.origin.member_for_services


def _holds(place: Jurisdiction, kind: SupplyKind) -> bool:
    goods = kind is SupplyKind.GOODS
    return place.member_for_goods if goods else place.member_for_services


def _owed_by_customer(
    around: Circumstances, kind: SupplyKind, place: Jurisdiction
) -> Decision | None:
    """Return the reverse charge of Article 194; None when it does not reach this sale."""
    identified = around.identified_at(place)
    if identified is False:
        return None
    if around.day >= VIDA_SINGLE_REGISTRATION and place.in_the_union:
        return _owing(identified, cited("VATD-194"))
    entry = _declared(place, around.day)
    if entry is None:
        why = f"Whether {place.code} makes the customer owe it (Article 194) is not declared."
        return undecided("law", why, cited("VATD-194"))
    applies = entry.goods if kind is SupplyKind.GOODS else entry.services
    if applies is False or not _reached(entry, around, place):
        return None
    rules = (
        *cited("VATD-194"),
        Rule(f"{place.country}-foreign-suppliers", entry.source.title, entry.source),
    )
    if isinstance(identified, Missing) or (applies and not entry.asks):
        return _owing(identified, rules)
    return undecided(
        "seller" if applies else "law",
        f"{place.code}: it depends on {entry.asks if applies else _NOT_KNOWN}.",
        rules,
    )


def _owing(identified: bool | Missing, rules: tuple[Rule, ...]) -> Decision:  # noqa: FBT001
    if isinstance(identified, Missing):
        return Decision(None, rules=rules, missing=(identified,))
    return replace(reverse_charge(), rules=rules)


def _reached(entry: ForeignSuppliers, around: Circumstances, place: Jurisdiction) -> bool:
    """Tell whether the facts of seller and buyer meet the country's own conditions."""
    if entry.only_established_buyers and around.customer.country != place.country:
        return False
    return not (entry.unless_registered and place.identifies(around.seller.vat_id))


def _declared(place: Jurisdiction, day: datetime.date) -> ForeignSuppliers | None:
    known = place.system.foreign_suppliers if place.system else ()
    return next((one for one in known if one.holds_on(day)), None)
