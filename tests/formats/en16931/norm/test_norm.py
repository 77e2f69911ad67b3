"""The model holds EN 16931-1 whole: no term missing, doubled, misnamed or miscounted."""

import datetime
import re
from decimal import Decimal
from typing import get_args

import pytest

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.model import Invoice
from tests.formats.en16931.norm.model import ModelField, fields, groups
from tests.formats.en16931.norm.terms import NORM, NormTerm

FIELDS = {field.terms[0].id: field for field in fields(Invoice)}

FLAT = {"BG-29", "BG-30", "BG-31"}
"""Groups that a line has exactly once: their terms stand in the line (see `Line`)."""

NAMES = {
    "BG-11": "seller_tax_representative",
    "BG-22": "totals",
    "BT-106": "sum_of_line_net_amounts",
    "BT-107": "sum_of_allowances",
    "BT-108": "sum_of_charges",
    "BT-109": "total_without_vat",
    "BT-110": "total_vat",
    "BT-111": "total_vat_in_accounting_currency",
    "BT-112": "total_with_vat",
    "BT-115": "amount_due",
    "BT-130": "unit_code",
    "BT-150": "item_price_base_quantity_unit_code",
    "BT-151": "vat_category_code",
    "BT-152": "vat_rate",
    "BT-155": "item_sellers_identifier",
    "BT-156": "item_buyers_identifier",
}
"""What the model calls differently, shorter where the norm's name says what the group says."""

SEVERAL = {"BG-16"}
"""Once in EN 16931-1, several times in both syntaxes and in Peppol BIS: see the group."""


def test_no_group_or_term_is_missing_or_too_many() -> None:
    assert len(NORM) == 32 + 164
    assert set(FIELDS) == set(NORM) - FLAT


@pytest.mark.parametrize("term", NORM.values(), ids=lambda term: term.id)
def test_a_term_is_what_the_norm_says(term: NormTerm) -> None:
    if term.id in FLAT:
        assert any(field.terms[0].group == term.id for field in FIELDS.values())
        return
    field = FIELDS[term.id]
    assert field.repeats == (term.repeats or term.id in SEVERAL)
    assert _group(field) == term.group
    assert _types(field) == _type(term)
    name = field.name.partition(".")[2]
    assert name == NAMES[term.id] if term.id in NAMES else name in _names(term)


def test_the_table_of_names_holds_exceptions_only() -> None:
    assert [id_ for id_, name in NAMES.items() if name in _names(NORM[id_])] == []


def _group(field: ModelField) -> str | None:
    flat = field.terms[0].group
    return flat or (field.group[-1].id if field.group else None)


def _names(term: NormTerm) -> set[str]:
    """Return the norm's name in snake_case, without words of its group in front."""
    words = _snake(term.name).split("_")
    group, known = (
        term.group,
        {"invoice", "document", "level", "line"} if term.group else {"invoice"},
    )
    while group:
        known |= {word.removesuffix("s") for word in _snake(NORM[group].name).split("_")}
        known |= set(_snake(NORM[group].name).split("_"))
        group = NORM[group].group
    names = {"_".join(words)}
    while len(words) > 1 and words[0] in known:
        words = words[1:]
        names.add("_".join(words))
    return {f"{name}s" for name in names} | names if term.repeats else names


def _snake(name: str) -> str:
    return re.sub("[^a-z0-9]+", "_", name.lower())


def _types(field: ModelField) -> set[object]:
    found: set[object] = set()
    stack = [field.annotation]
    while stack:
        annotation = stack.pop()
        if arguments := get_args(annotation):
            stack += arguments
        elif isinstance(annotation, type) and annotation is not type(None):
            found.add(annotation)
    return found & {str, Decimal, datetime.date, SchemedIdentifier, BinaryObject} or set(
        {"Group"} if any(groups(field.annotation)) else ()
    )


def _type(term: NormTerm) -> set[object]:
    """Return what a data type of the norm is in Python; Text, Code and Identifier are texts."""
    python: dict[str, object] = {
        "Group": "Group",
        "Date": datetime.date,
        "Amount": Decimal,
        "Unit price amount": Decimal,
        "Quantity": Decimal,
        "Percentage": Decimal,
        "Binary object": BinaryObject,
    }
    schemed = "+scheme" in term.type
    return {SchemedIdentifier if schemed else python.get(term.type, str)}
