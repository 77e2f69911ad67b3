"""`gateway log`: heads, and with whom they are."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gateway.archive.checkpoint import Checkpoint
from gateway.cli.application import application
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened


@pytest.fixture
def house(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "elsewhere").mkdir()
    settings = {"log_anchor_directory": tmp_path / "elsewhere", "log_anchor_minutes": 0}
    with opened(postgres, tmp_path / "data", **settings) as made:
        yield made


def run(house: House, *arguments: str) -> Result:
    settings = house.runtime.settings
    assert settings.database_url is not None
    environment = {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "GATEWAY_ADMIN_DATABASE_URL": house.admin_url,
        "GATEWAY_DATA": str(settings.data),
    }
    return CliRunner().invoke(application, ["log", *arguments], env=environment)


def test_heads_and_anchors_are_shown_and_compared(house: House) -> None:
    assert run(house, "checkpoint").exit_code == 1, "nothing was archived"
    Shop.opened(house).issued()
    house.runtime.heads.anchors.look(clock.now())
    shown = run(house, "checkpoint")
    assert shown.exit_code == 0
    head = Checkpoint.verified(shown.stdout, house.runtime.archive.verifier)
    assert run(house, "checkpoint", "--cosigned").exit_code == 1
    checked = run(house, "anchors", "--check", "--json")
    (one,) = json.loads(checked.stdout)
    assert (one["kind"], one["size"], one["outcome"]) == ("file", head.size, "done")
    assert (one["fits"], checked.exit_code) == (True, 0)
    assert "directory" in run(house, "anchors").stdout
    house.sql("update log_anchor set root = sha256('x')")
    checked = run(house, "anchors", "--check", "--json")
    assert (json.loads(checked.stdout)[0]["fits"], checked.exit_code) == (False, 1)
    assert json.loads(run(house, "witnessed", "--json").stdout) == []


def test_a_sound_log_has_nothing_to_reconcile(house: House) -> None:
    Shop.opened(house).issued()
    done = run(house, "reconcile", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["missing"] == 0
    assert run(house, "reconcile", "--proceed", "--reason", "x").exit_code not in {0, None}
