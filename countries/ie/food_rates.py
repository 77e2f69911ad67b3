"""Which foods, animals and feed bear 0, 4.8 or 13.5 % in Ireland."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.irishstatutebook.ie/"
_READ_ON = date(2026, 11, 21)

_FOOD = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 2, paragraph 8, Table 1",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="That most food bears 0 %: revenue.ie. What is taken out of it, and codes, from memory.",
)
_SUPPLEMENTS = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 3, paragraph 3; Finance Act 2019",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The debate of the Seanad of 2019-12-03; since 2020 from memory.",
)
_LIVESTOCK = Source(
    title="Value-Added Tax Consolidation Act 2010, sections 2(1) and 46(1)(d); Schedule 3",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="bmac.ie lists the animals, Tolley live poultry.",
)

FOOD = (
    LowerRate(
        what="Live cattle, pigs, sheep, goats",
        cn=("0102", "0103", "0104"),
        rate="super reduced",
        source=_LIVESTOCK,
    ),
    LowerRate(
        what="Live horses",
        cn=("0101",),
        rate="super reduced",
        asks="whether the horse is for food or farming (4.8 %), or not (13.5 %)",
        source=_LIVESTOCK,
    ),
    LowerRate(what="Live poultry", cn=("0105",), rate="reduced", source=_LIVESTOCK),
    LowerRate(
        what="Live deer, greyhounds and other animals",
        cn=("0106",),
        rate="super reduced",
        asks="whether it is deer or a greyhound",
        source=_LIVESTOCK,
    ),
    LowerRate(
        what="Food, with tea, coffee, sugar and salt that is not ready to drink",
        cn=(
            *("02", "0302", "0303", "0304", "0305", "0306", "0307", "0308", "04", "0504", "07"),
            *("08", "09", "10", "11", "1201", "1202", "1204", "1206", "1207", "1501", "1507"),
            *("1508", "1509", "1510", "1511", "1512", "1513", "1514", "1515", "1516", "1517"),
            *("16", "1701", "1702", "1703", "1803", "1804", "1805", "19", "2001", "2002"),
            *("2003", "2004", "2005", "2006", "2007", "2008", "2101", "2102", "2103", "2104"),
            *("2106", "2209", "250100"),
        ),
        rate="zero",
        source=_FOOD,
    ),
    LowerRate(
        what="Seeds for growing food",
        cn=("1209",),
        rate="zero",
        asks="whether the seed is for producing food",
        source=_FOOD,
    ),
    LowerRate(
        what="Crisps and other savoury snacks of potatoes",
        cn=("200520",),
        rate="standard",
        source=_FOOD,
    ),
    LowerRate(
        what="Nuts, salted or roasted",
        cn=("200811", "200819"),
        rate="zero",
        asks="whether the nuts are salted or roasted (23 %)",
        source=_FOOD,
    ),
    LowerRate(
        what="Popcorn and snacks of cereals, breakfast cereals",
        cn=("190410",),
        rate="zero",
        asks="whether it is a savoury snack (23 %)",
        source=_FOOD,
    ),
    LowerRate(
        what="Cakes, crackers, wafers and biscuits; bread is free",
        cn=("190520", "190531", "190532", "190590"),
        rate="reduced",
        asks="whether it is bread (0 %), or a biscuit covered with chocolate (23 %)",
        source=_FOOD,
    ),
    LowerRate(
        what="Food supplements",
        cn=("210690",),
        rate="reduced",
        asks="whether it is a food supplement",
        since=date(2020, 1, 1),
        source=_SUPPLEMENTS,
    ),
    LowerRate(
        what="Feed for farm animals",
        cn=("2301", "2302", "2303", "2304", "2305", "2306", "2308", "2309"),
        rate="zero",
        source=_FOOD,
    ),
    LowerRate(what="Food for pets", cn=("230910",), rate="standard", source=_FOOD),
)
