"""What every member state exempts: Directive 2006/112/EC, Articles 132, 135, by CPA 2.1 code.

Classes whose exemption depends on who supplies (a recognised body, a non-profit organisation) ask
for that. A country's own list goes before this one.
"""

import datetime

from countries.sources import Confidence, Source
from countries.vat.system import STANDARD, Exemption, LowerRate


def _source(article: str) -> Source:
    return Source(
        title=f"Council Directive 2006/112/EC, Article {article}",
        url="https://eur-lex.europa.eu/eli/dir/2006/112",
        read_on=datetime.date(2026, 11, 21),
        confidence=Confidence.M,
        note="The classes of CPA are ours: the Directive has words, not codes.",
    )


def _interest(letter: str, what: str, *cpa: str, asks: str = "") -> Exemption:
    return Exemption(
        what=what,
        cpa=cpa,
        vatex=f"VATEX-EU-132-1{letter.upper()}",
        asks=asks,
        source=_source(f"132(1)({letter})"),
    )


def _other(letter: str, what: str, *cpa: str, asks: str = "") -> Exemption:
    return Exemption(
        what=what,
        cpa=cpa,
        vatex="VATEX-EU-135-1",
        asks=asks,
        source=_source(f"135(1)({letter})"),
    )


def _taxed(what: str, article: str, *cpa: str) -> Exemption:
    return Exemption(what=what, cpa=cpa, exempt=False, source=_source(article))


_RECOGNISED = "whether the supplier is a public or recognised body"
_NON_PROFIT = "whether the supplier is a non-profit organisation"

MEMBERS: tuple[Exemption, ...] = (
    _interest("a", "Public postal services", "53.10"),
    _interest("b", "Hospital and medical care", "86.1"),
    _interest("c", "Medical care by medical and paramedical professions", "86.2", "86.9"),
    _interest("g", "Welfare, homes for the elderly, social work", "87", "88"),
    _interest("h", "Protection of children and young persons", "88.91"),
    _interest("i", "School and university education, training", "85.1", "85.2", "85.3", "85.4"),
    _interest("i", "Other education and training", "85.5", asks=_RECOGNISED),
    _taxed("Sports and recreation education, driving schools", "132(1)(i)", "85.53"),
    _interest("l", "Services of membership organisations", "94", asks=_NON_PROFIT),
    _interest("m", "Services of sports clubs", "93.12", asks=_NON_PROFIT),
    _interest("n", "Cultural services", "91.01", "91.02", "91.03", asks=_RECOGNISED),
    _other("a", "Insurance and reinsurance", "65.1", "65.2"),
    _other("f", "Pension funds", "65.3"),
    _other("a", "Insurance brokers and agents", "66.22"),
    _other("b-f", "Credit, payments, currency, shares", "64.1", "64.9"),
    _other("f", "Dealing in and broking securities", "66.12"),
    _other("g", "Management of special investment funds", "66.30"),
    _other("i", "Betting, lotteries and gambling", "92"),
    _other("l", "Letting of immovable property", "68.20"),
    _other(
        "j",
        "Supply of buildings",
        "68.10",
        asks="whether the building is new or the tax was opted for",
    ),
)
"""The Directive's list, as far as codes tell."""

GOLD = LowerRate(
    what="Gold, which is exempt when it is investment gold",
    cn=("710812", "710813", "710820", "711890"),
    rate=STANDARD,
    asks="whether it is investment gold: bars of at least 995 thousandths, or coins of the list",
    source=_source("344 and 346"),
)
"""No code tells investment gold from other gold."""

ARTICLES = {one: f"VATD-{132 if one.vatex and '132' in one.vatex else 135}" for one in MEMBERS}
"""The rule (`countries.vat.law`) behind each of them."""
