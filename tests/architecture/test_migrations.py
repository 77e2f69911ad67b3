"""Migrations form one line: two of one number are noticed before they are merged."""

import re
from itertools import pairwise

from tests.architecture.sources import ROOT

VERSIONS = ROOT / "gateway" / "migrations" / "versions"
_NAME = re.compile(r"(?P<number>[0-9]{4})_[a-z0-9_]+\.py")
_SAYS = re.compile(
    r'^(?P<what>revision|down_revision)(?:: .+?)? = (?:"(?P<value>\w+)"|None)$', re.MULTILINE
)

_SEEN = {
    "0034_retention.sql": {"entity"},
    "0042_entity_logs.sql": {"entity_log_node", "placed"},
}
"""What a migration fills from with row security as it is: it was released so, or is of its own."""


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


def test_rows_that_are_there_are_seen_by_the_owner_who_changes_them() -> None:
    """Row security is forced: without this an `update` of a migration changes nothing.

    Nor does an `insert` that takes from such a table bring anything. What 0034 and those before
    0023 left out is done later; tests/gateway/migrations has the rows to tell.
    """
    scripts = {path.name: path.read_text("utf-8") for path in VERSIONS.glob("*.sql")}
    for name, script in sorted(scripts.items())[22:]:
        for fill in re.findall(r"^(?:update|insert into)\b[^;]*", script, re.MULTILINE):
            before, _, after = script.partition(fill)
            tables = re.findall(r"(?:^update|\bfrom|\bjoin) ([a-z]\w+)", fill, re.MULTILINE)
            for table in set(tables) - _SEEN.get(name, frozenset()):
                assert f"alter table {table} no force row level security;" in before, name
                assert f"alter table {table} force row level security;" in after, name
