"""Services that bear another rate than the standard one in Belgium."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_A = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel A / tableau A",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us, for the decree names few.",
)
_B = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel B / tableau B",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)
_STAYS = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel A XXX, from 2026-03-01 tabel B IV"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "FAQ of the FPS Finance of 2026-02-17 (blog.tamtam.pro) and practicali.be: of the "
        "reform of 2026 only stays and pesticides came into force; take-away, culture, "
        "sport and drinks were put off."
    ),
)
_ENERGY = Source(
    title=(
        "Koninklijke besluiten / Arrêtés royaux 21 February and 23 March 2022; wet / loi "
        "19 March 2023"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Acts of 2022 read at etaamb.openjustice.be, made permanent at news.belgium.be, "
        "2014 and 2015 at dhnet.be."
    ),
)
_COVID = Source(
    title=(
        "Koninklijk besluit nr. 20 / Arrêté royal n° 20 (6 % for meals and drinks in the pandemic)"
    ),
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 2020-06-08 to 2021-09-30.",
)
_DIGITAL = Source(
    title="Koninklijk besluit nr. 20 / Arrêté royal n° 20, tabel A / tableau A XIX",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

LOWER_SERVICES = (
    LowerRate(rate="reduced", what="Work for farmers", cpa=("01.6",), source=_A),
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        since=date(2022, 4, 1),
        asks="whether it is supplied under a residential contract",
        source=_ENERGY,
    ),
    LowerRate(rate="reduced", what="Water through mains", cpa=("36.00.1",), source=_A),
    LowerRate(
        rate="reduced",
        what="Building and repair of dwellings",
        cpa=("41.00.3", "43"),
        asks="whether it is work on a private dwelling for which tabel A gives 6 %",
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Passenger transport",
        cpa=("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1"),
        source=_A,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2026, 3, 1),
        source=_STAYS,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2026, 2, 28),
        source=_STAYS,
    ),
    # Drinks have a code of their own (56.3) and bear the standard rate.
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2021, 10, 1),
        source=_B,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2020, 6, 8),
        until=date(2021, 9, 30),
        source=_COVID,
    ),
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2010, 1, 1),
        until=date(2020, 6, 7),
        source=_B,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2020, 6, 8),
        until=date(2021, 9, 30),
        asks="whether the drinks are without alcohol",
        source=_COVID,
    ),
    LowerRate(
        rate="reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2019, 4, 1),
        source=_DIGITAL,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2019, 4, 1),
        asks="whether the printed paper would bear the zero rate",
        source=_DIGITAL,
    ),
    LowerRate(
        rate="reduced",
        what="Cinemas, theatres, museums, zoos, sports grounds, fairs",
        cpa=("59.14", "90.01", "90.04", "91.0", "93.11", "93.13", "93.2"),
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Works of authors and performers",
        cpa=("90.03",),
        asks="whether copyright or neighbouring rights are granted",
        source=_A,
    ),
    LowerRate(
        rate="reduced",
        what="Repair of shoes, clothes and bicycles",
        cpa=("95.23", "95.29.11", "95.29.12"),
        source=_A,
    ),
    LowerRate(rate="reduced", what="Funerals", cpa=("96.03",), source=_A),
)
