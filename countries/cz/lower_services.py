"""Services that bear another rate than the standard one in Czechia."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_BOOKS = Source(
    title="Zákon č. 235/2004 Sb., § 71i (zákon č. 349/2023 Sb.)",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Exempt with deduction of the input tax: read at sovos.com and dauc.cz; the "
        "paragraph is from memory."
    ),
)
_A2 = Source(
    title="Zákon č. 235/2004 Sb., příloha č. 2",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Water, heat and meals of 2020 at dauc.cz, drinks of 2026 at podnikatel.cz; the "
        "rest from memory."
    ),
)
_TEN = Source(
    title="Zákon č. 235/2004 Sb., přílohy č. 2a a 3a (do 2023)",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="Changes of 2020 read at dauc.cz; the rest from memory.",
)

LOWER_SERVICES = (
    LowerRate(rate="reduced", what="Heat", cpa=("35.30.1",), since=date(2024, 1, 1), source=_A2),
    LowerRate(
        rate="second reduced",
        what="Heat",
        cpa=("35.30.1",),
        since=date(2020, 1, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(rate="reduced", what="Heat", cpa=("35.30.1",), until=date(2019, 12, 31), source=_A2),
    LowerRate(
        rate="reduced",
        what="Water through mains, sewerage",
        cpa=("36.00", "37.00"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Water through mains, sewerage",
        cpa=("36.00", "37.00"),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Water through mains, sewerage",
        cpa=("36.00", "37.00"),
        until=date(2020, 4, 30),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Household waste",
        cpa=("38.1", "38.2"),
        until=date(2023, 12, 31),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Building and repair of social dwellings",
        cpa=("41.00.1", "41.00.3", "43"),
        asks=("whether it concerns a dwelling, and for its building one within the social limits"),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Regular transport of passengers",
        cpa=("49.10.1", "49.31", "49.39.1", "50.10.1", "50.30.1"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Regular transport of passengers",
        cpa=("49.10.1", "49.31", "49.39.1", "50.10.1", "50.30.1"),
        since=date(2020, 2, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Regular transport of passengers",
        cpa=("49.10.1", "49.31", "49.39.1", "50.10.1", "50.30.1"),
        until=date(2020, 1, 31),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Cable cars and ski lifts",
        cpa=("49.39.20",),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Cable cars and ski lifts",
        cpa=("49.39.20",),
        since=date(2020, 7, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2020, 7, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2020, 6, 30),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2016, 12, 1),
        until=date(2020, 4, 30),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2024, 1, 1),
        asks="whether it is tap water, a drink of milk, or a plant drink in place of milk",
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        asks="whether it is without alcohol, or draught beer",
        source=_TEN,
    ),
    LowerRate(
        rate="zero",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2024, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        rate="second reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, theatres, museums, zoos, sports",
        cpa=("59.14", "90.01", "91.0", "93.11", "93.13", "93.21", "93.29"),
        since=date(2024, 1, 1),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas, theatres, museums, zoos, sports",
        cpa=("59.14", "90.01", "91.0", "93.11", "93.13", "93.21", "93.29"),
        since=date(2020, 7, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, theatres, museums, zoos, sports",
        cpa=("59.14", "90.01", "91.0", "93.11", "93.13", "93.21", "93.29"),
        until=date(2020, 6, 30),
        source=_A2,
    ),
    LowerRate(
        rate="second reduced",
        what="Authors, repair of shoes, clothes and bicycles, hairdressers",
        cpa=("90.03", "95.23", "95.29.11", "95.29.12", "96.02.11", "96.02.12"),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(rate="reduced", what="Funerals", cpa=("96.03",), source=_A2),
    LowerRate(
        rate="reduced", what="Saunas, baths", cpa=("96.04",), since=date(2024, 1, 1), source=_A2
    ),
)
