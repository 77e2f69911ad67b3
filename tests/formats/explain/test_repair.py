"""Spoiled invoices come back with pointer, rule and fix; patches give them back as they were.

Sources are official documents that nothing is wrong with, and our own. Every kind of `corruptions`
is tried on each; what a patch must and must not do is checked on the whole invoice.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from formats.en16931.changes import diff
from formats.en16931.model import Invoice
from formats.explain import json_patch
from formats.explain.repair import repair, with_repairs
from formats.explain.repair.engine import canonical, judge_of
from formats.findings import Finding
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
