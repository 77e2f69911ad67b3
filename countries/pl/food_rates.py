"""Which foods bear 8, 5 or 0 % in Poland: annexes 3 and 10 of the VAT act, since July 2020."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://isap.sejm.gov.pl/"
_READ_ON = date(2026, 11, 21)

_ANNEX_3 = Source(
    title="Ustawa o podatku od towarów i usług, załącznik nr 3",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Spices, mustard, live plants, feed: hant.pl, tvn24.pl, vatcalc.com; the rest of the "
    "codes from memory.",
)
_ANNEX_10 = Source(
    title="Ustawa o podatku od towarów i usług, załącznik nr 10",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The chapters: dlahandlu.pl and tvn24.pl; their exceptions in part from memory.",
)
_ZERO = Source(
    title="Ustawa o podatku od towarów i usług, art. 146da; rozporządzenie z 2 grudnia 2022 r.",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="interpretacje.pl for 2023; February 2022 and March 2024 are from memory.",
)

_FIVE_PER_CENT = (
    *("02", "03", "04", "0504", "07", "08", "10", "11", "15", "16", "19", "20", "2104", "2105"),
)
"""Annex 10. Chapter 15 counts as far as it is edible."""

FOOD = (
    LowerRate(
        what="Live animals",
        cn=("01",),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Horses",
        cn=("0101",),
        rate="standard",
        since=date(2025, 1, 1),
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Food",
        cn=_FIVE_PER_CENT,
        rate="second reduced",
        since=date(2024, 4, 1),
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Food",
        cn=_FIVE_PER_CENT,
        rate="zero",
        since=date(2022, 2, 1),
        until=date(2024, 3, 31),
        source=_ZERO,
    ),
    LowerRate(
        what="Food",
        cn=_FIVE_PER_CENT,
        rate="second reduced",
        until=date(2022, 1, 31),
        source=_ANNEX_10,
    ),
    # Out of annex 10 and of the zero rate, since the list of July 2020.
    LowerRate(
        what="Seafood but fish, caviar, and what is made of them",
        cn=("0306", "0307", "0308", "160431", "160432", "1605"),
        rate="standard",
        since=date(2020, 7, 1),
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Fats and oils that are not eaten",
        cn=("1505", "1518", "1520", "1521", "1522"),
        rate="standard",
        source=_ANNEX_10,
    ),
    LowerRate(what="Live plants and flowers", cn=("06",), rate="reduced", source=_ANNEX_3),
    LowerRate(
        what="Spices",
        cn=("0904", "0905", "0906", "0907", "0908", "0909", "0910"),
        rate="reduced",
        since=date(2020, 7, 1),
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Oil seeds, seeds, medicinal and feed plants",
        cn=("12",),
        rate="second reduced",
        asks="whether it is for people to eat (5 %) or not (8 %)",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Sugar, yeast, sauces, mustard and other preparations, vinegar, salt",
        cn=("1701", "1702", "2102", "2103", "2106", "2209", "250100"),
        rate="reduced",
        source=_ANNEX_3,
    ),
    LowerRate(
        what="Drinks without alcohol",
        cn=("2202",),
        rate="second reduced",
        asks="whether it is a drink of plants or milk, or has a fifth of juice at least (5 %)",
        source=_ANNEX_10,
    ),
    LowerRate(
        what="Feed for farm animals and pets",
        cn=("2301", "2302", "2303", "2304", "2305", "2306", "2308", "2309"),
        rate="reduced",
        source=_ANNEX_3,
    ),
)
