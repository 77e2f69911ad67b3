"""VAT is filled in where nothing is left to doubt, and asked for everywhere else."""

from decimal import Decimal
from typing import Any

import pytest

from formats.en16931.determination import NOWHERE, Determined, Place, determine
from formats.en16931.draft import InvoiceDraft
from formats.en16931.totals import Taxed

SLOVENIA = Place("SI", Decimal(22))


def _determined(
    *lines: dict[str, Any],
    place: Place = SLOVENIA,
    buyer: str | None = "SI",
    **terms: list[dict[str, str]],
) -> Determined:
    address = None if buyer is None else {"country_code": buyer}
    draft = {"buyer": {"postal_address": address}, "lines": lines, **terms}
    return determine(InvoiceDraft.model_validate(draft), place)


@pytest.mark.parametrize("buyer", ["SI", None])
def test_a_domestic_line_without_vat_gets_the_standard_rate(buyer: str | None) -> None:
    found = _determined({}, buyer=buyer)
    assert [(line.vat_category_code, line.vat_rate) for line in found.draft.lines] == [
        ("S", Decimal(22))
    ]
    assert found.findings == ()


def test_a_rate_above_zero_is_category_s() -> None:
    found = _determined({"vat_rate": "9.5"}, place=NOWHERE, buyer="DE")
    assert found.draft.lines[0].vat_category_code == "S"


def test_what_the_caller_says_stays() -> None:
    line = {"vat_category_code": "AE", "vat_rate": "0"}
    found = _determined(line)
    assert found.draft.lines[0].model_dump(exclude_none=True, exclude_defaults=True) == {
        "vat_category_code": "AE",
        "vat_rate": Decimal(0),
    }


@pytest.mark.parametrize(
    ("line", "buyer", "place"),
    [
        ({}, "DE", SLOVENIA),
        ({"vat_rate": "0"}, "SI", SLOVENIA),
        ({"vat_rate": "0"}, None, SLOVENIA),
        ({}, "SI", NOWHERE),
        ({}, "SI", Place("SI", None)),
    ],
)
def test_what_is_not_certain_is_asked_for(
    line: dict[str, Any], buyer: str | None, place: Place
) -> None:
    found = _determined(line, buyer=buyer, place=place)
    assert [finding.rule for finding in found.findings] == ["GW-01"]
    assert found.findings[0].pointer == "/lines/0/vat_category_code"
    assert found.draft.lines[0].vat_category_code is None


def test_document_level_amounts_are_taxed_like_lines_that_are_all_taxed_alike() -> None:
    alike = {"vat_category_code": "S", "vat_rate": "9.5"}
    own = {"amount": "1", "vat_category_code": "Z"}
    draft = _determined(
        alike,
        alike,
        document_level_allowances=[{"amount": "1"}, own],
        document_level_charges=[{"amount": "1"}],
    ).draft
    items: tuple[Taxed, ...] = (
        *draft.document_level_allowances,
        *draft.document_level_charges,
    )
    assert [(item.vat_category_code, item.vat_rate) for item in items] == [
        ("S", Decimal("9.5")),
        ("Z", None),
        ("S", Decimal("9.5")),
    ]


def test_document_level_amounts_among_different_rates_are_not_guessed() -> None:
    lines = ({"vat_rate": "9.5"}, {"vat_rate": "22"})
    draft = _determined(*lines, document_level_allowances=[{"amount": "1"}]).draft
    assert draft.document_level_allowances[0].vat_category_code is None


def test_a_document_level_amount_takes_the_one_rate_of_its_category() -> None:
    lines = ({"vat_rate": "9.5"}, {"vat_category_code": "E"}, {"vat_category_code": "Z"})
    allowance = {"amount": "1", "vat_category_code": "S"}
    draft = _determined(*lines, document_level_allowances=[allowance]).draft
    assert draft.document_level_allowances[0].vat_rate == Decimal("9.5")
    two = (*lines, {"vat_rate": "22"})
    draft = _determined(*two, document_level_allowances=[allowance]).draft
    assert draft.document_level_allowances[0].vat_rate is None


def test_categories_that_are_their_own_reason_get_its_code() -> None:
    lines = [{"vat_category_code": code} for code in ("AE", "S", "K", "G", "O", "E", "Z", "AE")]
    draft = _determined(*lines, vat_exemptions=[{"category_code": "G", "text": "Export"}]).draft
    assert [(reason.category_code, reason.code) for reason in draft.vat_exemptions] == [
        ("G", None),
        ("AE", "VATEX-EU-AE"),
        ("K", "VATEX-EU-IC"),
        ("O", "VATEX-EU-O"),
    ]


def test_a_reason_that_all_lines_of_a_category_give_is_the_reason_of_the_category() -> None:
    exempt = {
        "vat_category_code": "E",
        "extensions": {"vat_exemption_reason_text": "Article 132"},
    }
    (reason,) = _determined(exempt, {"vat_category_code": "E"}, exempt).draft.vat_exemptions
    assert (reason.category_code, reason.text, reason.code) == ("E", "Article 132", None)
    other = exempt | {"extensions": {"vat_exemption_reason_code": "VATEX-EU-132"}}
    assert _determined(exempt, other).draft.vat_exemptions == ()


def test_what_is_not_subject_to_vat_loses_its_rate_of_zero() -> None:
    outside = {"vat_category_code": "O", "vat_rate": "0"}
    draft = _determined(outside, document_level_charges=[outside | {"amount": "1"}]).draft
    assert (draft.lines[0].vat_rate, draft.document_level_charges[0].vat_rate) == (None, None)
    wrong = _determined(outside | {"vat_rate": "22"}).draft
    assert wrong.lines[0].vat_rate == Decimal(22)  # for the rules to refuse
