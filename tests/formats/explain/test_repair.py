"""Spoiled invoices come back with pointer, rule and fix; patches give them back as they were.

Sources are official documents that nothing is wrong with, and our own. Every kind of `corruptions`
is tried on each; what a patch must and must not do is checked on the whole invoice.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from formats.en16931.changes import diff
from formats.en16931.model import Invoice
from formats.explain import json_patch
from formats.explain.repair import repair, with_repairs
from formats.explain.repair.edits import Edit, Mend
from formats.explain.repair.engine import canonical, judge_of
from formats.explain.repair.subject import Subject
from formats.findings import Finding
from formats.reading import read
from formats.registry import PROFILES
from tests.formats.explain.corruptions import kinds, spoil_all
from tests.formats.explain.sources import PEPPOL, sources
from tests.formats.explain.spoils import Kind, Mends
from tests.formats.samples import invoice


@dataclass(frozen=True, slots=True)
class Spoiled:
    """An invoice, what was done to it, and what the judge says."""

    kind: Kind
    source: str
    before: Invoice
    after: Invoice
    found: tuple[Finding, ...]


@pytest.fixture(scope="module")
def spoiled(official: Path) -> list[Spoiled]:
    judge = judge_of(PEPPOL)
    made = []
    for source, before in sources(official):
        for kind, after in spoil_all(source, before):
            if found := judge(after):
                made.append(Spoiled(kind, source, before, after, found))
    return made


def test_there_are_enough_of_every_kind(spoiled: list[Spoiled]) -> None:
    counts = Counter(one.kind.name for one in spoiled)
    assert len(spoiled) >= 200
    assert {kind.name for kind in kinds()} - set(counts) == set()
    assert len(counts) >= 40
    assert len({one.source for one in spoiled}) >= 12


def test_every_one_is_found_with_pointer_and_fix(spoiled: list[Spoiled]) -> None:
    for one in spoiled:
        found = with_repairs(one.found, one.after, profile=PEPPOL)
        alike = [each for each in found if each.rule == one.kind.rule]
        name = (one.kind.name, one.source, {each.rule for each in found})
        assert alike, name
        assert any((each.pointer or "").endswith(one.kind.pointer) for each in alike), name
        assert all(each.pointer and each.fix for each in found), name


def test_patches_mend_and_change_nothing_else(
    spoiled: list[Spoiled], figures: Callable[..., None]
) -> None:
    table: dict[str, Counter[str]] = {}
    for one in spoiled:
        found = with_repairs(one.found, one.after, profile=PEPPOL)
        alike = [each for each in found if each.rule == one.kind.rule]
        patched = [each for each in alike if each.patch]
        name = (one.kind.name, one.source)
        tally = table.setdefault(one.kind.name, Counter())
        tally["patched" if patched else "not patched"] += 1
        if one.kind.mends is not Mends.MAYBE:
            assert bool(patched) == (one.kind.mends is Mends.ALWAYS), name
        for each in found:
            if each.patch:
                _mends(one, each)
        if patched:
            mended = repair(one.after, profile=PEPPOL)
            assert mended.remaining == (), (name, mended.remaining)
            _gives_back(one, mended.invoice)
    for kind, tally in table.items():
        line = f"{kind}: {tally['patched']} patched, {tally['not patched']} not"
        print(line)  # noqa: T201 - the table that is asked for
    mendable = sum(tally["patched"] for tally in table.values())
    figures(kinds=len(table), corrupted=len(spoiled), mended=mendable)
    assert mendable >= 150


def _mends(one: Spoiled, finding: Finding) -> None:
    """Apply the patch of one finding: it goes away, and nothing new is found."""
    value = canonical(one.after).value
    changed = Invoice.model_validate(json_patch.apply(value, finding.patch))
    left = {(each.rule, each.pointer) for each in judge_of(PEPPOL)(changed)}
    assert (finding.rule, finding.pointer) not in left, (one.kind.name, one.source)
    assert left <= {(each.rule, each.pointer) for each in one.found}
    assert finding.patch[0]["op"] == "test" or all(op["op"] == "add" for op in finding.patch)


def _gives_back(one: Spoiled, mended: Invoice) -> None:
    changes = diff(one.before, mended, process_control=True)
    if one.kind.otherwise:
        changed = diff(one.after, mended, process_control=True)
        assert {each.term for each in changed} <= {"BT-126"}
    else:
        assert changes == (), (one.kind.name, one.source, changes)


def test_a_patch_applies_only_to_what_was_judged() -> None:
    wrong = invoice()
    totals = wrong.totals.model_copy(update={"total_with_vat": wrong.totals.total_vat})
    wrong = wrong.model_copy(update={"totals": totals})
    (found, *_) = with_repairs(judge_of(PEPPOL)(wrong), wrong, profile=PEPPOL)
    assert found.patch
    with pytest.raises(json_patch.PatchError):
        json_patch.apply(canonical(invoice()).value, found.patch)


def test_nothing_is_done_to_what_is_right() -> None:
    right = repair(invoice(), profile=PEPPOL)
    assert (right.invoice, right.patch, right.remaining) == (invoice(), (), ())


@pytest.mark.parametrize(
    ("profile", "scheme"),
    [
        ("en16931-ubl", ".//{*}ClassifiedTaxCategory/{*}TaxScheme/{*}ID"),
        ("en16931-cii", ".//{*}SpecifiedLineTradeSettlement/{*}ApplicableTradeTax/{*}TypeCode"),
    ],
)
def test_a_line_under_another_tax_gets_no_second_category(profile: str, scheme: str) -> None:
    document = etree.fromstring(PROFILES[profile].write(invoice()))
    (tax,) = document.iterfind(scheme)
    tax.text = "ZZQ"
    wrong = read(etree.tostring(document)).invoice
    found = with_repairs(judge_of(PROFILES[profile])(wrong), wrong, profile=PROFILES[profile])
    (uncategorized,) = (each for each in found if each.rule == "BR-CO-04")
    assert "VAT as the tax scheme" in (uncategorized.fix or "")
    assert [each.rule for each in found if each.patch] == []


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("2026-12-01", None),
        ("20261201", None),
        ("50223054", "SI50223054"),
        ("5022 3054", "SI50223054"),
        ("si50223054", "SI50223054"),
    ],
)
def test_only_a_number_that_passes_the_national_check_gets_its_country(
    written: str, mended: str | None
) -> None:
    right = invoice()
    address = right.seller.postal_address
    assert address is not None
    assert address.country_code == "SI"
    seller = right.seller.model_copy(update={"vat_identifier": written})
    wrong = right.model_copy(update={"seller": seller})
    found = [one for one in judge_of(PEPPOL)(wrong) if one.rule == "BR-CO-09"]
    (finding,) = with_repairs(found, wrong, profile=PEPPOL)
    changes = [one["value"] for one in finding.patch if one["op"] != "test"]
    assert changes == ([] if mended is None else [mended])


def test_a_group_is_put_where_the_body_says_null() -> None:
    body = {"delivery": None}
    edits = (Edit("/delivery/name", "Gate 2"), Edit("/delivery/location", "1"))
    patch = Subject(body).patch([Mend(frozenset(), edits)])
    assert json_patch.apply(body, patch) == {"delivery": {"name": "Gate 2", "location": "1"}}
