"""What bears 12, 7, 5 or 0 % in Malta: VAT Act, Fifth and Eighth Schedules."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_URL = "https://legislation.mt/eli/cap/406/eng"
_READ_ON = date(2026, 11, 21)

_EIGHTH = Source(
    title="Value Added Tax Act (Cap. 406), Eighth Schedule",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="vatupdate.com (Zampa Debattista) and firstbridge.com; the codes are read across here.",
)
_TWELVE = Source(
    title="Value Added Tax Act (Cap. 406), Eighth Schedule; Legal Notice 231 of 2023",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="mondaq.com, forvismazars.com, vatcalc.com.",
)
_FIFTH = Source(
    title="Value Added Tax Act (Cap. 406), Fifth Schedule, Part One",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.C,
    note="Food and medicines: Tolley's appendix. Which chapters are certain is from memory.",
)

LOWER_RATES = (
    LowerRate(
        what="Food for people, not in catering",
        cn=(
            *("02", "0302", "0303", "0304", "0305", "0306", "0307", "04", "07", "08", "0901"),
            *("0902", "10", "11", "1509", "16", "1701", "1902"),
        ),
        rate="zero",
        source=_FIFTH,
    ),
    # The schedule lists foods and medicines by codes that were not seen.
    LowerRate(
        what="Other food and drink, live animals, plants, feed, fertilizers, medical goods",
        cn=(
            *("01", "03", "05", "06", "09", "12", "13", "14", "15", "17", "18", "19", "20", "21"),
            *("2201", "2202", "2209", "23", "2501", "30", "31"),
        ),
        rate="zero",
        asks="whether the Fifth Schedule names it",
        source=_FIFTH,
    ),
    LowerRate(
        what="Bread, biscuits, cakes",
        cn=("1905",),
        rate="zero",
        asks="whether it is food at 0 %, or confectionery (5 %)",
        source=_FIFTH,
    ),
    LowerRate(
        what="Confectionery and chocolate",
        cn=("1704", "1806"),
        rate="second reduced",
        source=_EIGHTH,
    ),
    LowerRate(what="Electricity", cn=("2716",), rate="second reduced", source=_EIGHTH),
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="zero", source=_FIFTH),
    LowerRate(
        what="Books, newspapers, periodicals, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        rate="second reduced",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Things for the disabled, medical accessories",
        cn=("8713", "871420", "9021"),
        rate="second reduced",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Works of art, antiques and collectors' pieces",
        cn=("97",),
        rate="second reduced",
        asks="whether it is imported, or sold by its maker or the maker's heirs",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.3", "50.1", "50.3", "51.1"),
        rate="zero",
        asks="whether it goes to other countries, between the islands, or is a scheduled bus",
        source=_FIFTH,
    ),
    LowerRate(
        what="Licensed accommodation",
        cpa=("55.10", "55.20"),
        rate="reduced",
        since=date(2011, 1, 1),
        source=_EIGHTH,
    ),
    LowerRate(
        what="Licensed accommodation",
        cpa=("55.10", "55.20"),
        rate="second reduced",
        until=date(2010, 12, 31),
        source=_EIGHTH,
    ),
    LowerRate(
        what="Electronic books, newspapers and periodicals",
        cpa=("58.11", "58.13", "58.14"),
        rate="second reduced",
        since=date(2019, 1, 1),
        source=_EIGHTH,
    ),
    LowerRate(
        what="Hire of pleasure boats",
        cpa=("77.21",),
        rate="parking",
        asks="whether it is a pleasure boat, hired for five weeks of a year at most",
        since=date(2024, 1, 1),
        source=_TWELVE,
    ),
    LowerRate(
        what="Care of children, the old, the sick and disabled at home",
        cpa=("88.10", "88.91"),
        rate="second reduced",
        asks="whether it is domestic care that is not exempt",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Theatre, concerts, museums, exhibitions",
        cpa=("90.01", "91.02", "91.03"),
        rate="second reduced",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Use of sports facilities",
        cpa=("93.11", "93.13"),
        rate="reduced",
        since=date(2018, 1, 1),
        source=_EIGHTH,
    ),
    LowerRate(
        what="Repair of bicycles, shoes, leather goods, clothes and household linen",
        cpa=("95.23", "95.29.11", "95.29.12"),
        rate="second reduced",
        source=_EIGHTH,
    ),
    LowerRate(
        what="Care of the body, health studios",
        cpa=("96.04",),
        rate="parking",
        asks="whether a member of a regulated health care profession must deliver it",
        since=date(2024, 1, 1),
        source=_TWELVE,
    ),
)
