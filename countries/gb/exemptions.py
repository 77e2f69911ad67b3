"""What is exempt in the United Kingdom."""

from countries.gb.sources import EXEMPT
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Postal services of the universal postal service",
        cpa=("53.10.1",),
        asks="whether the Royal Mail provides it in its universal service",
        source=EXEMPT,
    ),
    Exemption(
        what="Broadcasting and lotteries, betting and gaming",
        cpa=("92.00.1", "92.00.2", "92.00.3"),
        asks="whether it is a gaming machine (standard)",
        source=EXEMPT,
    ),
    Exemption(
        what="Banking, credit, dealing in securities",
        cpa=("64", "66.11.1", "66.12.1", "66.19.2", "66.30.1"),
        source=EXEMPT,
    ),
    Exemption(
        what="Insurance and its intermediaries",
        cpa=("65", "66.21.1", "66.22.1", "66.29.1"),
        source=EXEMPT,
    ),
    Exemption(what="Dwellings let", cpa=("68.20.11",), source=EXEMPT),
    Exemption(
        what="Land and other buildings, sold or let",
        cpa=("68.10.1", "68.20.12"),
        asks=("whether the owner has opted to tax, or sells a building younger than three years"),
        source=EXEMPT,
    ),
    Exemption(
        what="Education of schools, universities and private teachers",
        cpa=("85.1", "85.2", "85.3", "85.4"),
        asks="whether a state school, a university or a private teacher gives it",
        source=EXEMPT,
    ),
    Exemption(
        what="Health of people", cpa=("86.1", "86.21", "86.22", "86.23", "86.90"), source=EXEMPT
    ),
    Exemption(
        what="Care in homes, social work",
        cpa=("87", "88"),
        asks="whether a public body, a charity or a regulated provider gives the care",
        source=EXEMPT,
    ),
    Exemption(
        what="Admission to museums, shows and zoos",
        cpa=("90.01.1", "91.02.1", "91.03.1", "91.04.1"),
        asks="whether a public body or a cultural body without profit gives admission",
        source=EXEMPT,
    ),
    Exemption(
        what="Sport of clubs without profit",
        cpa=("93.11.1", "93.12.1", "93.19.1"),
        asks="whether a club without profit provides it to members",
        source=EXEMPT,
    ),
    Exemption(
        what="Membership of trade unions and professional bodies",
        cpa=("94.1", "94.2"),
        source=EXEMPT,
    ),
    Exemption(what="Burial and cremation", cpa=("96.03.1",), source=EXEMPT),
    Exemption(
        what="Investment gold",
        cn=("710811", "710812", "710813", "711890"),
        asks="whether it is investment gold",
        source=EXEMPT,
    ),
)
