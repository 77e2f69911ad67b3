"""What bears 9 or 0 % in the Netherlands: Wet op de omzetbelasting 1968, Tabel I and II."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://wetten.overheid.nl/"
_READ_ON = date(2026, 11, 21)

_TABLE_A = Source(
    title="Wet op de omzetbelasting 1968, Tabel I, onderdeel a",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The list of goods: lexlupa.com and rendement.nl; read across to codes here.",
)
_FARMS = Source(
    title="Wet op de omzetbelasting 1968, Tabel I, onderdeel a, posten 2, 3, 4, 40, 41, 43 t/m 46",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Ended with 2024: countus.nl, abab.nl, plantum.nl; read across to codes here.",
)
_TABLE_B = Source(
    title="Wet op de omzetbelasting 1968, Tabel I, onderdeel b",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The list of services: loorbachfd.nl and rendement.nl; read across to codes here.",
)
_STAYS = Source(
    title="Wet op de omzetbelasting 1968, Tabel I, onderdeel b, post 11; Belastingplan 2025",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="To 21 % on 1 January 2026, camping not: vatupdate.com 2025-10-29, vatcalc.com.",
)
_E_BOOKS = Source(
    title="Wet op de omzetbelasting 1968, Tabel I, onderdeel a, post 30, en b, post 20",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_ENERGY = Source(
    title="Besluit tijdelijke verlaging btw-tarief op energie 2022",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="July to December 2022: KPMG, wesselman-info.nl.",
)
_SOLAR = Source(
    title="Wet op de omzetbelasting 1968, Tabel II, onderdeel a, post 10, en b, post 10",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="loyensloeff.com; the numbers of the posts from memory.",
)

LOWER_RATES = (
    LowerRate(
        what="Live cattle, pigs, sheep, goats and poultry",
        cn=("0102", "0103", "0104", "0105"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_FARMS,
    ),
    LowerRate(
        what="Horses",
        cn=("0101",),
        rate="reduced",
        asks="whether the horse is for slaughter or for farming",
        until=date(2024, 12, 31),
        source=_FARMS,
    ),
    LowerRate(
        what="Food",
        cn=(
            *("02", "0302", "0303", "0304", "0305", "0306", "0307", "0308", "0309", "04", "0504"),
            *("07", "08", "09", "11", "1501", "1502", "1503", "1504", "1506", "1507", "1508"),
            *("1509", "1510", "1511", "1512", "1513", "1514", "1515", "1516", "1517"),
            *("16", "17", "18", "19", "20", "21", "250100"),
        ),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(what="Ornamental plants and flowers", cn=("06",), rate="reduced", source=_TABLE_A),
    LowerRate(
        what="Plants for growing vegetables and fruit, seed potatoes",
        cn=("060120", "06029030", "070110"),
        rate="standard",
        since=date(2025, 1, 1),
        source=_FARMS,
    ),
    LowerRate(
        what="Fruit trees and bushes",
        cn=("060220",),
        rate="reduced",
        asks="whether the plant is an ornamental one",
        since=date(2025, 1, 1),
        source=_FARMS,
    ),
    LowerRate(
        what="Cereals and pulses",
        cn=("0713", "10"),
        rate="reduced",
        asks="whether they are for people to eat",
        since=date(2025, 1, 1),
        source=_FARMS,
    ),
    LowerRate(what="Cereals", cn=("10",), rate="reduced", until=date(2024, 12, 31), source=_FARMS),
    LowerRate(
        what="Oil seeds",
        cn=("1201", "1202", "1204", "1205", "1206", "1207"),
        rate="reduced",
        asks="whether they are for people to eat",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Seeds, straw, feed plants, sugar beet, residues fed to animals, feed",
        cn=("1209", "1213", "1214", "121291", "2302", "2303", "2304", "2305", "2306", "2308"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_FARMS,
    ),
    LowerRate(
        what="Prepared feed",
        cn=("2309",),
        rate="reduced",
        asks="whether it is for farm animals",
        until=date(2024, 12, 31),
        source=_FARMS,
    ),
    LowerRate(
        what="Wood in the rough, raw flax, raw wool",
        cn=("4403", "5101", "5301"),
        rate="reduced",
        until=date(2024, 12, 31),
        source=_FARMS,
    ),
    LowerRate(
        what="Water and drinks without alcohol, vinegar",
        cn=("2201", "2202", "2209"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Gas and electricity",
        cn=("271111", "271121", "2716"),
        rate="reduced",
        since=date(2022, 7, 1),
        until=date(2022, 12, 31),
        source=_ENERGY,
    ),
    LowerRate(
        what="Medicines, contraceptives",
        cn=("3002", "3003", "3004", "300660", "40141000"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Books, newspapers, periodicals, music, atlases",
        cn=("4901", "4902", "4903", "4904", "490520"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Solar panels",
        cn=("854143",),
        rate="zero",
        asks="whether they are put on or by a dwelling, with their installation or not",
        since=date(2023, 1, 1),
        source=_SOLAR,
    ),
    LowerRate(
        what="Aids for the sick and disabled, wheelchairs, hearing aids",
        cn=("8713", "871420", "9021"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Sanitary towels, tampons and incontinence products; not napkins for babies",
        cn=("96190071", "96190075", "96190079", "96190089"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="reduced",
        asks="whether it is imported, or sold by its maker or the maker's heirs",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Heat of district heating",
        cpa=("35.30",),
        rate="reduced",
        since=date(2022, 7, 1),
        until=date(2022, 12, 31),
        source=_ENERGY,
    ),
    LowerRate(what="Water", cpa=("36.00",), rate="reduced", source=_TABLE_A),
    LowerRate(
        what="Insulating, plastering, painting and papering",
        cpa=("43.29.11", "43.31", "43.34.1"),
        rate="reduced",
        asks="whether the building is a dwelling first used more than two years ago",
        source=_TABLE_B,
    ),
    LowerRate(
        what="Transport of passengers, not by air",
        cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30"),
        rate="reduced",
        source=_TABLE_B,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55",),
        rate="reduced",
        until=date(2025, 12, 31),
        source=_STAYS,
    ),
    LowerRate(what="Camping", cpa=("55.30",), rate="reduced", source=_STAYS),
    LowerRate(
        what="Meals in restaurants, take-away and catering",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Drinks served",
        cpa=("56.30",),
        rate="reduced",
        asks="whether the drinks are without alcohol",
        source=_TABLE_A,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="reduced",
        since=date(2020, 1, 1),
        source=_E_BOOKS,
    ),
    LowerRate(
        what="Cinemas, performing artists, concerts, museums, zoos, amusement parks",
        cpa=("59.14", "90.01", "91.02", "91.03", "91.04", "93.21", "93.29"),
        rate="reduced",
        source=_TABLE_B,
    ),
    LowerRate(
        what="Cleaning",
        cpa=("81.21",),
        rate="reduced",
        asks="whether it is the inside of a dwelling",
        source=_TABLE_B,
    ),
    LowerRate(
        what="Sport: use of facilities and admission",
        cpa=("93.11", "93.12", "93.13", "93.19"),
        rate="reduced",
        source=_TABLE_B,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=("95.23", "95.29.11", "95.29.12"),
        rate="reduced",
        source=_TABLE_B,
    ),
    LowerRate(what="Hairdressers", cpa=("96.02.11", "96.02.12"), rate="reduced", source=_TABLE_B),
)
