"""Services: where they are supplied, and who owes the tax."""

import datetime

from countries.vat.abroad import elsewhere, exempt_abroad
from countries.vat.circumstances import Circumstances, Status
from countries.vat.decision import Decision, Missing, undecided
from countries.vat.established import after, at_home
from countries.vat.facts import Scheme, Supply, SupplyKind
from countries.vat.law import cited
from countries.vat.places import (
    FREIGHT,
    LISTED,
    PASSENGERS,
    PERFORMED,
    RESTAURANTS,
    SHORT_HIRE,
    is_one_of,
    meant_by,
)
from countries.vat.results import asking, exempt, out_of_scope, reverse_charge
from countries.vat.treatment import treatment

_PLACED = {SupplyKind.REAL_ESTATE: "VATD-47", SupplyKind.EVENT: "VATD-53"}
_LIKE_THE_UNION = frozenset({"GB"})
"""Outside the Union, with its rules on the place of services: they were the Directive's."""
_WHERE_RECEIVED = frozenset({"CH", "LI"})
"""Where a service is made where its recipient is, a consumer too (MWSTG, Article 8(1))."""
WHERE_CONSUMERS_LIVE = datetime.date(2015, 1, 1)
"""Directive 2008/8/EC, Article 5: from this day digital services of the Union's own sellers are
taxed there."""
DIGITAL_THRESHOLD = datetime.date(2019, 1, 1)
"""Directive (EU) 2017/2455, Article 1: the first day of the EUR 10,000."""


def service(around: Circumstances, supply: Supply, kind: SupplyKind) -> Decision:
    """Return how a service is taxed.

    Args:
        around: The sale.
        supply: The line.
        kind: What was said that it is.
    """
    if around.seller_in_union and not around.registered:
        return out_of_scope("VATD-9", note="not_registered")
    if (
        around.has(Scheme.MARGIN_TRAVEL)
        and around.origin.levies
        and kind is not SupplyKind.DIGITAL
    ):
        return _travel(around, supply, kind)
    narrow = meant_by(kind, supply.item_code)
    if narrow is SupplyKind.TRANSPORT:
        return _transport(around, supply)
    article = _article_of_place(supply, narrow)
    if article is not None:
        return _located(around, supply, narrow, article, said=kind in _PLACED)
    return _by_status(around, supply, narrow)


def _article_of_place(supply: Supply, kind: SupplyKind) -> str | None:
    """Return the article that places a service where something is or happens, if one does."""
    if kind in _PLACED:
        return _PLACED[kind]
    if is_one_of(supply.item_code, RESTAURANTS):
        return "VATD-55"
    return "VATD-56" if is_one_of(supply.item_code, SHORT_HIRE) else None


def _by_status(around: Circumstances, supply: Supply, kind: SupplyKind) -> Decision:
    status = around.status()
    if isinstance(status, Missing):
        if around.customer.country != around.origin.country:
            return asking(status, "VATD-44", "VATR-18")
        status = Status.TAXABLE  # at home both are taxed where they are
    if status is Status.TAXABLE:
        return _to_business(around, supply, kind)
    if kind is SupplyKind.DIGITAL:
        return _digital_to_consumer(around, supply)
    return _to_consumer(around, supply, kind)


def _travel(around: Circumstances, supply: Supply, kind: SupplyKind) -> Decision:
    """Return how a travel agent is taxed on the margin (Articles 306 to 310).

    Travel outside the Union is exempt; without a place outside that is not claimed.
    """
    place = around.place
    if place is not None and not place.member_for_services:
        return exempt("VATD-306", "VATD-309", vatex="VATEX-EU-309", note="exempt")
    if around.has(Scheme.SMALL_BUSINESS):
        return at_home(around, supply, kind, around.origin, "VATD-306")
    return exempt("VATD-306", vatex="VATEX-EU-D", note="margin_travel")


def _to_business(around: Circumstances, supply: Supply, kind: SupplyKind) -> Decision:
    customer, origin = around.customer, around.origin
    if customer.country == origin.country:
        return at_home(around, supply, kind, customer, "VATD-44")
    if not customer.member_for_services:
        return out_of_scope("VATD-44" if around.seller_in_union else "ABROAD")
    law = treatment(customer, kind, supply.item_code, around.day)
    if law.exempt:
        return after(("VATD-44",), law.decision)
    if exempt_abroad(around):
        return exempt("VATD-44", "VATD-284", vatex=None, note="small_business_abroad")
    return reverse_charge("VATD-44", "VATR-18", "VATD-196")


def _to_consumer(around: Circumstances, supply: Supply, kind: SupplyKind) -> Decision:
    customer, origin = around.customer, around.origin
    if customer.country == origin.country:
        return at_home(around, supply, kind, origin, "VATD-45")
    if is_one_of(supply.item_code, PERFORMED):
        return _located(around, supply, kind, "VATD-54")
    if not origin.levies or origin.country in _WHERE_RECEIVED:
        return out_of_scope("ABROAD")
    if not origin.in_the_union and origin.country not in _LIKE_THE_UNION:
        return undecided(
            "law", f"How {origin.code} taxes services to consumers abroad is not declared."
        )
    outside = not (customer.member_for_services and origin.member_for_services)
    if outside and is_one_of(supply.item_code, LISTED):
        return out_of_scope("VATD-59")
    return at_home(around, supply, kind, origin, "VATD-45")


def _digital_to_consumer(around: Circumstances, supply: Supply) -> Decision:
    customer, origin = around.customer, around.origin
    digital = SupplyKind.DIGITAL
    if customer.country == origin.country:
        return at_home(around, supply, digital, customer, "VATD-58")
    if not customer.member_for_services:
        return out_of_scope("VATD-58" if around.seller_in_union else "ABROAD")
    if not origin.member_for_services:
        shop = ("VATD-358a",) if around.has(Scheme.OSS_NON_UNION) else ()
        return elsewhere(around, supply, digital, customer, "VATD-58", *shop)
    if around.day < WHERE_CONSUMERS_LIVE:
        return at_home(around, supply, digital, origin, "VATD-45")
    if _below_threshold(around):
        return at_home(around, supply, digital, origin, "VATD-59c")
    shop = ("VATD-369a",) if around.has(Scheme.OSS_UNION) else ()
    return elsewhere(around, supply, digital, customer, "VATD-58", *shop)


def _below_threshold(around: Circumstances) -> bool:
    """True while a seller of the Union may tax electronic services for consumers at home.

    Who has registered for an exemption abroad sells there: VATD-59c leaves that choice.
    """
    there = (Scheme.OSS_UNION, Scheme.DISTANCE_THRESHOLD_EXCEEDED, Scheme.SME_CROSS_BORDER)
    return around.day >= DIGITAL_THRESHOLD and not around.has(*there)


def _transport(around: Circumstances, supply: Supply) -> Decision:
    """Return how transport is taxed: of passengers, of goods, or of either when both agree."""
    transport = SupplyKind.TRANSPORT
    passengers = is_one_of(supply.item_code, PASSENGERS)
    goods = is_one_of(supply.item_code, FREIGHT)
    carried = _located(around, supply, transport, "VATD-48") if not goods else None
    if passengers and carried is not None:
        return carried
    status = around.status()
    if isinstance(status, Missing):
        freight = asking(status, "VATD-44")
    elif status is Status.TAXABLE:
        freight = _to_business(around, supply, transport)
    else:
        freight = _located(around, supply, transport, "VATD-50")
    if carried is None or carried.result == freight.result:
        return freight
    if carried.missing:
        return carried
    return undecided(
        "lines.item_code", "Passengers and goods are carried in different places for VAT."
    )


def _located(
    around: Circumstances, supply: Supply, kind: SupplyKind, rule: str, *, said: bool = True
) -> Decision:
    """Return how a service is taxed that is made where something is or happens.

    Args:
        around: The sale.
        supply: The line.
        kind: What it is.
        rule: The article that says so.
        said: Whether the sale itself names such a kind: then the place must be said too. A code
            alone leaves a sale between two at home where they are.
    """
    place = around.place
    if place is None and not said and around.customer.code == around.origin.code:
        place = around.origin
    if place is None:
        return undecided(
            "place_of_supply",
            "It is taxed where it is or takes place, and that is not said.",
            cited(rule),
        )
    if place.country == around.origin.country:
        return at_home(around, supply, kind, place, rule)
    return elsewhere(around, supply, kind, place, rule)
