"""`gateway outages`: noted, ended, corrected, withdrawn; every note stays."""

import json
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from gateway.cli.application import application
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Json, opened

Run = Callable[..., tuple[int, str]]
BEGINS, ENDS = "2026-11-20T08:00+01:00", "2026-11-20T12:00+01:00"


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("outages") / "data") as one:
        yield one


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    settings = house.runtime.settings
    assert settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("GATEWAY_DATA", str(settings.data))

    def call(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(application, ["outages", *arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout

    return call


def listed(run: Run, *arguments: str) -> list[Json]:
    code, text = run("--json", *arguments)
    assert code == 0
    found: list[Json] = json.loads(text)
    return found


def test_an_outage_is_noted_ended_corrected_and_withdrawn(run: Run) -> None:
    named = ("--begins", BEGINS, "--source", "BIP MF 1")
    code, text = run("note", "pl-ksef", "failure", *named)
    assert code == 0
    outage = text.strip()
    assert outage.startswith("otg_")
    assert run("note", "pl-ksef", "failure", *named)[0] == 1  # it is noted already
    (found,) = listed(run)
    assert (found["id"], found["kind"], found["ends_at"]) == (outage, "failure", None)
    assert found["begins_at"].startswith("2026-11-20T07:00:00")

    assert run("end", outage, "--at", ENDS, "--reason", "BIP MF 2")[0] == 0
    assert listed(run)[0]["ends_at"].startswith("2026-11-20T11:00:00")
    assert run("end", outage, "--at", "2026-11-19T08:00Z", "--reason", "?")[0] == 1
    correction = ("--kind", "unavailability", "--goes-on", "--reason", "It was planned.")
    assert run("correct", outage, *correction)[0] == 0
    (found,) = listed(run)
    assert (found["kind"], found["ends_at"]) == ("unavailability", None)
    assert run()[0] == 0

    assert run("withdraw", outage, "--reason", "Another system.")[0] == 0
    assert listed(run) == []
    assert [one["withdrawn"] for one in listed(run, "--all")] == [False, False, False, True]
    assert run("withdraw", outage, "--reason", "Again.")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("note", "si-furs", "failure", "--begins", BEGINS, "--source", "x"), 1),
        (("note", "pl-ksef", "failure", "--begins", "2026-11-20T08:00", "--source", "x"), 2),
        (("note", "pl-ksef", "failure", "--begins", "yesterday", "--source", "x"), 2),
        (("note", "pl-ksef", "nonsense", "--begins", BEGINS, "--source", "x"), 2),
        (("end", "otg_nonsense", "--at", ENDS, "--reason", "x"), 1),
    ],
)
def test_what_cannot_be_noted_is_said(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments)[0] == code
