"""What is exempt in Norway."""

from datetime import date

from countries.no.sources import EXEMPT
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Banking, credit, securities, fund management (§ 3-6)",
        cpa=("64", "66.11.1", "66.12.1", "66.19.2", "66.30.1"),
        source=EXEMPT,
    ),
    Exemption(
        what="Insurance and its intermediaries (§ 3-6)", cpa=("65", "66.22.1"), source=EXEMPT
    ),
    Exemption(
        what="Land and buildings, sold or let (§ 3-11)", cpa=("68.10.1", "68.20.11"), source=EXEMPT
    ),
    Exemption(
        what="Business premises let",
        cpa=("68.20.12",),
        asks="whether the landlord is registered for letting business premises",
        source=EXEMPT,
    ),
    Exemption(
        what="Education (§ 3-5)", cpa=("85.1", "85.2", "85.3", "85.4", "85.5"), source=EXEMPT
    ),
    Exemption(what="Health (§ 3-2)", cpa=("86",), source=EXEMPT),
    Exemption(
        what="Alternative and cosmetic treatment",
        cpa=("86.90.19",),
        asks="whether an authorised health worker treats a sickness",
        since=date(2021, 1, 1),
        source=EXEMPT,
    ),
    Exemption(what="Care and social work (§ 3-4)", cpa=("87", "88"), source=EXEMPT),
    Exemption(what="Theatre, concerts: admission (§ 3-7)", cpa=("90.01",), source=EXEMPT),
    Exemption(what="Services of artists (§ 3-7)", cpa=("90.02", "90.03"), source=EXEMPT),
    Exemption(
        what="Sports by clubs of volunteers (§ 3-8)",
        cpa=("93.11", "93.12", "93.19"),
        asks="whether a club of volunteers provides it",
        source=EXEMPT,
    ),
    Exemption(what="Lotteries and gambling (§ 3-14)", cpa=("92",), source=EXEMPT),
    Exemption(
        what="Services to members of unions, parties, clubs (§ 3-13)",
        cpa=("94",),
        asks="whether it is for members, for their subscription",
        source=EXEMPT,
    ),
    Exemption(
        what="Ceremonies of burial (§ 3-15)",
        cpa=("96.03",),
        asks="whether it is the ceremony itself, or transport of the dead",
        source=EXEMPT,
    ),
)
