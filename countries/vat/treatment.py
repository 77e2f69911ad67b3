"""How a supply is taxed that is certainly made at a place: exempt, at which rate, or unknown."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from countries.vat.codes import Coding, is_code
from countries.vat.decision import EXEMPT, STANDARD_RATED, ZERO_RATED, Decision, Rule, undecided
from countries.vat.exemptions import ARTICLES, GOLD, MEMBERS
from countries.vat.facts import SupplyKind
from countries.vat.jurisdictions import Jurisdiction
from countries.vat.law import cited
from countries.vat.system import STANDARD, Exemption, LowerRate, ReverseCharge

GOODS = SupplyKind.GOODS


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


@dataclass(frozen=True, slots=True, eq=False)
class _Law:
    """What the law of a place says by code."""

    exemptions: Coding[Exemption]
    reverse_charges: Coding[ReverseCharge]
    lower_rates: Coding[LowerRate]


def _law(place: Jurisdiction, kind: SupplyKind) -> _Law:
    return _law_on(place, GOODS if kind is GOODS else SupplyKind.SERVICE)


@lru_cache(maxsize=512)
def _law_on(place: Jurisdiction, kind: SupplyKind) -> _Law:
    """Return the law on goods or on services; a territory's own goes before its state's."""
    system, members = place.system, place.in_the_union
    return _Law(
        exemptions=Coding(
            (*(system.exemptions if system else ()), *(MEMBERS if members else ())), kind
        ),
        reverse_charges=Coding(system.reverse_charges if system else (), kind),
        lower_rates=Coding(
            (
                *place.own_lower_rates,
                *(system.lower_rates if system else ()),
                *((GOLD,) if members else ()),
            ),
            kind,
        ),
    )


@lru_cache(maxsize=32768)  # a sale may have 10,000 codes, at two or three places
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
    reverse = None if code is None else _law(place, kind).reverse_charges.most_specific(code, day)
    return Treatment(_rated(place, kind, code, day), reverse_charge=reverse)


def _exempt(
    place: Jurisdiction, kind: SupplyKind, code: str | None, day: datetime.date
) -> Decision | None:
    if code is None or place.system is None:
        return None
    entries = _law(place, kind).exemptions
    entry = entries.most_specific(code, day)
    if entry is None and entries.goes_deeper(code, day):
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
        entries = _law(place, kind).lower_rates
        entry = entries.most_specific(code, day)
        if entry is not None:
            name = entry.rate
            rules = (Rule(f"{place.code}-lower-rates", entry.what, entry.source),)
            if entry.asks:
                why = f"{entry.what}: it depends on {entry.asks}."
                return undecided("lines.item_code", why, rules)
        elif entries.goes_deeper(code, day):
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
