"""What bears 14, 8 or 3 % in Luxembourg: the act of 12 February 1979, annexes A, B and C."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://legilux.public.lu/"
_READ_ON = date(2026, 11, 21)

_ANNEX_A = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, annexe A (taux réduit)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="rydoo.com and becompliant.tax; what began in 2023 from memory; codes read across.",
)
_ANNEX_B = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, annexe B (taux super-réduit)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="thevatman.eu, becompliant.tax, rydoo.com; the codes are read across here.",
)
_ANNEX_C = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, annexe C (taux intermédiaire)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="thevatman.eu lists it; the codes are read across here.",
)
_DATED = Source(
    title="Loi modifiée du 12 février 1979 concernant la TVA, annexe B, et ses modifications",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Hygiene since May 2019: lessentiel.lu; solar panels since 2023: paperjam.lu, "
    "globalvatcompliance.com; e-books since May 2018 from memory.",
)
_ART = Source(
    title="Loi du 20 décembre 2024, annexe A de la loi TVA",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="bakermckenzie.com and vat-solutions.com: 8 % on all sales of art from 2025.",
)

LOWER_RATES = (
    LowerRate(
        what="Food, drinks without alcohol, feed, animals and plants for producing food",
        cn=(
            *("01", "02", "03", "04", "0504", "0511", "07", "08", "09", "10", "11", "12"),
            *("1501", "1502", "1503", "1504", "1506", "1507", "1508", "1509", "1510", "1511"),
            *("1512", "1513", "1514", "1515", "1516", "1517", "16", "17", "18", "19", "20", "21"),
            *("2201", "2202", "2209", "2301", "2302", "2303", "2304", "2305", "2306", "2308"),
            *("2309", "250100"),
        ),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(what="Flowers and ornamental plants", cn=("06",), rate="reduced", source=_ANNEX_A),
    LowerRate(
        what="Wine, not sparkling or fortified",
        cn=("2204",),
        rate="parking",
        asks="whether it is still and has at most 13 per cent of alcohol",
        source=_ANNEX_C,
    ),
    LowerRate(
        what="Solid mineral fuels",
        cn=("2701", "2702", "2703", "2704"),
        rate="parking",
        source=_ANNEX_C,
    ),
    LowerRate(
        what="Mineral oils",
        cn=("2710",),
        rate="parking",
        asks="whether it is for use as a fuel for heating",
        source=_ANNEX_C,
    ),
    LowerRate(
        what="Gas, liquefied gas and electricity",
        cn=("2711", "2716"),
        rate="reduced",
        source=_ANNEX_A,
    ),
    LowerRate(
        what="Medicines, contraceptives",
        cn=("3002", "3003", "3004", "300660", "40141000"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(what="Fertilizers", cn=("31",), rate="super reduced", source=_ANNEX_B),
    LowerRate(
        what="Washing and cleaning products", cn=("3401", "3402"), rate="parking", source=_ANNEX_C
    ),
    LowerRate(what="Firewood", cn=("4401",), rate="reduced", source=_ANNEX_A),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Printed advertising, catalogues", cn=("491110",), rate="parking", source=_ANNEX_C
    ),
    LowerRate(
        what="Clothes and shoes of children",
        cn=("61", "62", "64"),
        rate="super reduced",
        asks="whether it is of a size for children under fourteen",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Solar panels",
        cn=("854143",),
        rate="super reduced",
        asks="whether they are put on or by a dwelling or a building of public interest",
        since=date(2023, 1, 1),
        source=_DATED,
    ),
    LowerRate(
        what="Bicycles",
        cn=("8712", "871160"),
        rate="reduced",
        asks="whether it is a bicycle, or one with electric assistance up to 25 km/h",
        since=date(2023, 1, 1),
        source=_ANNEX_A,
    ),
    LowerRate(
        what="Wheelchairs, orthopaedic appliances, hearing aids",
        cn=("8713", "871420", "9021"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Sanitary towels and tampons",
        cn=("96190071", "96190075", "96190079"),
        rate="super reduced",
        since=date(2019, 5, 1),
        source=_DATED,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="reduced",
        since=date(2025, 1, 1),
        source=_ART,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or sold by its maker or the maker's heirs",
        until=date(2024, 12, 31),
        source=_ANNEX_A,
    ),
    LowerRate(
        what="Heat, cold and steam",
        cpa=("35.30",),
        rate="reduced",
        asks="whether it comes from a heating network (8 %) or not (14 %)",
        source=_ANNEX_C,
    ),
    LowerRate(
        what="Water, sewerage, waste",
        cpa=("36.00", "37.00", "38.1", "38.2"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Building and renovation of dwellings",
        cpa=("41.00.1", "41.00.3", "43"),
        rate="super reduced",
        asks="whether it is the owner's main dwelling, with the authority's approval",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30", "55.90"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Restaurants and catering, not for alcohol",
        cpa=("56.10", "56.21", "56.29"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="super reduced",
        asks="whether the drinks are without alcohol",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="super reduced",
        since=date(2018, 5, 1),
        source=_DATED,
    ),
    LowerRate(
        what="Cinemas, theatres, concerts, museums, zoos, amusement parks, sport",
        cpa=(
            *("59.14", "90.01", "91.02", "91.03", "91.04", "93.11", "93.12", "93.13", "93.19"),
            *("93.21", "93.29"),
        ),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Radio and television, other than for adults only",
        cpa=("60.10", "60.20"),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Cleaning of windows and in households",
        cpa=("81.21", "81.22.11"),
        rate="reduced",
        asks="whether it is done in a private household",
        source=_ANNEX_A,
    ),
    LowerRate(
        what="Works of authors and performing artists",
        cpa=("90.03",),
        rate="super reduced",
        source=_ANNEX_B,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=("95.23", "95.29.11", "95.29.12"),
        rate="reduced",
        source=_ANNEX_A,
    ),
    LowerRate(
        what="Repair of household appliances",
        cpa=("95.22",),
        rate="reduced",
        since=date(2023, 1, 1),
        source=_ANNEX_A,
    ),
    LowerRate(what="Hairdressers", cpa=("96.02.11", "96.02.12"), rate="reduced", source=_ANNEX_A),
    LowerRate(what="Funerals", cpa=("96.03",), rate="super reduced", source=_ANNEX_B),
)
