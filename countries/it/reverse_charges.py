"""Domestic supplies in Italy for which the customer owes the VAT ("inversione contabile")."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_URL = "https://www.normattiva.it/"
_READ_ON = date(2026, 11, 21)
_EXPIRY = date(2026, 12, 31)
"""Article 199a of the Directive, and DPR 633/1972, art. 17, ottavo comma."""

_TEMPORARY = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 17, sesto comma, lett. b), c), d-quater), e ottavo",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="Goods and the end of 2026: inquery.it on DL 73/2022, art. 22. First days from memory.",
)
_BUILDING = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 17, sesto comma, lett. a) e a-ter)",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.B,
    note="What is meant: easytax.co. The ATECO codes of a-ter (Circolare 14/E/2015) from memory.",
)
_GOLD = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 17, quinto comma",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.M,
    note="From memory.",
)
_SCRAP = Source(
    title="DPR 26 ottobre 1972, n. 633, art. 74, settimo e ottavo comma",
    url=_URL,
    read_on=_READ_ON,
    confidence=Confidence.A,
    note="all-in-fisco.seac.it lists metals and headings; DL 269/2003, art. 35, the rest. Codes "
    "of scrap are read across; when the wires and brass bars came in was not found.",
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Natural gas and electricity to a taxable dealer",
        cn=("271111", "271121", "2716"),
        asks="whether the buyer buys it to sell it again",
        since=date(2015, 1, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Scrap and waste of paper, rags, bones, leather, glass, rubber and plastics",
        cn=("3915", "4004", "4115", "4707", "6310", "7001"),
        source=_SCRAP,
    ),
    ReverseCharge(
        what="Pallets that were used before",
        cn=("441520",),
        asks="whether the pallets were used before",
        since=date(2007, 1, 1),
        source=_SCRAP,
    ),
    ReverseCharge(
        what="Gold materials, semi-finished gold, and investment gold with the option to tax",
        cn=("7108", "711230", "711291"),
        since=date(2000, 2, 2),
        source=_GOLD,
    ),
    ReverseCharge(
        what="Scrap and unwrought iron, copper, nickel, aluminium, lead, zinc and tin; some wire",
        cn=(
            *("7201", "7202", "7203", "7204", "7205", "7403", "7404", "740721", "740811"),
            *("7502", "7503", "7601", "7602", "760511", "760521", "7801", "7802", "7901"),
            *("7902", "8001", "8002"),
        ),
        source=_SCRAP,
    ),
    ReverseCharge(
        what="Tablets and laptops",
        cn=("847130",),
        asks="whether the supply comes before the retail stage",
        since=date(2016, 5, 2),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Mobile telephones",
        cn=("851713", "851714", "851712"),
        asks="whether the supply comes before the retail stage",
        since=date(2011, 4, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Integrated circuits (processors) before they are built into a product",
        cn=("854231",),
        asks="whether the supply comes before the retail stage",
        since=date(2011, 4, 1),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    ReverseCharge(
        what="Game consoles",
        cn=("950450",),
        asks="whether the supply comes before the retail stage",
        since=date(2016, 5, 2),
        until=_EXPIRY,
        source=_TEMPORARY,
    ),
    # Letter a): only between a subcontractor and who builds or subcontracts.
    ReverseCharge(
        what="Construction services of subcontractors",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        asks="whether the seller is a subcontractor of a buyer that builds or contracts",
        since=date(2007, 1, 1),
        source=_BUILDING,
    ),
    # Letter a-ter): to every business.
    ReverseCharge(
        what="Demolition, installation of systems in buildings and completion of buildings",
        cpa=("43.11", "43.21", "43.22", "43.29", "43.3"),
        since=date(2015, 1, 1),
        source=_BUILDING,
    ),
    ReverseCharge(
        what="Cleaning of buildings",
        cpa=("81.21", "81.22"),
        since=date(2015, 1, 1),
        source=_BUILDING,
    ),
)
