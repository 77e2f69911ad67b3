"""The OpenAPI document lets through what the API takes: the short form is in it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from formats.json.aliases import SHORT_NAMES
from formats.json.body import shaped
from formats.json.document import DocumentWithSeller
from formats.json.parsing import parse_json
from tests.gateway.matrix.bodies import BODIES
from tests.gateway.matrix.operations import described

SCHEMAS: dict[str, Any] = described()["components"]["schemas"]
GROUPS = {
    "": "DocumentInput",
    "buyer": "BuyerInput",
    "seller": "SellerInput",
    "lines": "LineInput",
}
ROOT = Path(__file__).parents[2]
_README_BODY = re.compile(r"/v1/invoices.*?-d '(\{.*?\})'", re.DOTALL)

KINDS: dict[str, Any] = {
    "string": str,
    "number": int | float,
    "integer": int,
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def _wrong(value: object, schema: dict[str, Any], at: str = "") -> list[str]:
    """Return where a value breaks a schema, as far as our schemas use JSON Schema."""
    if "$ref" in schema:
        return _wrong(value, SCHEMAS[schema["$ref"].rpartition("/")[2]], at)
    found = []
    if "anyOf" in schema and not _fitting(value, schema["anyOf"]):
        found.append(f"{at}: anyOf")
    if "oneOf" in schema and _fitting(value, schema["oneOf"]) != 1:
        found.append(f"{at}: oneOf")
    named = schema.get("type", [])
    types = [named] if isinstance(named, str) else named
    if types and not any(isinstance(value, KINDS[name]) for name in types):
        found.append(f"{at}: is no {types}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            found += _wrong(inner, schema.get("items", {}), f"{at}/{number}")
    if isinstance(value, dict):
        found += _wrong_members(value, schema, at)
    return found


def _fitting(value: object, options: list[dict[str, Any]]) -> int:
    return sum(not _wrong(value, option) for option in options)


def _wrong_members(value: dict[str, Any], schema: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}: {name} lacks" for name in schema.get("required", ()) if name not in value]
    for name, inner in value.items():
        if name in schema.get("properties", {}):
            found += _wrong(inner, schema["properties"][name], f"{at}/{name}")
        elif schema.get("additionalProperties", True) is False:
            found.append(f"{at}/{name}: is not known")
    return found


def test_the_body_of_the_readme_fits_the_contract() -> None:
    (body,) = _README_BODY.findall((ROOT / "README.md").read_text("utf-8"))
    assert _wrong(json.loads(body), SCHEMAS["DocumentInput"]) == []


@pytest.mark.parametrize("name", ["DocumentInput", "DocumentWithSeller"])
def test_the_bodies_of_other_tests_fit_the_contract(name: str) -> None:
    assert _wrong(json.loads(json.dumps(BODIES[name], default=str)), SCHEMAS[name]) == []


@pytest.mark.parametrize("place", SHORT_NAMES)
def test_every_short_name_is_in_the_contract(place: str) -> None:
    assert SHORT_NAMES[place].keys() <= SCHEMAS[GROUPS[place]]["properties"].keys()


def test_the_contract_takes_what_the_reader_takes() -> None:
    body = {
        "seller": {"name": "S", "vat_id": "SI12345679", "identifiers": ["7"], "city": "Kranj"},
        "customer": {"name": "B", "electronic_address": "a", "phone": "1", "address": "Road 1"},
        "items": [{"name": "x", "quantity": 1.5, "unit": "h", "price": "2", "vat_rate": 22}],
        "paid_amount": 1,
        "note": "Thanks",
        "payment_instructions": {"payment_means_type_code": "30"},
        "totals": {"rounding_amount": "0.01"},
        "due_date": "2026-12-01",
        "currency": "EUR",
    }
    shaped(DocumentWithSeller, parse_json(json.dumps(body).encode()))
    assert _wrong(body, SCHEMAS["DocumentWithSeller"]) == []


@pytest.mark.parametrize(
    "changes", [{"buyer": {}}, {"foo": 1}, {"items": [{"nam": "x"}]}, {"notes": 7}, {"items": {}}]
)
def test_the_contract_refuses_what_the_reader_refuses(changes: dict[str, Any]) -> None:
    assert _wrong({"customer": {"name": "B"}} | changes, SCHEMAS["DocumentInput"])


def test_a_body_without_buyer_breaks_the_contract() -> None:
    assert _wrong({"items": []}, SCHEMAS["DocumentInput"])


def test_answers_keep_their_narrow_schemas() -> None:
    price = SCHEMAS["Line"]["properties"]["item_net_price"]
    assert {option["type"] for option in price["anyOf"]} == {"string", "null"}
    assert "price" not in SCHEMAS["Line"]["properties"]


def test_the_documentation_lists_every_short_name() -> None:
    """Each row: the short name, and what it stands for."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    rows = {line.replace(" ", "") for line in text.splitlines() if line.startswith("| `")}
    for place, names in SHORT_NAMES.items():
        for short, name in names.items():
            row = f"|`{short}`|`{name.replace('/', '.')}`|".replace(" ", "")
            assert any(row in one for one in rows), (place, short)
