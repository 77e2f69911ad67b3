"""What bears 12 or 6 % in Sweden: Mervärdesskattelag (2023:200), chapter 9."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.riksdagen.se/sv/dokument-och-lagar/"
_READ_ON = date(2026, 11, 21)

_FOOD_SOURCE = Source(
    title="Mervärdesskattelag (2023:200), 9 kap., livsmedel",
    url="https://www.skatteverket.se/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax agency's list of what is food and expowera.se; read across to codes here.",
)
_FOOD_CUT = Source(
    title="Lag om ändring i mervärdesskattelagen, prop. 2025/26:55",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="1 April 2026 to 31 December 2027, with bottled water: vatupdate.com, marosavat.com.",
)
_TWELVE = Source(
    title="Mervärdesskattelag (2023:200), 9 kap., 12 procent",
    url="https://www4.skatteverket.se/rattsligvagledning/394966.html",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The tax agency's guidance (edition 2015.14): hotels, camping, art, restaurants.",
)
_SIX = Source(
    title="Mervärdesskattelag (2023:200), 9 kap., 6 procent",
    url="https://www4.skatteverket.se/rattsligvagledning/394966.html",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="mobilexpense.com and a university's page after the tax agency; e-books from memory.",
)
_REPAIRS = Source(
    title="Mervärdesskattelag (2023:200), 9 kap., reparationer",
    url="https://www4.skatteverket.se/rattsligvagledning/edition/2024.3/395014.html",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="All days: the tax agency's guidance (edition 2024.3) and the bill 2022/23:35; that it "
    "is still 12 %: rydoo.com, marosavat.com.",
)
_DANCE = Source(
    title="Mervärdesskattelag (2023:200), 9 kap., danstillställningar",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="A headline of vatupdate.com: 6 % from July 2026.",
)

_FOOD = (
    *("02", "0302", "0303", "0304", "0305", "0306", "0307", "0308", "0309", "04", "0504"),
    *("07", "08", "09", "10", "11", "1501", "1504", "1507", "1508", "1509", "1510", "1511"),
    *("1512", "1513", "1514", "1515", "1516", "1517", "16", "17", "18", "19", "20", "21"),
    *("2201", "2202", "2209", "250100"),
)
_REPAIRED = ("95.23", "95.29.11", "95.29.12")

LOWER_RATES = (
    LowerRate(
        what="Food and drinks, with bottled water",
        cn=_FOOD,
        rate="reduced",
        since=date(2028, 1, 1),
        source=_FOOD_CUT,
    ),
    LowerRate(
        what="Food and drinks, with bottled water",
        cn=_FOOD,
        rate="second reduced",
        since=date(2026, 4, 1),
        until=date(2027, 12, 31),
        source=_FOOD_CUT,
    ),
    LowerRate(
        what="Food and drinks, with bottled water",
        cn=_FOOD,
        rate="reduced",
        until=date(2026, 3, 31),
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Oil seeds and seeds",
        cn=("1201", "1202", "1204", "1206", "1207"),
        rate="second reduced",
        asks="whether it is sold as food (6 % from April 2026 to 2027, else 12 %)",
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Water from the mains, steam, ice",
        cn=("22019000",),
        rate="standard",
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Beer",
        cn=("2203",),
        rate="reduced",
        asks="whether it has at most 3.5 per cent of alcohol, and so is taxed as food",
        source=_FOOD_SOURCE,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="second reduced",
        source=_SIX,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or sold by its maker or the maker's estate",
        source=_TWELVE,
    ),
    LowerRate(
        what="Transport of passengers, ski lifts",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
        rate="second reduced",
        source=_SIX,
    ),
    LowerRate(
        what="Hotels and camping",
        cpa=("55.10", "55.20", "55.30", "55.90"),
        rate="reduced",
        source=_TWELVE,
    ),
    LowerRate(
        what="Restaurants and catering",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2012, 1, 1),
        source=_TWELVE,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="reduced",
        asks="whether it is other than spirits, wine and strong beer",
        since=date(2012, 1, 1),
        source=_TWELVE,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        since=date(2019, 7, 1),
        source=_SIX,
    ),
    LowerRate(
        what="Concerts, theatre, museums, libraries, zoos; not cinemas",
        cpa=("90.01", "91.01", "91.02", "91.03", "91.04"),
        rate="second reduced",
        source=_SIX,
    ),
    LowerRate(
        what="Rights in literary and artistic works",
        cpa=("90.03",),
        rate="second reduced",
        asks="whether it grants a copyright in a work; a performance does not",
        source=_SIX,
    ),
    LowerRate(
        what="Sport: facilities, events, exercise",
        cpa=("93.11", "93.12", "93.13", "93.19"),
        rate="second reduced",
        source=_SIX,
    ),
    LowerRate(
        what="Admission to dances",
        cpa=("93.29",),
        rate="second reduced",
        asks="whether it is the admission to a dance",
        since=date(2026, 7, 1),
        source=_DANCE,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=_REPAIRED,
        rate="reduced",
        since=date(2023, 4, 1),
        source=_REPAIRS,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=_REPAIRED,
        rate="second reduced",
        since=date(2022, 7, 1),
        until=date(2023, 3, 31),
        source=_REPAIRS,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=_REPAIRED,
        rate="reduced",
        since=date(2017, 1, 1),
        until=date(2022, 6, 30),
        source=_REPAIRS,
    ),
)
