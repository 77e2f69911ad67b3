"""A supply made where the seller is established: the ordinary domestic sale."""

import datetime
from dataclasses import replace

from countries.vat.circumstances import Circumstances
from countries.vat.decision import Decision, Missing, Rule, undecided
from countries.vat.facts import Scheme, Supply, SupplyKind
from countries.vat.jurisdictions import Jurisdiction
from countries.vat.law import cited
from countries.vat.results import exempt, out_of_scope, reverse_charge
from countries.vat.system import ReverseCharge
from countries.vat.treatment import treatment

_MARGINS = {
    Scheme.MARGIN_SECOND_HAND: ("VATEX-EU-F", "margin_second_hand"),
    Scheme.MARGIN_ART: ("VATEX-EU-I", "margin_art"),
    Scheme.MARGIN_COLLECTORS: ("VATEX-EU-J", "margin_collectors"),
}


def at_home(
    around: Circumstances, supply: Supply, kind: SupplyKind, place: Jurisdiction, *rules: str
) -> Decision:
    """Return how a supply is taxed that is made in the seller's own country.

    Args:
        around: The sale.
        supply: The line.
        kind: What it is.
        place: Where in the seller's country: territories have rates of their own.
        rules: Why it is made there.
    """
    if not around.registered or place.untaxed:
        return _no_tax(place, *rules)
    law = treatment(place, kind, supply.item_code, around.day)
    if law.exempt:
        return after(rules, law.decision)
    if around.has(Scheme.SMALL_BUSINESS):
        return small_business(place, around.day, *rules)
    margin = _margin(around, kind)
    if margin is not None:
        vatex, note = margin
        return exempt(*rules, "VATD-313", vatex=vatex, note=note)
    if law.reverse_charge is not None:
        owed = _owed_by_customer(around, place, law.reverse_charge)
        if owed is not None:
            return after(rules, owed)
    return after(rules, law.decision)


def _no_tax(place: Jurisdiction, *rules: str) -> Decision:
    if place.untaxed:
        return out_of_scope(*rules, "VATD-5-7")
    return out_of_scope(*rules, "VATD-9", note="not_registered")


def small_business(place: Jurisdiction, day: datetime.date, *rules: str) -> Decision:
    """Return that an exempt small business sells, in the words of the country's law."""
    known = place.system.small_business if place.system else ()
    own = next((one for one in known if one.holds_on(day)), None)
    decision = exempt(
        *rules,
        *(("VATD-284",) if place.in_the_union else ()),
        vatex=own.vatex if own else None,
        note="small_business",
        said=own.note if own else "",
    )
    if own is None:
        return decision
    rule = Rule(f"{place.country}-small-business", own.note, own.source)
    return replace(decision, rules=(*decision.rules, rule))


def _margin(around: Circumstances, kind: SupplyKind) -> tuple[str, str] | None:
    if kind is not SupplyKind.GOODS:
        return None
    return next((row for scheme, row in _MARGINS.items() if around.has(scheme)), None)


def _owed_by_customer(
    around: Circumstances, place: Jurisdiction, entry: ReverseCharge
) -> Decision | None:
    """Return the reverse charge of a sector; None when it does not reach this sale."""
    if entry.minimum is not None and around.sums.under(entry, place) < entry.minimum:
        return None
    rules = (
        *cited(*(("VATD-199",) if place.in_the_union else ())),
        Rule(f"{place.country}-reverse-charge", entry.what, entry.source),
    )
    identified = around.identified_at(place)
    if isinstance(identified, Missing):
        return Decision(None, rules=rules, missing=(identified,))
    if not identified:
        return None
    if entry.asks:
        return undecided("buyer", f"{entry.what}: it depends on {entry.asks}.", rules)
    return replace(reverse_charge(), rules=rules)


def after(rules: tuple[str, ...], decision: Decision) -> Decision:
    """Return a decision with the rules that led to it in front."""
    return replace(decision, rules=(*cited(*rules), *decision.rules))
