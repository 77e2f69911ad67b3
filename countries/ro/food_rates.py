"""Which foods bear 11 % in Romania, and bore 9 % from June 2015 to July 2025."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://legislatie.just.ro/"
_READ_ON = date(2026, 11, 21)

_FOOD_SOURCE = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291 alin. (2), și normele ei",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Since June 2015, by CN code: netafim.ro; since August 2025 for people: mediafax.ro. "
    "The norms' list of codes was seen in part.",
)
_SUGAR = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 291 alin. (2); Legea nr. 296/2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="vatupdate.com (PwC), vatcalc.com, mediafax.ro: 10 grams in 100, since 2024.",
)
_SOFT_DRINKS = Source(
    title="Ordonanța Guvernului nr. 16/2022; Legea nr. 141/2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Heading 2202: mediafax.ro; that it began in 2023 is from memory.",
)

_SINCE = date(2015, 6, 1)
_SUGAR_SINCE = date(2024, 1, 1)
_BEFORE_SUGAR = date(2023, 12, 31)
_SWEETENED = (
    *("040299", "0403", "1901", "1904", "190520", "190531", "190532", "190590", "2006", "2007"),
    *("2008", "2009", "2101", "2103", "2105", "2106"),
)

FOOD = (
    LowerRate(
        what="Live animals",
        cn=("0101", "0102", "0103", "0104", "0105"),
        rate="reduced",
        since=_SINCE,
        until=date(2025, 7, 31),
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Food",
        cn=(
            *("02", "0302", "0303", "0304", "0305", "0306", "0307", "0308", "04", "0504", "07"),
            *("08", "09", "10", "11", "1501", "1502", "1504", "1507", "1508", "1509", "1510"),
            *("1511", "1512", "1513", "1514", "1515", "1516", "1517", "16", "1701", "1702"),
            *("1801", "1803", "1804", "1805", "1902", "1903", "190510", "190540", "19059030"),
            *("2001", "2002", "2003", "2004", "2005", "2102", "2104", "2209", "250100"),
        ),
        rate="reduced",
        since=_SINCE,
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Foods that may have added sugar",
        cn=_SWEETENED,
        rate="reduced",
        asks="whether sugar is added and it has less than 10 grams of sugar in 100",
        since=_SUGAR_SINCE,
        source=_SUGAR,
    ),
    LowerRate(
        what="Foods that may have added sugar",
        cn=_SWEETENED,
        rate="reduced",
        since=_SINCE,
        until=_BEFORE_SUGAR,
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Confectionery and chocolate",
        cn=("1704", "1806"),
        rate="reduced",
        since=_SINCE,
        until=_BEFORE_SUGAR,
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Seeds and oil seeds",
        cn=("12",),
        rate="reduced",
        asks="whether it is for people to eat, or for sowing as the ministers' order lists",
        since=_SINCE,
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Feed",
        cn=("2301", "2302", "2303", "2304", "2305", "2306", "2308", "2309"),
        rate="reduced",
        since=_SINCE,
        until=date(2025, 7, 31),
        source=_FOOD_SOURCE,
    ),
    LowerRate(what="Water", cn=("2201",), rate="reduced", since=_SINCE, source=_FOOD_SOURCE),
    LowerRate(
        what="Drinks without alcohol",
        cn=("2202",),
        rate="reduced",
        since=_SINCE,
        until=date(2022, 12, 31),
        source=_SOFT_DRINKS,
    ),
)
