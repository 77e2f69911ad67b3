"""What would change a decision: other facts, and what they would lead to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from countries.vat.decision import Decision
from countries.vat.determine import determine
from countries.vat.facts import BuyerKind, Sale, Scheme, Vies
from countries.vat.jurisdictions import jurisdiction

_SHOPS = (Scheme.OSS_UNION, Scheme.DISTANCE_THRESHOLD_EXCEEDED)


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that were otherwise.

    Attributes:
        fact: Its path in the request.
        value: What it would be.
        decision: What the line would then be.
    """

    fact: str
    value: str
    decision: Decision


def alternatives(sale: Sale) -> tuple[tuple[Change, ...], ...]:
    """Return for each line of a sale which single other facts would tax it otherwise.

    Looks at the facts that change most often afterwards: the answer about the buyer's number, or a
    valid number where none was given, what the buyer is, where goods are delivered, and the
    one-stop shop.
    """
    stands = determine(sale)
    found: list[list[Change]] = [[] for _ in sale.supplies]
    for fact, value, other in _others(sale):
        for place, (was, would) in enumerate(zip(stands, determine(other), strict=True)):
            known = {change.decision.result for change in found[place] if change.fact == fact}
            if not would.missing and would.result != was.result and would.result not in known:
                found[place].append(Change(fact, value, would))
    return tuple(tuple(changes) for changes in found)


def _others(sale: Sale) -> Iterator[tuple[str, str, Sale]]:
    buyer, seller = sale.buyer, sale.seller
    if buyer.vat_id is not None:
        for answer in (Vies.VALID, Vies.INVALID):
            if answer is not buyer.vies:
                yield "buyer.vies", answer, replace(sale, buyer=replace(buyer, vies=answer))
    if buyer.vat_id is None and buyer.kind is not BuyerKind.CONSUMER and buyer.country is not None:
        prefix = jurisdiction(buyer.country, sale.day).vat_prefix
        given = replace(buyer, vat_id=prefix, vies=Vies.VALID)
        yield "buyer.vat_id", f"{prefix}...", replace(sale, buyer=given)
    for kind in (BuyerKind.BUSINESS, BuyerKind.CONSUMER):
        if kind is not buyer.kind:
            yield "buyer.kind", kind, replace(sale, buyer=replace(buyer, kind=kind))
    for place in dict.fromkeys((seller.country, buyer.country)):
        if place is not None and place != sale.place:
            yield "place_of_supply", place, replace(sale, place=place)
    if buyer.kind is BuyerKind.CONSUMER and seller.schemes.isdisjoint(_SHOPS):
        shop = replace(seller, schemes=seller.schemes | {Scheme.OSS_UNION})
        yield "seller.schemes", f"+{Scheme.OSS_UNION}", replace(sale, seller=shop)
