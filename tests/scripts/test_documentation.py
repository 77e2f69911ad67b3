"""The documentation names files that exist."""

import re
from pathlib import Path

import pytest

from scripts.check_changelog import problems
from tests.architecture.sources import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("schemas/*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)")
_PATH = re.compile(r"`((?:gateway|formats|countries|schemas|tests|docs|scripts)/[\w./-]+)`")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_paths_that_are_named_exist(page: Path) -> None:
    paths = _PATH.findall(page.read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_changelog_fragments_are_well_formed() -> None:
    assert problems() == []


def test_every_decision_is_in_the_list() -> None:
    decisions = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall((decisions / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in decisions.glob("0*.md")}
