"""What bears which rate in Serbia: goods by CN, then services by CPA."""

from datetime import date

from countries.rs.sources import ART_23, ART_23_MORE
from countries.vat.system import STANDARD, LowerRate

LOWER_RATES = (
    LowerRate(
        what="Live animals for food",
        cn=("0102", "0103", "0104", "0105"),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Meat, fish, eggs, honey, milk: fresh, chilled or frozen",
        cn=(
            *("0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208", "0301"),
            *("0302", "0303", "0304", "0401", "0402", "0407", "0409"),
        ),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Milk products", cn=("0403", "0404", "0405", "0406"), rate="reduced", source=ART_23
    ),
    LowerRate(
        what="Seeds and plants to grow",
        cn=("0601", "0602", "1209"),
        asks="whether it is for sowing or planting",
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Vegetables and fruit, fresh, chilled or frozen",
        cn=(
            *("0701", "0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709"),
            *("0710", "0714", "0801", "0802", "0803", "0804", "0805", "0806", "0807"),
            *("0808", "0809", "0810", "0811"),
        ),
        asks="whether it is fresh, chilled or frozen, and not dried",
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Cereals, flour, sugar beet, sunflower, soya, rape",
        cn=(
            *("1001", "1002", "1003", "1004", "1005", "1007", "1008", "1101", "1102"),
            *("1201", "1205", "1206", "121291"),
        ),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Edible oils and fats",
        cn=("1501", "1507", "1509", "1510", "1512", "1514", "151521", "151529", "1516", "1517"),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(what="Sugar", cn=("1701",), rate="reduced", source=ART_23),
    LowerRate(
        what="Bread and bakery products",
        cn=("1905",),
        asks="whether it is bread, or pastry that keeps for at most seven days",
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(what="Feed for livestock", cn=("2309",), rate="reduced", source=ART_23),
    LowerRate(what="Pet food", cn=("230910",), rate=STANDARD, source=ART_23),
    LowerRate(what="Natural gas", cn=("271121",), rate="reduced", source=ART_23_MORE),
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="reduced", source=ART_23),
    LowerRate(what="Fertilisers", cn=("31",), rate="reduced", source=ART_23),
    LowerRate(
        what="Plant protection",
        cn=("3808",),
        asks="whether it protects plants",
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(what="Firewood, briquettes, pellets", cn=("4401",), rate="reduced", source=ART_23),
    LowerRate(
        what="Books and periodicals, daily newspapers",
        cn=("4901", "4902", "4903"),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Personal computers",
        cn=("8471",),
        rate="reduced",
        until=date(2013, 12, 31),
        source=ART_23_MORE,
    ),
    LowerRate(
        what="Orthotics, prosthetics, implants", cn=("9021",), rate="reduced", source=ART_23
    ),
    LowerRate(what="Heating", cpa=("35.30",), rate="reduced", source=ART_23_MORE),
    # Bottled water (CN 2201) bears the standard rate.
    LowerRate(what="Drinking water", cpa=("36.00",), rate="reduced", source=ART_23_MORE),
    LowerRate(what="Waste water", cpa=("37",), rate="reduced", source=ART_23_MORE),
    LowerRate(
        what="Communal waste",
        cpa=("38.1", "38.2"),
        asks="whether it is communal waste",
        rate="reduced",
        source=ART_23_MORE,
    ),
    LowerRate(
        what="First transfer of dwellings",
        cpa=("41.00.1",),
        asks="whether it is the first transfer of a dwelling",
        rate="reduced",
        source=ART_23_MORE,
    ),
    LowerRate(
        what="Passengers and their luggage",
        cpa=("49.1", "49.31", "49.32", "49.39", "50.3", "51.1"),
        rate="reduced",
        source=ART_23_MORE,
    ),
    LowerRate(what="Accommodation", cpa=("55.1", "55.2", "55.3"), rate="reduced", source=ART_23),
    LowerRate(what="Cinema tickets", cpa=("59.14",), rate="reduced", source=ART_23),
    LowerRate(
        what="Cleaning of streets, upkeep of parks",
        cpa=("81.29", "81.30"),
        asks="whether it is a communal service",
        rate="reduced",
        source=ART_23_MORE,
    ),
    LowerRate(
        what="Tickets of concerts, museums, zoos, fairs, parks",
        cpa=("90.01", "91.02", "91.04", "93.21"),
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(
        what="Sports events, use of sports grounds",
        cpa=("93.1",),
        asks="whether it is charged by tickets or for the use of sports grounds",
        rate="reduced",
        source=ART_23,
    ),
    LowerRate(what="Cemeteries and funerals", cpa=("96.03",), rate="reduced", source=ART_23_MORE),
)
