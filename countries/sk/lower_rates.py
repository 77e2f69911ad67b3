"""What bears 19 or 5 % in Slovakia, and bore 10 % until 2024: annexes 7 and 7a of the act."""

from datetime import date

from countries.sk.food_rates import FOOD
from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://www.slov-lex.sk/"
_READ_ON = date(2026, 11, 21)

_ANNEX_7 = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7",
    url="https://www.financnasprava.sk/sk/podnikatelia/dane/dan-z-pridanej-hodnoty/sadzby-dane",
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="The tax authority, nbconsult.sk, krgroup.eu; codes and first days in part from memory.",
)
_ANNEX_7A = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, príloha č. 7a",
    url="https://www.financnasprava.sk/sk/podnikatelia/dane/dan-z-pridanej-hodnoty/sadzby-dane",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax authority, nbconsult.sk, crowe.com.",
)
_BEFORE = Source(
    title="Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty, § 27 (do 31. decembra 2024)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="money.sk on 2023, moore-bdr.sk on 2024; older days from memory.",
)

_REFORM = date(2025, 1, 1)
_BEFORE_REFORM = date(2024, 12, 31)
_HEALTH = ("3002", "3003", "3004", "3006", "8713", "871420", "900130", "9021")

LOWER_RATES = (
    *FOOD,
    LowerRate(what="Electricity", cn=("2716",), rate="reduced", since=_REFORM, source=_ANNEX_7),
    LowerRate(
        what="Medicines, wheelchairs, orthopaedic appliances, contact lenses",
        cn=_HEALTH,
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7,
    ),
    LowerRate(
        what="Medicines, wheelchairs, orthopaedic appliances, contact lenses",
        cn=_HEALTH,
        rate="reduced",
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Books, music",
        cn=("4901", "4903", "4904"),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7,
    ),
    LowerRate(
        what="Books, music",
        cn=("4901", "4903", "4904"),
        rate="reduced",
        since=date(2008, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="reduced",
        since=date(2020, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Hygienic products",
        cn=("9619",),
        rate="second reduced",
        asks="whether annex 7 lists it, as it does products for incontinence",
        since=_REFORM,
        source=_ANNEX_7,
    ),
    LowerRate(
        what="Rental housing with public support",
        cpa=("41.00.1", "41.00.3"),
        rate="second reduced",
        asks="whether it is rental housing that the state supports",
        since=date(2023, 1, 1),
        source=_BEFORE,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55",),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7A,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55",),
        rate="reduced",
        since=date(2019, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Serving meals",
        cpa=("56.10", "56.21", "56.29"),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7A,
    ),
    LowerRate(
        what="Serving meals",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2023, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
    LowerRate(
        what="Serving drinks",
        cpa=("56.30",),
        rate="reduced",
        asks="whether the drinks have at most half a per cent of alcohol",
        since=date(2024, 1, 1),
        source=_ANNEX_7A,
    ),
    LowerRate(
        what="Serving drinks",
        cpa=("56.30",),
        rate="reduced",
        since=date(2023, 1, 1),
        until=date(2023, 12, 31),
        source=_BEFORE,
    ),
    LowerRate(
        what="Electronic books",
        cpa=("58.11",),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7A,
    ),
    LowerRate(
        what="Sports events and fitness centres",
        cpa=("93.12", "93.13", "93.19"),
        rate="second reduced",
        since=_REFORM,
        source=_ANNEX_7A,
    ),
    LowerRate(
        what="Sport: facilities, events, fitness centres",
        cpa=("93.11", "93.12", "93.13", "93.19"),
        rate="reduced",
        since=date(2023, 1, 1),
        until=_BEFORE_REFORM,
        source=_BEFORE,
    ),
)
