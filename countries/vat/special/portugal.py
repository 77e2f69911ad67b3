"""The Azores and Madeira: Portugal, with lower rates of IVA."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.special.directive import DIRECTIVE
from countries.vat.system import STANDARD, Rate
from countries.vat.territory import Territory

_URL = "https://diariodarepublica.pt/"
_READ = date(2026, 11, 21)

_AZORES_2021 = Source(
    title="Decreto Legislativo Regional n.º 15-A/2021/A, de 31 de maio; CIVA, artigo 18.º, n.º 3",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.A,
    note="Read in the tax authority's Ofício Circulado n.º 25045/2024, as reprinted.",
)
_AZORES_2015 = Source(
    title="Lei n.º 63-A/2015, de 30 de junho",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.A,
    note="The act itself, as reprinted (dre.tretas.org): 4, 9 and 18 per cent from July 2015.",
)
_AZORES_2014 = Source(
    title="Lei n.º 83-C/2013, de 31 de dezembro (Orçamento do Estado para 2014)",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.B,
    note="Read in an adviser's news of that day: 5, 10 and 18 per cent.",
)
_MADEIRA_2024 = Source(
    title="Decreto Legislativo Regional n.º 6/2024/M, de 29 de julho",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.B,
    note="The rate and the day read in an adviser's news; the act's number is from memory.",
)
_MADEIRA_2012 = Source(
    title="Lei n.º 14-A/2012, de 30 de março; CIVA, artigo 18.º, n.º 3",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.A,
    note="The bill as printed for parliament and two advisers; the act's number is from memory.",
)
_BOTH_2011 = Source(
    title="Lei n.º 55-A/2010, de 31 de dezembro; Decreto-Lei n.º 347/85, artigo 1.º",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.B,
    note="4, 9 and 16 per cent read in the bill of 2012 that ends them; the day is from memory.",
)
_BOTH_2010 = Source(
    title="Lei n.º 12-A/2010, de 30 de junho; Decreto-Lei n.º 347/85, artigo 1.º",
    url=_URL,
    read_on=_READ,
    confidence=Confidence.B,
    note="4, 9 and 15 per cent read in a report of that day; 8 and 14 before it from memory.",
)

_BEFORE = (
    Rate(
        name=STANDARD,
        percent=Decimal(15),
        since=date(2010, 7, 1),
        until=date(2010, 12, 31),
        source=_BOTH_2010,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(14),
        since=date(2008, 7, 1),
        until=date(2010, 6, 30),
        source=_BOTH_2010,
    ),
    Rate(
        name="reduced",
        percent=Decimal(8),
        since=date(2008, 7, 1),
        until=date(2010, 6, 30),
        source=_BOTH_2010,
    ),
)

# `reduced` is Portugal's taxa intermédia (13 per cent), `second reduced` its taxa reduzida (6).
_AZORES_RATES = (
    Rate(name=STANDARD, percent=Decimal(16), since=date(2021, 7, 1), source=_AZORES_2021),
    Rate(
        name=STANDARD,
        percent=Decimal(18),
        since=date(2014, 1, 1),
        until=date(2021, 6, 30),
        source=_AZORES_2015,
    ),
    Rate(
        name=STANDARD,
        percent=Decimal(16),
        since=date(2011, 1, 1),
        until=date(2013, 12, 31),
        source=_BOTH_2011,
    ),
    Rate(name="reduced", percent=Decimal(9), since=date(2015, 7, 1), source=_AZORES_2015),
    Rate(
        name="reduced",
        percent=Decimal(10),
        since=date(2014, 1, 1),
        until=date(2015, 6, 30),
        source=_AZORES_2014,
    ),
    Rate(
        name="reduced",
        percent=Decimal(9),
        since=date(2010, 7, 1),
        until=date(2013, 12, 31),
        source=_BOTH_2011,
    ),
    Rate(name="second reduced", percent=Decimal(4), since=date(2015, 7, 1), source=_AZORES_2015),
    Rate(
        name="second reduced",
        percent=Decimal(5),
        since=date(2014, 1, 1),
        until=date(2015, 6, 30),
        source=_AZORES_2014,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(4),
        since=date(2008, 7, 1),
        until=date(2013, 12, 31),
        source=_BOTH_2011,
    ),
    *_BEFORE,
)

_MADEIRA_RATES = (
    Rate(name=STANDARD, percent=Decimal(22), since=date(2012, 4, 1), source=_MADEIRA_2012),
    Rate(
        name=STANDARD,
        percent=Decimal(16),
        since=date(2011, 1, 1),
        until=date(2012, 3, 31),
        source=_BOTH_2011,
    ),
    Rate(name="reduced", percent=Decimal(12), since=date(2012, 4, 1), source=_MADEIRA_2012),
    Rate(
        name="reduced",
        percent=Decimal(9),
        since=date(2010, 7, 1),
        until=date(2012, 3, 31),
        source=_BOTH_2011,
    ),
    Rate(name="second reduced", percent=Decimal(4), since=date(2024, 10, 1), source=_MADEIRA_2024),
    Rate(
        name="second reduced",
        percent=Decimal(5),
        since=date(2012, 4, 1),
        until=date(2024, 9, 30),
        source=_MADEIRA_2012,
    ),
    Rate(
        name="second reduced",
        percent=Decimal(4),
        since=date(2008, 7, 1),
        until=date(2012, 3, 31),
        source=_BOTH_2011,
    ),
    *_BEFORE,
)

TERRITORIES = (
    Territory(
        code="PT-20",
        name="Azores",
        country="PT",
        taxed_as="PT",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="PT",
        rates=_AZORES_RATES,
        codes_declared=True,
        note="In the VAT territory of the Union; Article 105 of the Directive lets it pay less.",
        source=DIRECTIVE,
    ),
    Territory(
        code="PT-30",
        name="Madeira",
        country="PT",
        taxed_as="PT",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="PT",
        rates=_MADEIRA_RATES,
        codes_declared=True,
        note="In the VAT territory of the Union; Article 105 of the Directive lets it pay less.",
        source=DIRECTIVE,
    ),
)
