"""Services that bear 7 % in Germany: § 12 Abs. 2 Nr. 3 to 15 of the UStG."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_ANNEX = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 2 Nr. 1, Anlage 2",
    url="https://www.gesetze-im-internet.de/ustg_1980/anlage_2.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="Groups of goods read at Haufe; that water in mains is among them is from memory.",
)
_SERVICES = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 2 Nr. 3 to 14",
    url="https://www.gesetze-im-internet.de/ustg_1980/__12.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_RESTAURANTS = Source(
    title="Umsatzsteuergesetz (UStG) § 12 Abs. 2 Nr. 15 (Steueränderungsgesetz 2025)",
    url="https://www.gesetze-im-internet.de/ustg_1980/__12.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note="2020-07 to 2023-12 read at Haufe; from 2026, drinks excepted, at vatupdate.com.",
)
_ENERGY = Source(
    title="Umsatzsteuergesetz (UStG) § 28 Abs. 5 and 6",
    url="https://www.gesetze-im-internet.de/ustg_1980/__28.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2022-10-01 to 2024-03-31.",
)

_2020 = date(2020, 1, 1)
_SHORT = "whether the journey stays in one municipality or is of at most 50 kilometres"

LOWER_SERVICES = (
    LowerRate(rate="reduced", what="Keeping of livestock", cpa=("01.62",), source=_SERVICES),
    LowerRate(rate="reduced", what="Dental technicians", cpa=("32.50.22",), source=_SERVICES),
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2022, 10, 1),
        until=date(2024, 3, 31),
        source=_ENERGY,
    ),
    LowerRate(rate="reduced", what="Water through mains", cpa=("36.00.1",), source=_ANNEX),
    LowerRate(rate="reduced", what="Railways", cpa=("49.10.1",), since=_2020, source=_SERVICES),
    LowerRate(
        rate="reduced",
        what="Railways, short journeys",
        cpa=("49.10.1",),
        until=date(2019, 12, 31),
        asks=_SHORT,
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="City transport, cable cars and ski lifts",
        cpa=("49.31", "49.39.20"),
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Taxis and coaches, short journeys",
        cpa=("49.32.11", "49.39.1"),
        asks=_SHORT,
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Ferries and ships of regular service, short journeys",
        cpa=("50.10.1", "50.30.1"),
        since=date(2012, 1, 1),
        asks="whether it is a ferry or a regular service, and of at most 50 kilometres",
        source=_SERVICES,
    ),
    # Breakfast and other extras of the stay bear their own rate.
    LowerRate(
        rate="reduced",
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2010, 1, 1),
        source=_SERVICES,
    ),
    # Drinks have a code of their own (56.3) and bear the standard rate.
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2026, 1, 1),
        source=_RESTAURANTS,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 7, 1),
        until=date(2023, 12, 31),
        source=_RESTAURANTS,
    ),
    LowerRate(
        rate="reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2019, 12, 18),
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Licences of books, journals, films and music",
        cpa=("58.11.6", "58.14.4", "59.13", "59.20.4"),
        source=_SERVICES,
    ),
    LowerRate(rate="reduced", what="Cinemas", cpa=("59.14",), source=_SERVICES),
    LowerRate(
        rate="reduced",
        what="Theatres, concerts, museums",
        cpa=("90.01", "91.02"),
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Works of authors, composers and artists",
        cpa=("90.03",),
        asks="whether rights under the copyright act are granted",
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Zoological gardens",
        cpa=("91.04",),
        asks="whether it is a zoological garden",
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Swimming pools",
        cpa=("93.11",),
        asks="whether it is a swimming pool",
        source=_SERVICES,
    ),
    LowerRate(
        rate="reduced",
        what="Travelling showmen",
        cpa=("93.21",),
        asks="whether a travelling showman supplies it",
        source=_SERVICES,
    ),
)
