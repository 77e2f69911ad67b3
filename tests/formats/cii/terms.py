"""Invoices that hold one business term, or all of them, built from the model itself."""

import base64
import datetime
import types
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from formats.en16931 import Invoice
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.terms import Term

Path = tuple[str, ...]

CODES = {
    "type_code": "380",
    "value_added_tax_point_date_code": "35",
    "subject_code": "AAI",
    "payment_account_identifier": "SI56192001234567892",
}
"""Terms whose values syntaxes look into."""

NEEDED: dict[str, dict[str, Any]] = {
    "unit_code": {"invoiced_quantity": "1"},
    "item_price_base_quantity_unit_code": {"item_price_base_quantity": "1"},
    "item_price_base_quantity": {"item_net_price": "3"},
    "item_price_discount": {"item_net_price": "3"},
    "total_vat_in_accounting_currency": {"total_vat": "1"},
    "subject_code": {"note": "text"},
    "payment_means_text": {"payment_means_type_code": "30"},
}
"""Terms that no syntax has without another: the unit of a quantity, and the like."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term that is no group, with where it stands; tuples hold one element."""

    term: str
    path: Path
    value: Any


def leaves(model: type[BaseModel] = Invoice, path: Path = ()) -> Iterator[Leaf]:
    """Yield every term of EN 16931 in the model."""
    for name, field in model.model_fields.items():
        if name == "extensions":
            continue
        term = next((entry.id for entry in field.metadata if isinstance(entry, Term)), "?")
        kind, several = _kind(field)
        here = (*path, name, "0") if several else (*path, name)
        if kind is SchemedIdentifier:
            yield from _identifier(term, here, versioned=term == "BT-158")
        elif kind is BinaryObject:
            content = base64.b64encode(term.encode()).decode()
            yield Leaf(
                term, here, {"content": content, "mime_code": "text/csv", "filename": "a b.csv"}
            )
        elif issubclass(kind, BaseModel):
            yield from leaves(kind, here)
        else:
            yield Leaf(term, here, _value(kind, name, term))


def alone(leaf: Leaf) -> Invoice:
    """Return an invoice that holds one term, and what it cannot be without."""
    return together((leaf,))


def together(several: Iterator[Leaf] | tuple[Leaf, ...]) -> Invoice:
    """Return an invoice that holds these terms."""
    document: dict[str, Any] = {}
    for leaf in several:
        _put(document, leaf.path, leaf.value)
        for name, value in NEEDED.get(leaf.path[-1], {}).items():
            _put(document, (*leaf.path[:-1], name), value, over=False)
        if leaf.term == "BT-111":
            document |= {"currency_code": "EUR", "vat_accounting_currency_code": "CZK"}
    for name in ("seller", "buyer", "totals"):
        document.setdefault(name, {})
    return Invoice.model_validate(_with_lists(document))


def _identifier(term: str, path: Path, *, versioned: bool) -> Iterator[Leaf]:
    identifier = {"value": f"{term} value"}
    yield Leaf(term, path, dict(identifier))
    identifier["scheme_identifier"] = "0088"
    yield Leaf(f"{term}-1", path, dict(identifier))
    if versioned:
        yield Leaf(f"{term}-2", path, identifier | {"scheme_version_identifier": "25"})


def _kind(field: FieldInfo) -> tuple[type, bool]:
    annotation: Any = field.annotation
    several = False
    while (origin := get_origin(annotation)) is not None:
        args = [arg for arg in get_args(annotation) if arg not in (type(None), ...)]
        several |= origin is tuple
        assert origin in (tuple, Annotated, Union, types.UnionType)
        annotation = args[0]
    return annotation, several


def _value(kind: type, name: str, term: str) -> object:
    if kind is datetime.date:
        return "2026-11-20"
    if kind is Decimal:
        return "12.50"
    assert kind is str, (name, kind)
    return CODES.get(name, f"{term} text")


def _put(document: dict[str, Any], path: Path, value: object, *, over: bool = True) -> None:
    *groups, last = path
    for step in groups:
        document = document.setdefault(step, {})
    if over or last not in document:
        document[last] = value


def _with_lists(value: Any) -> Any:  # noqa: ANN401
    """Return a document in which {"0": x} is [x]."""
    if not isinstance(value, dict):
        return value
    if list(value) == ["0"]:
        return [_with_lists(value["0"])]
    return {name: _with_lists(inner) for name, inner in value.items()}
