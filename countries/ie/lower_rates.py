"""What bears 13.5, 9, 4.8 or 0 % in Ireland: VAT Consolidation Act 2010, Schedules 2 and 3."""

from datetime import date

from countries.ie.food_rates import FOOD
from countries.ie.hospitality_rates import HOSPITALITY
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.irishstatutebook.ie/"
_READ_ON = date(2026, 11, 21)

_SCHEDULE_2 = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 2",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="revenue.ie on the zero rate; the codes are read across here.",
)
_SCHEDULE_3 = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 3",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Tolley's appendix 40D and legalblog.ie; the codes are read across here.",
)
_PRINT = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 2; Finance Acts 2018, 2022 and 2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Newspapers to 0 % on 1 January 2023: marosavat.com and evelyn.com. Electronic "
    "publications 9 % since 2019, e-books 0 % since 2024: vatcalc.com, wobh.ie.",
)
_HEAT_PUMPS = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 3, paragraph 12A",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="ey.com (Q3 2024), regfollower.com on the Finance Act 2024.",
)
_ENERGY = Source(
    title="Value-Added Tax Consolidation Act 2010, section 46(1)(ca), gas and electricity",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Until the end of 2030: deloitte.com, bdo.ie. The first day is from memory.",
)
_HOMES = Source(
    title="Finance Act 2025: completed apartments at 9 %",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="8 October 2025 to 31 December 2030: deloitte.com, bdo.ie.",
)

LOWER_RATES = (
    *FOOD,
    *HOSPITALITY,
    LowerRate(
        what="Live plants and cut flowers",
        cn=("06",),
        rate="reduced",
        asks="whether the plant is for producing food (0 %)",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Coal, peat, firewood",
        cn=("2701", "2702", "2703", "4401"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Heating oil",
        cn=("27101943", "27101946", "27101947", "27101948", "27101925"),
        rate="reduced",
        asks="whether it is marked oil for heating",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Gas and electricity",
        cn=("271111", "271121", "2716"),
        rate="second reduced",
        since=date(2022, 5, 1),
        until=date(2030, 12, 31),
        source=_ENERGY,
    ),
    LowerRate(
        what="Gas and electricity",
        cn=("271111", "271121", "2716"),
        rate="reduced",
        since=date(2031, 1, 1),
        source=_ENERGY,
    ),
    LowerRate(
        what="Gas and electricity",
        cn=("271111", "271121", "2716"),
        rate="reduced",
        until=date(2022, 4, 30),
        source=_ENERGY,
    ),
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        rate="zero",
        asks="whether it is taken by mouth, or a hormone or nicotine replacement therapy",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Fertilizers",
        cn=("31",),
        rate="zero",
        asks="whether it is sold in units of 10 kilograms or more",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Concrete, ready to pour, and concrete blocks",
        cn=("38245010", "681011"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
    LowerRate(what="Contraceptives", cn=("40141000",), rate="reduced", source=_SCHEDULE_3),
    LowerRate(
        what="Books, atlases, music",
        cn=("4901", "4903", "4904", "490520"),
        rate="zero",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="second reduced",
        asks="whether it is a newspaper or news periodical (0 %)",
        since=date(2023, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="second reduced",
        since=date(2011, 7, 1),
        until=date(2022, 12, 31),
        source=_PRINT,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="reduced",
        until=date(2011, 6, 30),
        source=_PRINT,
    ),
    LowerRate(
        what="Clothes and shoes of children under eleven",
        cn=("61", "62", "64", "6505"),
        rate="zero",
        asks="whether it is of a size for children under eleven",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Solar panels",
        cn=("854143",),
        rate="zero",
        asks="whether the seller installs them on a dwelling or a school",
        since=date(2023, 5, 1),
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Heat pumps",
        cn=("841861",),
        rate="second reduced",
        asks="whether the seller installs it as heating of low emission",
        since=date(2025, 1, 1),
        source=_HEAT_PUMPS,
    ),
    LowerRate(
        what="Wheelchairs, orthopaedic appliances, hearing aids",
        cn=("8713", "871420", "9021"),
        rate="zero",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Car seats for children",
        cn=("940180",),
        rate="reduced",
        asks="whether it is a car seat for children",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Sanitary towels, tampons and other period products",
        cn=("96190071", "96190075", "96190079"),
        rate="zero",
        source=_SCHEDULE_2,
    ),
    LowerRate(
        what="Works of art, antiques",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or sold by its maker or the maker's heirs",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Services for farming, waste, veterinary services, photography, tourist guides",
        cpa=("01.6", "38.1", "38.2", "74.20", "75.00", "79.90.2"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="New apartments, houses and other buildings",
        cpa=("41.00.1",),
        rate="second reduced",
        asks="whether it is a completed apartment (9 %) or another dwelling (13.5 %)",
        since=date(2025, 10, 8),
        until=date(2030, 12, 31),
        source=_HOMES,
    ),
    LowerRate(
        what="New buildings",
        cpa=("41.00.1",),
        rate="reduced",
        since=date(2031, 1, 1),
        source=_HOMES,
    ),
    LowerRate(
        what="New buildings",
        cpa=("41.00.1",),
        rate="reduced",
        until=date(2025, 10, 7),
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Buildings, construction, repair and cleaning of buildings",
        cpa=("41.00.2", "41.00.3", "41.00.4", "42", "43", "81.2"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Electronic books and audiobooks",
        cpa=("58.11",),
        rate="zero",
        since=date(2024, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Electronic books",
        cpa=("58.11",),
        rate="second reduced",
        since=date(2019, 1, 1),
        until=date(2023, 12, 31),
        source=_PRINT,
    ),
    LowerRate(
        what="Electronic newspapers",
        cpa=("58.13",),
        rate="zero",
        since=date(2023, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Electronic newspapers",
        cpa=("58.13",),
        rate="second reduced",
        since=date(2019, 1, 1),
        until=date(2022, 12, 31),
        source=_PRINT,
    ),
    LowerRate(
        what="Electronic periodicals",
        cpa=("58.14",),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_PRINT,
    ),
    LowerRate(
        what="Hire of cars and boats",
        cpa=("77.11",),
        rate="reduced",
        asks="whether it is for less than five weeks",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Use of sports facilities",
        cpa=("93.11", "93.13"),
        rate="second reduced",
        since=date(2011, 7, 1),
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Use of sports facilities",
        cpa=("93.11", "93.13"),
        rate="reduced",
        until=date(2011, 6, 30),
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Repair and maintenance of movable goods, vehicles too",
        cpa=("33.1", "45.20", "95"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
    LowerRate(
        what="Care of the body: beauty, health studios",
        cpa=("96.02.13", "96.02.19", "96.04"),
        rate="reduced",
        source=_SCHEDULE_3,
    ),
)
