"""The benchmark of determination does what it says; how long anything takes is not tested."""

import pytest

from benchmarks import tax
from countries.vat.determine import determine


def test_ten_different_lines_are_determined() -> None:
    assert len({(line.kind, line.item_code) for line in tax.LINES}) == 10
    results = {name: [one.result for one in determine(sale)] for name, sale in tax.sales().items()}
    assert len(set(map(tuple, results.values()))) == 3
    categories = {result[0] for found in results.values() for result in found}
    assert categories >= {"S", "AE", None}  # rates, reverse charges, and facts that are missing


def test_forgetting_changes_no_decision() -> None:
    for sale in tax.sales().values():
        assert tax.forgetful(sale) == determine(sale)


def test_the_report_names_every_subject(capsys: pytest.CaptureFixture[str]) -> None:
    tax.main(["--rounds", "1", "--budget", "0"])
    lines = capsys.readouterr().out.splitlines()[2:]
    assert [line[:42].strip() for line in lines] == list(tax.subjects())
    assert sum("goal 200" in line for line in lines) == 3
