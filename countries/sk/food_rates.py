"""Which foods bear 19, 5 or 23 % in Slovakia since 2025, and which bore 10 % before."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_READ_ON = date(2026, 11, 21)

_POINT_1 = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7, bod 1",
    url="https://www.financnasprava.sk/sk/podnikatelia/dane/dan-z-pridanej-hodnoty/sadzby-dane",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax authority: by chapters, for people, but for what point 2 lists.",
)
_POINT_2 = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7, bod 2",
    url="https://www.slov-lex.sk/",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="nbconsult.sk names the foods; the codes are those of the list of 10 % before it.",
)
_TEN = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7 (do 31. decembra 2024)",
    url="https://www.slov-lex.sk/",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="profiuctovnictvo.sk and dashofer.sk on 2020; since 2016: novinky.cz and a memorandum "
    "of the tax authority. The end of the list was not seen.",
)
_SWEET = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7 (od 1. januára 2026)",
    url="https://www.slov-lex.sk/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="taxadvisory.sk and vatupdate.com; the codes are read across here.",
)

_REFORM = date(2025, 1, 1)
_BEFORE_REFORM = date(2024, 12, 31)
_FIRST_LIST = date(2016, 1, 1)
_SECOND_LIST = date(2020, 1, 1)
_SWEET_SINCE = date(2026, 1, 1)

_MEAT_MILK_BREAD = (
    *("0201", "020311", "020312", "020319", "020410", "020421", "020422", "020423", "020450"),
    *("020711", "020713", "020724", "020726", "020741", "020744", "020751", "020754", "020760"),
    *("020810", "040510", "19059030"),
)
"""Fresh or chilled meat of domestic animals, butter, bread."""
_DIVIDED = ("0301", "0302", "0304", "0401", "0406", "07", "08", "2009")
"""Fish (of fresh water), milk, cheese, vegetables, fruit, juices: listed in part."""

FOOD = (
    LowerRate(
        what="Food for people, water, vinegar, salt",
        cn=(
            *("02", "03", "04", "0504", "09", "10", "11", "12", "13", "15", "16", "17", "18"),
            *("19", "20", "21", "2201", "2202", "2209", "250100"),
        ),
        rate="reduced",
        since=_REFORM,
        source=_POINT_1,
    ),
    LowerRate(
        what="Fresh meat, butter, bread",
        cn=_MEAT_MILK_BREAD,
        rate="second reduced",
        since=_REFORM,
        source=_POINT_2,
    ),
    LowerRate(
        what="Yogurt and sour milk, honey",
        cn=("0403", "0409"),
        rate="second reduced",
        since=_REFORM,
        source=_POINT_2,
    ),
    LowerRate(
        what="Fish, milk, cheese, vegetables, fruit, juices",
        cn=_DIVIDED,
        rate="second reduced",
        asks="whether point 2 of annex 7 lists it (5 %), or it is another food (19 %)",
        since=_REFORM,
        source=_POINT_2,
    ),
    LowerRate(
        what="Fresh meat, butter, bread",
        cn=_MEAT_MILK_BREAD,
        rate="reduced",
        since=_FIRST_LIST,
        until=_BEFORE_REFORM,
        source=_TEN,
    ),
    LowerRate(
        what="Fish of fresh water, milk",
        cn=("0301", "0302", "0304", "0401"),
        rate="reduced",
        asks="whether it is fish of fresh water, or milk and not cream",
        since=_FIRST_LIST,
        until=_BEFORE_REFORM,
        source=_TEN,
    ),
    LowerRate(
        what="Yogurt and sour milk, honey",
        cn=("0403", "0409"),
        rate="reduced",
        since=_SECOND_LIST,
        until=_BEFORE_REFORM,
        source=_TEN,
    ),
    LowerRate(
        what="Cheese, vegetables, fruit, juices",
        cn=("0406", "07", "08", "2009"),
        rate="reduced",
        asks="whether annex 7 of that time lists it",
        since=_SECOND_LIST,
        until=_BEFORE_REFORM,
        source=_TEN,
    ),
    LowerRate(
        what="Confectionery, chocolate, sweet biscuits, wafers, crisps, jam, ice cream",
        cn=(
            *("1704", "1806", "190520", "190531", "190532", "200520", "2006", "2007", "2105"),
            "220210",
        ),
        rate="standard",
        since=_SWEET_SINCE,
        source=_SWEET,
    ),
    LowerRate(
        what="Doughs, sweet or salty cereals, cakes, prepared fruit and nuts, syrups, drinks",
        cn=("190120", "190410", "190590", "2008", "2101", "210690", "220299"),
        rate="reduced",
        asks="whether it is one of the sweet or salty products that bear 23 % since 2026",
        since=_SWEET_SINCE,
        source=_SWEET,
    ),
)
