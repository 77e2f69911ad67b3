"""The benchmark of the archive stores what it says; how long anything takes is not tested."""

from pathlib import Path

import pytest

from benchmarks import archive


@pytest.mark.parametrize("name", archive.SUBJECTS)
def test_every_byte_is_there(tmp_path: Path, name: str) -> None:
    assert archive.turn(archive.SUBJECTS[name], tmp_path, 6, 2) > 0
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    sizes = sorted(path.stat().st_size for path in files if not path.match("*.[jl]o*"))
    assert sizes in (sorted(archive.SIZES * 6), [sum(archive.SIZES) * 6])


def test_every_subject_has_a_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    archive.main(
        ["--sets", "2", "--threads", "1", "2", "--rounds", "1", "--directory", str(tmp_path)]
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 2 * len(archive.SUBJECTS)
    assert list(tmp_path.iterdir()) == []
