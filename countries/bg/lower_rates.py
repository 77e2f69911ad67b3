"""What bears another rate than the standard one in Bulgaria."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_NINE = Source(
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 66, ал. 2 и чл. 66а",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Read at vatcalc.com, vatupdate.com and bntnews.bg; codes chosen by us.",
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
_ENERGY = Source(
    title="ЗДДС, преходни и заключителни разпоредби (2022)",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="One year from 2022-07-01 read at vatupdate.com.",
)
_SPORT = Source(
    title="ЗДДС, чл. 66а",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Ended on 2024-06-30 says vatcalc.com; that it remains in 2025 says vatupdate.com."),
)

LOWER_RATES = (
    LowerRate(
        rate="zero",
        what="Bread, flour",
        cn=("1101", "1102", "19059030"),
        since=date(2022, 7, 1),
        until=date(2024, 12, 31),
        source=_BREAD,
    ),
    LowerRate(
        rate="reduced",
        what="Food of infants",
        cn=("190110",),
        since=date(2020, 7, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Gas through the network",
        cn=("271121",),
        since=date(2022, 7, 1),
        until=date(2023, 6, 30),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Books, newspapers, picture books, music",
        cn=("4901", "4902", "4903", "4904"),
        since=date(2020, 7, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Diapers of babies",
        cn=("96190081",),
        since=date(2020, 7, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2022, 7, 1),
        until=date(2023, 6, 30),
        source=_ENERGY,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2011, 4, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2011, 3, 31),
        asks="whether the stay is part of an organized journey",
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 7, 1),
        until=date(2024, 12, 31),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2020, 7, 1),
        until=date(2024, 12, 31),
        asks="whether the drink is without alcohol, or before 2022-07-01 beer or wine",
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2020, 7, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Use of sports facilities",
        cpa=("93.11", "93.13"),
        since=date(2020, 7, 1),
        until=date(2024, 6, 30),
        source=_SPORT,
    ),
    LowerRate(
        rate="reduced",
        what="Use of sports facilities",
        cpa=("93.11", "93.13"),
        since=date(2024, 7, 1),
        asks="whether the 9 % for sports facilities still held on the day",
        source=_SPORT,
    ),
)
