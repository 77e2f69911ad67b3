"""Goods that bear another rate than the standard one in Cyprus."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

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
_ZERO24 = Source(
    title="Διατάγματα του Υπουργικού Συμβουλίου του 2024",
    url="https://www.mof.gov.cy/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "That the zero rate of 2025 ended with 2025 and was prolonged read at "
        "philenews.com; from which day on in autumn 2024 it began is from memory."
    ),
)
_FIVE = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), Πέμπτο Παράρτημα",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory; codes chosen by us.",
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

LOWER_GOODS = (
    LowerRate(
        rate="reduced",
        what="Live animals, food",
        cn=(
            *("01", "02", "03", "04", "07", "08", "09", "10", "11", "12", "15", "16"),
            *("17", "18", "19", "20", "21"),
        ),
        since=date(2008, 1, 1),
        source=_FIVE,
    ),
    LowerRate(
        rate="standard",
        what="Sweets, chocolate, juices, ice cream",
        cn=("1704", "1806", "2009", "2105"),
        source=_FIVE,
    ),
    LowerRate(
        rate="reduced",
        what="Crisps, roasted nuts",
        cn=("190590", "200520", "2008"),
        since=date(2008, 1, 1),
        asks="whether it is a savoury snack or roasted nuts (then the standard rate)",
        source=_FIVE,
    ),
    LowerRate(
        rate="zero",
        what="Meat",
        cn=("0201", "0202", "0203", "0204", "0207", "020810"),
        since=date(2023, 12, 1),
        until=date(2024, 9, 30),
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Milk, eggs, bread",
        cn=("0401", "0402", "0407", "19059030"),
        since=date(2023, 5, 5),
        until=date(2024, 9, 30),
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Tomatoes, onions, cabbages, lettuce, roots, cucumbers, pulses, other vegetables",
        cn=("0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709"),
        since=date(2025, 1, 1),
        until=date(2026, 12, 31),
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Vegetables",
        cn=("0702", "0703", "0704", "0705", "0706", "0707", "0708", "0709"),
        since=date(2023, 12, 1),
        until=date(2024, 12, 31),
        source=_ZERO24,
    ),
    LowerRate(
        rate="zero",
        what="Potatoes",
        cn=("0701",),
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Fruit that the decree names",
        cn=("0803", "0804", "0805", "0806", "0807", "0808", "0809", "0810"),
        since=date(2025, 1, 1),
        until=date(2026, 12, 31),
        asks="whether it is fresh and one of the fruits that the decree names",
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Coffee, sugar",
        cn=("0901", "1701"),
        since=date(2023, 11, 1),
        until=date(2024, 9, 30),
        source=_ZERO,
    ),
    LowerRate(
        rate="zero",
        what="Milk and food of infants",
        cn=("190110",),
        since=date(2023, 5, 5),
        until=date(2026, 12, 31),
        source=_ZERO,
    ),
    LowerRate(rate="reduced", what="Water in bottles", cn=("2201",), source=_FIVE),
    LowerRate(rate="reduced", what="Animal feed, fertilizers", cn=("23", "31"), source=_FIVE),
    LowerRate(rate="reduced", what="Gas in bottles", cn=("271112", "271113"), source=_FIVE),
    LowerRate(
        rate="reduced", what="Vaccines, medicines", cn=("3002", "3003", "3004"), source=_FIVE
    ),
    LowerRate(
        rate="super reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        since=date(2023, 7, 21),
        source=_THREE,
    ),
    LowerRate(
        rate="reduced",
        what="Books, newspapers, picture books, music, maps",
        cn=("4901", "4902", "4903", "4904", "4905"),
        until=date(2023, 7, 20),
        source=_FIVE,
    ),
    LowerRate(
        rate="super reduced",
        what="Wheelchairs",
        cn=("8713",),
        since=date(2023, 7, 21),
        asks=(
            "whether it is for the personal use of a person with a disability (0 %) or not (3 %)"
        ),
        source=_THREE,
    ),
    LowerRate(
        rate="super reduced",
        what="Artificial limbs and joints, hearing aids",
        cn=("9021",),
        since=date(2023, 7, 21),
        source=_THREE,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        until=date(2023, 7, 20),
        source=_FIVE,
    ),
    LowerRate(
        rate="zero",
        what="Diapers, menstrual and incontinence articles",
        cn=("9619",),
        since=date(2023, 5, 5),
        until=date(2026, 12, 31),
        source=_ZERO,
    ),
)
