"""What a careless or hostile caller may send: texts, numbers and bodies, for hypothesis."""

import contextlib
import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.gateway.houses import invoice, line

Path = tuple[Any, ...]

NASTY_TEXTS = (
    *("", " ", "\0", "a\0b", "\x01", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff"),
    *(
        "\u202e",
        "e\u0301",
        "ÅÄ\U0001f600",
        "ſ",
        "İ",
        "１２",
        "٣",
        "-0",
        "NaN",
        "Infinity",
        "1e400",
    ),
    *("'; drop table document; --", "{{7*7}}", "%s%n", "../../etc", "<b>&amp;</b>", "]]>"),
    *("<!DOCTYPE x>", "\r\nX: y", "metadata[", "null", "0" * 5000, "x" * 99_999, "x" * 100_001),
    *("ent_" + "z" * 26, "inv_" + "7" * 26, "2026-02-30", "0001-01-01", "9999-12-31", "+1"),
    *("gw_sandbox_x", "SI27289877", "EUR", "XXX", "\ud7ff", "\ue000", "a\tb\nc"),
)
NASTY_NUMBERS = (
    *("0", "-0", "-1", "1e2", "1E-2", "1e400", "-1e400", "1e401", "1e-400", "1e999999999"),
    *("0.00000000000000000001", "123456789012345678901234567890.123456789", "9" * 99, "9" * 101),
    *("4294967296", "9223372036854775808", "0.1", "99.995", "-99.995", "1" + "0" * 60),
)
DEEP = "@deep@"
FREE_TEXTS: tuple[Path, ...] = (
    ("buyer_reference",),
    ("payment_terms",),
    ("metadata", "order"),
    ("notes", 0, "note"),
    ("buyer", "name"),
    ("buyer", "postal_address", "city"),
    ("lines", 0, "item_name"),
    ("lines", 0, "item_description"),
    ("document_level_allowances", 0, "reason"),
    ("preceding_invoice_references", 0, "reference"),
)
"""Where any text may stand that XML can carry."""

texts = st.sampled_from(NASTY_TEXTS) | st.text(max_size=40).map(
    lambda text: text.encode("utf-8", "replace").decode()
)
numbers = st.sampled_from(NASTY_NUMBERS).map(lambda digits: f"@number {digits}@")
values: SearchStrategy[Any] = st.one_of(
    texts,
    numbers,
    st.none(),
    st.booleans(),
    st.builds(list),
    st.builds(dict),
    st.lists(texts, max_size=3),
    st.dictionaries(texts, texts, max_size=3),
    st.just(DEEP),
)

GOOD: dict[str, Any] = invoice(
    number="A-1",
    issue_date="2026-11-20",
    payment_due_date="2026-12-20",
    value_added_tax_point_date="2026-11-20",
    currency_code="EUR",
    series="EXT",
    profile="peppol-bis-3",
    type_code="380",
    metadata={"order": "1", "shop": "ž"},
    notes=[{"note": "Thank you"}],
    preceding_invoice_references=[{"reference": "A-0", "issue_date": "2026-10-20"}],
    document_level_allowances=[
        {"amount": "0.10", "reason": "x", "vat_category_code": "S", "vat_rate": "9.5"}
    ],
    document_level_charges=[
        {
            "percentage": "1",
            "base_amount": "10",
            "reason": "x",
            "vat_category_code": "S",
            "vat_rate": "9.5",
        }
    ],
    totals={"paid_amount": "0.01"},
    additional_supporting_documents=[
        {
            "reference": "1",
            "attached_document": {
                "content": "YQ==",
                "mime_code": "text/csv",
                "filename": "a.csv",
            },
        }
    ],
    payment_instructions=[
        {
            "payment_means_type_code": "58",
            "credit_transfers": [{"payment_account_identifier": "SI56191000000123438"}],
        }
    ],
    lines=[
        line(period={"start_date": "2026-11-01", "end_date": "2026-11-30"}),
        line(
            allowances=[{"amount": "0.10", "reason": "x"}],
            item_gross_price="1.20",
            item_price_discount="0.10",
        ),
    ],
)
SHORT = {
    "customer": {"name": "B", "vat_id": "SI41519523", "email": "a@b.example", "city": "Kranj"},
    "items": [{"name": "Bread", "quantity": 3, "price": "1.10"}],
    "due_date": "2026-12-20",
}


def places(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401
    """Yield the path of every value within a body."""
    if path:
        yield path
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for name, inner in items:
        yield from places(inner, (*path, name))


def parent(body: Any, path: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what holds the value at a path."""
    for name in path[:-1]:
        body = body[name]
    return body


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A good body with a few things done to it, as bytes."""
    body: Any = copy.deepcopy(draw(st.sampled_from([GOOD, GOOD, invoice(), SHORT])))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2, 4]))):
        said = [path for path in FREE_TEXTS if path[0] in body]
        if draw(st.booleans()) and said:
            path = draw(st.sampled_from(said))
            with contextlib.suppress(KeyError, IndexError, TypeError):
                parent(body, path)[path[-1]] = draw(texts)
        elif paths := list(places(body)):
            _spoil(draw, body, draw(st.sampled_from(paths)))
    content = written(body)
    how = draw(st.sampled_from([*["whole"] * 18, "cut", "byte"]))
    if how == "whole":
        return content
    place = draw(st.integers(0, len(content) - 1))
    if how == "cut":
        return content[:place]
    return content[:place] + draw(st.binary(min_size=1, max_size=2)) + content[place + 1 :]


def _spoil(draw: st.DrawFn, body: object, path: Path) -> None:
    """Replace, drop, double or add something at one place of a body."""
    group, name = parent(body, path), path[-1]
    match draw(st.sampled_from(["replace", "replace", "replace", "drop", "double", "add"])):
        case "replace":
            group[name] = draw(values)
        case "drop":
            del group[name]
        case "double" if isinstance(group, list):
            group.extend([copy.deepcopy(group[name])] * draw(st.sampled_from([1, 2, 50])))
        case "double":
            group[draw(texts)] = copy.deepcopy(group[name])
        case _ if isinstance(group[name], dict):
            group[name][draw(texts)] = draw(values)
        case _:
            group[name] = [group[name]]


def written(body: object) -> bytes:
    """Write a body, numbers at their own digits."""
    text = json.dumps(body, ensure_ascii=False)
    text = re.sub(r'"@number ([^@"]+)@"', r"\1", text)
    return text.replace(json.dumps(DEEP), "[" * 39 + "]" * 39).encode()
