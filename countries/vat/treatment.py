"""How a supply is taxed that is certainly made at a place: exempt, at which rate, or unknown."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from countries.vat.codes import goes_deeper, is_code, most_specific
from countries.vat.decision import EXEMPT, STANDARD_RATED, ZERO_RATED, Decision, Rule, undecided
from countries.vat.exemptions import ARTICLES, GOLD, MEMBERS
from countries.vat.facts import SupplyKind
from countries.vat.jurisdictions import Jurisdiction
from countries.vat.law import cited
from countries.vat.system import STANDARD, ReverseCharge


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the law of a place says of a supply, whoever sells and buys.

    Attributes:
        decision: The category and rate that the supplier would charge; or what is missing.
        exempt: True when it bears no tax for what it is.
        reverse_charge: The entry under which a business owes the tax itself; None for none.
    """

    decision: Decision
    exempt: bool = False
    reverse_charge: ReverseCharge | None = None


@lru_cache(maxsize=8192)
def treatment(
    place: Jurisdiction, kind: SupplyKind, code: str | None, day: datetime.date
) -> Treatment:
    """Return what the law of a place says of a supply.

    Args:
        place: Where it is made.
        kind: What is sold.
        code: CN for goods, CPA 2.1 for everything else; None for what bears the standard rate.
        day: The day whose law holds.
    """
    if code is not None and not is_code(code, kind):
        scheme = "CN" if kind is SupplyKind.GOODS else "CPA 2.1"
        return Treatment(undecided("lines.item_code", f"{code} is no code of {scheme}."))
    if not place.levies:
        return Treatment(
            undecided("law", f"The law of {place.code} on sales tax is not declared.")
        )
    exempt = _exempt(place, kind, code, day)
    if exempt is not None:
        return Treatment(exempt, exempt=not exempt.missing)
    reverse = (
        most_specific(place.system.reverse_charges, kind, code, day)
        if place.system is not None and code is not None
        else None
    )
    return Treatment(_rated(place, kind, code, day), reverse_charge=reverse)


def _exempt(
    place: Jurisdiction, kind: SupplyKind, code: str | None, day: datetime.date
) -> Decision | None:
    if code is None or place.system is None:
        return None
    shared = MEMBERS if place.in_the_union else ()
    entries = (*place.system.exemptions, *shared)
    entry = most_specific(entries, kind, code, day)
    if entry is None and goes_deeper(entries, kind, code, day):
        return _too_short(place, code)
    if entry is None or not entry.exempt:
        return None
    rules = (Rule(ARTICLES.get(entry) or f"{place.country}-exemption", entry.what, entry.source),)
    if entry.asks:
        return undecided("lines.item_code", f"{entry.what}: it depends on {entry.asks}.", rules)
    return Decision(EXEMPT, Decimal(0), entry.vatex, rules=rules, note="exempt")


def _rated(
    place: Jurisdiction, kind: SupplyKind, code: str | None, day: datetime.date
) -> Decision:
    name = STANDARD
    rules = cited("VATD-96") if place.in_the_union else ()
    if code is not None:
        entries = (*place.own_lower_rates, *(place.system.lower_rates if place.system else ()))
        if place.in_the_union:
            entries = (*entries, GOLD)
        entry = most_specific(entries, kind, code, day)
        if entry is not None:
            name = entry.rate
            rules = (Rule(f"{place.code}-lower-rates", entry.what, entry.source),)
            if entry.asks:
                why = f"{entry.what}: it depends on {entry.asks}."
                return undecided("lines.item_code", why, rules)
        elif goes_deeper(entries, kind, code, day):
            return _too_short(place, code)
        elif not place.codes_declared:
            return undecided("law", f"Which rate {code} bears in {place.code} is not declared.")
    rate = place.rate(name, day)
    if rate is None:
        return undecided("law", f"The {name} rate of {place.code} on {day} is not declared.")
    category = place.own_category or (ZERO_RATED if rate.percent == 0 else STANDARD_RATED)
    says = f"The {name} rate of {place.code} is {rate.percent:f} % since {rate.since}."
    own = Rule(_rule_id(place, name), says, rate.source)
    return Decision(category, rate.percent, None, place.country, (*rules, own))


def _too_short(place: Jurisdiction, code: str) -> Decision:
    return undecided(
        "lines.item_code", f"Part of what {code} covers is taxed otherwise in {place.code}."
    )


def _rule_id(place: Jurisdiction, rate: str) -> str:
    return f"{place.code}-{rate.replace(' ', '-')}-rate"
