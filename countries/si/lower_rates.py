"""What bears 9.5 or 5 % in Slovenia: ZDDV-1, annexes I and IV."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://pisrs.si/"
_READ_ON = date(2026, 11, 21)

_ANNEX_I = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), priloga I",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The list: Tolley's appendix, marosavat.com, globalvatcompliance.com; its codes are "
    "read across here.",
)
_HOMES = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), priloga I, točke 11, 12 in 16",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_BOOKS = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 41. člen, priloga IV",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="data.si and marosavat.com; the number of the annex is from memory.",
)
_SWEET = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), priloga I, točka 1 (od 1. 1. 2025)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="data.si; racunovodja.com (in vatupdate.com, 2025-01-05) and tzslo.si on 2009 and 2106.",
)
_ENERGY = Source(
    title="Zakon o nujnem ukrepu na področju davka na dodano vrednost (energenti)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="1 September 2022 to 31 May 2023: unija.com, 24ur.com (Uradni list 114/2022).",
)

_ENERGY_BEGAN = date(2022, 9, 1)
_ENERGY_ENDED = date(2023, 5, 31)

LOWER_RATES = (
    LowerRate(
        what="Food for people and animals, animals, seeds and plants for it",
        cn=(
            *("01", "02", "03", "04", "0504", "0511", "07", "08", "09", "10", "11", "12", "1501"),
            *("1502", "1503", "1504", "1507", "1508", "1509", "1510", "1511", "1512", "1513"),
            *("1514", "1515", "1516", "1517", "16", "17", "18", "19", "20", "21", "2301"),
            *("2302", "2303", "2304", "2305", "2306", "2308", "2309", "250100"),
        ),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Juices",
        cn=("2009",),
        rate="reduced",
        asks="whether sugar or a sweetener is added (22 %)",
        since=date(2025, 1, 1),
        source=_SWEET,
    ),
    LowerRate(
        what="Syrups and preparations for drinks",
        cn=("210690",),
        rate="reduced",
        asks="whether it is a syrup or a preparation for drinks with added sugar or sweetener "
        "(22 %)",
        since=date(2025, 1, 1),
        source=_SWEET,
    ),
    LowerRate(what="Live plants and flowers", cn=("06",), rate="reduced", source=_ANNEX_I),
    LowerRate(
        what="Water, vinegar",
        cn=("2201", "2209"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Drinks without alcohol",
        cn=("2202",),
        rate="reduced",
        asks="whether sugar or a sweetener is added (22 %)",
        since=date(2025, 1, 1),
        source=_SWEET,
    ),
    LowerRate(
        what="Waters with added sugar or sweetener",
        cn=("220210",),
        rate="standard",
        since=date(2025, 1, 1),
        source=_SWEET,
    ),
    LowerRate(
        what="Drinks without alcohol",
        cn=("2202",),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Gas, electricity and firewood",
        cn=("271111", "271121", "2716", "4401"),
        rate="reduced",
        since=_ENERGY_BEGAN,
        until=_ENERGY_ENDED,
        source=_ENERGY,
    ),
    LowerRate(
        what="Medicines, blood, vaccines, contraceptives",
        cn=("3001", "3002", "3003", "3004", "300660", "40141000"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Fertilizers and products to protect plants",
        cn=("31", "3808"),
        rate="reduced",
        asks="whether it is for farming",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="second reduced",
        since=date(2020, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="reduced",
        until=date(2019, 12, 31),
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Aids for the disabled, wheelchairs, orthopaedic appliances",
        cn=("8713", "871420", "9021"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Napkins, sanitary towels, tampons", cn=("9619",), rate="reduced", source=_ANNEX_I
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or sold by its maker or the maker's heirs",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Heat of district heating",
        cpa=("35.30",),
        rate="reduced",
        since=_ENERGY_BEGAN,
        until=_ENERGY_ENDED,
        source=_ENERGY,
    ),
    LowerRate(
        what="Water, sewerage, waste, cleaning of streets",
        cpa=("36.00", "37.00", "38.1", "38.2", "81.29.12", "81.29.13"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Dwellings: sale, building and repair",
        cpa=("41.00.1", "41.00.3", "43"),
        rate="reduced",
        asks="whether it is a dwelling of the social policy, or the repair of one",
        source=_HOMES,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30", "55.90"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Preparation of meals; the drinks served with them bear the standard rate",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        since=date(2020, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        what="Cinemas, theatres, concerts, museums, zoos, fairs, amusement parks",
        cpa=("59.14", "90.01", "91.02", "91.03", "91.04", "93.21", "93.29"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Cleaning in dwellings, windows",
        cpa=("81.21", "81.22.11"),
        rate="reduced",
        asks="whether it is done in a private household",
        source=_HOMES,
    ),
    LowerRate(
        what="Works of writers, composers and performing artists",
        cpa=("90.03",),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Sport: use of facilities and admission",
        cpa=("93.11", "93.12", "93.13", "93.19"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=("95.23", "95.29.11", "95.29.12"),
        rate="reduced",
        source=_ANNEX_I,
    ),
    LowerRate(what="Hairdressers", cpa=("96.02.11", "96.02.12"), rate="reduced", source=_ANNEX_I),
    LowerRate(what="Funerals", cpa=("96.03",), rate="reduced", source=_ANNEX_I),
)
