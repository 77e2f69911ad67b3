"""Which services bear a rate other than the standard one in the United Kingdom, by CPA."""

from datetime import date

from countries.gb.sources import HOSPITALITY, PERIODICALS, REDUCED, ZERO
from countries.vat.system import STANDARD, LowerRate

SERVICES = (
    LowerRate(
        what="Water",
        cpa=("36.00.1", "36.00.2"),
        asks="whether it is supplied for industrial use (then standard)",
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Sewerage", cpa=("37.00.1",), rate="zero", source=ZERO),
    LowerRate(
        what="Heat and cooling",
        cpa=("35.30.1",),
        asks="whether it is for domestic use or non-business use of a charity",
        rate="reduced",
        source=REDUCED,
    ),
    LowerRate(
        what="Construction of dwellings",
        cpa=("41.00.1", "41.00.3"),
        asks=(
            "whether it is a new dwelling (zero), a conversion or an empty one renovated (reduced)"
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Specialised construction",
        cpa=("43",),
        asks=(
            "whether it is work on a new dwelling (zero), a conversion or energy-saving materials"
        ),
        rate="reduced",
        source=REDUCED,
    ),
    LowerRate(
        what="Passenger transport in vehicles for ten or more",
        cpa=(
            *("49.10.1", "49.31.1", "49.31.2", "49.39.1", "49.39.3", "50.10.1", "50.30.1"),
            *("51.10.1",),
        ),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(what="Taxis and hired cars", cpa=("49.32",), rate=STANDARD, source=ZERO),
    LowerRate(
        what="Hotels, holiday lets, camping",
        cpa=("55.10.1", "55.20.1", "55.30.1"),
        rate="second reduced",
        since=date(2021, 10, 1),
        until=date(2022, 3, 31),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Meals and drinks served",
        cpa=("56.10.1",),
        asks="whether the drinks are alcoholic, or cold food is taken away (zero)",
        rate="second reduced",
        since=date(2021, 10, 1),
        until=date(2022, 3, 31),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Cinemas, shows, museums, fairs, amusement parks",
        cpa=("59.14", "90.01", "91.02", "91.03", "91.04", "93.21"),
        rate="second reduced",
        since=date(2021, 10, 1),
        until=date(2022, 3, 31),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Hotels, holiday lets, camping",
        cpa=("55.10.1", "55.20.1", "55.30.1"),
        rate="reduced",
        since=date(2020, 7, 15),
        until=date(2021, 9, 30),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Meals and drinks served",
        cpa=("56.10.1",),
        asks="whether the drinks are alcoholic, or cold food is taken away (zero)",
        rate="reduced",
        since=date(2020, 7, 15),
        until=date(2021, 9, 30),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Cinemas, shows, museums, fairs, amusement parks",
        cpa=("59.14", "90.01", "91.02", "91.03", "91.04", "93.21"),
        rate="reduced",
        since=date(2020, 7, 15),
        until=date(2021, 9, 30),
        source=HOSPITALITY,
    ),
    LowerRate(
        what="Meals and drinks",
        cpa=("56.10.1",),
        asks="whether it is cold food that is taken away",
        rate="zero",
        since=date(2022, 4, 1),
        source=ZERO,
    ),
    LowerRate(
        what="Meals and drinks",
        cpa=("56.10.1",),
        asks="whether it is cold food that is taken away",
        rate="zero",
        until=date(2020, 7, 14),
        source=ZERO,
    ),
    # What is eaten on the premises is catering, whatever its temperature (VAT Notice 709/1).
    LowerRate(
        what="Meals served in restaurants and in trains",
        cpa=("56.10.11", "56.10.12"),
        rate=STANDARD,
        since=date(2022, 4, 1),
        source=ZERO,
    ),
    LowerRate(
        what="Meals served in restaurants and in trains",
        cpa=("56.10.11", "56.10.12"),
        rate=STANDARD,
        until=date(2020, 7, 14),
        source=ZERO,
    ),
    # Audiobooks (58.11.2) stay at the standard rate.
    LowerRate(
        what="Electronic books, newspapers and magazines",
        cpa=("58.11.3", "58.13.2", "58.14.2"),
        rate="zero",
        since=date(2020, 5, 1),
        source=PERIODICALS,
    ),
    LowerRate(
        what="Newspapers and books in print, sold by the publisher",
        cpa=("58.11.1", "58.13.1", "58.14.1"),
        rate="zero",
        source=ZERO,
    ),
    LowerRate(
        what="Welfare advice",
        cpa=("88.99.1",),
        asks="whether a charity gives welfare advice",
        rate="reduced",
        source=REDUCED,
    ),
)
