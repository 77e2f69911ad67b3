"""S2 at the doors: `gateway validate`, `POST /v1/validate` and `/v1/inbox` on a server of its own.

Whatever comes in, they answer; nothing that must be refused is called valid.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from formats.conversion import convert
from formats.registry import PROFILES
from gateway.demo.api import wait_until_ready
from gateway.demo.companies import SELLERS
from gateway.demo.server import Server
from gateway.validations import command
from tests.formats.samples import invoice
from tests.hostile.documents import documents, large
from tests.hostile.other_documents import archives, json_documents, pdf_documents
from tests.hostile.test_documents import ROOT, _may_be_valid, _text
from tests.kept_rules import shared_with

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

KINDS = {"json": "application/json", "pdf": "application/pdf"}
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    source = PROFILES["peppol-bis-3"].write(invoice())
    return {
        syntax: convert(source, PROFILES[f"en16931-{syntax}"]).content for syntax in ("ubl", "cii")
    }


@pytest.fixture(scope="module")
def body(good: dict[str, bytes]) -> dict[str, Any]:
    read = PROFILES["en16931-ubl"].read(good["ubl"])
    given: dict[str, Any] = read.model_dump(mode="json", exclude_none=True)
    return given


@pytest.fixture(scope="module")
def hostile(
    request: pytest.FixtureRequest, good: dict[str, bytes], body: dict[str, Any]
) -> list[tuple[str, bytes]]:
    """A share of them; all with `--full`."""
    bases = {syntax: _text(content) for syntax, content in good.items()}
    chosen = list(documents(bases, NOWHERE, "/etc/hostname"))
    if request.config.getoption("--full"):
        chosen += [each for each in large(bases) if len(each[1]) < 50_000_000]
    else:
        chosen = chosen[7::37]
    chosen += json_documents(body)
    chosen += pdf_documents(good["cii"])
    chosen += archives(good["cii"])
    assert len({name for name, _ in chosen}) == len(chosen)
    return chosen


def _kind(name: str) -> str:
    kind = name.partition(": ")[0]
    return kind if kind in KINDS else "xml"


def _wrong(name: str, said: dict[str, Any]) -> str | None:
    """Return what is wrong with a report."""
    if said["valid"] and (_kind(name) != "xml" or not _may_be_valid(name)):
        return f"{name}: valid"
    silent = not said["findings"] and all(each["outcome"] == "ran" for each in said["layers"])
    if not said["layers"] or (silent and not said["valid"]):
        return f"{name}: refused without a reason"
    if any(each["outcome"] == "crashed" for each in said["layers"]):
        return f"{name}: {[each['reason'] for each in said['layers'] if each['reason']]}"
    return None


def test_json_in_another_encoding_is_called_so(hostile: list[tuple[str, bytes]]) -> None:
    from formats.json.parsing import other_encoding  # noqa: PLC0415

    found = {name: other_encoding(content) for name, content in hostile}
    assert {name[6:12].upper() for name, other in found.items() if other} == {"UTF-16", "UTF-32"}
    assert sum(map(bool, found.values())) == 6


def test_the_command_answers_for_every_file(
    tmp_path: Path, official: Path, hostile: list[tuple[str, bytes]], good: dict[str, bytes]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    names = {}
    for number, (name, content) in enumerate([*hostile, ("good", good["ubl"])]):
        path = inbox / f"{number:05}.{_kind(name)}"
        path.write_bytes(content)
        names[str(path)] = name
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GATEWAY_")}
    own = {
        "GATEWAY_DATA": str(shared_with(tmp_path / "home")),
        "GATEWAY_SCHEMAS_DIR": str(official),
    }
    arguments = ("validate", str(inbox), "--output", "jsonl", "--jobs", "2")
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "gateway.cli", *arguments],
        env=kept | own,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    assert not done.stderr, done.stderr[-2000:]
    said = {names[each["file"]]: each for each in map(json.loads, done.stdout.splitlines())}
    assert said.keys() == set(names.values())
    assert said.pop("good")["valid"]
    wrong = [_wrong(name, report) for name, report in said.items()]
    assert not [each for each in wrong if each]
    assert sum(not each["valid"] for each in said.values()) > len(said) / 2


def test_the_command_exits_with_1_or_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    hostile: list[tuple[str, bytes]],
) -> None:
    monkeypatch.setenv("GATEWAY_DATA", str(tmp_path / "home"))
    refused = [each for each in hostile if _kind(each[0]) != "xml" or "doctype" in each[0]]
    for name, content in refused[::9]:
        path = tmp_path / f"file.{_kind(name)}"
        path.write_bytes(content)
        assert command.main([str(path)]) in {1, 2}, name
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err


@pytest.fixture(scope="module")
def http(open_directory: Path, official: Path) -> Iterator[httpx2.Client]:
    """A client of a server that runs in a process of its own."""
    home = open_directory / "hostile"
    home.mkdir(mode=0o711)
    shared_with(home / "data")
    more = {
        "GATEWAY_POSTGRES_HOME": str(home / "database"),
        "GATEWAY_SCHEMAS_DIR": str(official),
    }
    with Server.started(home, more=more) as server:
        headers = {"Authorization": f"Bearer {server.key}"}
        client = httpx2.Client(base_url=server.url, headers=headers, timeout=120, trust_env=False)
        with client:
            wait_until_ready(client, seconds=120)
            yield client


def test_the_server_answers_every_request(
    http: httpx2.Client, hostile: list[tuple[str, bytes]], good: dict[str, bytes]
) -> None:
    wrong = []
    for name, content in [*hostile, ("good", good["ubl"])]:
        kind = KINDS.get(_kind(name), "application/octet-stream")
        answer = http.post("/v1/validate", content=content, headers={"Content-Type": kind})
        if answer.status_code == httpx2.codes.CONTENT_TOO_LARGE:
            continue
        if answer.status_code != httpx2.codes.OK:
            wrong.append(f"{name}: {answer.status_code} {answer.text[:200]}")
        elif name == "good":
            assert answer.json()["valid"]
        else:
            wrong.append(_wrong(name, answer.json()) or "")
    assert not [each for each in wrong if each]
    assert http.get("/healthz").status_code < 500


def test_the_inbox_keeps_every_document_and_calls_none_valid_that_is_not(
    request: pytest.FixtureRequest,
    http: httpx2.Client,
    hostile: list[tuple[str, bytes]],
    good: dict[str, bytes],
) -> None:
    entity = http.post("/v1/entities", json=SELLERS["SI"]).json()["id"]
    chosen = hostile if request.config.getoption("--full") else hostile[5::30]
    wrong = []
    for name, content in [*chosen, ("good", good["ubl"])]:
        kind = KINDS.get(_kind(name), "application/octet-stream")
        headers = {"Content-Type": kind, "Entity-Id": entity}
        answer = http.post("/v1/inbox", content=content, headers=headers)
        if answer.status_code == httpx2.codes.CONTENT_TOO_LARGE:
            continue
        if answer.status_code not in {200, 201}:
            wrong.append(f"{name}: {answer.status_code} {answer.text[:200]}")
            continue
        said = answer.json()
        if name == "good":
            assert (said["state"], said["verdict"]) == ("readable", "valid")
        elif said["verdict"] == "valid" and (_kind(name) != "xml" or not _may_be_valid(name)):
            wrong.append(f"{name}: valid")
        elif said["state"] == "unreadable" and not said["refusal"]:
            wrong.append(f"{name}: unreadable without a reason")
        kept = http.get(f"/v1/inbox/{said['id']}/document", headers={"Entity-Id": entity})
        if kept.content != content:
            wrong.append(f"{name}: other bytes were kept")
    assert not wrong
    assert http.get("/healthz").status_code < 500
