"""The rates of French VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Code général des impôts (CGI), articles 278 à 281 nonies",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "2012 and 2014 in ibericode's table of rates; 19.6 % since 2000 and 2.1 % (older "
        "than declared here) from memory."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(20), since=date(2014, 1, 1), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal("19.6"),
        since=date(2000, 4, 1),
        until=date(2013, 12, 31),
        source=_RATES,
    ),
    # The "taux intermédiaire"; until 2011 what bears it bore the reduced rate.
    Rate(name="second reduced", percent=Decimal(10), since=date(2014, 1, 1), source=_RATES),
    Rate(
        name="second reduced",
        percent=Decimal(7),
        since=date(2012, 1, 1),
        until=date(2013, 12, 31),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal("5.5"), since=date(1982, 7, 1), source=_RATES),
    Rate(name="super reduced", percent=Decimal("2.1"), since=date(2000, 4, 1), source=_RATES),
)
