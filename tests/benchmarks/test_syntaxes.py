"""The benchmarks run and measure what they say; how long anything takes is not tested."""

import pytest

from benchmarks import syntaxes
from benchmarks.invoices import sample
from benchmarks.timing import measure
from formats import cii, ubl


def test_every_call_is_measured_and_the_median_is_one_of_them() -> None:
    calls: list[None] = []
    found = measure({"a": lambda: calls.append(None)}, rounds=2, budget=0)
    assert found["a"].calls == 2
    assert len(calls) == 5  # three to warm up, one in each round
    assert found["a"].least <= found["a"].median <= found["a"].most


def test_the_invoice_survives_both_syntaxes() -> None:
    """What is timed does its work: nothing is left out to be quick."""
    invoice = sample(10)
    assert len(invoice.lines) == 10
    assert ubl.read(ubl.write(invoice)) == invoice
    assert cii.read(cii.write(invoice)) == invoice


def test_the_peer_works_on_the_same_invoice() -> None:
    subjects = syntaxes.drafthorse(3)
    written = subjects["drafthorse, CII, write, 3 lines"]()
    assert isinstance(written, bytes)
    assert cii.read(written) == sample(3)


def test_the_report_names_every_subject(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--lines", "2", "--fewer", "3", "--more", "4", "--rounds", "1", "--budget", "0"]
    syntaxes.main(sizes)
    report = capsys.readouterr().out
    for syntax in ("UBL", "CII"):
        for work in ("write", "read"):
            for lines in (2, 3, 4):
                assert f"{syntax}, {work}, {lines} lines" in report
            assert f"{syntax}, {work}: t(4) / t(3) = " in report
    assert "drafthorse, CII, write, 2 lines: " in report
    assert "factur-x, PDF with XML, 2 lines: " in report
    assert "goal 150" not in report  # goals are for ten lines
