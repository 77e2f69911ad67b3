"""The verifier as one file: up to date, and not made of what cannot stand together."""

from pathlib import Path

import pytest

from scripts import write_verifier
from scripts.write_verifier import CannotJoinError, single_file


def test_the_file_in_the_bundles_is_up_to_date() -> None:
    assert write_verifier.TARGET.read_text("utf-8") == single_file()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("_X = 1\n", "_X = 2\n", "_X is defined in one and in other"),
        ("def f(): ...\n", "class f: ...\n", "f is defined in one and in other"),
        ("import re\n", "re = 1\n", "re: imported here, defined there"),
        ("import re as r\n", "", "one renames what it imports"),
        ("from .other import f as g\n", "", "one renames what it imports"),
    ],
)
def test_modules_that_would_change_each_other_are_refused(
    one: str, other: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.py").write_text(f'"""One."""\n{one}')
    (tmp_path / "other.py").write_text(f'"""Other."""\n{other}')
    monkeypatch.setattr(write_verifier, "FOLDER", tmp_path)
    monkeypatch.setattr(write_verifier, "MODULES", ("one", "other"))
    with pytest.raises(CannotJoinError, match=why):
        single_file()


def test_a_module_that_nobody_named_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.py").write_text('"""One."""\n')
    monkeypatch.setattr(write_verifier, "FOLDER", tmp_path)
    monkeypatch.setattr(write_verifier, "MODULES", ())
    with pytest.raises(CannotJoinError, match="one: name it in MODULES"):
        single_file()
    monkeypatch.setattr(write_verifier, "MODULES", ("one",))
    assert "# one: One." in single_file()
