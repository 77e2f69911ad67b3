"""Terms that Facturae has no element for: they stand as lines below a text for people.

    Gracias por su compra.
    BT-10 /buyer_reference: PO 4711

Those of a line are in its AdditionalLineItemInformation below BT-154, the others in
InvoiceAdditionalInformation below the first note (BT-22). Each element takes 2,500 characters:
what goes beyond is left out, and told as lost. See `formats/remarks.py`.
"""

import re
from collections.abc import Iterable

from formats.en16931.model import Invoice
from formats.remarks import Remark, travelling

MOST = 2500
"""Characters of an element (TextMax2500Type)."""

_BREAK = "\n"
_LINE = re.compile(
    r"(?P<term>[A-Z0-9][A-Za-z0-9-]*) (?P<place>(?:/[a-z0-9_]+)+): (?P<text>.*)", re.DOTALL
)
_OF_A_LINE = re.compile(r"/lines/([0-9]+)/")


def placed(invoice: Invoice, back: Invoice) -> dict[int | None, list[Remark]]:
    """Return what travels: by the position of its line, and under None what is of no line.

    Args:
        invoice: What is to be written.
        back: What is read without any remark.
    """
    found: dict[int | None, list[Remark]] = {}
    for leaf, place, text in travelling(invoice, back):
        line = _OF_A_LINE.match(place)
        where = int(line[1]) if line else None
        found.setdefault(where, []).append(Remark(place, text, leaf.term or "EN"))
    return found


def spelled(text: str | None, found: Iterable[Remark]) -> str | None:
    """Return a text with remarks below it; remarks that there is no room for are left out."""
    whole = (text or "")[:MOST]
    for one in found:
        value = one.text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        line = f"{_BREAK if whole else ''}{one.term} {one.place}: {value}"
        if value.strip() and value == value.strip() and len(whole) + len(line) <= MOST:
            whole += line
    return whole or None


def told(text: str | None) -> tuple[str | None, list[Remark]]:
    """Return a text for people, and the remarks below it."""
    lines = (text or "").split("\n")
    found: list[Remark] = []
    while lines and (match := _LINE.fullmatch(lines[-1].strip())):
        value = re.sub(r"\\(.)", _unescaped, match["text"])
        found.insert(0, Remark(match["place"], value, match["term"]))
        lines.pop()
    return "\n".join(lines).strip() or None, found


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r"}.get(found[1], found[1])
