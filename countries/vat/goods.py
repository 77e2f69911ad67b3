"""Goods: where they are supplied, and who owes the tax."""

import datetime
from dataclasses import replace
from decimal import Decimal

from countries.vat.abroad import elsewhere
from countries.vat.circumstances import KIND_OF_BUYER, Circumstances, Status
from countries.vat.decision import Decision, Missing, undecided
from countries.vat.established import at_home, small_business
from countries.vat.facts import BuyerKind, Scheme, Supply, SupplyKind
from countries.vat.jurisdictions import Jurisdiction, jurisdiction
from countries.vat.law import cited
from countries.vat.places import is_one_of
from countries.vat.results import (
    asking,
    export,
    export_elsewhere,
    intra_community,
    out_of_scope,
    reverse_charge,
)

GOODS = SupplyKind.GOODS
NORTHERN_IRELAND = "XI"
_ENERGY = ("2716", "271121")
"""Electricity, and gas in pipes."""
_EXCISE = ("2203", "2204", "2205", "2206", "2207", "2208", "2402", "2403", "2710", "2711")
"""Alcohol, tobacco, fuel: Article 369l leaves them out."""
_VEHICLES = ("8702", "8703", "8704", "8711", "8802", "8901", "8903")
"""Means of transport, which are exempt when they are new, whoever buys them: Article 138(2)(a)."""
ONE_STOP_SHOPS = datetime.date(2021, 7, 1)
"""Directive (EU) 2017/2455: from this day the one-stop shop is open to goods, and one threshold
holds for all distance sales."""
IOSS_LIMIT = Decimal(150)
"""EUR, the value of a consignment: Article 369l."""
_MARGINS = (Scheme.MARGIN_SECOND_HAND, Scheme.MARGIN_ART, Scheme.MARGIN_COLLECTORS)


def goods(around: Circumstances, supply: Supply) -> Decision:
    """Return how goods are taxed."""
    if around.place is not None:
        return _delivered(around, supply, around.place)
    destination, why = _taken_to_go_to(around)
    decision = _delivered(around, supply, destination)
    said = f"the goods are delivered in {destination.code}, {why}"
    return replace(decision, assumed=(*decision.assumed, said))


def _taken_to_go_to(around: Circumstances) -> tuple[Jurisdiction, str]:
    """Return where goods go when nobody said it, and why: to the buyer.

    The country of a buyer in Northern Ireland is written GB, the number that he gives for goods
    from the Union begins with XI; a buyer in Great Britain has no such number.
    """
    if around.customer.code == "GB" and around.letters == NORTHERN_IRELAND:
        return jurisdiction(NORTHERN_IRELAND, around.day), "of which the buyer's number is"
    return around.customer, "where the buyer is"


def _delivered(around: Circumstances, supply: Supply, destination: Jurisdiction) -> Decision:
    origin = around.origin
    if origin.goods_domain == destination.goods_domain:
        moved = around.customer.country == origin.country
        return at_home(around, supply, GOODS, destination, "VATD-32" if moved else "VATD-31")
    if not origin.member_for_goods:
        return _from_outside(around, supply, destination)
    decisions = (step(around, supply, destination) for step in _FROM_A_MEMBER)
    return next(one for one in decisions if one is not None)


def _not_registered(around: Circumstances, *_: object) -> Decision | None:
    return None if around.registered else out_of_scope("VATD-9", note="not_registered")


def _out_of_the_union(
    around: Circumstances, supply: Supply, destination: Jurisdiction
) -> Decision | None:
    if destination.member_for_goods:
        return None
    if is_one_of(supply.item_code, _ENERGY):
        return out_of_scope("VATD-38")
    if around.has(Scheme.SMALL_BUSINESS):
        return small_business(around.origin, around.day, "VATD-32")
    return export("VATD-32", "VATD-146")


def _under_margin(around: Circumstances, supply: Supply, _: Jurisdiction) -> Decision | None:
    if not around.has(*_MARGINS):
        return None
    return at_home(around, supply, GOODS, around.origin, "VATD-32", "VATD-139")


def _energy(around: Circumstances, supply: Supply, destination: Jurisdiction) -> Decision | None:
    if not is_one_of(supply.item_code, _ENERGY):
        return None
    status = around.status()
    if isinstance(status, Missing):
        return asking(status, "VATD-38")
    if status is Status.TAXABLE:
        return reverse_charge("VATD-38", "VATD-195")
    return elsewhere(around, supply, GOODS, destination, "VATD-39")


def _to_consumer(
    around: Circumstances, supply: Supply, destination: Jurisdiction
) -> Decision | None:
    kind = around.buyer.kind
    if kind is None:
        return asking(KIND_OF_BUYER)
    public = kind is BuyerKind.PUBLIC and around.number_stands is False
    if kind is not BuyerKind.CONSUMER and not public:
        return None
    rules = _taxed_where_they_go(around, supply)
    if rules:
        return elsewhere(around, supply, GOODS, destination, *rules)
    return at_home(around, supply, GOODS, around.origin, "VATD-59c")


def _taxed_where_they_go(around: Circumstances, supply: Supply) -> tuple[str, ...]:
    """Return why goods for a consumer are taxed where they go; nothing when they are not.

    Who has registered for an exemption abroad sells there: VATD-59c leaves that choice.
    """
    if around.has(Scheme.OSS_UNION) and around.day >= ONE_STOP_SHOPS:
        return "VATD-33", "VATD-369a"
    if around.has(Scheme.DISTANCE_THRESHOLD_EXCEEDED, Scheme.SME_CROSS_BORDER):
        return ("VATD-33",)
    return ("VATD-33", "VATD-369l") if _in_import_shop(around, supply) else ()


def _in_import_shop(around: Circumstances, supply: Supply) -> bool:
    small = around.sums.goods <= IOSS_LIMIT
    return around.has(Scheme.IOSS) and small and not is_one_of(supply.item_code, _EXCISE)


def _new_vehicle(around: Circumstances, supply: Supply, _: Jurisdiction) -> Decision | None:
    if not is_one_of(supply.item_code, _VEHICLES) or around.number_stands is not False:
        return None
    why = "A means of transport that is new is exempt here, whoever buys it; one that is not, not."
    return undecided("lines.item_code", why, cited("VATD-138"))


def _of_small_business(around: Circumstances, supply: Supply, _: Jurisdiction) -> Decision | None:
    if not around.has(Scheme.SMALL_BUSINESS):
        return None
    return at_home(around, supply, GOODS, around.origin, "VATD-32", "VATD-139")


def _triangular(
    around: Circumstances, supply: Supply, destination: Jurisdiction
) -> Decision | None:
    """Return how the middle one of three is taxed, whose goods come from another member state.

    Without a number of the state where they arrive he owes the tax of that state himself.
    """
    if not around.has(Scheme.TRIANGULATION):
        return None
    stands = around.number_stands
    if isinstance(stands, Missing):
        return asking(stands, "VATD-141")
    if stands and around.number_is_of(destination):
        return reverse_charge("VATD-42", "VATD-141", "VATD-197", note="triangulation")
    return elsewhere(around, supply, GOODS, destination, "VATD-31")


def _to_business(around: Circumstances, supply: Supply, _: Jurisdiction) -> Decision:
    stands = around.number_is_of_another_member and around.number_stands
    if isinstance(stands, Missing):
        return asking(stands, "VATD-138")
    if not stands:  # VATD-138(1)(b) is not met
        return at_home(around, supply, GOODS, around.origin, "VATD-32", "VATD-138")
    return intra_community("VATD-32", "VATD-138")


_FROM_A_MEMBER = (
    _not_registered,
    _out_of_the_union,
    _under_margin,
    _energy,
    _new_vehicle,
    _to_consumer,
    _triangular,
    _of_small_business,
    _to_business,
)
"""What is asked of goods that leave a member state, in this order; the first answer stands."""


def _from_outside(around: Circumstances, supply: Supply, destination: Jurisdiction) -> Decision:
    """Return how goods are taxed that leave a country outside the Union for another country."""
    if destination.member_for_goods:
        energy = _energy(around, supply, destination)
        if energy is not None:
            return energy
        if _in_import_shop(around, supply):
            kind = around.buyer.kind
            if kind is None:
                return asking(KIND_OF_BUYER)
            if kind is not BuyerKind.BUSINESS:
                return elsewhere(around, supply, GOODS, destination, "VATD-33", "VATD-369l")
    if around.registered and around.origin.levies:
        if around.origin.in_the_union:  # overseas: a member's law holds, and calls it an export
            return export("VATD-5-7", "IMPORT")
        return export_elsewhere("EXPORT-ELSEWHERE", "IMPORT")
    return out_of_scope("ABROAD", "IMPORT")
