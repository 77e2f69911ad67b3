"""`gateway tax explain`: what it prints, and its exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli.application import application
from gateway.tax.command import DONE, MISSING, WRONG
from tests.gateway.tax.test_endpoints import SALE


def _explained(tmp_path: Path, body: object, *options: str) -> tuple[int, str]:
    file = tmp_path / "sale.json"
    file.write_text(json.dumps(body), encoding="utf-8")
    done = CliRunner().invoke(application, ["tax", "explain", str(file), *options])
    return done.exit_code, done.output


def test_json_is_the_answer_of_the_call(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said = _explained(tmp_path, SALE, "--output", "json")
    answer: dict[str, Any] = json.loads(said or capfd.readouterr().out)
    assert code == DONE
    assert [line["category"] for line in answer["lines"]] == ["K", "AE"]


def test_a_missing_fact_is_an_exit_code_of_its_own(tmp_path: Path) -> None:
    assert _explained(tmp_path, {**SALE, "buyer": {"country": "DE"}})[0] == MISSING


@pytest.mark.parametrize("body", [[], {"day": "2026-11-21"}, {**SALE, "lines": "none"}])
def test_what_cannot_be_read_is_another(tmp_path: Path, body: object) -> None:
    assert _explained(tmp_path, body)[0] == WRONG


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = CliRunner().invoke(application, ["tax", "explain", str(tmp_path / "none.json")])
    assert done.exit_code == WRONG
