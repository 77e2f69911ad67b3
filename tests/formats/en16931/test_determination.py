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


def _taxed(item: Taxed) -> tuple[str | None, Decimal | None]:
    return item.vat_category_code, item.vat_rate


@pytest.mark.parametrize(
    ("lines", "rate", "category"),
    [
        (["S 19"], "19", "S"),
        (["S 19"], "7", "S"),
        (["E 0"], "19", "S"),
        (["L 7"], "3", "L"),
        (["M 4", "M 8"], "4.0", "M"),
        (["S 19", "L 7"], "7", "L"),
        (["S 19", "E 0"], "0", "E"),
        (["S 19", "Z 0"], "0.00", "Z"),
        (["L 0", "L 7"], "0", "L"),
    ],
)
def test_a_rate_of_the_document_finds_its_category_in_the_lines(
    lines: list[str], rate: str, category: str
) -> None:
    taxed = [
        dict(zip(("vat_category_code", "vat_rate"), line.split(), strict=True)) for line in lines
    ]
    found = _determined(
        *taxed,
        document_level_allowances=[{"amount": "5", "vat_rate": rate}],
        document_level_charges=[{"amount": "5", "vat_rate": rate}],
    )
    assert found.findings == ()
    assert _taxed(found.draft.document_level_allowances[0]) == (category, Decimal(rate))
    assert _taxed(found.draft.document_level_charges[0]) == (category, Decimal(rate))


def test_a_rate_of_zero_beside_what_is_not_subject_to_vat_is_none() -> None:
    charge = {"amount": "5", "vat_rate": "0"}
    draft = _determined({"vat_category_code": "O"}, document_level_charges=[charge]).draft
    assert _taxed(draft.document_level_charges[0]) == ("O", None)


@pytest.mark.parametrize(
    ("lines", "rate"),
    [
        (["S 19"], "0"),
        (["E 0", "Z 0"], "0"),
        (["S 19", "L 7"], "5"),
        (["S 7", "L 7"], "7"),
        (["S 19"], "-1"),
    ],
)
def test_a_rate_of_several_categories_or_none_asks_for_the_category(
    lines: list[str], rate: str
) -> None:
    taxed = [
        dict(zip(("vat_category_code", "vat_rate"), line.split(), strict=True)) for line in lines
    ]
    found = _determined(
        *taxed,
        document_level_allowances=[{"amount": "5", "vat_rate": rate}],
        document_level_charges=[{"amount": "5", "vat_rate": rate}],
    )
    assert [(finding.rule, finding.pointer) for finding in found.findings] == [
        ("BR-32", "/document_level_allowances/0/vat_category_code"),
        ("BR-37", "/document_level_charges/0/vat_category_code"),
    ]


def test_category_s_alone_bears_the_standard_rate_as_nothing_said_does() -> None:
    standard = {"vat_category_code": "S"}
    found = _determined(standard, document_level_charges=[standard | {"amount": "1"}])
    assert found.findings == ()
    assert _taxed(found.draft.lines[0]) == ("S", Decimal(22))
    assert _taxed(found.draft.document_level_charges[0]) == ("S", Decimal(22))
    free = {"vat_category_code": "Z"}
    found = _determined(free, document_level_charges=[standard | {"amount": "1"}])
    assert _taxed(found.draft.document_level_charges[0]) == ("S", Decimal(22))


def test_category_s_bears_the_one_rate_that_the_breakdown_states() -> None:
    row = {"category_code": "S", "category_rate": "9.5"}
    found = _determined({"vat_category_code": "S"}, place=NOWHERE, vat_breakdown=[row])
    assert found.findings == ()
    assert _taxed(found.draft.lines[0]) == ("S", Decimal("9.5"))


@pytest.mark.parametrize(
    ("code", "place", "rules"),
    [
        ("S", NOWHERE, ["BR-S-05", "BR-S-06", "BR-S-07"]),
        ("L", SLOVENIA, ["BR-AF-05", "BR-AF-06", "BR-AF-07"]),
        ("M", SLOVENIA, ["BR-AG-05", "BR-AG-06", "BR-AG-07"]),
        ("B", SLOVENIA, ["BR-48", "BR-48", "BR-48"]),
    ],
)
def test_a_category_whose_rate_is_not_certain_asks_for_it(
    code: str, place: Place, rules: list[str]
) -> None:
    item = {"vat_category_code": code}
    found = _determined(
        item,
        place=place,
        document_level_allowances=[item | {"amount": "1"}],
        document_level_charges=[item | {"amount": "1"}],
    )
    assert [finding.rule for finding in found.findings] == rules
    assert [finding.pointer for finding in found.findings] == [
        "/lines/0/vat_rate",
        "/document_level_allowances/0/vat_rate",
        "/document_level_charges/0/vat_rate",
    ]


def test_category_s_of_the_document_among_several_rates_asks_for_its_rate() -> None:
    charge = {"amount": "1", "vat_category_code": "S"}
    lines = ({"vat_rate": "9.5"}, {"vat_rate": "22"})
    found = _determined(*lines, document_level_charges=[charge])
    assert [finding.rule for finding in found.findings] == ["BR-S-07"]


@pytest.mark.parametrize("code", ["O", "AE", "K", "G"])
@pytest.mark.parametrize("rate", [None, "0", "0.00"])
def test_a_reason_at_rate_zero_or_none_replaces_the_automatic_one(
    code: str, rate: str | None
) -> None:
    reason = {"category_code": code, "text": "mine"} | ({"rate": rate} if rate else {})
    draft = _determined({"vat_category_code": code}, vat_exemptions=[reason]).draft
    assert [reason.text for reason in draft.vat_exemptions] == ["mine"]


def test_a_reason_for_another_rate_leaves_the_automatic_one() -> None:
    reason = {"category_code": "AE", "rate": "22", "text": "mine"}
    draft = _determined({"vat_category_code": "AE"}, vat_exemptions=[reason]).draft
    assert [reason.code for reason in draft.vat_exemptions] == [None, "VATEX-EU-AE"]


def test_a_row_not_subject_to_vat_loses_its_rate_of_zero() -> None:
    rows = [{"category_code": "O", "category_rate": "0"}, {"category_code": "E"}]
    draft = _determined({"vat_category_code": "O"}, vat_breakdown=rows).draft
    assert [row.category_rate for row in draft.vat_breakdown or ()] == [None, None]
    wrong = [{"category_code": "O", "category_rate": "22"}]
    draft = _determined({"vat_category_code": "O"}, vat_breakdown=wrong).draft
    assert [row.category_rate for row in draft.vat_breakdown or ()] == [Decimal(22)]
