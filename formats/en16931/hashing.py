r"""What an invoice says, as one hash: the same for the same invoice in any syntax.

The canonical form (version 1), over which the hash is taken, is one JSON text in UTF-8: no spaces
between tokens, the members of every object sorted by name (in code point order), text as it is but
for `"`, `\` and control characters.

* The invoice is an object. A member's name is the id of its business term or group (`BT-1`,
  `BG-4`); groups that the model keeps flat (BG-29, BG-30, BG-31) add no level. Terms that are no
  terms of EN 16931-1 are left out, and so is BG-2: what a document claims to follow is not what it
  says. Of the extensions, the lines inside a line (`BG-25+`) and the further occurrences of a term
  that EN 16931-1 allows once (`BT-46+`) are its terms too.
* What is absent, blank or an empty group is left out.
* Texts lose white space at both ends; line ends are U+000A. Dates are YYYY-MM-DD. Numbers are
  strings without exponent, without zeros at the end of a fraction and without `-0`.
* An identifier is `{"value"}` with `scheme` and `version` where it has them; an attached file is
  `{"sha256", "mime", "filename"}`.
* What repeats is an array. Lines (BG-25) and notes (BG-1) keep their order, which people read;
  elsewhere EN 16931 knows no order, and the elements are sorted by their own canonical text.
* Payments are normalised as `comparison.normalised` does: BT-90 is an array in the document
  itself, BT-83 and BT-89 are members of the document where all payments have the same, and
  instructions (BG-16) that differ only by account are one. A price discount (BT-147) or gross
  price (BT-148) that follows from the other two prices is there, and so is the subject (BT-21) of
  a note that begins with one in number signs.
* What means the same as its absence is left out: BT-107, BT-108, BT-113 and BT-114 of zero, and a
  price base quantity (BT-149) of one in the line's own unit.
"""

import datetime
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal

from pydantic import BaseModel

from formats.en16931.comparison import is_empty, normalised
from formats.en16931.group import XML_WHITE_SPACE, BinaryObject, SchemedIdentifier
from formats.en16931.leaves import group_terms
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT

PREFIX = "en16931:1:"
"""What every hash begins with; another canonical form gets another number."""

NORMS_OWN = re.compile("B[GT]-[0-9]+")
"""Ids of EN 16931-1 itself; extensions are called BT-X-1, BT-DEX-1, EXT-FR-FE-1 and so on."""

_SUB_LINES = "BG-25+"
_ORDERED = frozenset({"BG-1", "BG-25"})
_SAID_AGAIN = frozenset({"BT-7"})  # CII may say it with every row of the breakdown
_EXCLUDED = frozenset({"BG-2"})
_ZERO_IS_ABSENT = ("sum_of_allowances", "sum_of_charges", "paid_amount", "rounding_amount")
_PARTS: Mapping[type[BaseModel], Mapping[str, str]] = {
    SchemedIdentifier: {
        "value": "value",
        "scheme": "scheme_identifier",
        "version": "scheme_version_identifier",
    },
    BinaryObject: {"sha256": "content", "mime": "mime_code", "filename": "filename"},
}


def semantic_hash(invoice: Invoice) -> str:
    """Return the hash of what an invoice says: `en16931:1:` and 64 hexadecimal digits."""
    return PREFIX + hashlib.sha256(canonical_text(invoice).encode()).hexdigest()


def canonical_text(invoice: Invoice) -> str:
    """Return the canonical form of an invoice, version 1; see the top of this module."""
    normal = normalised(without_defaults(invoice))
    form = canonical_form(normal.invoice)
    document: dict[str, object] = form if isinstance(form, dict) else {}
    once = {"BT-83": normal.remittance, "BT-89": normal.mandate, "BT-90": [*normal.creditors]}
    document |= {term: value for term, value in once.items() if value}
    return _text(document)


def without_defaults(invoice: Invoice) -> Invoice:
    """Leave out what means the same as its absence.

    Sums of allowances and charges, paid and rounding amount of zero (absent, they count as zero in
    BR-CO-13 and BR-CO-16), and a price base quantity of one in the unit of the line.
    """
    zero = {name: None for name in _ZERO_IS_ABSENT if getattr(invoice.totals, name) == 0}
    lines = tuple(_without_base_quantity(line) for line in invoice.lines)
    totals = invoice.totals.model_copy(update=zero) if zero else invoice.totals
    return invoice.model_copy(update={"totals": totals, "lines": lines})


def _without_base_quantity(line: Line) -> Line:
    unit = line.item_price_base_quantity_unit_code
    if line.item_price_base_quantity not in {None, 1} or unit not in {None, line.unit_code}:
        return line
    if line.item_price_base_quantity is None and unit is None:
        return line
    absent = {"item_price_base_quantity": None, "item_price_base_quantity_unit_code": None}
    return line.model_copy(update=absent)


def canonical_form(value: object, *, ordered: bool = False) -> object | None:
    """Return a value of the model in canonical form, or None for one that says nothing."""
    if isinstance(value, tuple):
        entries = [form for entry in value if (form := canonical_form(entry)) is not None]
        return (entries if ordered else sorted(entries, key=_text)) or None
    if isinstance(value, BaseModel):
        return _group(value)
    return None if value is None else _scalar(value)


def _scalar(value: object) -> object | None:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip(XML_WHITE_SPACE) or None
        case Decimal():
            return plain_number(value)
        case datetime.date():
            return value.isoformat()
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case _:  # an indicator or whole number of an extension
            return str(value)


def plain_value(value: object) -> object:
    """Return a value of the model as JSON: every term of a group by its field's name.

    Unlike the canonical form this is for people and programs that know our names: nothing is left
    out but what says nothing, and attached files stand as size and hash.
    """
    if isinstance(value, BinaryObject):
        form = canonical_form(value)
        return {"bytes": len(value.content), **form} if isinstance(form, dict) else None
    if isinstance(value, SchemedIdentifier) and not (
        value.scheme_identifier or value.scheme_version_identifier
    ):
        return _scalar(value.value)
    if isinstance(value, BaseModel):
        return {name: plain_value(inner) for name, inner in value if not is_empty(inner)}
    if isinstance(value, tuple):
        return [plain_value(inner) for inner in value if not is_empty(inner)]
    return None if value is None else _scalar(value)


def plain_number(value: Decimal) -> str:
    """Return a number in one spelling: 12.50, 12.5 and 1.25E+1 are `12.5`."""
    return f"{value.normalize(EXACT):f}" if value else "0"


def _group(group: BaseModel) -> object | None:
    if isinstance(group, SchemedIdentifier | BinaryObject):
        names = _PARTS[type(group)]
        parts = {name: canonical_form(getattr(group, field)) for name, field in names.items()}
    else:
        parts = {
            term: canonical_form(getattr(group, name), ordered=term in _ORDERED)
            for name, term in _norms_fields(type(group))
        }
        extensions: object = getattr(group, "extensions", None)
        if isinstance(extensions, BaseModel):
            parts |= {
                term: canonical_form(getattr(extensions, name), ordered=True)
                for name, term in _further_fields(type(extensions))
            }
    return {name: form for name, form in parts.items() if form is not None} or None


@functools.cache
def _norms_fields(group: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a group that are terms of EN 16931-1, with their ids."""
    return tuple(
        (name, term.id)
        for name, term in group_terms(group).items()
        if NORMS_OWN.fullmatch(term.id) and term.id not in _EXCLUDED
    )


@functools.cache
def _further_fields(extensions: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of extensions that hold terms of EN 16931-1, with their names here."""
    found = [
        (name, f"{term.id}+")
        for name, term in group_terms(extensions).items()
        if term.repeats and NORMS_OWN.fullmatch(term.id) and term.id not in _SAID_AGAIN
    ]
    lines = [("sub_lines", _SUB_LINES)] if "sub_lines" in extensions.model_fields else []
    return (*found, *lines)


def _text(form: object) -> str:
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
