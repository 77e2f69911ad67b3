"""Determine the VAT of a sale: pure, and the same for the same facts and day."""

from collections.abc import Iterator
from dataclasses import replace

from countries.vat.circumstances import Circumstances
from countries.vat.decision import Decision, undecided
from countries.vat.facts import Sale, Supply, SupplyKind
from countries.vat.goods import goods
from countries.vat.headings import meant
from countries.vat.services import service

_ANYWHERE = ("DE", "FR", "US")
"""Two members and a state outside the Union."""


def determine(sale: Sale) -> tuple[Decision, ...]:
    """Return how each line of a sale is taxed, in their order.

    A line whose kind is not known is decided when goods, services and electronic services would
    all be taxed alike; one of a buyer whose country is not known, when it would be taxed alike
    wherever the buyer is. A fact that is missing is asked for; nothing is guessed.
    """
    seller, buyer = sale.seller.country, sale.buyer.country
    if seller is None:
        return tuple(undecided("seller.country", "Who sells decides.") for _ in sale.supplies)
    if buyer is None:
        return tuple(map(_one_of, zip(*_wherever_the_buyer_is(sale), strict=True)))
    read = tuple(map(meant, sale.supplies))
    around = Circumstances.of(replace(sale, supplies=read), seller, buyer)
    known: dict[tuple[SupplyKind | None, str | None], Decision] = {}
    for supply, as_meant in zip(sale.supplies, read, strict=True):
        key = supply.kind, supply.item_code
        if key not in known:
            known[key] = _told(supply, as_meant, _decide(around, as_meant))
    return tuple(known[supply.kind, supply.item_code] for supply in sale.supplies)


def _wherever_the_buyer_is(sale: Sale) -> Iterator[tuple[Decision, ...]]:
    """Yield the decisions for buyers at home, at the place, in members, and outside the Union."""
    for country in dict.fromkeys((sale.seller.country, sale.place or "US", *_ANYWHERE)):
        yield determine(replace(sale, buyer=replace(sale.buyer, country=country)))


def _one_of(decisions: tuple[Decision, ...]) -> Decision:
    first = decisions[0]
    if not first.missing and all(one.result == first.result for one in decisions):
        return first
    return undecided("buyer.country", "Where the buyer is decides.")


def _told(supply: Supply, as_meant: Supply, decision: Decision) -> Decision:
    if as_meant is supply:
        return decision
    said = f"{supply.item_code} is meant as {as_meant.item_code}"
    return replace(decision, assumed=(*decision.assumed, said))


def _decide(around: Circumstances, supply: Supply) -> Decision:
    if supply.kind is None:
        return _whatever_it_is(around, supply)
    if supply.kind is SupplyKind.GOODS:
        return goods(around, supply)
    return service(around, supply, supply.kind)


def _whatever_it_is(around: Circumstances, supply: Supply) -> Decision:
    decisions = list(_of_every_kind(around, supply))
    first = decisions[0]
    if all(one.result == first.result for one in decisions) and not first.missing:
        return first
    for one in decisions:
        if one.missing and one.missing[0].fact != "lines.item_code":
            return one
    return undecided("lines.kind", "Goods and services are taxed differently here.")


def _of_every_kind(around: Circumstances, supply: Supply) -> Iterator[Decision]:
    for kind in (SupplyKind.GOODS, SupplyKind.SERVICE, SupplyKind.DIGITAL):
        yield _decide(around, replace(supply, kind=kind))
