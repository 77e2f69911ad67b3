"""The Canary Islands, Ceuta and Melilla: Spain without IVA, with taxes of their own."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.special.directive import DIRECTIVE
from countries.vat.system import STANDARD, LowerRate, Rate
from countries.vat.territory import Territory

_IGIC = Source(
    title="Ley 4/2012, de 25 de junio, de medidas administrativas y fiscales, artículos 51 a 61",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2012-9282",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="The six rates of today read in a digest (supercontable.com).",
)
_IGIC_HISTORY = Source(
    title="Ley 20/1991, de 7 de junio, artículo 27; Ley 4/2012; Ley 7/2018; Ley 19/2019",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1991-14463",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="Days and former rates from memory. What begins on 2010-01-01 is older than that.",
)
_IGIC_ZERO = Source(
    title="Ley 4/2012, de 25 de junio, artículo 52; Real Decreto 2538/1994, artículo 55",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2012-9282",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Water read in a digest of today's law, medicines and books in the decree of 1994.",
)
_IGIC_REST = Source(
    title="Ley 4/2012, de 25 de junio, artículo 51",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-2012-9282",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="That the general rate is for the rest was read; that no list names these, from memory.",
)
_IPSI = Source(
    title="Ley 8/1991, de 25 de marzo, por la que se aprueba el arbitrio (IPSI), artículo 18",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1991-7645",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="The limits of 0.5 and 10 per cent read in a guide (mapfre.es).",
)

_IGIC_RATES = (
    Rate(name=STANDARD, percent=Decimal(7), since=date(2020, 1, 1), source=_IGIC),
    Rate(
        name=STANDARD,
        percent=Decimal("6.5"),
        since=date(2019, 1, 1),
        until=date(2019, 12, 31),
        source=_IGIC_HISTORY,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(7),
        since=date(2012, 7, 1),
        until=date(2018, 12, 31),
        source=_IGIC_HISTORY,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(5),
        since=date(2010, 1, 1),
        until=date(2012, 6, 30),
        source=_IGIC_HISTORY,
    ),
    Rate(name="reduced", percent=Decimal(3), since=date(2012, 7, 1), source=_IGIC),
    Rate(
        name="reduced",
        percent=Decimal(2),
        since=date(2010, 1, 1),
        until=date(2012, 6, 30),
        source=_IGIC_HISTORY,
    ),
    Rate(name="zero", percent=Decimal(0), since=date(2010, 1, 1), source=_IGIC),
    Rate(name="increased", percent=Decimal("9.5"), since=date(2012, 7, 1), source=_IGIC),
    Rate(
        name="increased",
        percent=Decimal(9),
        since=date(2010, 1, 1),
        until=date(2012, 6, 30),
        source=_IGIC_HISTORY,
    ),
    Rate(name="second increased", percent=Decimal(15), since=date(2020, 1, 1), source=_IGIC),
    Rate(
        name="second increased",
        percent=Decimal("13.5"),
        since=date(2012, 7, 1),
        until=date(2019, 12, 31),
        source=_IGIC_HISTORY,
    ),
    Rate(
        name="second increased",
        percent=Decimal(13),
        since=date(2010, 1, 1),
        until=date(2012, 6, 30),
        source=_IGIC_HISTORY,
    ),
    Rate(name="tobacco", percent=Decimal(20), since=date(2012, 7, 1), source=_IGIC),
)

_IGIC_LOWER = (
    LowerRate(what="Medicines", cn=("3003", "3004"), rate="zero", source=_IGIC_ZERO),
    LowerRate(
        what="Books, newspapers and magazines",
        cn=("4901", "4902", "4903"),
        asks="whether it is more than three quarters advertising",
        rate="zero",
        source=_IGIC_ZERO,
    ),
    LowerRate(what="Water", cpa=("36.00",), rate="zero", source=_IGIC_ZERO),
    LowerRate(
        what="Software, information, professional and business services",
        cpa=("62", "63", "69", "70", "71", "73", "74", "78", "80", "81.2", "82"),
        rate=STANDARD,
        source=_IGIC_REST,
    ),
)

TERRITORIES = (
    Territory(
        code="IC",
        name="Canary Islands",
        country="ES",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="ES",
        rates=_IGIC_RATES,
        lower_rates=_IGIC_LOWER,
        currency="EUR",
        category="L",
        note=(
            "Impuesto General Indirecto Canario (IGIC) in place of IVA. In the customs territory "
            "of the Union, so goods from Spain leave its VAT territory without leaving the "
            "customs territory. Of what bears which rate, only a little is declared here."
        ),
        source=DIRECTIVE,
    ),
    Territory(
        code="EA",
        name="Ceuta and Melilla",
        country="ES",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="ES",
        currency="EUR",
        category="M",
        note=(
            "Impuesto sobre la Producción, los Servicios y la Importación (IPSI) in place of "
            "IVA: each city sets its rates, from 0.5 to 10 per cent, so none is declared here. "
            "Outside the customs territory as well."
        ),
        source=_IPSI,
    ),
)
