"""What bears another rate than the standard one in Denmark."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_NEWS = Source(
    title="Momsloven, § 34, stk. 1, nr. 18",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Zero rate of newspapers read at skm.dk (2005); electronic ones since 2019-07-01 "
        "from memory."
    ),
)
_BOOKS = Source(
    title="Aftale om finansloven for 2026 (moms på bøger)",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "That books became free of tax read at skattebetalerne.dk and realtid.se; from "
        "which day was not found."
    ),
)

LOWER_RATES = (
    LowerRate(rate="zero", what="Daily newspapers", cn=("490210",), source=_NEWS),
    LowerRate(
        rate="zero",
        what="Other newspapers and journals",
        cn=("490290",),
        asks="whether it is a newspaper of general news that appears at least monthly",
        source=_NEWS,
    ),
    LowerRate(
        rate="zero",
        what="Books",
        cn=("4901", "4903"),
        since=date(2026, 1, 1),
        asks="whether the zero rate of books has begun on the day",
        source=_BOOKS,
    ),
    LowerRate(
        rate="zero",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2026, 1, 1),
        asks="whether the zero rate of books has begun on the day",
        source=_BOOKS,
    ),
    LowerRate(
        rate="zero",
        what="Newspapers in electronic form",
        cpa=("58.13.2",),
        since=date(2019, 7, 1),
        source=_NEWS,
    ),
)
