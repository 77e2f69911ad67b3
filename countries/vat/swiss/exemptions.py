"""What is exempt."""

from countries.sources import Source
from countries.vat.system import Exemption


def exemptions(art_21: Source) -> tuple[Exemption, ...]:
    """Return what is exempt, each with the article of an act."""
    return (
        Exemption(
            what="Letters of the reserved postal service",
            cpa=("53.10.1",),
            asks="whether it is a letter of at most 50 grammes in the reserved service",
            source=art_21,
        ),
        Exemption(
            what="Payments, credit, dealing in money and securities",
            cpa=("64", "66.11.1", "66.12.1", "66.19.2"),
            source=art_21,
        ),
        Exemption(
            what="Management of collective investments",
            cpa=("66.30",),
            asks="whether it is the management of a collective investment",
            source=art_21,
        ),
        Exemption(what="Insurance and its brokers", cpa=("65", "66.22.1"), source=art_21),
        Exemption(
            what="Sale of land and buildings",
            cpa=("68.10.1",),
            asks="whether the seller has opted to tax",
            source=art_21,
        ),
        Exemption(what="Dwellings let", cpa=("68.20.11",), source=art_21),
        Exemption(
            what="Other buildings and land let",
            cpa=("68.20.12",),
            asks="whether the landlord has opted to tax",
            source=art_21,
        ),
        Exemption(
            what="Schools, universities, lessons, courses",
            cpa=("85.1", "85.2", "85.3", "85.4", "85.5"),
            source=art_21,
        ),
        Exemption(
            what="Treatment of the sick by doctors, dentists and hospitals",
            cpa=("86",),
            source=art_21,
        ),
        Exemption(what="Homes for the old, the sick and children", cpa=("87",), source=art_21),
        Exemption(what="Social work, day care", cpa=("88",), source=art_21),
        Exemption(
            what="Theatre, concerts, museums, libraries, zoos: admission",
            cpa=("90.01.1", "91.01.1", "91.02.1", "91.04.1"),
            source=art_21,
        ),
        Exemption(
            what="Sports: admission and taking part",
            cpa=("93.11.1", "93.12.1", "93.19.1"),
            source=art_21,
        ),
        Exemption(
            what="Betting, lotteries and gambling that bear the gambling tax",
            cpa=("92",),
            source=art_21,
        ),
        Exemption(
            what="Services to members for their subscription",
            cpa=("94",),
            asks="whether it is paid by a subscription that the statutes set",
            source=art_21,
        ),
        Exemption(
            what="Used bank notes and official stamps at face value",
            cn=("4907",),
            asks="whether they are sold at their face value as valid stamps",
            source=art_21,
        ),
    )
