"""Domestic supplies in Romania for which the customer owes the VAT ("taxare inversă")."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_URL = "https://legislatie.just.ro/"
_READ_ON = date(2026, 11, 21)
_EXPIRY = date(2026, 12, 31)
"""Article 199a of the Directive; OUG nr. 85/2022."""
_ELECTRONICS_SINCE = date(2016, 1, 1)
_MINIMUM = Decimal(22_500)

_PERMANENT = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 331 alin. (2) lit. a), b) și h)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="supercontabil.ro lists the goods; their codes are read across, the days from memory.",
)
_TEMPORARY = Source(
    title="Legea nr. 227/2015 privind Codul fiscal, art. 331 alin. (2) lit. c), e), i)-l), alin. "
    "(6); OUG nr. 85/2022",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="orbitax.com and supercontabil.ro: goods, 22,500 lei, the end of 2026. Days from memory.",
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Cereals, industrial crops, oil seeds and sugar beet, not for final consumers",
        cn=(
            *("1001", "1002", "1003", "1005", "1201", "1205", "1206", "121291"),
            "1008",
        ),
        since=date(2011, 6, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Gas and electricity to a trader",
        cn=("2716",),
        asks="whether the buyer is a trader that buys it to sell it again",
        since=date(2013, 9, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Natural gas to a trader",
        cn=("271111", "271121"),
        asks="whether the buyer is a trader that buys it to sell it again",
        since=date(2021, 1, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Waste and recyclable materials of metal, paper, textile, rubber, plastic, glass",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "6310", "7001"),
            *("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        source=_PERMANENT,
    ),
    ReverseCharge(
        what="Wood",
        cn=("4401", "4402", "4403", "4404", "4406", "4407", "4408", "4409"),
        source=_PERMANENT,
    ),
    ReverseCharge(
        what="Gold of 325 thousandths or more, and investment gold with the option to tax",
        cn=("7108",),
        since=_ELECTRONICS_SINCE,
        source=_PERMANENT,
    ),
    ReverseCharge(
        what="Tablets and laptops",
        cn=("847130",),
        minimum=_MINIMUM,
        since=_ELECTRONICS_SINCE,
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Mobile telephones",
        cn=("851712", "851713", "851714"),
        minimum=_MINIMUM,
        since=_ELECTRONICS_SINCE,
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Integrated circuits before they are built into a product",
        cn=("854231",),
        minimum=_MINIMUM,
        since=_ELECTRONICS_SINCE,
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Game consoles",
        cn=("950450",),
        minimum=_MINIMUM,
        since=_ELECTRONICS_SINCE,
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
)
