"""France overseas, and Monaco; Corsica is in `corsica`."""

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
_MONACO = Source(
    title="Convention fiscale entre la France et Monaco du 18 mai 1963; 2006/112/EC, Article 7",
    url="https://eur-lex.europa.eu/eli/dir/2006/112/oj",
    read_on=_READ,
    confidence=Confidence.A,
    note="Article 7 read as reprinted; the convention was not read.",
)

# `reduced` is 5.5 per cent on the mainland, `second reduced` 10: both are 2.1 here.
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
        what="Newspapers and journals, in print or online",
        cn=("4902",),
        cpa=("58.13.2", "58.14.2"),
        asks="whether the title is registered with the CPPAP",
        rate="second super reduced",
        source=_OVERSEAS_OTHER,
    ),
)
_OVERSEAS_NOTE = (
    "French TVA with rates of its own; for goods and services it is outside the VAT territory of "
    "the Union, so what comes from the mainland is imported. Live animals sold to those who are "
    "not taxable bear 1.75 per cent, first performances 1.05."
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
