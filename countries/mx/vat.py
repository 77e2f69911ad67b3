"""VAT of Mexico (impuesto al valor agregado)."""

from datetime import date

from countries.mx.exemptions import EXEMPTIONS
from countries.mx.lower_rates import LOWER_RATES
from countries.mx.rates import RATES
from countries.mx.sources import RFC
from countries.vat.system import Currency, Identifier, VatSystem

VAT = VatSystem(
    code="MX",
    country="Mexico",
    name="Impuesto al valor agregado (IVA)",
    currencies=(Currency(code="MXN"),),
    identifier=Identifier(
        name="Registro Federal de Contribuyentes (RFC)",
        prefix="",
        pattern=r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}",
        source=RFC,
    ),
    rates=RATES,
    declared_since=date(1995, 4, 1),
    lower_rates=LOWER_RATES,
    codes_declared=True,
    exemptions=EXEMPTIONS,
    notes={
        "border": (
            "In the northern border zone since 2019-01-01, in the southern since "
            "2021-01-01, registered businesses credit half the tax, so that 8 per cent "
            "is charged. Decrees prolonged it until 2025-12-31; a prolongation was "
            "asked for and not found here."
        ),
        "retention": (
            "Companies withhold a part or all of the tax from persons, hauliers and "
            "others (artículo 1o.-A): the invoice shows it as retention. It is no "
            "reverse charge and is not declared."
        ),
        "food prepared": (
            "Food prepared to be eaten where it is sold bears the standard rate, even "
            "when it is taken away."
        ),
        "registration": "There is no threshold.",
    },
)
