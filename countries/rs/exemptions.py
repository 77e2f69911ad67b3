"""What is exempt in Serbia."""

from countries.rs.sources import ART_25
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Postal services of the public postal operator",
        cpa=("53.10",),
        asks="whether it is the universal service of the public operator",
        source=ART_25,
    ),
    Exemption(
        what="Money, credit, securities, funds",
        cpa=("64", "66.11", "66.12", "66.30"),
        source=ART_25,
    ),
    Exemption(what="Insurance and reinsurance", cpa=("65", "66.22"), source=ART_25),
    Exemption(what="Land", cpa=("68.10.13", "68.10.15"), source=ART_25),
    Exemption(
        what="Buildings that are not new",
        cpa=("68.10.11", "68.10.14"),
        asks="whether it is not the first transfer, and the seller has not opted to tax",
        source=ART_25,
    ),
    Exemption(what="Dwellings let", cpa=("68.20.11",), source=ART_25),
    Exemption(
        what="Education of children, pupils and students",
        cpa=("85.1", "85.2", "85.3", "85.4"),
        source=ART_25,
    ),
    Exemption(what="Health, dentists", cpa=("86",), source=ART_25),
    Exemption(what="Social care", cpa=("87", "88"), source=ART_25),
    Exemption(
        what="Culture of bodies without profit",
        cpa=("90", "91"),
        asks="whether a cultural body without profit provides it",
        source=ART_25,
    ),
    Exemption(what="Games of chance", cpa=("92",), source=ART_25),
    Exemption(
        what="Sport of bodies without profit",
        cpa=("93.1",),
        asks="whether a sports body without profit provides it to who takes part",
        source=ART_25,
    ),
    Exemption(what="Religious services", cpa=("94.91",), source=ART_25),
    Exemption(
        what="Public broadcasting",
        cpa=("60",),
        asks="whether it is public broadcasting without commercial purpose",
        source=ART_25,
    ),
)
