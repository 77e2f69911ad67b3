"""The rates of Cypriot VAT."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import Rate

_RATES = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), άρθρο 17, 18, 18Α, 18Β",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "19, 9 and 5 % in the Commission's lists of 2014 and 2017; 3 % from 2023-07-21 at "
        "meridianglobalservices.com; the older days from memory."
    ),
)
_ZERO = Source(
    title="Διατάγματα του Υπουργικού Συμβουλίου, Κ.Δ.Π. 337/2025 και προηγούμενα",
    url="https://www.mof.gov.cy/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "2026 with its customs codes read at oeb.org.cy; 2023 and 2024 at "
        "regfollower.com, andersen.com and cbn.com.cy."
    ),
)
_THREE = Source(
    title=(
        "Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), όπως τροποποιήθηκε στις 21 "
        "Ιουλίου 2023"
    ),
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Read at andersen.com with customs codes, meridianglobalservices.com, "
        "marosavat.com and pagero.com; CPA codes chosen by us."
    ),
)

RATES = (
    Rate(name="standard", percent=Decimal(19), since=date(2014, 1, 13), source=_RATES),
    Rate(
        name="standard",
        percent=Decimal(18),
        since=date(2013, 1, 14),
        until=date(2014, 1, 12),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(17),
        since=date(2012, 3, 1),
        until=date(2013, 1, 13),
        source=_RATES,
    ),
    Rate(
        name="standard",
        percent=Decimal(15),
        since=date(2003, 1, 1),
        until=date(2012, 2, 29),
        source=_RATES,
    ),
    Rate(name="reduced", percent=Decimal(5), since=date(2003, 1, 1), source=_RATES),
    Rate(name="second reduced", percent=Decimal(9), since=date(2014, 1, 13), source=_RATES),
    Rate(
        name="second reduced",
        percent=Decimal(8),
        since=date(2005, 8, 1),
        until=date(2014, 1, 12),
        source=_RATES,
    ),
    Rate(name="super reduced", percent=Decimal(3), since=date(2023, 7, 21), source=_THREE),
    Rate(name="zero", percent=Decimal(0), since=date(2023, 5, 5), source=_ZERO),
)
