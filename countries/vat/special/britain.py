"""Northern Ireland, the Isle of Man, the Channel Islands and Gibraltar."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.special.directive import DIRECTIVE
from countries.vat.system import STANDARD, Rate
from countries.vat.territory import Territory

_READ = date(2026, 11, 21)
_LEFT = date(2021, 1, 1)
"""The first day on which the Directive no longer applied in the United Kingdom."""
_LAST = date(2020, 12, 31)

_PROTOCOL = Source(
    title=(
        "Agreement on the withdrawal of the United Kingdom, Protocol on Ireland/Northern Ireland "
        "(Windsor Framework), Article 8 and Annex 3; Directive (EU) 2020/1756"
    ),
    url="https://eur-lex.europa.eu/eli/dir/2020/1756/oj",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: goods as in a member state, prefix XI; services as in a third country.",
)
_MAN = Source(
    title="Value Added Tax Act 1996 (Isle of Man); Customs and Excise Agreement 1979",
    url="https://www.gov.im/categories/tax-vat-and-your-money/customs-and-excise/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; until 2020 Article 7 of Directive 2006/112/EC says the same.",
)
_JERSEY = Source(
    title="Goods and Services Tax (Jersey) Law 2007",
    url="https://www.jerseylaw.je/",
    read_on=_READ,
    confidence=Confidence.M,
    note="Rates and days from memory.",
)
_GUERNSEY = Source(
    title="Directive 2006/112/EC, Article 6(1)(e)",
    url="https://eur-lex.europa.eu/eli/dir/2006/112/oj",
    read_on=_READ,
    confidence=Confidence.B,
    note="That Guernsey plans a tax on goods and services for 2028 was read in news of 2026.",
)
_GIBRALTAR = Source(
    title="Treaty of Accession of 1972, Article 28; Technical Notice of 4 February 2026",
    url="https://www.gibraltar.gov.gi/",
    read_on=_READ,
    confidence=Confidence.C,
    note=(
        "Advisers' and newspapers' reports of February and March 2026 name 10 April 2026 as the "
        "planned first day of the transaction tax; nothing was found that says it began."
    ),
)

TERRITORIES = (
    Territory(
        code="XI",
        name="Northern Ireland",
        country="GB",
        taxed_as="GB",
        since=_LEFT,
        member_for_goods=True,
        member_for_services=False,
        vat_prefix="XI",
        note=(
            "The VAT of the United Kingdom; but for goods, treated as a member state, and its "
            "businesses that trade goods with the Union have numbers that begin with XI."
        ),
        source=_PROTOCOL,
    ),
    Territory(
        code="XI",
        name="Northern Ireland",
        country="GB",
        taxed_as="GB",
        until=_LAST,
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="GB",
        note="A part of the United Kingdom like the others.",
        source=_PROTOCOL,
    ),
    Territory(
        code="IM",
        name="Isle of Man",
        country="IM",
        taxed_as="GB",
        since=_LEFT,
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="GB",
        note="One VAT area with the United Kingdom. No part of the rules for Northern Ireland.",
        source=_MAN,
    ),
    Territory(
        code="IM",
        name="Isle of Man",
        country="IM",
        taxed_as="GB",
        until=_LAST,
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="GB",
        note="To be treated as the United Kingdom (Directive, Article 7).",
        source=DIRECTIVE,
    ),
    Territory(
        code="GG",
        name="Guernsey",
        country="GG",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        note="No VAT. Alderney and Sark with it.",
        source=_GUERNSEY,
    ),
    Territory(
        code="JE",
        name="Jersey",
        country="JE",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        rates=(
            Rate(name=STANDARD, percent=Decimal(5), since=date(2011, 6, 1), source=_JERSEY),
            Rate(
                name=STANDARD,
                percent=Decimal(3),
                since=date(2008, 5, 6),
                until=date(2011, 5, 31),
                source=_JERSEY,
            ),
        ),
        currency="GBP",
        note="A goods and services tax of its own; what is exempt or zero is not declared here.",
        source=DIRECTIVE,
    ),
    Territory(
        code="GI",
        name="Gibraltar",
        country="GI",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        note=(
            "No VAT, before 2021 and since. The transaction tax planned for 2026 (15 per cent, on "
            "goods when they are imported or made) is not a VAT and is not on invoices."
        ),
        source=_GIBRALTAR,
    ),
)
