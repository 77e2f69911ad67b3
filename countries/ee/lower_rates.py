"""What bears another rate than the standard one in Estonia."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import LowerRate

_NINE = Source(
    title="Käibemaksuseadus (KMS) § 15 lg 2",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Books in print, and electronic since 2020-05-01, read at emta.ee; medicines in "
        "Tolley; codes chosen by us."
    ),
)
_PRESS = Source(
    title="Käibemaksuseadus (KMS) § 15 lg 2 ja 5",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=("5 % at emta.ee, 9 % since 2025 in ibericode's table; from 2022-08-01 from memory."),
)
_STAYS = Source(
    title="Käibemaksuseadus (KMS) § 15 lg 2 ja 4",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "13 % since 2025 in ibericode's table and at mindlink.lv; marosavat.com still "
        "lists stays at 9 %."
    ),
)

LOWER_RATES = (
    LowerRate(
        rate="reduced",
        what="Medicines, contraceptives",
        cn=("3002", "3003", "3004", "300660", "401410"),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Books, picture books, music",
        cn=("4901", "4903", "4904"),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals",
        cn=("4902",),
        since=date(2025, 1, 1),
        source=_PRESS,
    ),
    LowerRate(
        rate="super reduced",
        what="Newspapers and journals",
        cn=("4902",),
        since=date(2022, 8, 1),
        until=date(2024, 12, 31),
        source=_PRESS,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals",
        cn=("4902",),
        until=date(2022, 7, 31),
        source=_PRESS,
    ),
    LowerRate(
        rate="reduced",
        what="Wheelchairs, artificial limbs and joints, hearing aids",
        cn=("8713", "9021"),
        asks="whether it is on the minister's list for the disabled",
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Menstrual pads and tampons",
        cn=("96190040", "96190071", "96190075", "96190079"),
        source=_NINE,
    ),
    LowerRate(
        rate="second reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        since=date(2025, 1, 1),
        source=_STAYS,
    ),
    LowerRate(
        rate="reduced",
        what="Short stays",
        cpa=("55.1", "55.2", "55.3"),
        until=date(2024, 12, 31),
        source=_STAYS,
    ),
    LowerRate(
        rate="reduced",
        what="Books in electronic form",
        cpa=("58.11.2", "58.11.3"),
        since=date(2020, 5, 1),
        source=_NINE,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2025, 1, 1),
        source=_PRESS,
    ),
    LowerRate(
        rate="super reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2022, 8, 1),
        until=date(2024, 12, 31),
        source=_PRESS,
    ),
    LowerRate(
        rate="reduced",
        what="Newspapers and journals in electronic form",
        cpa=("58.13.2", "58.14.2"),
        since=date(2020, 5, 1),
        until=date(2022, 7, 31),
        source=_PRESS,
    ),
)
