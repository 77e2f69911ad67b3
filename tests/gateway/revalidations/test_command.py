"""`gateway archive revalidate`."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.cli.revalidations import revalidate
from tests.gateway.revalidations.conftest import Office


@pytest.fixture
def http(office: Office) -> Iterator[httpx2.Client]:
    client = office.shop.account.client
    client.headers.update(
        {"Authorization": f"Bearer {office.shop.key}", "Entity-Id": office.shop.entity}
    )
    yield client
    for name in ("Authorization", "Entity-Id"):
        del client.headers[name]


def test_it_writes_the_report_and_its_exit_code_says_whether_all_is_as_it_was(
    http: httpx2.Client, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = tmp_path / "then.json", tmp_path / "then.csv"
    one = {"ids": [office.ids[0]]}
    assert revalidate(http, one | {"own_day": True}, path, as_json=False) == 0
    assert json.loads(path.read_bytes())["summary"]["documents"] == 1
    assert "valid" in capsys.readouterr().out
    assert revalidate(http, one | {"as_of": "2026-04-13"}, table, as_json=True) == 1
    printed = capsys.readouterr().out
    told = json.loads(printed[printed.index("{\n") :])  # this process logs its requests, too
    assert told["verdicts"] == [{"then": "valid", "now": "unknown", "documents": 1}]
    (row,) = csv.DictReader(io.StringIO(table.read_text(), newline=""))
    assert (row["id"], row["by_stand_ins"]) == (office.ids[0], "valid")
    assert revalidate(http, {"kinds": ["song"]}, path, as_json=False) == 2
    assert "422" in capsys.readouterr().err
