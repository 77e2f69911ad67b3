"""Services that bear another rate than the standard one in Croatia."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FIVE = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 2.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="List of 2022-04-01 read in part at rrif.hr and mereor.hr; codes chosen by us.",
)
_ENERGY = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 4.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "5 % until 2026-03-31, prolonging until 2027-03-31 proposed: 24sata.hr "
        "(2026-03-05) and rrif.hr. That it was enacted was not found."
    ),
)
_THIRTEEN = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 3.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="Energy and hygiene read at mereor.hr; the rest, its days and codes from memory.",
)

LOWER_SERVICES = (
    LowerRate(
        rate="second reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2022, 10, 1),
        until=date(2026, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2026, 4, 1),
        asks="whether the 5 % of before 2026-04-01 was prolonged",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2022, 4, 1),
        until=date(2022, 9, 30),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Water, household waste",
        cpa=("36.00.1", "38.1"),
        since=date(2017, 1, 1),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2006, 1, 1),
        source=_THIRTEEN,
    ),
    # Drinks have a code of their own (56.3) and bear the standard rate.
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 1, 1),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2013, 1, 1),
        until=date(2016, 12, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2019, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2019, 1, 1),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas, concerts, sports and cultural events",
        cpa=("59.14", "90.01"),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas",
        cpa=("59.14",),
        since=date(2014, 1, 1),
        until=date(2022, 3, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Concerts",
        cpa=("90.01",),
        since=date(2018, 1, 1),
        until=date(2022, 3, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Works of authors and performers",
        cpa=("90.03",),
        since=date(2019, 1, 1),
        asks="whether copyright or performers' rights are granted",
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="reduced", what="Funerals", cpa=("96.03",), since=date(2017, 1, 1), source=_THIRTEEN
    ),
)
