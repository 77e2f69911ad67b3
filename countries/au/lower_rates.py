"""What bears which rate in Australia: goods by CN, then services by CPA."""

from datetime import date

from countries.au.sources import FOOD, FREE, PRODUCTS
from countries.vat.system import STANDARD, LowerRate

LOWER_RATES = (
    LowerRate(
        what="Meat, fish, eggs, honey, cheese, milk",
        cn=("02", "03", "0402", "0403", "0404", "0405", "0406", "0407", "0408", "0409", "0410"),
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Live fish",
        cn=("0301",),
        asks="whether it is sold as food, or is a crustacean or mollusc",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Fresh milk",
        cn=("0401",),
        asks="whether it has been processed, or comes straight from the cow (standard)",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Vegetables, fruit, nuts, coffee, tea, spices, flour",
        cn=("07", "08", "09", "11"),
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Cereals as harvested",
        cn=("10",),
        asks="whether the grain has been treated so that its form changed",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Fats and oils for cooking",
        cn=(
            *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
            *("1515", "1516", "1517"),
        ),
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Preparations of meat and fish",
        cn=("16",),
        asks="whether it is a prepared meal that needs cooling",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(what="Sugar", cn=("1701", "1702", "1703"), rate="zero", source=FOOD),
    LowerRate(what="Sweets", cn=("1704",), rate=STANDARD, source=FOOD),
    LowerRate(what="Cocoa", cn=("1801", "1802", "1803", "1804", "1805"), rate="zero", source=FOOD),
    LowerRate(
        what="Chocolate",
        cn=("1806",),
        asks="whether it is confectionery, or for drinking or cooking",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Pasta, breakfast cereals, infant food",
        cn=("1901", "1902", "1903", "1904"),
        asks="whether it is a prepared meal, a snack or a cake mix",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Bread, cakes, biscuits",
        cn=("1905",),
        asks="whether it is plain bread (zero), or a cake or biscuit",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Preserved vegetables and fruit",
        cn=("2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008"),
        asks="whether it is a snack: crisps, roasted or salted nuts",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Juices",
        cn=("2009",),
        asks="whether at least 90 per cent of it is juice",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(
        what="Tea and coffee extracts, sauces, soups, yeast",
        cn=("2101", "2102", "2103", "2104"),
        rate="zero",
        source=FOOD,
    ),
    LowerRate(what="Ice cream", cn=("2105",), rate=STANDARD, source=FOOD),
    LowerRate(
        what="Other food preparations",
        cn=("2106",),
        asks="whether it is an ingredient of food, or a snack or supplement",
        rate="zero",
        source=FOOD,
    ),
    LowerRate(what="Water without sugar or flavour", cn=("2201",), rate="zero", source=FOOD),
    LowerRate(
        what="Soft drinks",
        cn=("2202",),
        asks="whether it is a milk, soya or rice drink, or 90 per cent juice",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        asks="whether it is on prescription, or sold only by pharmacists",
        rate="zero",
        source=FREE,
    ),
    LowerRate(what="Condoms", cn=("401410",), rate="zero", source=FREE),
    LowerRate(
        what="Precious metals after refining",
        cn=("7106", "7108", "7110"),
        asks="whether it is the first supply after refining of metal for investment",
        rate="zero",
        source=FREE,
    ),
    LowerRate(what="Wheelchairs", cn=("8713",), rate="zero", source=FREE),
    LowerRate(
        what="Medical aids and appliances of the schedule",
        cn=("9021",),
        asks="whether it is designed for people with an illness or disability",
        rate="zero",
        source=FREE,
    ),
    LowerRate(
        what="Menstrual products",
        cn=("9619",),
        asks=(
            "whether they are for menstruation, or for incontinence (zero), or nappies (standard)"
        ),
        rate="zero",
        since=date(2019, 1, 1),
        source=PRODUCTS,
    ),
    LowerRate(what="Water and sewerage", cpa=("36.00", "37.00"), rate="zero", source=FREE),
    LowerRate(
        what="Health insurance",
        cpa=("65.12.1",),
        asks="whether it is private health insurance",
        rate="zero",
        source=FREE,
    ),
    LowerRate(what="Education", cpa=("85.1", "85.2", "85.3", "85.4"), rate="zero", source=FREE),
    LowerRate(
        what="Health of people",
        cpa=("86",),
        asks="whether it is a recognised health service and not cosmetic",
        rate="zero",
        source=FREE,
    ),
    LowerRate(
        what="Care for the old, the disabled, children", cpa=("87", "88"), rate="zero", source=FREE
    ),
    LowerRate(what="Religious services", cpa=("94.91",), rate="zero", source=FREE),
)
