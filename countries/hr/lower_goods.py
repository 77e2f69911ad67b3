"""Goods that bear another rate than the standard one in Croatia."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FIVE = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 2.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="List of 2022-04-01 read in part at rrif.hr and mereor.hr; codes chosen by us.",
)
_ENERGY = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 4.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "5 % until 2026-03-31, prolonging until 2027-03-31 proposed: 24sata.hr "
        "(2026-03-05) and rrif.hr. That it was enacted was not found."
    ),
)
_THIRTEEN = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 3.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="Energy and hygiene read at mereor.hr; the rest, its days and codes from memory.",
)
_SOLAR = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 38. stavak 5. (NN 113/22)",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Read at vecernji.hr (2022-09); the first day is from memory.",
)

LOWER_GOODS = (
    LowerRate(
        rate="second reduced",
        what="Live animals, meat, fish, eggs",
        cn=(
            *("0102", "0103", "0104", "0105", "0106", "02", "0301", "0302", "0303"),
            *("0304", "0306", "0307", "0407"),
        ),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Live animals, meat, fish, eggs",
        cn=(
            *("0102", "0103", "0104", "0105", "0106", "02", "0301", "0302", "0303"),
            *("0304", "0306", "0307", "0407"),
        ),
        since=date(2019, 1, 1),
        until=date(2022, 3, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Milk",
        cn=("0401", "0402"),
        since=date(2013, 1, 1),
        asks="whether it is plain milk of cows, sheep or goats",
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Butter, margarine",
        cn=("0405", "1517"),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Seedlings and seeds",
        cn=("0602", "1209"),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Vegetables and fruit",
        cn=(
            *("0701", "0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709"),
            *("0713", "0714", "0801", "0802", "0803", "0804", "0805", "0806", "0807"),
            *("0808", "0809", "0810"),
        ),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Vegetables and fruit",
        cn=(
            *("0701", "0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709"),
            *("0713", "0714", "0801", "0802", "0803", "0804", "0805", "0806", "0807"),
            *("0808", "0809", "0810"),
        ),
        since=date(2019, 1, 1),
        until=date(2022, 3, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Edible oils and fats",
        cn=("1501", "1502", "1507", "1508", "1509", "151"),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Edible oils and fats",
        cn=("1501", "1502", "1507", "1508", "1509", "151"),
        since=date(2014, 1, 1),
        until=date(2022, 3, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="reduced",
        what="Sugar of beet and cane",
        cn=("1701",),
        since=date(2014, 1, 1),
        until=date(2016, 12, 31),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Food of infants",
        cn=("190110",),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced", what="Bread", cn=("19059030",), since=date(2013, 1, 1), source=_FIVE
    ),
    LowerRate(
        rate="second reduced",
        what="Animal feed",
        cn=("23",),
        since=date(2022, 4, 1),
        asks="whether it is not for pets",
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Gas",
        cn=("271121",),
        since=date(2022, 4, 1),
        until=date(2026, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Gas",
        cn=("271121",),
        since=date(2026, 4, 1),
        asks="whether the 5 % of before 2026-04-01 was prolonged",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced", what="Electricity", cn=("2716",), since=date(2017, 1, 1), source=_THIRTEEN
    ),
    LowerRate(
        rate="second reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        since=date(2013, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Fertilizers and pesticides",
        cn=("31", "380891", "380892", "380893"),
        since=date(2022, 4, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Firewood, pellets, chips",
        cn=("4401",),
        since=date(2022, 10, 1),
        until=date(2026, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets, chips",
        cn=("4401",),
        since=date(2026, 4, 1),
        asks="whether the 5 % of before 2026-04-01 was prolonged",
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets, chips",
        cn=("4401",),
        since=date(2022, 4, 1),
        until=date(2022, 9, 30),
        source=_ENERGY,
    ),
    LowerRate(
        rate="second reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        since=date(2013, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Daily newspapers",
        cn=("490210",),
        since=date(2014, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Other newspapers and journals",
        cn=("490290",),
        since=date(2014, 1, 1),
        source=_THIRTEEN,
    ),
    LowerRate(
        rate="zero",
        what="Photovoltaic modules of dwellings and public buildings",
        cn=("854143",),
        since=date(2022, 10, 1),
        asks="whether it is for a dwelling, a public building or one of public interest",
        source=_SOLAR,
    ),
    LowerRate(
        rate="second reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        since=date(2013, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        since=date(2022, 4, 1),
        source=_THIRTEEN,
    ),
)
