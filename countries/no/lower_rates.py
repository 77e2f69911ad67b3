"""What bears which rate in Norway: goods by CN, then services by CPA."""

from datetime import date

from countries.no.sources import CARS, FOOD, LOW, WATER, ZERO
from countries.vat.system import STANDARD, LowerRate

LOWER_RATES = (
    LowerRate(
        what="Meat, fish, milk, eggs, honey", cn=("02", "03", "04"), rate="reduced", source=FOOD
    ),
    LowerRate(
        what="Live fish, which are not yet food",
        cn=("0301",),
        asks="whether it is sold as food",
        rate=STANDARD,
        source=FOOD,
    ),
    LowerRate(
        what="Vegetables, fruit, coffee, tea, spices, cereals, flour",
        cn=("07", "08", "09", "10", "11"),
        rate="reduced",
        source=FOOD,
    ),
    LowerRate(
        what="Oil seeds and plants that are eaten",
        cn=("1201", "1202", "1204", "1206", "1207", "1208", "1212"),
        asks="whether it is sold as food",
        rate="reduced",
        source=FOOD,
    ),
    LowerRate(
        what="Edible fats and oils",
        cn=(
            *("1501", "1507", "1508", "1509", "1510", "1511", "1512", "1513", "1514"),
            *("1515", "1516", "1517"),
        ),
        rate="reduced",
        source=FOOD,
    ),
    LowerRate(
        what="Prepared food, sugar, cocoa, bread, preserves",
        cn=("16", "17", "18", "19", "20", "21"),
        rate="reduced",
        source=FOOD,
    ),
    LowerRate(
        what="Bottled water, drinks without alcohol, vinegar",
        cn=("2201", "2202", "2209"),
        rate="reduced",
        source=FOOD,
    ),
    LowerRate(what="Table salt", cn=("25010091",), rate="reduced", source=FOOD),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        asks="whether it is for a household in Nordland, Troms or Finnmark",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Books, newspapers, magazines",
        cn=("4901", "4902", "4903"),
        asks="whether it is a newspaper, or a book or magazine sold to its reader",
        rate="zero",
        source=ZERO,
    ),
    # The limit is to be 150000 in 2027 and to end the zero rate in 2028.
    LowerRate(
        what="Electric cars",
        cn=("870380",),
        asks="the part of the price up to 300000 kroner, which is not taxed",
        rate="zero",
        since=date(2026, 1, 1),
        source=CARS,
    ),
    LowerRate(
        what="Electric cars",
        cn=("870380",),
        asks="the part of the price up to 500000 kroner, which is not taxed",
        rate="zero",
        since=date(2023, 1, 1),
        until=date(2025, 12, 31),
        source=CARS,
    ),
    LowerRate(
        what="Electric cars",
        cn=("870380",),
        rate="zero",
        since=date(2017, 1, 1),
        until=date(2022, 12, 31),
        source=CARS,
    ),
    LowerRate(
        what="Ships and aircraft for professional use",
        cn=("8802", "8901", "8902", "8904", "8905", "8906"),
        asks=(
            "whether the ship has 15 metres and is used for transport, fishing or "
            "rescue; whether the aircraft carries for hire"
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Tap water", cpa=("36.00",), rate="reduced", since=date(2025, 7, 1), source=WATER
    ),
    LowerRate(
        what="Sewerage", cpa=("37.00",), rate="reduced", since=date(2025, 7, 1), source=WATER
    ),
    LowerRate(
        what="Passenger transport",
        cpa=("49.1", "49.31", "49.32", "49.39", "50.1", "50.3", "51.1"),
        rate="second reduced",
        source=LOW,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.1", "55.2", "55.3", "55.9"),
        rate="second reduced",
        source=LOW,
    ),
    LowerRate(
        what="Electronic books", cpa=("58.11.3",), rate="zero", since=date(2019, 7, 1), source=ZERO
    ),
    LowerRate(
        what="Electronic newspapers",
        cpa=("58.13.2",),
        asks="whether it is mostly text and still pictures",
        rate="zero",
        since=date(2016, 3, 1),
        source=ZERO,
    ),
    LowerRate(
        what="Electronic magazines",
        cpa=("58.14.2",),
        asks="whether it is mostly text and still pictures",
        rate="zero",
        since=date(2019, 7, 1),
        source=ZERO,
    ),
    LowerRate(what="Cinemas", cpa=("59.14",), rate="second reduced", source=LOW),
    LowerRate(
        what="Public broadcasting",
        cpa=("60.10.1", "60.20.1"),
        asks="whether it is public broadcasting paid by a licence",
        rate="second reduced",
        source=LOW,
    ),
    LowerRate(
        what="Museums, galleries, amusement parks",
        cpa=("91.02", "91.04", "93.21"),
        rate="second reduced",
        source=LOW,
    ),
    LowerRate(
        what="Sports events: admission",
        cpa=("93.11", "93.12", "93.19"),
        asks="whether it is admission to an event, and the organiser is not exempt",
        rate="second reduced",
        source=LOW,
    ),
)
