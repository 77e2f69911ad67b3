"""What bears which rate: goods by CN, then services by CPA."""

from datetime import date

from countries.sources import Source
from countries.vat.system import LowerRate


def lower_rates(art_25: Source, art_25_4: Source, hygiene: Source) -> tuple[LowerRate, ...]:
    """Return what bears which rate, each entry with the article of an act."""
    return (
        LowerRate(
            what="Cattle, horses, poultry, other livestock",
            cn=("0101", "0102", "0103", "0104", "0105"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Bees and other live animals",
            cn=("0106",),
            asks="whether it is livestock",
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Meat, fish, milk, eggs, honey",
            cn=("02", "03", "04"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(what="Live plants and cut flowers", cn=("06",), rate="reduced", source=art_25),
        LowerRate(
            what="Vegetables, fruit, coffee, tea, spices, cereals, flour, seeds, fodder",
            cn=("07", "08", "09", "10", "11", "12"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Edible fats and oils",
            cn=(
                *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
                *("1515", "1516", "1517"),
            ),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Prepared food, sugar, cocoa, bread, preserves",
            cn=("16", "17", "18", "19", "20", "21"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Water and drinks without alcohol, vinegar",
            cn=("2201", "2202", "2209"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Animal feed",
            cn=("2301", "2302", "2303", "2304", "2305", "2306", "2307", "2308", "2309"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(what="Table salt", cn=("25010091",), rate="reduced", source=art_25),
        LowerRate(
            what="Vaccines and blood products",
            cn=("3002",),
            asks="whether it is an approved medicine",
            rate="reduced",
            source=art_25,
        ),
        LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=art_25),
        LowerRate(what="Fertilisers", cn=("31",), rate="reduced", source=art_25),
        LowerRate(
            what="Plant protection products",
            cn=("3808",),
            asks="whether it protects plants",
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Books, newspapers, magazines without advertising character",
            cn=("4901", "4902", "4903", "4904"),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(
            what="Products for menstrual hygiene",
            cn=("9619",),
            asks="whether they are for menstrual hygiene",
            rate="reduced",
            since=date(2025, 1, 1),
            source=hygiene,
        ),
        LowerRate(
            what="Work on the soil and its products for farms",
            cpa=("01.61",),
            rate="reduced",
            source=art_25,
        ),
        LowerRate(what="Tap water", cpa=("36.00",), rate="reduced", source=art_25),
        LowerRate(
            what="Accommodation with breakfast",
            cpa=("55.1", "55.2", "55.3"),
            rate="second reduced",
            source=art_25_4,
        ),
        LowerRate(
            what="Electronic books, newspapers and magazines",
            cpa=("58.11.3", "58.13.2", "58.14.2"),
            rate="reduced",
            since=date(2018, 1, 1),
            source=art_25,
        ),
        LowerRate(
            what="Radio and television, not commercial",
            cpa=("60.10.1", "60.20.1"),
            rate="reduced",
            source=art_25,
        ),
    )
