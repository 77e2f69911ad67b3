"""What is exempt in Liechtenstein."""

from countries.li.sources import ART_21
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Letters of the reserved postal service",
        cpa=("53.10.1",),
        asks="whether it is a letter of at most 50 grammes in the reserved service",
        source=ART_21,
    ),
    Exemption(
        what="Payments, credit, dealing in money and securities",
        cpa=("64", "66.11.1", "66.12.1", "66.19.2"),
        source=ART_21,
    ),
    Exemption(
        what="Management of collective investments",
        cpa=("66.30",),
        asks="whether it is the management of a collective investment",
        source=ART_21,
    ),
    Exemption(what="Insurance and its brokers", cpa=("65", "66.22.1"), source=ART_21),
    Exemption(
        what="Sale of land and buildings",
        cpa=("68.10.1",),
        asks="whether the seller has opted to tax",
        source=ART_21,
    ),
    Exemption(what="Dwellings let", cpa=("68.20.11",), source=ART_21),
    Exemption(
        what="Other buildings and land let",
        cpa=("68.20.12",),
        asks="whether the landlord has opted to tax",
        source=ART_21,
    ),
    Exemption(
        what="Schools, universities, lessons, courses",
        cpa=("85.1", "85.2", "85.3", "85.4", "85.5"),
        source=ART_21,
    ),
    Exemption(
        what="Treatment of the sick by doctors, dentists and hospitals", cpa=("86",), source=ART_21
    ),
    Exemption(what="Homes for the old, the sick and children", cpa=("87",), source=ART_21),
    Exemption(what="Social work, day care", cpa=("88",), source=ART_21),
    Exemption(
        what="Theatre, concerts, museums, libraries, zoos: admission",
        cpa=("90.01.1", "91.01.1", "91.02.1", "91.04.1"),
        source=ART_21,
    ),
    Exemption(
        what="Sports: admission and taking part",
        cpa=("93.11.1", "93.12.1", "93.19.1"),
        source=ART_21,
    ),
    Exemption(
        what="Betting, lotteries and gambling that bear the gambling tax",
        cpa=("92",),
        source=ART_21,
    ),
    Exemption(
        what="Services to members for their subscription",
        cpa=("94",),
        asks="whether it is paid by a subscription that the statutes set",
        source=ART_21,
    ),
    Exemption(
        what="Used bank notes and official stamps at face value",
        cn=("4907",),
        asks="whether they are sold at their face value as valid stamps",
        source=ART_21,
    ),
)
