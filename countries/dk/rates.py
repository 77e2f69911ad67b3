"""The rates of Danish VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Momsloven, § 33",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "25 % in the Commission's lists of 2014 and 2017 and ibericode's table; the first "
        "day is from memory."
    ),
)
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

RATES = (
    Rate(name="standard", percent=Decimal(25), since=date(1992, 1, 1), source=_RATES),
    Rate(name="zero", percent=Decimal(0), since=date(1992, 1, 1), source=_NEWS),
)
