"""What bears another rate than the standard one in Greece."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_ANNEX = Source(
    title="Κώδικας ΦΠΑ, Παράρτημα III",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Lists of 2015-07-20 at e-didaskalia.blogspot.com and of 2019-05-20 at enikos.gr; "
        "codes chosen by us."
    ),
)
_COVID = Source(
    title="ν. 4690/2020, ν. 5073/2023, ν. 5079/2023",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Read at sovos.com, marosavat.com and pagero.com: drinks sold as goods, "
        "transport, cinemas, gyms; the first days from memory."
    ),
)
_ENERGY = Source(
    title="ν. 4611/2019, Παράρτημα III",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note="6 % from 2019-05-20 read at enikos.gr, with the text of the article.",
)
_STAYS = Source(
    title="ν. 4334/2015, άρθρο 1",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="13 % from 2015-10-01 read at fiscalsolutions.co.uk.",
)
_LATER = (
    *("0201", "0202", "0205", "0206", "0208", "0209", "0210", "0305", "0306"),
    *("0308", "15", "16", "1901", "1903", "1904", "1905", "20", "2103", "2104"),
    *("2209", "2501"),
)
_S_LAND = ("49.10.1", "49.31", "49.32", "49.39")

LOWER_RATES = (
    LowerRate(
        rate="reduced",
        what="Meat of pigs, sheep, goats and poultry, fish, milk, eggs, honey",
        cn=("0203", "0204", "0207", "0301", "0302", "0303", "0304", "0307", "04"),
        source=_ANNEX,
    ),
    # Beef and most of what is prepared bore the standard rate for four years.
    LowerRate(
        rate="reduced", what="Other food", cn=_LATER, since=date(2019, 5, 20), source=_ANNEX
    ),
    LowerRate(
        rate="reduced", what="Other food", cn=_LATER, until=date(2015, 7, 19), source=_ANNEX
    ),
    LowerRate(
        rate="reduced",
        what="Living plants, vegetables, fruit, cereals, flour",
        cn=("0601", "0602", "07", "08", "10", "11"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Olive oil, food of infants, pasta, bread",
        cn=("1509", "1510", "190110", "1902", "19059030"),
        source=_ANNEX,
    ),
    LowerRate(rate="reduced", what="Juices", cn=("2009",), since=date(2020, 6, 1), source=_COVID),
    LowerRate(
        rate="standard",
        what="Juices",
        cn=("2009",),
        since=date(2019, 5, 20),
        until=date(2020, 5, 31),
        source=_COVID,
    ),
    LowerRate(rate="reduced", what="Water", cn=("2201",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Drinks without alcohol",
        cn=("2202",),
        since=date(2020, 6, 1),
        source=_COVID,
    ),
    LowerRate(rate="reduced", what="Animal feed, fertilizers", cn=("23", "31"), source=_ANNEX),
    LowerRate(
        rate="super reduced",
        what="Electricity, gas",
        cn=("2716", "271121"),
        since=date(2019, 5, 20),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Electricity, gas",
        cn=("2716", "271121"),
        until=date(2019, 5, 19),
        source=_ENERGY,
    ),
    LowerRate(
        rate="super reduced", what="Vaccines, medicines", cn=("3002", "3004"), source=_ANNEX
    ),
    LowerRate(rate="reduced", what="Medicines not put up for sale", cn=("3003",), source=_ANNEX),
    LowerRate(
        rate="super reduced",
        what="Books, newspapers, picture books",
        cn=("4901", "4902", "4903"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        since=date(2024, 1, 1),
        asks="whether they are imported or sold by the artist or the artist's heirs",
        source=_COVID,
    ),
    LowerRate(
        rate="super reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2019, 5, 20),
        source=_ENERGY,
    ),
    LowerRate(rate="reduced", what="Water through mains", cpa=("36.00.1",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Transport of passengers on land",
        cpa=_S_LAND,
        since=date(2020, 6, 1),
        source=_COVID,
    ),
    LowerRate(
        rate="reduced",
        what="Transport of passengers on land",
        cpa=_S_LAND,
        until=date(2015, 7, 19),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Transport of passengers by sea and air",
        cpa=("50.10.1", "51.10.1"),
        since=date(2020, 6, 1),
        until=date(2023, 12, 31),
        source=_COVID,
    ),
    LowerRate(
        rate="reduced",
        what="Transport of passengers by sea and air",
        cpa=("50.10.1", "51.10.1"),
        until=date(2015, 7, 19),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2015, 10, 1),
        source=_STAYS,
    ),
    LowerRate(
        rate="super reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2015, 9, 30),
        source=_STAYS,
    ),
    # Drinks have a code of their own (56.3) and bear the standard rate.
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2019, 5, 20),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2013, 8, 1),
        until=date(2015, 7, 19),
        source=_ANNEX,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2020, 6, 1),
        until=date(2024, 6, 30),
        asks="whether the drink is without alcohol, and since 2024 coffee, cocoa or tea",
        source=_COVID,
    ),
    LowerRate(
        rate="super reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.3", "58.13.2", "58.14.2"),
        asks="whether the publication in electronic form bears 6 %",
        source=_ANNEX,
    ),
    LowerRate(
        rate="super reduced", what="Cinemas", cpa=("59.14",), since=date(2024, 1, 1), source=_COVID
    ),
    LowerRate(
        rate="super reduced",
        what="Cinemas",
        cpa=("59.14",),
        since=date(2020, 6, 1),
        until=date(2023, 12, 31),
        asks="whether the temporary rate held on the day",
        source=_COVID,
    ),
    LowerRate(rate="super reduced", what="Theatres and concerts", cpa=("90.01",), source=_ANNEX),
    LowerRate(
        rate="reduced",
        what="Zoos, gyms",
        cpa=("91.04", "93.13"),
        since=date(2024, 1, 1),
        source=_COVID,
    ),
    LowerRate(
        rate="reduced",
        what="Zoos, gyms",
        cpa=("91.04", "93.13"),
        since=date(2020, 6, 1),
        until=date(2023, 12, 31),
        asks="whether the temporary rate held on the day",
        source=_COVID,
    ),
)
