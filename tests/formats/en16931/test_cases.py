"""Invoices without totals come out valid, with exactly the right totals and no term lost.

The totals in the files were computed by hand; `why` says what each is about.
"""

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.conversion import UnexpectedTotalError, convert
from formats.findings import Flag
from formats.json.document import JsonReading, read_json
from formats.profile import Syntax
from formats.registry import PROFILES
from gateway.conversions.service import surroundings
from schemas import Catalog
from tests.formats.cii import judges as cii
from tests.formats.ubl import judges as ubl
from tests.oracle.saxon import SaxonOracle

AROUND = surroundings(datetime.date(2026, 11, 21))
"""What `gateway convert` knows besides the file."""

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
TARGETS = ("en16931-ubl", "peppol-bis-3", "en16931-cii", "facturx-en16931")


def _case(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(path.read_bytes(), parse_float=Decimal)
    return case


def _content(path: Path) -> bytes:
    body = json.loads(path.read_bytes(), parse_float=float)["body"]
    return json.dumps(body).encode()


def _read(path: Path) -> JsonReading:
    return read_json(_content(path), AROUND)


def test_there_are_more_than_twenty_cases() -> None:
    assert len(CASES) == 27
    codes = {
        row["category_code"] for path in CASES for row in _case(path)["expected"]["vat_breakdown"]
    }
    assert codes == {"S", "Z", "E", "AE", "K", "G", "O", "L", "M"}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_amounts_are_those_computed_by_hand(path: Path) -> None:
    expected, read = _case(path)["expected"], _read(path)
    invoice = read.invoice
    assert read.findings == ()
    assert [line.net_amount for line in invoice.lines] == [
        Decimal(amount) for amount in expected["lines"]
    ]
    found = invoice.totals.model_dump(exclude_none=True)
    assert found == {name: Decimal(value) for name, value in expected["totals"].items()}
    rows = [row.model_dump(exclude_none=True) for row in invoice.vat_breakdown]
    assert rows == [
        {
            name: Decimal(value) if name.endswith(("amount", "rate")) else value
            for name, value in row.items()
            if value is not None
        }
        for row in expected["vat_breakdown"]
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_given_for_an_invoice_is_what_it_says(path: Path) -> None:
    body, read = _case(path)["body"], _read(path)
    if "items" in body or body.get("prices_include_vat"):
        return  # other names, other amounts: see the test above
    said = read.invoice.model_dump(mode="json", exclude_none=True)
    assert list(_lost(body, said, "")) == []


def _lost(given: Any, said: Any, at: str) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(given, dict):
        pairs = [(name, value, said.get(name)) for name, value in given.items()]
    elif isinstance(given, list):
        pairs = [(str(n), *pair) for n, pair in enumerate(zip(given, said, strict=True))]
    else:
        said = said["value"] if isinstance(said, dict) else said
        same = given == said or (at.endswith("amount") and Decimal(given) == Decimal(said))
        same |= at.endswith("vat_rate") and said is None and Decimal(given) == 0  # category O
        return [] if same else [at]
    inputs = {"vat_exemptions", "vat_accounting_exchange_rate", "paid_amount"}
    return [
        lost
        for name, one, other in pairs
        if not (at == "" and name in inputs)
        for lost in _lost(one, other, f"{at}/{name}")
    ]


def test_prices_that_cannot_add_up_are_not_converted() -> None:
    rounded = next(path for path in CASES if path.stem.startswith("20-"))
    body = _case(rounded)["body"] | {"rounding_permitted": False}
    for name in ("expected_total", "expected_amount_due"):
        del body[name]
    with pytest.raises(UnexpectedTotalError) as caught:
        convert(json.dumps(body).encode(), PROFILES["en16931-ubl"], around=AROUND)
    assert [finding.rule for finding in caught.value.findings] == ["GW-07"]


@pytest.fixture(scope="module")
def oracle() -> Iterator[SaxonOracle]:
    with SaxonOracle() as oracle:
        yield oracle


@pytest.mark.official
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_document_is_valid_and_says_the_same(
    official: Path, oracle: SaxonOracle, path: Path
) -> None:
    catalog = Catalog((official,))
    for profile in (PROFILES[name] for name in TARGETS):
        converted = convert(_content(path), profile, around=AROUND, strict=True)
        assert converted.report.losses == ()
        own = [
            finding.rule
            for rules in profile.rules
            for finding in rules(converted.invoice)
            if finding.flag is Flag.FATAL
        ]
        judges = cii if profile.syntax is Syntax.CII else ubl
        assert judges.violations(official, converted.content) == []
        official_rules = ubl.fatal_rules(catalog, oracle, profile, converted.content)
        assert (own, official_rules) == ([], []), profile.id
        read = _read(path).invoice
        control = converted.invoice.process_control
        assert converted.invoice == read.model_copy(update={"process_control": control})
