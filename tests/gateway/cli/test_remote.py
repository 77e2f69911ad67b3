"""`gateway import`: a file of customers or items, to a gateway that runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.cli.remote import File, import_rows
from tests.gateway.cli.conftest import Gateway
from tests.gateway.conftest import Account

CUSTOMERS = "Name,VAT number,Colour\nNovak d.o.o.,SI50223054,red\nKovač,,\n"
WRONG = "Name,VAT number\nNovak d.o.o.,SI50223055\nKovač,\n"


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


@pytest.fixture
def http(account: Account, entity: str) -> Iterator[httpx2.Client]:
    own = {"Authorization": f"Bearer {account.key}", "Entity-Id": entity}
    account.client.headers.update(own)
    yield account.client
    for name in own:
        del account.client.headers[name]


def _import(  # noqa: PLR0913 - one for each option
    http: httpx2.Client,
    path: Path,
    what: str = "customers",
    *,
    mode: str = "all",
    dry_run: bool = False,
    as_json: bool = False,
) -> int:
    sent = File.read(path, None)
    return import_rows(http, what, sent, mode=mode, dry_run=dry_run, as_json=as_json)


def _names(http: httpx2.Client, what: str = "customers") -> set[str]:
    return {one["name"] for one in http.get(f"/v1/{what}").json()["data"]}


def test_a_dry_run_writes_nothing_and_the_import_everything(
    http: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    assert _import(http, path, dry_run=True) == 0
    assert _names(http) == set()
    assert "2 created" in (said := capsys.readouterr()).out
    assert "Colour" in said.err
    assert _import(http, path) == 0
    assert _names(http) == {"Novak d.o.o.", "Kovač"}
    assert _import(http, path, as_json=True) == 0
    _, _, report = capsys.readouterr().out.partition("\n{")  # the gateway's log goes there too
    assert json.loads(f"{{{report}")["unchanged"] == 2


def test_what_is_wrong_is_said_by_cell(
    http: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(WRONG)
    assert _import(http, path) == 1
    assert _names(http) == set()
    assert capsys.readouterr().err.startswith("B2: VAT number ")
    assert _import(http, path, mode="each") == 1
    assert _names(http) == {"Kovač"}


def test_items_and_what_is_no_table(
    http: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "items.csv"
    path.write_text("name,price\nBread,3.50\n")
    assert _import(http, path, "items") == 0
    assert _names(http, "items") == {"Bread"}
    path.write_text("colour\nred\n")
    assert _import(http, path, "items") == 2
    assert "422" in capsys.readouterr().err


def test_a_workbook_is_sent_as_one(tmp_path: Path) -> None:
    book, table = tmp_path / "a.XLSX", tmp_path / "a.csv"
    book.write_bytes(b"PK")
    table.write_bytes(b"name")
    assert File.read(book, "windows-1250").media_type.endswith("spreadsheetml.sheet")
    assert File.read(table, "windows-1250").media_type == "text/csv; charset=windows-1250"


def test_it_says_that_nobody_answers(gateway: Gateway, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    key = {"GATEWAY_API_KEY": "gw_sandbox_x"}
    done = gateway("import", "customers", path, "--url", "http://127.0.0.1:9", **key)
    assert (done.code, "127.0.0.1:9" in done.err) == (2, True)
    done = gateway("export", "csv", "--from", "2026-01-01", "--url", "http://127.0.0.1:9", **key)
    assert (done.code, "127.0.0.1:9" in done.err) == (2, True)
