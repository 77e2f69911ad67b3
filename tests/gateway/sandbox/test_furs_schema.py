"""The local FURS's own reading of the schema, beside the official file."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.furs import BusinessPremiseRequest, Header, write_json
from gateway.kit.clock import now
from gateway.sandbox.furs import schema
from tests.formats.furs.samples import REQUESTS, premise


@pytest.fixture(scope="module")
def official_schema(official: Path) -> Any:  # noqa: ANN401 - a validator
    path = official / "si-furs" / "json-schema" / "FiscalVerificationSchema.json"
    return jsonschema_rs.Draft4Validator(path.read_text(), validate_formats=False)


_HEADER = Header(message_id=str(uuid4()), sent_at=now())
SAMPLES = [
    json.loads(write_json(one))
    for one in (*REQUESTS, BusinessPremiseRequest(header=_HEADER, premise=premise()))
]
_VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 1, -1, 0, 99999862, 9999986, 100000000, 10**14, -(10**14), 1.25, 100000),
        *("", "x", "Z", "A", "B", "C", "D", "a-b", "145", "x" * 21, "x" * 101, "x" * 1001),
        *([], {}, [{}], "2026-08-07T13:05:24", "34905bcff14b381039af2e9d7eee54bb", "0" * 12),
    ]
)


@st.composite
def mutants(draw: st.DrawFn) -> Any:  # noqa: ANN401 - JSON
    """Return a good message with one place changed, taken away, or added."""
    value = json.loads(json.dumps(draw(st.sampled_from(SAMPLES))))
    place = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 5)):
            place = place[key]
            continue
        match draw(st.integers(0, 3)):
            case 0:
                del place[key]
            case 1 if isinstance(place, dict):
                place[draw(st.sampled_from(["X", "TaxNumber", "SpecialNotes"]))] = draw(_VALUES)
            case _:
                place[key] = draw(_VALUES)
        return value


@pytest.mark.official
@settings(max_examples=400, deadline=None)
@given(mutants())
def test_its_reading_of_the_schema_agrees_with_the_official_one(
    official_schema: Any,  # noqa: ANN401 - a validator
    value: Any,  # noqa: ANN401 - JSON
) -> None:
    exact = json.loads(json.dumps(value), parse_float=Decimal)
    premise_ = "BusinessPremiseRequest" in value
    found = list(schema.faults(schema.PREMISES if premise_ else schema.INVOICES, exact))
    if not official_schema.is_valid(value):
        assert found, value
    elif found:
        assert all(_stricter(one, value) for one in found), (found, value)


def _stricter(fault: str, value: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether a fault is one of those that only the manual, or the XSD, speaks of."""
    ours = ("/DateTime ", "DateTime ", "Date ", "/InvoiceNumber ", "Number ")
    return any(one in fault for one in ours) or not isinstance(value, dict) or len(value) != 1
