"""Services that bear another rate than the standard one in Spain."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_S4 = Source(
    title="Ley 37/1992, artículo 91.Dos",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Foods read at m.ru24.net and iberley.es (olive oil from 2025); the codes and the "
        "rest from memory."
    ),
)
_S10 = Source(
    title="Ley 37/1992, artículo 91.Uno",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us.",
)

LOWER_SERVICES = (
    LowerRate(rate="reduced", what="Work for farmers", cpa=("01.6",), source=_S10),
    LowerRate(
        rate="reduced",
        what="Water, sewerage, waste",
        cpa=("36.00", "37.00", "38.1", "38.2"),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="New dwellings, and building them",
        cpa=("41.00.1", "41.00.3"),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Works on dwellings",
        cpa=("43",),
        asks="whether it is work on a dwelling for which article 91.Uno gives 10 %",
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Passenger transport",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Stays, meals and drinks on the premises",
        cpa=("55.1", "55.2", "55.3", "56.1", "56.2", "56.3"),
        source=_S10,
    ),
    LowerRate(
        rate="super reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2020, 4, 23),
        source=_S4,
    ),
    LowerRate(rate="reduced", what="Cinemas", cpa=("59.14",), since=date(2018, 7, 5), source=_S10),
    LowerRate(
        rate="reduced", what="Cinemas", cpa=("59.14",), until=date(2012, 8, 31), source=_S10
    ),
    LowerRate(
        rate="reduced",
        what="Cleaning of streets",
        cpa=("81.29",),
        asks="whether it is the cleaning of public streets and gardens",
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Theatres, concerts, circuses",
        cpa=("90.01",),
        since=date(2017, 6, 29),
        source=_S10,
    ),
    LowerRate(
        rate="reduced",
        what="Theatres, concerts, circuses",
        cpa=("90.01",),
        until=date(2012, 8, 31),
        source=_S10,
    ),
    LowerRate(rate="reduced", what="Libraries, museums, zoos", cpa=("91.0",), source=_S10),
    LowerRate(
        rate="reduced",
        what="Hairdressers",
        cpa=("96.02.11", "96.02.12"),
        until=date(2012, 8, 31),
        source=_S10,
    ),
)
