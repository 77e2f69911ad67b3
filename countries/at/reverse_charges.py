"""For what the customer owes Austrian VAT although the supplier is established there."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_BUILD = Source(
    title="Umsatzsteuergesetz 1994 (UStG 1994) § 19 Abs. 1a",
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at Haufe and in the BMF's decree of 2002-08-20; cleaning since 2011 in a "
        "text of the Deutsche Handelskammer."
    ),
)
_RC = Source(
    title=(
        "Umsatzsteuergesetz 1994 (UStG 1994) § 19 Abs. 1d, 1e; "
        "Umsatzsteuerbetrugsbekämpfungsverordnung (UStBBKV); "
        "Schrott-Umsatzsteuerverordnung"
    ),
    url="https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10004873",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="The regulation of 2014 read at Haufe; scrap, phones and circuits from memory.",
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap and waste of paper, glass, textiles, plastic and metals",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "6310", "7001", "7112"),
            *("7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2007, 7, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Gas through the network and electricity, to a dealer",
        cn=("2716", "271121"),
        since=date(2014, 1, 1),
        asks="whether the buyer resells gas or electricity",
        source=_RC,
    ),
    ReverseCharge(
        what="Gold of at least 325 thousandths",
        cn=("7108", "7109"),
        since=date(2014, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Metals, unwrought and half-finished",
        cn=(
            *("7106", "7107", "7110", "7111", "7201", "7202", "7203", "7205", "7206"),
            *("7207", "7208", "7402", "7403", "7405", "7407", "7409", "7502", "7505"),
            *("7601", "7604", "7606", "7801", "7804", "7901", "7905", "8001", "8003"),
        ),
        since=date(2014, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Mobile phones, integrated circuits",
        cn=("851712", "851713", "851714", "8542"),
        since=date(2012, 1, 1),
        minimum=Decimal(5000),
        source=_RC,
    ),
    ReverseCharge(
        what="Laptops, tablet computers, game consoles",
        cn=("847130", "950450"),
        since=date(2014, 1, 1),
        minimum=Decimal(5000),
        source=_RC,
    ),
    # Cleaning of buildings is construction since 2011. 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2002, 10, 1),
        asks=(
            "whether the buyer was commissioned with this construction or usually supplies "
            "construction"
        ),
        source=_BUILD,
    ),
    ReverseCharge(
        what="Cleaning of buildings",
        cpa=("81.21", "81.22"),
        since=date(2011, 1, 1),
        asks=(
            "whether the buyer was commissioned with this construction or usually supplies "
            "construction"
        ),
        source=_BUILD,
    ),
)
