"""Migrations form one line: two of one number are noticed before they are merged."""

import re
from itertools import pairwise

from tests.architecture.sources import ROOT

VERSIONS = ROOT / "gateway" / "migrations" / "versions"
_NAME = re.compile(r"(?P<number>[0-9]{4})_[a-z0-9_]+\.py")
_SAYS = re.compile(
    r'^(?P<what>revision|down_revision)(?:: .+?)? = (?:"(?P<value>\w+)"|None)$', re.MULTILINE
)


def _line() -> list[tuple[str, str | None, str | None]]:
    """Return number in the name, own revision and the one before, by file name."""
    found = []
    for path in sorted(VERSIONS.glob("[0-9]*.py")):
        name = _NAME.fullmatch(path.name)
        assert name, f"{path.name}: call it <four digits>_<what>.py"
        said = {one["what"]: one["value"] for one in _SAYS.finditer(path.read_text("utf-8"))}
        found.append((name["number"], said["revision"], said["down_revision"]))
    return found


def test_each_migration_follows_the_one_before_it() -> None:
    line = _line()
    assert [number for number, _, _ in line] == [
        f"{place:04}" for place in range(1, len(line) + 1)
    ]
    assert [revision for _, revision, _ in line] == [number for number, _, _ in line]
    assert line[0][2] is None
    for (before, _, _), (number, _, follows) in pairwise(line):
        assert follows == before, f"{number} follows {follows}, not {before}"


def test_sql_stands_beside_the_migration_that_runs_it() -> None:
    modules = {path.stem for path in VERSIONS.glob("*.py")}
    assert {path.stem for path in VERSIONS.glob("*.sql")} <= modules
