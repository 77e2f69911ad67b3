"""Value added tax of Ireland (VAT): Value-Added Tax Consolidation Act 2010."""

from datetime import date
from decimal import Decimal

from countries.ie.lower_rates import LOWER_RATES
from countries.sources import Confidence, Source
from countries.vat.system import (
    Currency,
    Exemption,
    ForeignSuppliers,
    Identifier,
    Rate,
    ReverseCharge,
    Threshold,
    ThresholdKind,
    VatSystem,
)

_URL = "https://www.irishstatutebook.ie/"
_READ_ON = date(2026, 11, 21)

_STANDARD = Source(
    title="Value-Added Tax Consolidation Act 2010, section 46(1)(a)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="The Commission's table of 2021 with TEDB (2026-09), and GOBL's Irish regime, which "
    "begins the return to 23 % a day too early.",
)
_LOWER = Source(
    title="Value-Added Tax Consolidation Act 2010, section 46(1)(b) to (d)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="GOBL's Irish regime.",
)
_EXEMPT = Source(
    title="Value-Added Tax Consolidation Act 2010, Schedule 1",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="alanmoore.ie names passenger transport, live theatre, sports events, undertakers.",
)
_SECTION_16 = Source(
    title="Value-Added Tax Consolidation Act 2010, section 16",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="Revenue's note for guidance and the text of 2010; scrap: Finance Act 2011, section 59, "
    "with its day from memory; energy since 2016 from memory.",
)
_THRESHOLDS = Source(
    title="Value-Added Tax Consolidation Act 2010, sections 2(1) and 6(1)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="EY (Q3 2024) and regfollower.com on the Finance Act 2024; 75,000 and "
    "37,500 before 2024: wobh.ie; their first day from memory.",
)

_GOODS = "supplies of goods (nine tenths of the turnover at least)"
_SERVICES = "supplies of services"

VAT = VatSystem(
    code="IE",
    country="Ireland",
    name="Value-Added Tax (VAT)",
    currencies=(Currency(code="EUR", since=date(1999, 1, 1)),),
    identifier=Identifier(
        name="VAT registration number",
        prefix="IE",
        pattern=r"IE([0-9]{7}[A-W][A-IW]?|[0-9][A-Z+*][0-9]{5}[A-W])",
        source=Source(
            title="Value-Added Tax Consolidation Act 2010, section 65",
            url=_URL,
            read_on=_READ_ON,
            confidence=Confidence.B,
            note="The form as python-stdnum has it (stdnum.ie.vat).",
        ),
    ),
    rates=(
        Rate(name="standard", percent=Decimal(23), since=date(2021, 3, 1), source=_STANDARD),
        Rate(
            name="standard",
            percent=Decimal(21),
            since=date(2020, 9, 1),
            until=date(2021, 2, 28),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(23),
            since=date(2012, 1, 1),
            until=date(2020, 8, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal(21),
            since=date(2010, 1, 1),
            until=date(2011, 12, 31),
            source=_STANDARD,
        ),
        Rate(
            name="standard",
            percent=Decimal("21.5"),
            since=date(2008, 12, 1),
            until=date(2009, 12, 31),
            source=_STANDARD,
        ),
        Rate(name="reduced", percent=Decimal("13.5"), since=date(2003, 1, 1), source=_LOWER),
        Rate(name="second reduced", percent=Decimal(9), since=date(2011, 7, 1), source=_LOWER),
        Rate(name="super reduced", percent=Decimal("4.8"), since=date(2005, 1, 1), source=_LOWER),
        Rate(name="zero", percent=Decimal(0), since=date(1972, 11, 1), source=_LOWER),
    ),
    declared_since=date(2008, 12, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=(
        Exemption(
            what="Transport of passengers and their baggage",
            cpa=("49.10", "49.31", "49.32", "49.39", "50.10", "50.30", "51.10"),
            source=_EXEMPT,
        ),
        Exemption(
            what="Admission to live theatre and music where no meal is served",
            cpa=("90.01",),
            source=_EXEMPT,
        ),
        Exemption(what="Admission to sports events", cpa=("93.12", "93.19"), source=_EXEMPT),
        Exemption(
            what="Water supplied by Uisce Éireann or a local authority",
            cpa=("36.00",),
            source=Source(
                title="Value-Added Tax Consolidation Act 2010, Schedule 1",
                url=_URL,
                read_on=_READ_ON,
                confidence=Confidence.M,
                note="From memory.",
            ),
        ),
        Exemption(what="Funeral undertaking", cpa=("96.03",), source=_EXEMPT),
    ),
    reverse_charges=(
        ReverseCharge(
            what="Gas and electricity to who mainly resells it",
            cn=("271111", "271121", "2716"),
            asks="whether the buyer mainly buys it to sell it again",
            since=date(2016, 1, 1),
            source=_SECTION_16,
        ),
        ReverseCharge(
            what="Scrap metal to who deals in it",
            cn=(
                *("2618", "2619", "2620", "7112", "7204", "7404", "7503", "7602", "7802", "7902"),
                "8002",
            ),
            asks="whether the buyer deals in scrap metal",
            since=date(2011, 5, 1),
            source=_SECTION_16,
        ),
        ReverseCharge(
            what="Construction operations, with repair and demolition",
            cpa=("41.00.3", "41.00.4", "42", "43"),
            asks="whether the buyer is the seller's principal contractor under relevant contracts "
            "tax, or is connected with the seller",
            since=date(2008, 9, 1),
            source=_SECTION_16,
        ),
    ),
    foreign_suppliers=(
        ForeignSuppliers(
            since=date(2003, 3, 28),
            goods=True,
            services=None,
            asks="whether the seller installs or assembles the goods in Ireland",
            source=Source(
                title="Value-Added Tax Consolidation Act 2010, section 10",
                url="https://revisedacts.lawreform.ie/eli/2010/act/31/section/10/revised/en/html",
                read_on=_READ_ON,
                confidence=Confidence.A,
                note="The section itself; since 2003: Revenue's Tax Briefing 58.",
            ),
        ),
    ),
    thresholds=(
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(85_000),
            currency="EUR",
            applies_to=_GOODS,
            since=date(2025, 1, 1),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(80_000),
            currency="EUR",
            applies_to=_GOODS,
            since=date(2024, 1, 1),
            until=date(2024, 12, 31),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(75_000),
            currency="EUR",
            applies_to=_GOODS,
            since=date(2008, 5, 1),
            until=date(2023, 12, 31),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(42_500),
            currency="EUR",
            applies_to=_SERVICES,
            since=date(2025, 1, 1),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(40_000),
            currency="EUR",
            applies_to=_SERVICES,
            since=date(2024, 1, 1),
            until=date(2024, 12, 31),
            source=_THRESHOLDS,
        ),
        Threshold(
            kind=ThresholdKind.REGISTRATION,
            amount=Decimal(37_500),
            currency="EUR",
            applies_to=_SERVICES,
            since=date(2008, 5, 1),
            until=date(2023, 12, 31),
            source=_THRESHOLDS,
        ),
    ),
    notes={
        "hospitality": "9 % from July 2011, 13.5 % from 2019, 9 % from November 2020, 13.5 % from "
        "September 2023 (one source says March 2023), 9 % for food and hairdressing only since "
        "1 July 2026.",
        "foreign suppliers": "marosavat.com says that services are charged to the customer too, "
        "brexitlegal.ie that services about property make a seller register; so it is left "
        "unknown. Gas, heat and electricity from abroad are charged to the customer (section "
        "10(1), the Directive's Article 195).",
        "small businesses": "Below the registration thresholds a business does not register; no "
        "sentence for its invoices is laid down.",
        "reverse charge": "Emission allowances are charged to the customer since April 2010; no "
        "code is theirs.",
        "two thirds": "A service is taxed as a supply of goods when the goods in it cost more "
        "than two thirds of the price (section 41).",
    },
)
