"""The book of what was played: a part is played again unless it ended well, with the same code."""

from pathlib import Path

import pytest

from tests.chaos import ledger
from tests.chaos.campaign import Tally
from tests.chaos.proxy import Mode


@pytest.fixture(autouse=True)
def book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("GATEWAY_CHAOS_LOG", str(tmp_path / "var" / "chaos.log"))
    monkeypatch.setenv("GATEWAY_CHAOS_RESUME", "1")
    return tmp_path / "var" / "chaos.log"


def test_a_part_that_ended_well_is_not_played_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.begin("kills", 0, 50).end(50, {}, reached={"strikes": 50})
    assert ledger.begin("kills", 0, 50).before
    assert not ledger.begin("kills", 0, 49).before
    assert not ledger.begin("schedules", 0, 50).before
    monkeypatch.delenv("GATEWAY_CHAOS_RESUME")
    assert not ledger.begin("kills", 0, 50).before


def test_one_that_found_something_is_played_again() -> None:
    ledger.begin("kills", 0, 50).end(50, {7: ["a gap"]})
    assert not ledger.begin("kills", 0, 50).before


def test_what_was_true_of_other_code_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.begin("kills", 0, 50).end(50, {})
    monkeypatch.setattr(ledger, "code", lambda: "other")
    assert not ledger.begin("kills", 0, 50).before
    assert len(list(ledger.played("kills", any_code=True))) == 1


def test_the_figures_of_a_part_say_how_much_was_played() -> None:
    ledger.begin("kills", 0, 50).end(50, {})
    part = ledger.begin("kills", 50, 60)
    part.end(10, {})
    assert part.figures["part"] == "50:60"
    assert part.figures["played_so_far"] == "60"


def test_the_range_takes_a_part_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_CHAOS_RANGE", "200:425")
    parts = ledger.parts(range(10_000), 100)
    assert [ledger.name(part) for part in parts] == ["200-300", "300-400", "400-425"]
    monkeypatch.delenv("GATEWAY_CHAOS_RANGE")
    assert sum(map(len, ledger.parts(range(1, 1301), 50))) == 1300


def test_the_sums_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    ledger.begin("kills", 0, 50).end(50, {}, reached={"strikes": 48, "missed": 2})
    ledger.begin("kills", 50, 90).end(40, {"88": ["a gap"]}, reached={"strikes": 40})
    ledger.main()
    said = capsys.readouterr().out
    assert said.startswith(f"kills with {ledger.code()}: 90 played in 0 s; ")
    assert said.endswith("reached: missed 2, strikes 88; wrong: {'88': ['a gap']}\n")


def test_what_was_reached_side_by_side_adds_up() -> None:
    first, second = Tally(missed=1, slowest=2.0), Tally(missed=2, slowest=1.0, unread_commits=1)
    first.struck[Mode.KILL_AFTER] += 1
    second.struck[Mode.KILL_AFTER] += 2
    first.add(second)
    assert (first.missed, first.slowest, first.unread_commits) == (3, 2.0, 1)
    assert first.counts()["strikes"] == 3
