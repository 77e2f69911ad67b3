"""Goods that bear another rate than the standard one in Czechia."""

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
_A3 = Source(
    title="Zákon č. 235/2004 Sb., příloha č. 3",
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Food, drinks of milk and books in Tolley, sovos.com and denikn.cz; codes and the "
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

LOWER_GOODS = (
    LowerRate(
        rate="reduced",
        what="Food, live animals, seeds",
        cn=(
            *("01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "15"),
            *("16", "17", "18", "19", "20", "21", "2209", "2501"),
        ),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Flowers and other plants",
        cn=("06",),
        until=date(2023, 12, 31),
        source=_A3,
    ),
    LowerRate(rate="standard", what="Juices", cn=("2009",), since=date(2024, 1, 1), source=_A3),
    LowerRate(
        rate="second reduced",
        what="Food of infants",
        cn=("190110",),
        since=date(2015, 1, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Water and drinks without alcohol",
        cn=("2201", "2202"),
        until=date(2023, 12, 31),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks of milk and of plants in place of milk",
        cn=("22029911", "22029915", "22029991", "22029995", "22029999"),
        since=date(2024, 1, 1),
        asks="whether the drink is of milk, or a plant drink in place of milk",
        source=_A3,
    ),
    LowerRate(rate="reduced", what="Animal feed", cn=("23",), source=_A3),
    LowerRate(
        rate="reduced",
        what="Firewood, pellets",
        cn=("4401",),
        until=date(2023, 12, 31),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        since=date(2024, 1, 1),
        source=_A3,
    ),
    LowerRate(
        rate="second reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        since=date(2015, 1, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Medicines",
        cn=("3002", "3003", "3004"),
        until=date(2014, 12, 31),
        source=_A3,
    ),
    LowerRate(
        rate="zero",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        since=date(2024, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        rate="second reduced",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        since=date(2015, 1, 1),
        until=date(2023, 12, 31),
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music, maps",
        cn=("4901", "4903", "4904", "4905"),
        until=date(2014, 12, 31),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals",
        cn=("4902",),
        since=date(2024, 1, 1),
        source=_A3,
    ),
    LowerRate(
        rate="second reduced",
        what="Newspapers and journals",
        cn=("4902",),
        since=date(2020, 5, 1),
        until=date(2023, 12, 31),
        asks="whether it appears at least twice a week",
        source=_TEN,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals",
        cn=("4902",),
        until=date(2020, 4, 30),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        source=_A3,
    ),
    LowerRate(
        rate="reduced",
        what="Art, collections, antiques",
        cn=("9701", "9702", "9703", "9704", "9705", "9706"),
        asks="whether they are imported or sold by the artist",
        source=_A3,
    ),
)
