"""What bears which rate in Mexico: goods by CN, then services by CPA."""

from datetime import date

from countries.mx.sources import HYGIENE, ZERO
from countries.vat.system import STANDARD, LowerRate

LOWER_RATES = (
    LowerRate(
        what="Animals",
        cn=("01",),
        asks="whether it is a dog, a cat or another pet",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Meat, fish, milk, eggs, honey", cn=("02", "03", "04"), rate="zero", source=ZERO
    ),
    LowerRate(what="Plants and flowers, not processed", cn=("06",), rate="zero", source=ZERO),
    LowerRate(
        what="Vegetables, fruit, cereals, flour, seeds, coffee, tea, spices",
        cn=("07", "08", "09", "10", "11", "12"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Edible fats and oils",
        cn=(
            *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
            *("1515", "1516", "1517"),
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Prepared food, sugar, cocoa, bread, preserves",
        cn=("16", "17", "18", "19", "20", "21"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Smoked salmon, eels, caviar",
        cn=("030541", "030544", "160431", "160432"),
        rate=STANDARD,
        source=ZERO,
    ),
    LowerRate(what="Chewing gum", cn=("170410",), rate=STANDARD, source=ZERO),
    LowerRate(what="Juices and nectars", cn=("2009",), rate=STANDARD, source=ZERO),
    LowerRate(
        what="Flavours and concentrates of soft drinks",
        cn=("210690",),
        asks=("whether it is a syrup, powder or concentrate of drinks, a flavour or an additive"),
        rate=STANDARD,
        source=ZERO,
    ),
    LowerRate(
        what="Water and ice",
        cn=("2201",),
        asks="whether it is ice, or still water in containers of ten litres and more",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Drinks", cn=("2202",), asks="whether it is milk", rate=STANDARD, source=ZERO),
    LowerRate(
        what="Feed",
        cn=("2301", "2302", "2303", "2304", "2305", "2306", "2308", "2309"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Food for dogs, cats and other pets", cn=("230910",), rate=STANDARD, source=ZERO
    ),
    LowerRate(what="Medicines of patent", cn=("3003", "3004"), rate="zero", source=ZERO),
    LowerRate(
        what="Fertilisers", cn=("31",), asks="whether it is for farming", rate="zero", source=ZERO
    ),
    LowerRate(
        what="Pesticides", cn=("3808",), asks="whether it is for farming", rate="zero", source=ZERO
    ),
    LowerRate(
        what="Books and periodicals of their publishers",
        cn=("4901", "4902"),
        asks="whether its publisher sells it (zero), or another (exempt)",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Gold, jewels of gold",
        cn=("7108",),
        asks="whether it has 80 per cent of gold and is not sold to the public",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Farm machines", cn=("8432", "8433"), rate="zero", source=ZERO),
    LowerRate(
        what="Tractors",
        cn=("870191", "870192", "870193", "870194", "870195"),
        asks="whether it drives farm implements",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Menstrual products",
        cn=("9619",),
        asks="whether they are for menstruation",
        rate="zero",
        since=date(2022, 1, 1),
        source=HYGIENE,
    ),
    LowerRate(
        what="Services to farmers",
        cpa=("01.6",),
        asks="whether they are given to farmers directly for farming",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Water for homes",
        cpa=("36.00",),
        asks="whether it is for domestic use",
        rate="zero",
        source=ZERO,
    ),
)
