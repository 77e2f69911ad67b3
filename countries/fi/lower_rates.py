"""What bears another rate than the standard one in Finland."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FOOD = Source(
    title="Arvonlisäverolaki (1501/1993) 85 §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "What it covers read in HE 93/2025 and HE 141/2024; codes chosen by us, "
        "restaurants from memory."
    ),
)
_MOVED = Source(
    title="Arvonlisäverolaki (1501/1993) 85 ja 85 a § (HE 141/2024)",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Government bills HE 141/2024 and HE 93/2025 read in summary: from 10 to 14 % on "
        "2025-01-01."
    ),
)
_TEN = Source(
    title="Arvonlisäverolaki (1501/1993) 85 a §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_WINTER = Source(
    title="Laki arvonlisäverolain väliaikaisesta muuttamisesta (2022)",
    url="https://www.finlex.fi/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=(
        "From memory: electricity 2022-12-01 to 2023-04-30, passengers 2023-01-01 to 2023-04-30."
    ),
)
_S_LEISURE = ("59.14", "90.01", "91.0", "93.1", "93.2")

LOWER_RATES = (
    LowerRate(
        rate="reduced",
        what="Food",
        cn=(
            *("02", "03", "04", "07", "08", "09", "10", "11", "12", "15", "16", "17"),
            *("18", "19", "20", "21", "2201", "2202", "2209", "25010091"),
        ),
        source=_FOOD,
    ),
    LowerRate(rate="reduced", what="Animal feed", cn=("1213", "1214", "23"), source=_FOOD),
    LowerRate(
        rate="second reduced",
        what="Electricity",
        cn=("2716",),
        since=date(2022, 12, 1),
        until=date(2023, 4, 30),
        source=_WINTER,
    ),
    LowerRate(
        rate="reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Newspapers and journals",
        cn=("4902",),
        since=date(2012, 1, 1),
        asks="whether it is a subscription of at least a month",
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual and incontinence articles, diapers",
        cn=("9619",),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="reduced",
        what="Art",
        cn=("9701", "9702", "9703"),
        since=date(2025, 1, 1),
        asks="whether the artist or an occasional seller sells it",
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Art",
        cn=("9701", "9702", "9703"),
        until=date(2024, 12, 31),
        asks="whether the artist or an occasional seller sells it",
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Transport of passengers",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Transport of passengers",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        since=date(2023, 5, 1),
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="zero",
        what="Transport of passengers",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        since=date(2023, 1, 1),
        until=date(2023, 4, 30),
        source=_WINTER,
    ),
    LowerRate(
        rate="second reduced",
        what="Transport of passengers",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        until=date(2022, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2010, 7, 1),
        source=_FOOD,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2010, 7, 1),
        asks="whether the drinks are without alcohol",
        source=_FOOD,
    ),
    LowerRate(
        rate="reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2019, 7, 1),
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2019, 7, 1),
        asks="whether it is a subscription of at least a month",
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Broadcasting paid by public money",
        cpa=("60.10", "60.20"),
        since=date(2026, 1, 1),
        asks="whether it is the public broadcaster's",
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Broadcasting paid by public money",
        cpa=("60.10", "60.20"),
        until=date(2025, 12, 31),
        asks="whether it is the public broadcaster's",
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, theatres, museums, sports, amusement parks",
        cpa=_S_LEISURE,
        since=date(2025, 1, 1),
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas, theatres, museums, sports, amusement parks",
        cpa=_S_LEISURE,
        until=date(2024, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Performers, societies of authors",
        cpa=("90.03",),
        since=date(2025, 1, 1),
        asks="whether it is a performance, or paid to a society of authors",
        source=_MOVED,
    ),
    LowerRate(
        rate="second reduced",
        what="Performers, societies of authors",
        cpa=("90.03",),
        until=date(2024, 12, 31),
        asks="whether it is a performance, or paid to a society of authors",
        source=_TEN,
    ),
    LowerRate(
        rate="second reduced",
        what="Hairdressers, repair of shoes, clothes and bicycles",
        cpa=("95.23", "95.29.11", "95.29.12", "96.02.11", "96.02.12"),
        since=date(2007, 1, 1),
        until=date(2011, 12, 31),
        source=_TEN,
    ),
)
