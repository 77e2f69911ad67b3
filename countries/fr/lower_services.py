"""Services that bear another rate than the standard one in France."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_CGI0 = Source(
    title="Code général des impôts (CGI), article 278-0 bis",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Groups as in GOBL's French regime, which follows economie.gouv.fr; exceptions, "
        "days and customs codes from memory."
    ),
)
_CGI9 = Source(
    title="Code général des impôts (CGI), article 279",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Groups as in GOBL's French regime, which follows economie.gouv.fr; days and "
        "codes from memory."
    ),
)
_WORKS = Source(
    title="Code général des impôts (CGI), articles 278-0 bis A, P et 279-0 bis",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Changes of 2025 read at legifiscal.fr and cerfrance.fr.",
)
_ENERGY = Source(
    title="Code général des impôts (CGI), article 278-0 bis B; loi de finances pour 2025",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "End of the reduced rate of subscriptions on 2025-08-01 read at legifiscal.fr, "
        "cerfrance.fr and easytax.co."
    ),
)
_SUPER = Source(
    title="Code général des impôts (CGI), articles 281 quater, 281 octies, 298 septies",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=("Medicines, the press and certain shows in GOBL's French regime; days from memory."),
)
_BOOKS = Source(
    title=(
        "Code général des impôts (CGI), article 278-0 bis A 3°; loi 2011-1978, article "
        "13; loi 2012-1510"
    ),
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory: 7 % from 2012-04-01 to 2012-12-31.",
)
_S_TRANSPORT = ("49.10.1", "49.31", "49.32", "49.39", "50.10.1", "50.30.1", "51.10.1")
_S_RIGHTS = ("58.11.6", "58.14.4", "59.20.4", "90.03")

LOWER_SERVICES = (
    LowerRate(
        rate="reduced",
        what="Heat through a network",
        cpa=("35.30.1",),
        asks="whether at least half of the heat is renewable",
        source=_ENERGY,
    ),
    LowerRate(rate="reduced", what="Water through mains", cpa=("36.00.1",), source=_CGI0),
    LowerRate(
        rate="second reduced",
        what="Sewerage",
        cpa=("37.00",),
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced", what="Sewerage", cpa=("37.00",), until=date(2011, 12, 31), source=_CGI9
    ),
    LowerRate(
        rate="reduced",
        what="Separate collection of household waste",
        cpa=("38.11.1",),
        since=date(2021, 1, 1),
        asks="whether it is household waste",
        source=_CGI0,
    ),
    LowerRate(
        rate="second reduced",
        what="Household waste",
        cpa=("38.1", "38.2"),
        since=date(2012, 1, 1),
        asks="whether it is household waste",
        source=_CGI9,
    ),
    LowerRate(
        rate="second reduced",
        what="Works on dwellings",
        cpa=("41.00.3", "43"),
        since=date(2012, 1, 1),
        asks="whether it is work on a dwelling older than two years, or saves energy there",
        source=_WORKS,
    ),
    LowerRate(
        rate="reduced",
        what="Works on dwellings",
        cpa=("41.00.3", "43"),
        until=date(2011, 12, 31),
        asks="whether it is work on a dwelling older than two years",
        source=_WORKS,
    ),
    LowerRate(
        rate="second reduced",
        what="Passenger transport",
        cpa=_S_TRANSPORT,
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Passenger transport",
        cpa=_S_TRANSPORT,
        until=date(2011, 12, 31),
        source=_CGI9,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays in hotels, holiday homes, on camping sites",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2011, 12, 31),
        source=_CGI9,
    ),
    LowerRate(
        rate="second reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Meals of restaurants and caterers",
        cpa=("56.1", "56.2"),
        since=date(2009, 7, 1),
        until=date(2011, 12, 31),
        source=_CGI9,
    ),
    LowerRate(
        rate="second reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2012, 1, 1),
        asks="whether the drinks are without alcohol",
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Drinks on the premises",
        cpa=("56.3",),
        since=date(2009, 7, 1),
        until=date(2011, 12, 31),
        asks="whether the drinks are without alcohol",
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2013, 1, 1),
        source=_BOOKS,
    ),
    LowerRate(
        rate="second reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2012, 4, 1),
        until=date(2012, 12, 31),
        source=_BOOKS,
    ),
    LowerRate(
        rate="super reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2014, 2, 1),
        asks="whether the title is registered with the CPPAP",
        source=_SUPER,
    ),
    LowerRate(
        rate="second reduced",
        what="Rights of authors and performers",
        cpa=_S_RIGHTS,
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Rights of authors and performers",
        cpa=_S_RIGHTS,
        until=date(2011, 12, 31),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced", what="Cinemas", cpa=("59.14",), since=date(2014, 1, 1), source=_CGI0
    ),
    LowerRate(
        rate="second reduced",
        what="Cinemas",
        cpa=("59.14",),
        since=date(2012, 1, 1),
        until=date(2013, 12, 31),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced", what="Cinemas", cpa=("59.14",), until=date(2011, 12, 31), source=_CGI9
    ),
    LowerRate(
        rate="second reduced",
        what="Television by subscription",
        cpa=("61.10.5", "61.20.5", "61.30.2"),
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Theatres, concerts, circuses",
        cpa=("90.01",),
        since=date(2013, 1, 1),
        asks="whether it is one of the first 140 performances (2.1 %)",
        source=_CGI0,
    ),
    LowerRate(
        rate="second reduced",
        what="Museums, monuments, zoos, amusement parks",
        cpa=("91.02", "91.03", "91.04", "93.21"),
        since=date(2012, 1, 1),
        source=_CGI9,
    ),
    LowerRate(
        rate="reduced",
        what="Museums, monuments, zoos, amusement parks",
        cpa=("91.02", "91.03", "91.04", "93.21"),
        until=date(2011, 12, 31),
        source=_CGI9,
    ),
)
