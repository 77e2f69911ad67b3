"""No official rule takes more than linear time: four times the document, four times the work.

What is counted is in `work`. Each kind of thing alone, and all together: what is quadratic in one
of them must not hide behind the rest.
"""

from itertools import chain
from pathlib import Path

import pytest

from formats.validation.engine import RuleEngine
from tests.conformance.rule_sets.comparison import Difference, Judges
from tests.conformance.rule_sets.inventory import RuleSet, rule_set_named, rule_sets
from tests.conformance.rule_sets.longer import Sample, sample
from tests.conformance.rule_sets.subjects import Subject
from tests.conformance.rule_sets.work import counted, seconds
from tests.oracle.saxon import SaxonOracle

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

_SEVERAL, _FEW, _MANY = 7, 30, 120
_MOST = 5
"""Times the work of `_FEW` that `_MANY` may take."""

_TRIES = 5

_ALWAYS = (
    "en16931/ubl/xslt/EN16931-UBL-validation.xslt",
    "en16931/cii/xslt/EN16931-CII-validation.xslt",
    "peppol-2026-05/xslt/PEPPOL-EN16931-UBL.xslt",
    "xrechnung/xslt-3.0.2/XRechnung-UBL-validation.xslt",
    "xrechnung/xslt-3.0.2/XRechnung-CII-validation.xslt",
    "peppol-pint/xslt/pint-om-1.0.1/billing/PINT-jurisdiction-aligned-rules.xslt",
)

_WITHOUT_EXAMPLES = {
    "fr-ctc/xslt/flux10/PPF_Flux10_v1_0.xslt",
    "fr-ctc/sch/flux10/PPF_Flux10_v1_0.sch",
    "cz-isdoc/sch/isdoc-6.0.2.sch",
}


def _growth(engine: RuleEngine, rule_set: RuleSet, long: Sample, kind: str | None) -> float:
    """Return how many times the work of a few things many take, without that for the first."""
    # What is kept for the process is computed before anything is counted.
    counted(engine, rule_set.artefact, long.times(_FEW, kind))
    one, few, many = (
        counted(engine, rule_set.artefact, long.times(number, kind)) for number in (1, _FEW, _MANY)
    )
    return (many - one) / max(few - one, 1)


def _too_fast_growing(engine: RuleEngine, rule_set: RuleSet, long: Sample) -> dict[str, float]:
    found = {
        kind or "all together": _growth(engine, rule_set, long, kind)
        for kind in chain(long.kinds, [None])
    }
    return {kind: growth for kind, growth in found.items() if growth > _MOST}


def _sample(rule_set: RuleSet) -> Sample:
    found = sample(rule_set)
    assert found is not None
    return found


@pytest.mark.parametrize("name", _ALWAYS)
def test_four_times_as_many_are_four_times_the_work(
    official: Path, engine: RuleEngine, name: str
) -> None:
    rule_set = rule_set_named(official, name)
    long = _sample(rule_set)
    assert {"lines", "rates", "payment means", "attachments"} <= long.kinds.keys()
    assert _too_fast_growing(engine, rule_set, long) == {}


@pytest.mark.parametrize("name", _ALWAYS)
def test_four_times_as_many_take_four_times_as_long(
    official: Path, engine: RuleEngine, name: str
) -> None:
    # What loops in C is not counted, so time is measured too: at a size at which nothing else
    # matters, and as often as another process may disturb it.
    rule_set = rule_set_named(official, name)
    long = _sample(rule_set)
    few, many = long.times(_FEW * 5), long.times(_MANY * 5)
    seconds(engine, rule_set.artefact, few)
    times = []
    for _ in range(_TRIES):
        times.append(
            seconds(engine, rule_set.artefact, many) / seconds(engine, rule_set.artefact, few)
        )
        if times[-1] <= _MOST:
            return
    pytest.fail(f"{name}: four times the document takes {min(times):.1f} times as long")


def _unlike_saxon(judges: Judges, rule_set: RuleSet, long: Sample) -> list[Difference]:
    found: list[Difference] = []
    for kind in chain(long.kinds, [None]):
        content = long.times(_SEVERAL, kind)
        subject = Subject(f"{_SEVERAL} x {kind or 'all'}", content, str(long.root.tag))
        found += judges.compare(rule_set, subject)[2]
    return found


@pytest.mark.parametrize("name", _ALWAYS)
def test_what_is_found_by_an_index_is_what_saxon_finds(
    official: Path, engine: RuleEngine, saxon: SaxonOracle, name: str
) -> None:
    rule_set = rule_set_named(official, name)
    assert _unlike_saxon(Judges(engine, saxon), rule_set, _sample(rule_set)) == []


@pytest.mark.full
@pytest.mark.parametrize("part", range(4))
def test_longer_documents_are_judged_as_saxon_judges_them(
    official: Path, engine: RuleEngine, saxon: SaxonOracle, part: int
) -> None:
    judges = Judges(engine, saxon)
    found = [
        each
        for rule_set in rule_sets(official)[part::4]
        if (long := sample(rule_set)) is not None
        for each in _unlike_saxon(judges, rule_set, long)
    ]
    assert found == []


@pytest.mark.full
@pytest.mark.parametrize("part", range(4))
def test_no_rule_set_of_the_inventory_grows_faster(
    official: Path, engine: RuleEngine, part: int
) -> None:
    growing = {}
    without = set()
    for rule_set in rule_sets(official)[part::4]:
        long = sample(rule_set)
        if long is None:
            without.add(rule_set.name)
        elif found := _too_fast_growing(engine, rule_set, long):
            growing[rule_set.name] = found
    assert growing == {}
    assert without <= _WITHOUT_EXAMPLES
