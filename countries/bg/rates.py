"""The rates of Bulgarian VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 66",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "20 and 9 % in the Commission's lists of 2014 and 2017 and at marosavat.com; days "
        "from memory."
    ),
)
_BREAD = Source(
    title="ЗДДС, преходни и заключителни разпоредби (2022)",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Zero from 2022-07-01 at vatupdate.com; end of the lower rate on 2024-12-31 at "
        "bntnews.bg. Vatcalc.com says 9 % until 2024-06-30."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(20), since=date(1999, 1, 1), source=_RATES),
    Rate(name="reduced", percent=Decimal(9), since=date(2011, 4, 1), source=_RATES),
    Rate(
        name="reduced",
        percent=Decimal(7),
        since=date(2007, 1, 1),
        until=date(2011, 3, 31),
        source=_RATES,
    ),
    Rate(
        name="zero",
        percent=Decimal(0),
        since=date(2022, 7, 1),
        until=date(2024, 12, 31),
        source=_BREAD,
    ),
)
