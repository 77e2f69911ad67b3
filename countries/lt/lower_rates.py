"""What bears 12 or 5 % in Lithuania, and bore 9 % until 2025: PVM įstatymas, article 19."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://e-seimas.lrs.lt/"
_READ_ON = date(2026, 11, 21)

_REFORM_2026 = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 19 straipsnis; įstatymas Nr. XV-287",
    url="https://www.lrs.lt/sip/portal.show?p_k=2&p_r=35403&p_t=292096",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Seimas' press service, sovos.com, meridianglobalservices.com.",
)
_UNTIL_2025 = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 19 straipsnis, 3 dalis; įstatymas "
    "Nr. XIV-1551",
    url="https://www.e-tar.lt/rs/legalact/272fc610721711edbc04912defe897d1/",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The amending act of 2022 itself; when each item first came in is in part from memory.",
)
_FIVE = Source(
    title="Pridėtinės vertės mokesčio įstatymas Nr. IX-751, 19 straipsnis, 4 ir 5 dalys",
    url="https://www.vmi.lt/evmi/lengvatinis-5-proc.-pvm-tarifas-19-str.-",
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The tax authority: medicines, aids for the disabled, periodicals since 2019.",
)

_SINCE_2026 = date(2026, 1, 1)
_END_OF_2025 = date(2025, 12, 31)
_BOOKS = ("4901", "4903", "4904", "4905")

LOWER_RATES = (
    LowerRate(
        what="Medicines",
        cn=("3003", "3004"),
        rate="second reduced",
        asks="whether the medicine is reimbursed or on prescription",
        source=_FIVE,
    ),
    LowerRate(
        what="Firewood and wood products for burning",
        cn=("4401",),
        rate="reduced",
        asks="whether it is for households",
        since=date(2019, 1, 1),
        until=_END_OF_2025,
        source=_UNTIL_2025,
    ),
    LowerRate(
        what="Books and other non-periodical publications, music, maps",
        cn=_BOOKS,
        rate="second reduced",
        since=_SINCE_2026,
        source=_REFORM_2026,
    ),
    LowerRate(
        what="Books and other non-periodical publications, music, maps",
        cn=_BOOKS,
        rate="reduced",
        until=_END_OF_2025,
        source=_UNTIL_2025,
    ),
    LowerRate(
        what="Newspapers and periodicals",
        cn=("4902",),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        what="Technical aids for the disabled",
        cn=("8713", "871420", "9021"),
        rate="second reduced",
        since=date(2013, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        what="Heat for dwellings, hot water",
        cpa=("35.30",),
        rate="reduced",
        asks="whether it is for dwellings",
        until=_END_OF_2025,
        source=_UNTIL_2025,
    ),
    LowerRate(
        what="Transport of passengers on regular routes",
        cpa=("49.10", "49.31", "50.10", "50.30"),
        rate="reduced",
        source=_REFORM_2026,
    ),
    LowerRate(
        what="Other transport of passengers by land",
        cpa=("49.39",),
        rate="reduced",
        asks="whether it is on a regular route",
        source=_REFORM_2026,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.10", "55.20", "55.30"),
        rate="reduced",
        since=date(2015, 1, 1),
        source=_REFORM_2026,
    ),
    LowerRate(
        what="Restaurants and take-away food, not for alcohol",
        cpa=("56.10", "56.21", "56.29"),
        rate="reduced",
        since=date(2021, 7, 1),
        until=date(2023, 12, 31),
        source=_UNTIL_2025,
    ),
    LowerRate(
        what="Electronic books",
        cpa=("58.11",),
        rate="second reduced",
        since=_SINCE_2026,
        source=_REFORM_2026,
    ),
    LowerRate(
        what="Electronic books",
        cpa=("58.11",),
        rate="reduced",
        since=date(2023, 1, 1),
        until=_END_OF_2025,
        source=_UNTIL_2025,
    ),
    LowerRate(
        what="Electronic newspapers and periodicals",
        cpa=("58.13", "58.14"),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        what="Cinemas, theatres, concerts, museums: arts and culture",
        cpa=("59.14", "90.01", "91.02", "91.03"),
        rate="reduced",
        since=date(2021, 7, 1),
        source=_REFORM_2026,
    ),
)
