"""Every official rule is asked of the invoice under its id, or there is a reason why not."""

from pathlib import Path

import pytest

from tests.formats.agreement.not_asked import NOT_ASKED, is_not_asked
from tests.formats.agreement.sides import SIDES, Official, Side

pytestmark = pytest.mark.official

_LEAST = {
    "EN-UBL": 210,
    "EN-CII": 210,
    "PEPPOL": 45,
    "PEPPOL-SELF": 40,
    "XR-UBL": 60,
    "XR-CII": 55,
}
"""Rules that are in both, so that an empty list proves nothing."""


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES)
def test_every_official_rule_is_ours_too_or_cannot_be(side: Side, official: Path) -> None:
    ids = Official(official).ids(side)
    missing = sorted(rule for rule in ids - side.rules if not is_not_asked(rule))
    assert missing == []
    assert sorted(rule for rule in side.rules if is_not_asked(rule)) == []
    assert len(ids & side.rules) >= _LEAST[side.name]


def test_what_is_not_asked_exists(official: Path) -> None:
    ids = frozenset[str]().union(*(Official(official).ids(side) for side in SIDES.values()))
    listed = {rule for rules, _ in NOT_ASKED for rule in rules if not rule.endswith("*")}
    assert sorted(listed - ids) == []
