"""`gateway export`: issued documents into a file here."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.cli.remote import export
from tests.gateway.exports.conftest import Office


@pytest.fixture
def http(office: Office) -> Iterator[httpx2.Client]:
    client = office.shop.account.client
    client.headers["Authorization"] = f"Bearer {office.shop.key}"
    yield client
    del client.headers["Authorization"]


def test_the_file_is_the_one_that_the_gateway_made(
    http: httpx2.Client, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"format": "csv", "rows": "documents", "from": "2026-11-01"}
    path = tmp_path / "november.csv"
    assert export(http, asked, path) == 0
    job = office.ask(**asked)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == job["result"]["file"]["sha256"]
    assert f"{job['result']['documents']} documents" in capsys.readouterr().out
    assert [one.name for one in tmp_path.iterdir()] == ["november.csv"]


def test_it_overwrites_only_what_was_named(
    http: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = {"format": "csv", "rows": "documents"}
    assert export(http, asked, None) == 0
    [made] = tmp_path.iterdir()
    made.write_text("mine")
    assert export(http, asked, None) == 2
    assert made.read_text() == "mine"
    assert export(http, asked, made) == 0
    assert made.read_text() != "mine"


def test_a_refusal_is_said(
    http: httpx2.Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"format": "csv", "from": "2026-02-01", "to": "2026-01-01"}
    assert export(http, asked, tmp_path / "x") == 2
    assert "422" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_changed_on_the_way_are_not_kept(tmp_path: Path) -> None:
    file = {"name": "export.csv", "sha256": hashlib.sha256(b"whole").hexdigest()}
    job = {"id": "job_x", "state": "succeeded", "result": {"documents": 1, "file": file}}
    sent = {"/v1/exports": httpx2.Response(202, json=job)}

    def answered(request: httpx2.Request) -> httpx2.Response:
        return sent.get(request.url.path) or httpx2.Response(200, content=arriving)

    transport = httpx2.MockTransport(answered)
    http = httpx2.Client(transport=transport, base_url="http://gateway.test")
    arriving = b"half"
    assert export(http, {"format": "csv"}, tmp_path / "x") == 2
    assert list(tmp_path.iterdir()) == []
    arriving = b"whole"
    assert export(http, {"format": "csv"}, tmp_path / "x") == 0
    assert (tmp_path / "x").read_bytes() == b"whole"
