"""Domestic supplies in the Netherlands for which the customer owes the VAT ("btw verlegd")."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_URL = "https://wetten.overheid.nl/"
_READ_ON = date(2026, 11, 21)

_ELECTRONICS = Source(
    title="Uitvoeringsbesluit omzetbelasting 1968, artikel 24ba, eerste lid",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="lexology.com and PwC (2013): from 1 April 2013, 10,000 and above; marosavat.com. The "
    "number within the article is from memory.",
)
_SUBCONTRACTORS = Source(
    title="Uitvoeringsbesluit omzetbelasting 1968, artikel 24b",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Construction: marosavat.com, stripe.com. Cleaning, ships and staff: from memory.",
)
_SCRAP = Source(
    title="Uitvoeringsbesluit omzetbelasting 1968, artikel 24bb",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="marosavat.com, stripe.com; the codes are those of the Directive's Annex VI, by heart.",
)
_GOLD = Source(
    title="Uitvoeringsbesluit omzetbelasting 1968, artikel 24bb; Richtlijn 2006/112/EG, art. 198",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_TELECOMS = Source(
    title="Uitvoeringsbesluit omzetbelasting 1968, artikel 24ba",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="marosavat.com: since June 2017. That the buyer resells is from memory.",
)

_ELECTRONICS_SINCE = date(2013, 4, 1)
_TEN_THOUSAND = Decimal(10_000)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap, waste and used materials",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "6310", "7001"),
            *("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2007, 1, 1),
        source=_SCRAP,
    ),
    ReverseCharge(
        what="Gold of a purity of at least 325 thousandths",
        cn=("7108",),
        asks="whether it is industrial gold, or investment gold with the option to tax",
        source=_GOLD,
    ),
    ReverseCharge(
        what="Laptops and tablets",
        cn=("847130",),
        minimum=_TEN_THOUSAND,
        since=_ELECTRONICS_SINCE,
        source=_ELECTRONICS,
    ),
    ReverseCharge(
        what="Mobile telephones without a subscription",
        cn=("851712", "851713", "851714"),
        minimum=_TEN_THOUSAND,
        since=_ELECTRONICS_SINCE,
        source=_ELECTRONICS,
    ),
    ReverseCharge(
        what="Integrated circuits before they are built into a product",
        cn=("854231",),
        minimum=_TEN_THOUSAND,
        since=_ELECTRONICS_SINCE,
        source=_ELECTRONICS,
    ),
    ReverseCharge(
        what="Game consoles",
        cn=("950450",),
        minimum=_TEN_THOUSAND,
        since=_ELECTRONICS_SINCE,
        source=_ELECTRONICS,
    ),
    ReverseCharge(
        what="Construction, shipbuilding and cleaning by subcontractors",
        cpa=("30.11.9", "33.15", "41.00.3", "41.00.4", "42", "43", "81.2"),
        asks="whether the seller is a subcontractor of a buyer that is a contractor or owns its "
        "own building works",
        source=_SUBCONTRACTORS,
    ),
    ReverseCharge(
        what="Telecommunications",
        cpa=("61",),
        asks="whether the buyer supplies telecommunications itself",
        since=date(2017, 6, 1),
        source=_TELECOMS,
    ),
    ReverseCharge(
        what="Staff supplied for construction, shipbuilding, cleaning",
        cpa=("78.2", "78.3"),
        asks="whether the staff works on construction, ships or cleaning for a contractor",
        source=_SUBCONTRACTORS,
    ),
)
