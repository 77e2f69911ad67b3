"""Services that bear another rate than the standard one in Cyprus."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_FIVE = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), Πέμπτο Παράρτημα",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us.",
)
_NINE = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), Δωδέκατο Παράρτημα",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_THREE = Source(
    title=(
        "Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), όπως τροποποιήθηκε στις 21 "
        "Ιουλίου 2023"
    ),
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at andersen.com with customs codes, meridianglobalservices.com, "
        "marosavat.com and pagero.com; CPA codes chosen by us."
    ),
)

LOWER_SERVICES = (
    LowerRate(rate="reduced", what="Water through mains", cpa=("36.00.1",), source=_FIVE),
    LowerRate(
        rate="reduced",
        what="Sewerage, waste",
        cpa=("37.00", "38.1"),
        until=date(2023, 7, 20),
        source=_FIVE,
    ),
    LowerRate(
        rate="super reduced",
        what="Sewerage, waste",
        cpa=("37.00", "38.1"),
        since=date(2023, 7, 21),
        source=_THREE,
    ),
    LowerRate(
        rate="reduced",
        what="New and repaired dwellings",
        cpa=("41.00.1", "41.00.3", "43"),
        asks="whether it is a dwelling for which the fifth annex gives 5 %",
        source=_FIVE,
    ),
    LowerRate(rate="reduced", what="City buses", cpa=("49.31",), source=_FIVE),
    LowerRate(
        rate="second reduced",
        what="Taxis, coaches, ships within the country",
        cpa=("49.32.11", "49.39.1", "50.10.1"),
        since=date(2005, 8, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2021, 1, 11),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2020, 7, 1),
        until=date(2021, 1, 10),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2005, 8, 1),
        until=date(2020, 6, 30),
        source=_NINE,
    ),
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2021, 1, 11),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 7, 1),
        until=date(2021, 1, 10),
        source=_FIVE,
    ),
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2005, 8, 1),
        until=date(2020, 6, 30),
        source=_NINE,
    ),
    LowerRate(
        rate="second reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2021, 1, 11),
        asks="whether the drink is without alcohol",
        source=_NINE,
    ),
    LowerRate(
        rate="super reduced",
        what="Books and newspapers in electronic form",
        cpa=("58.11.2", "58.11.3", "58.13.2", "58.14.2"),
        since=date(2023, 7, 21),
        source=_THREE,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, zoos, sports",
        cpa=("59.14", "91.04", "93.11", "93.21"),
        source=_FIVE,
    ),
    LowerRate(
        rate="super reduced",
        what="Theatres, concerts",
        cpa=("90.01",),
        since=date(2023, 7, 21),
        asks="whether it is the first performance (3 %) or a later one (5 %)",
        source=_THREE,
    ),
    LowerRate(
        rate="reduced",
        what="Theatres, concerts",
        cpa=("90.01",),
        until=date(2023, 7, 20),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Works of authors and composers, hairdressers, funerals",
        cpa=("90.03", "96.02.11", "96.02.12", "96.03"),
        source=_FIVE,
    ),
)
