"""The benchmark of the PDF runs; how long anything takes is not tested."""

import pytest

from benchmarks import pdf


def test_every_subject_has_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    pdf.main(["--rounds", "1", "--budget", "0", "--more", "12"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 9
    assert all(line.split()[-1] == "1" for line in lines[1:])
