"""The short form of the API: other names for EN 16931 fields, and the way back for pointers.

`{"customer": {"name": ...}, "items": [{"name": ..., "quantity": 1, "price": 99}]}` is the same
invoice as one written with `buyer` and `lines`. The body is renamed once, before anything looks
at it; whoever reports a problem afterwards asks `PointerMap.as_sent` where the caller wrote it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PARTY = {
    "vat_id": "vat_identifier",
    "email": "contact/email_address",
    "phone": "contact/telephone_number",
    "contact_name": "contact/point",
    "address": "postal_address/line_1",
    "address_2": "postal_address/line_2",
    "city": "postal_address/city",
    "post_code": "postal_address/post_code",
    "country_code": "postal_address/country_code",
}
_LINE = {
    "name": "item_name",
    "description": "item_description",
    "quantity": "invoiced_quantity",
    "unit": "unit_code",
    "price": "item_net_price",
    "gross_price": "item_gross_price",
    "base_quantity": "item_price_base_quantity",
}
ALIASES: Mapping[str, str] = {
    "customer": "buyer",
    "items": "lines",
    "due_date": "payment_due_date",
    "currency": "currency_code",
    "allowances": "document_level_allowances",
    "charges": "document_level_charges",
    "paid_amount": "totals/paid_amount",
    "prepaid_amount": "totals/paid_amount",
    "rounding_amount": "totals/rounding_amount",
    "exchange_rate": "vat_accounting_exchange_rate",
    "delivery_date": "delivery_information/actual_delivery_date",
    "note": "notes",
}
"""Top-level aliases. Inside parties and `lines` those of `_PARTY` and `_LINE` hold as well."""

SHORT_NAMES: Mapping[str, Mapping[str, str]] = {
    "": ALIASES,
    "buyer": _PARTY,
    "seller": _PARTY,
    "lines": _LINE,
}
"""Every short name and what it stands for, by the field it stands in; "" is the body itself."""

_PARTIES = ("buyer", "seller")

_ONE_OR_MANY: Mapping[str, tuple[type, ...]] = {
    "payment_instructions": (Mapping,),
    "notes": (str, Mapping),
}
"""Lists of which there is mostly one: EN 16931 has BG-16 once. What else is no list is refused."""


def short_names_at(path: Sequence[int | str]) -> Mapping[str, str]:
    """Return the short names of the object at a path of canonical names; mostly there are none."""
    match path:
        case []:
            return ALIASES
        case [("buyer" | "seller") as party]:
            return SHORT_NAMES[party]
        case ["lines", int()]:
            return _LINE
        case _:
            return {}


class AliasClashError(ValueError):
    """The body names the same field twice, once by its name and once by an alias."""

    def __init__(self, pointer: str, canonical: str) -> None:
        super().__init__(f"{pointer} and {canonical} are the same field; give one of them")
        self.pointer = pointer
        self.canonical = canonical


@dataclass(frozen=True, slots=True)
class PointerMap:
    """Canonical JSON pointers and where the caller wrote that value."""

    sent: Mapping[str, str] = field(default_factory=dict)

    def as_sent(self, pointer: str) -> str:
        """Return the pointer into the body as sent; unchanged where no alias was used."""
        parts = pointer.split("/")
        for length in range(len(parts), 1, -1):
            prefix = "/".join(parts[:length])
            if prefix in self.sent:
                return "/".join([self.sent[prefix], *parts[length:]])
        return pointer


def canonical(body: Mapping[str, object]) -> tuple[dict[str, object], PointerMap]:
    """Rename aliases to EN 16931 names.

    Args:
        body: The JSON object as sent; it is not changed.

    Returns:
        The renamed object, and the map back to the caller's own names.

    Raises:
        AliasClashError: A field is given under both names.
    """
    sent: dict[str, str] = {}
    renamed = _rename(body, ALIASES, "", "", sent)
    for name in _PARTIES:
        party, at = renamed.get(name), f"/{name}"
        if isinstance(party, Mapping):
            renamed[name] = _rename(party, _PARTY, at, sent.get(at, at), sent)
    for name, single in _ONE_OR_MANY.items():
        if isinstance(renamed.get(name), single):
            sent[f"/{name}/0"] = sent.get(f"/{name}", f"/{name}")
            renamed[name] = [renamed[name]]
    notes = renamed.get("notes")
    if isinstance(notes, list):
        renamed["notes"] = [_note(note, f"/notes/{n}", sent) for n, note in enumerate(notes)]
    lines = renamed.get("lines")
    if isinstance(lines, list):
        written = sent.get("/lines", "/lines")
        renamed["lines"] = [
            _rename(line, _LINE, f"/lines/{number}", f"{written}/{number}", sent)
            if isinstance(line, Mapping)
            else line
            for number, line in enumerate(lines)
        ]
    return renamed, PointerMap(sent)


def _note(note: object, at: str, sent: dict[str, str]) -> object:
    """Return a note; a text alone is one without subject (BT-21)."""
    if not isinstance(note, str):
        return note
    sent[f"{at}/note"] = sent.get(at, at)
    return {"note": note}


def _rename(
    group: Mapping[str, object],
    aliases: Mapping[str, str],
    at: str,
    written_at: str,
    sent: dict[str, str],
) -> dict[str, object]:
    """Rename the keys of one object; an alias with a slash goes one level down."""
    renamed: dict[str, object] = {
        name: value for name, value in group.items() if name not in aliases
    }
    for alias, name in aliases.items():
        if alias not in group:
            continue
        outer, _, inner = name.partition("/")
        if not inner:
            if name in renamed:
                raise AliasClashError(_pointer(written_at, alias), _pointer(written_at, name))
            renamed[name] = group[alias]
        else:
            nested = renamed.get(outer, {})
            if not isinstance(nested, Mapping) or inner in nested:
                raise AliasClashError(_pointer(written_at, alias), _pointer(written_at, name))
            renamed[outer] = {**nested, inner: group[alias]}
        sent[_pointer(at, name)] = _pointer(written_at, alias)
    if at != written_at or any(alias in group for alias in aliases):
        _name_what_is_missing(group, aliases, at, written_at, sent)
    return renamed


def _name_what_is_missing(
    group: Mapping[str, object],
    aliases: Mapping[str, str],
    at: str,
    written_at: str,
    sent: dict[str, str],
) -> None:
    """Let pointers to what an object in the short form lacks use the names of the short form."""
    for alias, name in aliases.items():
        if name.partition("/")[0] not in group:
            sent.setdefault(_pointer(at, name), _pointer(written_at, alias))


def _pointer(at: str, name: str) -> str:
    return f"{at}/{name}"
