"""Spanish VAT (IVA) on the mainland and the Balearic Islands."""

from datetime import date

from countries.es.lower_goods import LOWER_GOODS
from countries.es.lower_services import LOWER_SERVICES
from countries.es.rates import RATES
from countries.es.reverse_charges import REVERSE_CHARGES
from countries.sources import Confidence, Source
from countries.vat.system import Currency, ForeignSuppliers, Identifier, VatSystem

_FOREIGN = Source(
    title="Ley 37/1992, artículo 84.Uno.2.º a)",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note="Text of the article read at supercontable.com.",
)
_ID = Source(
    title="Ley 37/1992, artículo 164.Uno.2.º; Real Decreto 1065/2007, artículo 25",
    url="https://www.boe.es/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Form as python-stdnum's stdnum.es.nif knows it.",
)

VAT = VatSystem(
    code="ES",
    country="Spain",
    name="Impuesto sobre el Valor Añadido (IVA)",
    currencies=(Currency(code="EUR"),),
    identifier=Identifier(
        name="NIF-IVA",
        prefix="ES",
        pattern="ES[0-9A-Z][0-9]{7}[0-9A-Z]",
        source=_ID,
    ),
    rates=RATES,
    declared_since=date(1995, 1, 1),
    lower_rates=LOWER_GOODS + LOWER_SERVICES,
    codes_declared=True,
    reverse_charges=REVERSE_CHARGES,
    foreign_suppliers=(ForeignSuppliers(goods=True, services=True, source=_FOREIGN),),
    notes={
        "territories": "The Canaries, Ceuta and Melilla are outside the territory of the tax.",
        "small business": ("Spain has no exemption of small businesses, only simplified schemes."),
        "foreign suppliers": (
            "Not for the letting of immovable property and its brokers "
            "(since 2023), and for services not where the buyer too is "
            "established abroad."
        ),
        "energy of 2026": (
            "From 2026-03-22 electricity, gas and motor fuels bear 10 %; it was "
            "announced as temporary, and until when it held was not found, so "
            "it is asked."
        ),
        "masks": ("4 % (2020-11 to 2022-06) and the zero rates of the pandemic are not declared."),
        "surcharge": "Retailers' surcharge (recargo de equivalencia) is not declared.",
    },
)
