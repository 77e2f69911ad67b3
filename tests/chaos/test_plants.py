"""The harness is itself tested: every bug that is planted is found."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from gateway.documents.tables import document
from gateway.kit import guard, tenancy
from gateway.kit.database import Database, sqlalchemy_url
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.guard import UnsafeDatabaseError
from tests.chaos import campaign, schedules
from tests.chaos.campaign import Moment
from tests.chaos.ground import Ground, laid
from tests.chaos.plants import PROCESS
from tests.chaos.processes import Zygote
from tests.chaos.wires import routed
from tests.chaos.world_plants import WORLD
from tests.gateway.archive import seed

TRIES = 40
"""Schedules that a planted bug may survive."""


@pytest.fixture(scope="module")
def ground(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    home: Path = tmp_path_factory.mktemp("plants")
    with routed(), laid(postgres, home) as made:
        yield made


@pytest.mark.parametrize("name", WORLD)
def test_a_bug_planted_in_the_engine_is_found_by_the_simulator(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, figures: Callable[..., None], name: str
) -> None:
    plant = WORLD[name]
    plant.apply(monkeypatch)
    for number in range(TRIES):
        result = schedules.play(ground, number, bias=plant.bias, steps=6)
        if result.wrong:
            figures(found_after=number + 1, by=result.wrong[0])
            return
    pytest.fail(f"nobody noticed that {plant.what}")


@pytest.mark.parametrize("name", WORLD)
def test_without_the_bug_the_same_schedules_end_well(ground: Ground, name: str) -> None:
    bias = WORLD[name].bias
    assert schedules.play(ground, 0, bias=bias, steps=6).wrong == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PROCESS)
def test_a_bug_planted_in_a_process_is_found_when_it_is_killed(
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    tmp_path: Path,
    figures: Callable[..., None],
    name: str,
) -> None:
    plant = PROCESS[name]
    moment = Moment(plant.role, commits=True, k=1, mode=plant.mode, after=plant.after)
    tally, wrong = campaign.run(zygote, postgres, tmp_path, [moment], plants=[name])
    assert sum(tally.struck.values()) == 1, "it was never struck"
    assert wrong, f"nobody noticed that {plant.what}"
    figures(by=wrong[moment][0])


def test_a_database_that_forgets_commits_is_refused(
    admin_url: str, serving_url: str, database_name: str
) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f"alter database {database_name} set synchronous_commit = off".encode())
    assert _refusal(serving_url).startswith("synchronous_commit is off")


def test_a_database_without_row_security_is_refused(admin_url: str, serving_url: str) -> None:
    assert _refusal(serving_url) == ""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("alter table transmission disable row level security")
    assert _refusal(serving_url).startswith("row security is not forced on table 'transmission'")


def _refusal(url: str) -> str:
    """Return why a gateway does not serve from a database; empty when it does."""
    database = Database(url)
    try:
        guard.check(database)
    except UnsafeDatabaseError as error:
        return error.reasons[0]
    finally:
        database.close()
    return ""


def test_without_its_filter_a_transaction_behind_one_wall_sees_others(
    admin_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row security off, filter on: nothing is seen. Filter off too: the harness sees it."""
    mine, other = seed.tenant(admin_url), seed.tenant(admin_url)
    seed.document(admin_url, other, b"theirs", day=seed.NOW.date())
    seen = []
    for wall in (tenancy.tenant_filter, lambda _table, _tenant: sa.true()):
        monkeypatch.setattr(tenancy, "tenant_filter", wall)
        engine = sa.create_engine(sqlalchemy_url(admin_url))
        with engine.connect() as connection:
            tx = tenancy.TenantTransaction(connection, mine)
            seen.append(len(tx.execute(tx.select(document, document.c.id)).all()))
        engine.dispose()
    assert seen == [0, 1]
