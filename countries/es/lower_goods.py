"""Goods that bear another rate than the standard one in Spain."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_TEMP = Source(
    title="Real Decreto-ley 20/2022, artículo 72; Real Decreto-ley 4/2024",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2022-22685",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at iberley.es and consumidorglobal.com: 0 and 5 % until 2024-09-30, 2 and "
        "7.5 % until 2024-12-31."
    ),
)
_ENERGY = Source(
    title="Real Decreto-ley 12/2021, 11/2022, 17/2022, 20/2022, 8/2023",
    url="https://www.boe.es/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Read at iberley.es (2024), energias-renovables.com (2023) and "
        "gabineteasesorfernandez.com; days of 2021 and 2022 from memory."
    ),
)
_IRAN = Source(
    title="Real Decreto-ley 7/2026, de 20 de marzo",
    url="https://www.boe.es/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="10 % from 2026-03-22 read at rtve.es; the act's number is from memory.",
)
_S4 = Source(
    title="Ley 37/1992, artículo 91.Dos",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Foods read at m.ru24.net and iberley.es (olive oil from 2025); the codes and the "
        "rest from memory."
    ),
)
_S10 = Source(
    title="Ley 37/1992, artículo 91.Uno",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us.",
)
_BASIC = (
    *("0401", "0402", "0406", "0407", "0701", "0702", "0703", "0704", "0705"),
    *("0706", "0707", "0708", "0709", "0710", "0712", "0713", "0714", "0801"),
    *("0802", "0803", "0804", "0805", "0806", "0807", "0808", "0809", "0810"),
    *("10", "1101", "19059030"),
)

LOWER_GOODS = (
    LowerRate(
        rate="reduced",
        what="Live animals, meat, fish, butter, honey",
        cn=("01", "02", "03", "04"),
        source=_S10,
    ),
    LowerRate(
        rate="super reduced",
        what="Milk, cheese, eggs, vegetables, fruit, cereals, flour, bread",
        cn=_BASIC,
        since=date(2025, 1, 1),
        source=_S4,
    ),
    LowerRate(
        rate="temporary super reduced",
        what="Milk, cheese, eggs, vegetables, fruit, cereals, flour, bread",
        cn=_BASIC,
        since=date(2023, 1, 1),
        until=date(2024, 12, 31),
        source=_TEMP,
    ),
    LowerRate(
        rate="super reduced",
        what="Milk, cheese, eggs, vegetables, fruit, cereals, flour, bread",
        cn=_BASIC,
        until=date(2022, 12, 31),
        source=_S4,
    ),
    LowerRate(
        rate="super reduced",
        what="Fermented milk",
        cn=("0403",),
        since=date(2025, 1, 1),
        source=_S4,
    ),
    LowerRate(
        rate="reduced", what="Plants and flowers", cn=("06",), since=date(2015, 1, 1), source=_S10
    ),
    LowerRate(
        rate="reduced", what="Plants and flowers", cn=("06",), until=date(2012, 8, 31), source=_S10
    ),
    LowerRate(
        rate="reduced", what="Vegetables and fruit, preserved", cn=("07", "08"), source=_S10
    ),
    LowerRate(
        rate="reduced",
        what="Coffee, tea, spices, flour, seeds, fats",
        cn=("09", "11", "12", "15"),
        source=_S10,
    ),
    LowerRate(
        rate="super reduced",
        what="Olive oil",
        cn=("1509", "1510"),
        since=date(2025, 1, 1),
        source=_S4,
    ),
    LowerRate(
        rate="temporary super reduced",
        what="Olive oil",
        cn=("1509", "1510"),
        since=date(2024, 7, 1),
        until=date(2024, 12, 31),
        source=_TEMP,
    ),
    LowerRate(
        rate="temporary",
        what="Olive oil",
        cn=("1509", "1510"),
        since=date(2023, 1, 1),
        until=date(2024, 6, 30),
        source=_TEMP,
    ),
    LowerRate(
        rate="temporary",
        what="Oil of seeds, pasta",
        cn=("1507", "1508", "1512", "1514", "1515", "1902"),
        since=date(2023, 1, 1),
        until=date(2024, 12, 31),
        source=_TEMP,
    ),
    LowerRate(
        rate="reduced",
        what="Prepared meat and fish, sugar, cocoa, pastry, preserves, other food",
        cn=("16", "17", "18", "19", "20", "21"),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Water, soft drinks, vinegar, animal feed, salt, fertilizers",
        cn=("2201", "2202", "2209", "23", "2501", "31"),
        source=_S10,
    ),
    LowerRate(
        rate="standard",
        what="Soft drinks with sugar or sweetener",
        cn=("220210",),
        since=date(2021, 1, 1),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Other drinks without alcohol",
        cn=("220299",),
        since=date(2021, 1, 1),
        asks="whether the drink has added sugar or sweetener, and is not of milk",
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Motor fuels",
        cn=("271012", "271019"),
        since=date(2026, 3, 22),
        asks="whether the cut of 2026 still holds and names the fuel",
        source=_IRAN,
    ),
    LowerRate(
        rate="reduced",
        what="Gas through the network",
        cn=("271121",),
        since=date(2026, 3, 22),
        asks="whether the cut of 2026 still holds",
        source=_IRAN,
    ),
    LowerRate(
        rate="reduced",
        what="Gas through the network",
        cn=("271121",),
        since=date(2024, 1, 1),
        until=date(2024, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="temporary",
        what="Gas through the network",
        cn=("271121",),
        since=date(2022, 10, 1),
        until=date(2023, 12, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Electricity",
        cn=("2716",),
        since=date(2026, 3, 22),
        asks="whether the cut of 2026 still holds and names the contract",
        source=_IRAN,
    ),
    LowerRate(
        rate="reduced",
        what="Electricity",
        cn=("2716",),
        since=date(2024, 1, 1),
        until=date(2024, 12, 31),
        asks="whether the contract is of at most 10 kW and the month's price was above 45 EUR",
        source=_ENERGY,
    ),
    LowerRate(
        rate="temporary",
        what="Electricity",
        cn=("2716",),
        since=date(2022, 7, 1),
        until=date(2023, 12, 31),
        asks="whether the contract is of at most 10 kW",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Electricity",
        cn=("2716",),
        since=date(2021, 6, 26),
        until=date(2022, 6, 30),
        asks="whether the contract is of at most 10 kW",
        source=_ENERGY,
    ),
    LowerRate(
        rate="super reduced",
        what="Medicines",
        cn=("3003", "3004"),
        asks="whether the medicine is for people (4 %) or for animals (10 %)",
        source=_S4,
    ),
    LowerRate(
        rate="super reduced",
        what="Contraceptives",
        cn=("300660", "401410"),
        since=date(2023, 1, 1),
        source=_S4,
    ),
    LowerRate(
        rate="reduced",
        what="Contraceptives",
        cn=("300660", "401410"),
        until=date(2022, 12, 31),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets",
        cn=("440111", "440112", "44013"),
        since=date(2024, 1, 1),
        until=date(2024, 6, 30),
        source=_ENERGY,
    ),
    LowerRate(
        rate="temporary",
        what="Firewood, pellets",
        cn=("440111", "440112", "44013"),
        since=date(2022, 10, 1),
        until=date(2023, 12, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="super reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        source=_S4,
    ),
    LowerRate(rate="super reduced", what="Wheelchairs", cn=("8713",), source=_S4),
    LowerRate(
        rate="super reduced",
        what="Artificial limbs and joints, hearing aids",
        cn=("9021",),
        asks="whether it is for a person with a disability (4 %) or not (10 %)",
        source=_S4,
    ),
    LowerRate(
        rate="super reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2023, 1, 1),
        source=_S4,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        until=date(2022, 12, 31),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        asks="whether the artist or the artist's heirs sell it",
        source=_S10,
    ),
)
