"""What bears 12 or 5 % in Latvia: Pievienotās vērtības nodokļa likums, section 42."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://likumi.lv/"
_READ_ON = date(2026, 11, 21)

_TWELVE = Source(
    title="Pievienotās vērtības nodokļa likums, 42. pants",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="bakermckenzie.com and mindlink.lv; the codes are read across here.",
)
_GREENS = Source(
    title="Pievienotās vērtības nodokļa likums, 42. pants un 1. pielikums",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="5 % from 2018 to 2023, 12 % since: mindlink.lv, vatcalc.com, vatupdate.com. Which "
    "headings the annex holds is from memory.",
)
_BREAD = Source(
    title="Pievienotās vērtības nodokļa likums, pārejas noteikumi un 2. pielikums",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="July 2026 to June 2027: vatupdate.com after likumi.lv, regfollower.com.",
)
_PRINT = Source(
    title="Pievienotās vērtības nodokļa likums, 42. pants, iespieddarbi",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="5 %, and the languages since 2026: bakermckenzie.com, vatupdate.com after likumi.lv. "
    "That 5 % began in 2022 is from memory.",
)

_BREAD_BEGAN, _BREAD_ENDS = date(2026, 7, 1), date(2027, 6, 30)
_USUAL = (
    *("0701", "0702", "0703", "0704", "0705", "0706", "0707", "0708", "080810", "080830"),
    *("080920", "080921", "080929", "080940", "081010", "081020", "081030", "081040"),
)
"""Potatoes, tomatoes, onions, cabbage, roots, cucumbers, peas, apples, pears, cherries, plums,
berries."""
_IN_PART = ("0709", "0810")
_PRINTED = ("4901", "4902", "4903", "4904", "4905")

LOWER_RATES = (
    LowerRate(
        what="Fresh poultry and eggs",
        cn=("020711", "020713", "020724", "020726", "020741", "020744", "040721"),
        rate="reduced",
        since=_BREAD_BEGAN,
        until=_BREAD_ENDS,
        source=_BREAD,
    ),
    LowerRate(
        what="Milk",
        cn=("0401",),
        rate="reduced",
        asks="whether it is fresh milk and not ultra-heat treated, and not cream",
        since=_BREAD_BEGAN,
        until=_BREAD_ENDS,
        source=_BREAD,
    ),
    LowerRate(
        what="Bread",
        cn=("190510", "19059030"),
        rate="reduced",
        since=_BREAD_BEGAN,
        until=_BREAD_ENDS,
        source=_BREAD,
    ),
    LowerRate(
        what="Fresh fruit, berries and vegetables usual in Latvia",
        cn=_USUAL,
        rate="reduced",
        since=date(2024, 1, 1),
        source=_GREENS,
    ),
    LowerRate(
        what="Fresh fruit, berries and vegetables usual in Latvia",
        cn=_USUAL,
        rate="second reduced",
        since=date(2018, 1, 1),
        until=date(2023, 12, 31),
        source=_GREENS,
    ),
    LowerRate(
        what="Other fresh vegetables and berries",
        cn=_IN_PART,
        rate="reduced",
        asks="whether annex 1 lists it as usual in Latvia",
        since=date(2024, 1, 1),
        source=_GREENS,
    ),
    LowerRate(
        what="Other fresh vegetables and berries",
        cn=_IN_PART,
        rate="second reduced",
        asks="whether annex 1 lists it as usual in Latvia",
        since=date(2018, 1, 1),
        until=date(2023, 12, 31),
        source=_GREENS,
    ),
    LowerRate(what="Food for infants", cn=("190110",), rate="reduced", source=_TWELVE),
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=_TWELVE),
    LowerRate(
        what="Medical devices",
        cn=("8713", "9018", "9019", "9021"),
        rate="reduced",
        asks="whether it is for the personal use of the sick or disabled",
        source=_TWELVE,
    ),
    LowerRate(
        what="Firewood and wood for heating",
        cn=("4401",),
        rate="reduced",
        asks="whether it is for households",
        source=_TWELVE,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=_PRINTED,
        rate="second reduced",
        asks="whether it is in one of the languages of the act (no Russian, for one)",
        since=date(2026, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=_PRINTED,
        rate="second reduced",
        since=date(2022, 1, 1),
        until=date(2025, 12, 31),
        source=_PRINT,
    ),
    LowerRate(
        what="Books, newspapers, periodicals",
        cn=("4901", "4902"),
        rate="reduced",
        until=date(2021, 12, 31),
        source=_PRINT,
    ),
    LowerRate(
        what="Heat",
        cpa=("35.30",),
        rate="reduced",
        asks="whether a natural person uses it at home",
        source=_TWELVE,
    ),
    LowerRate(
        what="Public transport of passengers in the country",
        cpa=("49.10", "49.31"),
        rate="reduced",
        source=_TWELVE,
    ),
    LowerRate(
        what="Other transport of passengers by land",
        cpa=("49.39",),
        rate="reduced",
        asks="whether it is public transport on a route of the country",
        source=_TWELVE,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30"),
        rate="reduced",
        source=_TWELVE,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        asks="whether it is in one of the languages of the act (no Russian, for one)",
        since=date(2026, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        since=date(2022, 1, 1),
        until=date(2025, 12, 31),
        source=_PRINT,
    ),
)
