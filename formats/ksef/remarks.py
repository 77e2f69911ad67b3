"""Terms of EN 16931 that FA(3) has no element for: they travel as DodatkowyOpis.

The schema keeps DodatkowyOpis (a name and a value, up to 256 characters each) for what has no
field of its own. Ours name the term and its place in the canonical invoice:

    <Klucz>BT-10 /buyer_reference</Klucz><Wartosc>PO 4711</Wartosc>

and stand behind all others. Read, they add what nothing else in the document says; they never
change what an element of FA(3) says, but for the codes of `CHANGEABLE`, of which FA(3) knows
fewer than EN 16931. What breaks these rules is an ordinary DodatkowyOpis, kept by the extension.
"""

import re

from formats.en16931.model import Invoice
from formats.ksef.tree import Tree
from formats.remarks import Remark, applied, travelling
from formats.xml import WHITESPACE

__all__ = ["Remark", "applied", "remarks", "told"]

_KEY = re.compile(
    r"(?P<term>[A-Z0-9][A-Za-z0-9-]*) (?P<place>(?:/[a-z0-9_]+)+)(?: \((?P<n>\d+)\))?"
)
_LENGTH = 256


def remarks(invoice: Invoice, back: Invoice, numbers: list[str]) -> list[Tree]:
    """Return DodatkowyOpis for what is homeless and can travel.

    Args:
        invoice: What is to be written.
        back: What is read without any remark.
        numbers: NrWierszaFa of the lines.
    """
    made = []
    for leaf, place, text in travelling(invoice, back):
        made += _entries(f"{leaf.term or 'EN'} {place}", text, _line(leaf.pointer, numbers))
    return made


def _line(pointer: str, numbers: list[str]) -> str | None:
    steps = pointer.split("/", 3)
    return numbers[int(steps[2])] if steps[1] == "lines" else None


def _entries(key: str, text: str, line: str | None) -> list[Tree]:
    """Return a text in pieces that the schema and a reader that trims take."""
    pieces, rest = [], text.strip(WHITESPACE)
    while rest:
        cut = min(len(rest), _LENGTH)
        while cut < len(rest) and (rest[cut - 1] in WHITESPACE or rest[cut] in WHITESPACE):
            cut -= 1
            if not cut:
                return []  # 256 blanks in a row
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [
        ({"NrWiersza": line} if line else {})
        | {"Klucz": f"{key} ({n})" if n > 1 else key, "Wartosc": piece}
        for n, piece in enumerate(pieces, 1)
    ]


def told(entries: list[Tree]) -> tuple[list[Tree], list[Remark]]:
    """Return the ordinary entries, and the remarks that stand behind them."""
    found: list[Remark] = []
    start = len(entries)
    for at, entry in enumerate(entries):
        match = _KEY.fullmatch(entry.get("Klucz", ""))
        if match is None:
            found, start = [], len(entries)
            continue
        start = min(start, at)
        place, text, term = match["place"], entry.get("Wartosc", ""), match["term"]
        if match["n"] is not None:
            if not found or found[-1].place != place:
                return entries, []
            found[-1] = found[-1]._replace(text=found[-1].text + text)
        else:
            found.append(Remark(place, text, term))
    return entries[:start], found
