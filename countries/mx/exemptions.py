"""What is exempt in Mexico."""

from countries.mx.sources import GOODS_EXEMPT, SERVICES_EXEMPT
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Urban and suburban passenger transport on land",
        cpa=("49.31",),
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Interest and commissions of credit",
        cpa=("64",),
        asks="whether it is interest that the law exempts",
        source=SERVICES_EXEMPT,
    ),
    Exemption(what="Life and farm insurance", cpa=("65.11",), source=SERVICES_EXEMPT),
    Exemption(what="Land", cpa=("68.10.13", "68.10.15"), source=GOODS_EXEMPT),
    Exemption(what="Dwellings sold", cpa=("68.10.11",), source=GOODS_EXEMPT),
    Exemption(
        what="Dwellings let",
        cpa=("68.20.11",),
        asks="whether it is let furnished or as a hotel",
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Education with official recognition",
        cpa=("85.1", "85.2", "85.3", "85.4"),
        asks="whether the state or a school with official recognition gives it",
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Doctors and dentists",
        cpa=("86.2",),
        asks="whether a licensed person or a civil society of them gives it",
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Hospitals",
        cpa=("86.1",),
        asks="whether it is a public hospital",
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Public shows",
        cpa=("90.01",),
        asks="whether it is a theatre or circus that pays the local tax",
        source=SERVICES_EXEMPT,
    ),
    Exemption(
        what="Lottery tickets",
        cpa=("92",),
        asks="whether it is a lottery or game that a public body allows",
        source=GOODS_EXEMPT,
    ),
    Exemption(
        what="Books not sold by their publisher",
        cn=("4901", "4902"),
        asks="whether its publisher sells it (zero), or another (exempt)",
        source=GOODS_EXEMPT,
    ),
)
