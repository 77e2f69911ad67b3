"""France overseas, Corsica and Monaco."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.special.directive import DIRECTIVE
from countries.vat.system import STANDARD, LowerRate, Rate
from countries.vat.territory import Territory

_URL = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/"
_READ = date(2026, 11, 21)

_NOT_APPLIED = Source(
    title="Code général des impôts, article 294",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.A,
    note="The article as published by Légifrance, in the version of December 2024.",
)
_OVERSEAS = Source(
    title="Code général des impôts, article 296",
    url="https://bofip.impots.gouv.fr/bofip/343-PGP.html",
    read_on=_READ,
    confidence=Confidence.A,
    note="The article, and the tax authority's BOI-TVA-GEO-20-10.",
)
_OVERSEAS_OTHER = Source(
    title="Code général des impôts, articles 296 bis, 296 ter et 298 septies",
    url="https://bofip.impots.gouv.fr/bofip/343-PGP.html",
    read_on=_READ,
    confidence=Confidence.B,
    note="1.05 per cent for first performances read; for the press from memory.",
)
_CORSICA = Source(
    title="Code général des impôts, article 297",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.A,
    note="The article, as reprinted, and the ministry's guide for municipalities of 2016.",
)
_MONACO = Source(
    title="Convention fiscale entre la France et Monaco du 18 mai 1963; 2006/112/EC, Article 7",
    url="https://eur-lex.europa.eu/eli/dir/2006/112/oj",
    read_on=_READ,
    confidence=Confidence.A,
    note="Article 7 read as reprinted; the convention was not read.",
)

# `reduced` is 10 per cent on the mainland, `second reduced` 5.5: both are 2.1 here.
_OVERSEAS_RATES = (
    Rate(name=STANDARD, percent=Decimal("8.5"), since=date(2001, 3, 31), source=_OVERSEAS),
    Rate(name="reduced", percent=Decimal("2.1"), since=date(2001, 3, 31), source=_OVERSEAS),
    Rate(name="second reduced", percent=Decimal("2.1"), since=date(2001, 3, 31), source=_OVERSEAS),
    Rate(
        name="second super reduced",
        percent=Decimal("1.05"),
        since=date(2001, 3, 31),
        source=_OVERSEAS_OTHER,
    ),
)
_OVERSEAS_LOWER = (
    LowerRate(
        what="Publications of the press",
        cn=("4902",),
        cpa=("58.13", "58.14"),
        rate="second super reduced",
        source=_OVERSEAS_OTHER,
    ),
)
_OVERSEAS_NOTE = (
    "French TVA with rates of its own; for goods and services it is outside the VAT territory of "
    "the Union, so what comes from the mainland is imported. Live animals sold to those who are "
    "not taxable bear 1.75 per cent, first performances 1.05."
)

_CORSICAN_RATES = (
    Rate(name="petroleum", percent=Decimal(13), since=date(2010, 1, 1), source=_CORSICA),
    Rate(
        name="second super reduced",
        percent=Decimal("0.9"),
        since=date(2010, 1, 1),
        source=_CORSICA,
    ),
)
_SINCE_2014 = date(2014, 1, 1)
"""The Corsican rate of 10 per cent was 8 before; what is said here begins with the 10."""

_CORSICAN_LOWER = (
    LowerRate(
        what="Food, water and other drinks without alcohol",
        cn=(
            *("01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12"),
            *("15", "16", "17", "18", "19", "20", "21", "2201", "2202"),
        ),
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Sweets and margarine, which bear the ordinary rate on the mainland too",
        cn=("1517", "1704"),
        rate=STANDARD,
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Chocolate and its products",
        cn=("1806",),
        asks="whether the chocolate is plain chocolate, a bonbon of chocolate or another product",
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Caviar",
        cn=("160431", "160432"),
        rate=STANDARD,
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Petroleum products",
        cn=("2710",),
        rate="petroleum",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Electricity",
        cn=("2716",),
        asks="whether the electricity is supplied at low voltage",
        rate="reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Books",
        cn=("4901", "4903", "4904"),
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Farm machines of the minister's list",
        cn=("8432", "8433", "8701"),
        asks="whether the machine is on the list of farm machines for Corsica",
        rate="reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Construction",
        cpa=("41", "42"),
        rate="reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Specialised construction",
        cpa=("43",),
        asks="whether the works save energy in a dwelling",
        rate="reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Transport of passengers",
        cpa=("49.1", "49.31", "49.32", "49.39", "50.1", "50.3", "51.1"),
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Accommodation",
        cpa=("55.1", "55.2", "55.3"),
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Cinemas, museums, zoos and amusement parks",
        cpa=("59.14", "91.02", "91.03", "91.04", "93.21"),
        rate="super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
    LowerRate(
        what="Performances",
        cpa=("90.01",),
        asks="whether it is one of the first 140 performances of a new work or staging",
        rate="second super reduced",
        since=_SINCE_2014,
        source=_CORSICA,
    ),
)


def _overseas(code: str, name: str) -> Territory:
    return Territory(
        code=code,
        name=name,
        country="FR",
        taxed_as="FR",
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="FR",
        rates=_OVERSEAS_RATES,
        lower_rates=_OVERSEAS_LOWER,
        codes_declared=True,
        note=_OVERSEAS_NOTE,
        source=DIRECTIVE,
    )


def _without_vat(code: str, name: str) -> Territory:
    return Territory(
        code=code,
        name=name,
        country="FR",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="FR",
        note="TVA is 'for the time being' not applied; what comes from the mainland is exported.",
        source=_NOT_APPLIED,
    )


TERRITORIES = (
    _overseas("GP", "Guadeloupe"),
    _overseas("MQ", "Martinique"),
    _overseas("RE", "Réunion"),
    _without_vat("GF", "French Guiana"),
    _without_vat("YT", "Mayotte"),
    Territory(
        code="FR-20R",
        name="Corsica",
        country="FR",
        taxed_as="FR",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="FR",
        rates=_CORSICAN_RATES,
        lower_rates=_CORSICAN_LOWER,
        codes_declared=True,
        note=(
            "The mainland's rates, 13 and 0.9 per cent beside them, and other things that bear "
            "them. What is still at 5.5 or 10 per cent as on the mainland is not repeated here."
        ),
        source=_CORSICA,
    ),
    Territory(
        code="MC",
        name="Monaco",
        country="MC",
        taxed_as="FR",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="FR",
        note="To be treated as France (Directive, Article 7); its businesses have FR numbers.",
        source=_MONACO,
    ),
)
