"""Which foods and farm produce bear 10, 5 or 4 % in Italy: DPR 633/1972, Tabella A."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.normattiva.it/"
_READ_ON = date(2026, 11, 21)

_FOUR = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory. E-books since Legge 190/2014, e-periodicals since Legge 208/2015.",
)
_FIVE = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II-bis",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_TEN = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte III",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory; the table of 1972 and that of 2009 were seen in part.",
)
_SWEETS = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte III",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="A list of 2011 to 2013 (happylibnet.com): spices, confectionery, chocolate at 10 %, tea "
    "and coffee at the standard rate. The luxury packaging of chocolate is from memory.",
)

_STUFFED = Source(
    title="DPR 26 ottobre 1972, n. 633, Tabella A, parte II, n. 15",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="assolombarda.it on a ruling about gnocchi; another of 2017 counts as pasta only what is "
    "neither cooked nor stuffed.",
)

FOOD = (
    LowerRate(
        what="Live animals",
        cn=("01",),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Horses, asses, mules",
        cn=("0101",),
        rate="reduced",
        asks="whether the animals are for food",
        source=_TEN,
    ),
    LowerRate(
        what="Meat, fish, dairy produce, eggs, honey and other products of animals",
        cn=("02", "03", "04", "0504"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Lobsters and oysters",
        cn=("030611", "030612", "030631", "030632", "030691", "030692", "030711", "030712"),
        rate="standard",
        source=_TEN,
    ),
    LowerRate(
        what="Fresh milk, butter, cheese",
        cn=("0401", "0405", "0406"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(what="Plants and flowers", cn=("06",), rate="reduced", source=_TEN),
    LowerRate(
        what="Vegetables and fruit",
        cn=("07", "08"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(what="Roots, peel of fruit", cn=("0714", "0814"), rate="reduced", source=_TEN),
    LowerRate(
        what="Truffles, fresh or chilled",
        cn=("070956",),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        what="Spices; coffee and tea are not among them",
        cn=("0904", "0905", "0906", "0907", "0908", "0909", "0910"),
        rate="reduced",
        source=_SWEETS,
    ),
    LowerRate(
        what="Wheat, rye, maize and rice",
        cn=("1001", "1002", "1005", "1006"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Barley, oats, sorghum, buckwheat, millet and other cereals",
        cn=("1003", "1004", "1007", "1008"),
        rate="super reduced",
        asks="whether the cereals are for feeding animals, or barley for sowing (10 %)",
        source=_FOUR,
    ),
    LowerRate(
        what="Flour and groats of cereals",
        cn=("1101", "1102", "1103"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Other products of the mills, malt, starch, seeds, forage",
        cn=("1104", "1105", "1106", "1107", "1108", "1109", "1209", "1210", "1212", "1214"),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(
        what="Oil seeds",
        cn=("1201", "1202", "1205", "1206", "1207"),
        rate="super reduced",
        asks="whether the seeds are for making oil",
        source=_FOUR,
    ),
    LowerRate(
        what="Basil, rosemary, sage and oregano, fresh, for eating",
        cn=("1211",),
        rate="second reduced",
        asks="whether it is fresh basil, rosemary, sage or oregano for eating",
        since=date(2016, 1, 1),
        source=_FIVE,
    ),
    LowerRate(what="Fats of animals", cn=("1501", "1502", "1516"), rate="reduced", source=_TEN),
    LowerRate(
        what="Olive oil, other vegetable oils for food, margarine",
        cn=("1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514", "1515", "1517"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Preparations of meat, fish, sugar, cereals, vegetables and fruit; other foods",
        cn=(
            *("16", "1701", "1702", "1703", "19", "2001", "2003", "2004", "2005", "2006"),
            *("2007", "2008", "2102", "2103", "2104", "2105", "2106", "2209"),
        ),
        rate="reduced",
        source=_TEN,
    ),
    LowerRate(what="Caviar and its substitutes", cn=("160431",), rate="standard", source=_TEN),
    LowerRate(
        what="Confectionery and cocoa powder", cn=("1704", "1805"), rate="reduced", source=_SWEETS
    ),
    LowerRate(
        what="Chocolate",
        cn=("1806",),
        rate="reduced",
        asks="whether the packaging is a luxury one (22 %)",
        source=_SWEETS,
    ),
    LowerRate(
        what="Pasta, bread, rusks and crackers",
        cn=("1902", "190510", "190540", "19059010", "19059030"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(
        what="Stuffed or otherwise prepared pasta",
        cn=("190220", "190230"),
        rate="super reduced",
        asks="whether it holds more than a fifth of another food, and so is no pasta (10 %)",
        source=_STUFFED,
    ),
    LowerRate(
        what="Tomatoes preserved, olives in brine",
        cn=("2002", "200570"),
        rate="super reduced",
        source=_FOUR,
    ),
    LowerRate(what="Water from the mains", cn=("22019000",), rate="reduced", source=_TEN),
    LowerRate(what="Bran", cn=("2302",), rate="super reduced", source=_FOUR),
    LowerRate(
        what="Feed for animals",
        cn=("2303", "2304", "2305", "2306", "2308", "2309"),
        rate="reduced",
        asks="whether it is a simple or cereal feed of the table's part II (4 %)",
        source=_TEN,
    ),
    LowerRate(
        what="Food for dogs and cats, for retail", cn=("230910",), rate="standard", source=_TEN
    ),
)
