"""What commands print reaches the reader as it is."""

import pytest

from gateway.cli.diagnosis import MISSING, Check, _print
from gateway.kit.console import fail, out

FIX = "pip install 'einvoice-gateway[embedded]'"


def test_brackets_are_printed_in_tables() -> None:
    with out.capture() as captured:
        _print([Check("package", "factur-x [x]", MISSING, "carries [bold]rules", FIX)])
    for text in (FIX, "factur-x [x]", "[bold]rules"):
        assert text in captured.get()


def test_brackets_are_printed_in_failures(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        fail(f"{FIX} [/nothing]", 3)
    assert caught.value.code == 3
    assert capsys.readouterr().err.strip() == f"{FIX} [/nothing]"
