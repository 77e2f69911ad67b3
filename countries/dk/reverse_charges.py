"""For what the customer owes Danish VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Momsloven, § 46, stk. 1, nr. 4 til 10",
    url="https://www.retsinformation.dk/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Phones, circuits, consoles, tablets and laptops (lov nr. 1637 af 26. december "
        "2013), with the exception of retailers, and scrap with scrap of electronics read "
        "at skat.dk; days from memory."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap of metals and of electronics",
        cn=("7204", "7404", "7503", "7602", "7802", "7902", "8002", "8549"),
        since=date(2012, 7, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Electricity and gas through the network, to a dealer",
        cn=("2716", "271121"),
        since=date(2015, 1, 1),
        asks="whether the buyer resells gas or electricity",
        source=_RC,
    ),
    ReverseCharge(what="Gold of at least 325 thousandths", cn=("7108", "7109"), source=_RC),
    ReverseCharge(
        what="Mobile phones, circuits, laptops, tablet computers, game consoles",
        cn=("847130", "851712", "851713", "851714", "8542", "950450"),
        since=date(2014, 7, 1),
        asks="whether the supplier sells mostly to consumers (then it does not apply)",
        source=_RC,
    ),
)
