"""Services that bear another rate than the standard one in Austria."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FIVE = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 28 Abs. 52 (5 %)",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2020-07-01 to 2021-12-31.",
)
_A1 = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 2, Anlage 1",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory, its customs codes too.",
)
_A2 = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 10 Abs. 3, Anlage 2",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory, its customs codes too.",
)
_LETTING = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 6 Abs. 1 Z 16, § 10 Abs. 2 Z 3",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

LOWER_SERVICES = (
    LowerRate(
        rate="reduced",
        what="Water, sewerage, waste",
        cpa=("36.00", "37.00", "38.1", "38.2"),
        source=_A1,
    ),
    LowerRate(
        rate="reduced",
        what="Transport of passengers",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1"),
        source=_A1,
    ),
    LowerRate(
        rate="second reduced",
        what="Flights within the country",
        cpa=("51.10.1",),
        since=date(2016, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Flights within the country",
        cpa=("51.10.1",),
        until=date(2015, 12, 31),
        source=_A1,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2022, 1, 1),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2018, 11, 1),
        until=date(2020, 6, 30),
        source=_A1,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2016, 5, 1),
        until=date(2018, 10, 31),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2016, 4, 30),
        source=_A1,
    ),
    # Drinks have a code of their own (56.3) and bear the standard rate.
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2022, 1, 1),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Meals and drinks of restaurants and caterers",
        cpa=("56.1", "56.2", "56.3"),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        until=date(2020, 6, 30),
        source=_A1,
    ),
    LowerRate(
        rate="reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2022, 1, 1),
        source=_A1,
    ),
    LowerRate(
        rate="super reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2020, 1, 1),
        until=date(2020, 6, 30),
        source=_A1,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas, theatres, concerts, museums, zoos, artists",
        cpa=("59.14", "90.01", "90.03", "91.02", "91.04"),
        since=date(2022, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="super reduced",
        what="Cinemas, theatres, concerts, museums, zoos, artists",
        cpa=("59.14", "90.01", "90.03", "91.02", "91.04"),
        since=date(2020, 7, 1),
        until=date(2021, 12, 31),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas, theatres, concerts, museums, zoos, artists",
        cpa=("59.14", "90.01", "90.03", "91.02", "91.04"),
        since=date(2016, 5, 1),
        until=date(2020, 6, 30),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, theatres, concerts, museums, zoos, artists",
        cpa=("59.14", "90.01", "90.03", "91.02", "91.04"),
        until=date(2016, 4, 30),
        source=_A1,
    ),
    LowerRate(rate="reduced", what="Broadcasting", cpa=("60.10", "60.20"), source=_A1),
    LowerRate(rate="reduced", what="Letting of dwellings", cpa=("68.20.11",), source=_LETTING),
    LowerRate(
        rate="second reduced",
        what="Swimming pools, tickets of sports events",
        cpa=("93.11",),
        since=date(2016, 1, 1),
        asks="whether it is a swimming pool or a ticket of a sports event",
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Repair of shoes, clothes and bicycles",
        cpa=("95.23", "95.29.11", "95.29.12"),
        since=date(2021, 1, 1),
        source=_A1,
    ),
)
