"""An FA as the authority reads it: what it registers, and what it looks at."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from gateway.sandbox.ksef import identity

_DISCOURAGED = re.compile(
    "[\x7f-\x84\x86-\x9f\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
KINDS = {
    "VAT": "Vat",
    "ZAL": "Zal",
    "KOR": "Kor",
    "ROZ": "Roz",
    "UPR": "Upr",
    "KOR_ZAL": "KorZal",
    "KOR_ROZ": "KorRoz",
}
"""RodzajFaktury, as metadata spell it."""
_NET = ("P_13_1", "P_13_2", "P_13_3", "P_13_4", "P_13_5", "P_13_6_1", "P_13_6_2", "P_13_6_3",
        "P_13_7", "P_13_8", "P_13_9", "P_13_10", "P_13_11")  # fmt: skip
_VAT = ("P_14_1", "P_14_2", "P_14_3", "P_14_4", "P_14_5")


class NotFaError(ValueError):
    """It cannot be read; the message is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fa:
    """What is registered of an invoice."""

    form: tuple[str, str, str]
    seller: str
    seller_name: str
    buyer: tuple[str, str]
    buyer_name: str
    third: tuple[str, ...]
    kind: str
    number: str
    issue_date: datetime.date
    currency: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    self_invoicing: bool
    attachment: bool


def root_of(content: bytes) -> etree._Element:
    """Read an invoice as XML.

    Raises:
        NotFaError: It is not what KSeF reads (weryfikacja-faktury.md).
    """
    if content.startswith(b"\xef\xbb\xbf"):
        raise NotFaError("Plik zawiera znacznik BOM.")
    try:
        text = content.decode("utf-8")
        root = identity.parsed(content)
    except ValueError as error:
        raise NotFaError("Nieprawidłowy XML") from error
    declared = root.getroottree().docinfo.encoding or "UTF-8"
    if declared.upper() != "UTF-8":
        raise NotFaError("Nieprawidłowe kodowanie znaków")
    if any(True for _ in root.iter(etree.ProcessingInstruction)):
        raise NotFaError("Instrukcje przetwarzania są niedozwolone")
    if _DISCOURAGED.search(text):
        raise NotFaError("Niezalecane znaki Unicode")
    return root


def read(root: etree._Element) -> Fa:
    """Read an invoice.

    Raises:
        NotFaError: Something that every FA has is missing.
    """
    code = root.find("{*}Naglowek/{*}KodFormularza")
    if code is None or etree.QName(root).localname != "Faktura":
        raise NotFaError("KodFormularza")
    try:
        issue_date = datetime.date.fromisoformat(_text(root, "Fa/P_1"))
        money = {one: _sum(root, names) for one, names in (("net", _NET), ("vat", _VAT))}
        gross = Decimal(_text(root, "Fa/P_15"))
    except (ValueError, InvalidOperation) as error:
        raise NotFaError(f"P_1, P_15: {error}") from error
    kind = _text(root, "Fa/RodzajFaktury")
    return Fa(
        form=(code.get("kodSystemowy", ""), code.get("wersjaSchemy", ""), code.text or ""),
        seller=_text(root, "Podmiot1/DaneIdentyfikacyjne/NIP"),
        seller_name=_some(root, "Podmiot1/DaneIdentyfikacyjne/Nazwa"),
        buyer=_buyer(root),
        buyer_name=_some(root, "Podmiot2/DaneIdentyfikacyjne/Nazwa"),
        third=_third(root),
        kind=kind,
        number=_text(root, "Fa/P_2"),
        issue_date=issue_date,
        currency=_some(root, "Fa/KodWaluty") or "PLN",
        gross=gross,
        self_invoicing=_some(root, "Fa/Adnotacje/P_17") == "1",
        attachment=root.find("{*}Zalacznik") is not None,
        **money,
    )


def _buyer(root: etree._Element) -> tuple[str, str]:
    for name, kind in (("NIP", "Nip"), ("NrVatUE", "VatUe"), ("NrID", "Other")):
        if value := _some(root, f"Podmiot2/DaneIdentyfikacyjne/{name}"):
            return kind, value
    return "None", ""


def _third(root: etree._Element) -> tuple[str, ...]:
    found = root.findall("{*}Podmiot3/{*}DaneIdentyfikacyjne/{*}NIP")
    return tuple((one.text or "").strip() for one in found)


def _sum(root: etree._Element, names: tuple[str, ...]) -> Decimal:
    found = [_some(root, f"Fa/{name}") for name in names]
    return sum((Decimal(one) for one in found if one), Decimal(0))


def _some(root: etree._Element, path: str) -> str:
    return (root.findtext("/".join(f"{{*}}{step}" for step in path.split("/"))) or "").strip()


def _text(root: etree._Element, path: str) -> str:
    found = _some(root, path)
    if not found:
        raise NotFaError(f"{path}: brak wartości")
    return found
