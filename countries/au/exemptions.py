"""What is exempt in Australia."""

from countries.au.sources import INPUT_TAXED, METALS
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Financial supplies",
        cpa=("64", "66.12"),
        asks=("whether it is a financial supply, and not advice or a fee for another service"),
        source=INPUT_TAXED,
    ),
    Exemption(what="Life insurance", cpa=("65.11",), source=INPUT_TAXED),
    Exemption(
        what="Dwellings sold", cpa=("68.10.11",), asks="whether it is new", source=INPUT_TAXED
    ),
    Exemption(what="Dwellings let", cpa=("68.20.11",), source=INPUT_TAXED),
    Exemption(
        what="Precious metals after their first supply",
        cn=("7106", "7108", "7110"),
        asks=(
            "whether it is in a form for investment, of the fineness of the law, and no longer new"
        ),
        source=METALS,
    ),
)
