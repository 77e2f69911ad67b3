"""The proxy itself: what it counts, where it strikes, what the server then knows."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos.proxy import Mode, Plan, Proxy


@pytest.fixture
def proxy(postgres: EmbeddedPostgres) -> Iterator[Proxy]:
    with Proxy(str(postgres._sockets / ".s.PGSQL.5432")) as made:
        yield made


@pytest.fixture
def url(proxy: Proxy, admin_url: str, database_name: str) -> str:
    with psycopg.connect(admin_url) as connection:
        connection.execute("create table kept (value integer)")
    return f"postgresql://postgres@127.0.0.1:{proxy.port}/{database_name}"


def insert(url: str, value: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("insert into kept values (%s)", [value])


def kept(admin_url: str) -> list[int]:
    with psycopg.connect(admin_url) as connection:
        return [row[0] for row in connection.execute("select value from kept order by value")]


def heads(plan: Plan) -> str:
    return "".join(head[:1].decode("latin-1") for head in plan.heads)


def test_it_knows_every_message_of_a_connection(proxy: Proxy, url: str) -> None:
    plan = proxy.arm()
    insert(url, 1)
    # SSLRequest and start-up have no type; Terminate may come when we look no more.
    assert heads(plan).lstrip("\0")[:7] == "QPBDESQ"
    assert [head[5:11] for head in plan.heads if head[:1] == b"Q"] == [b"BEGIN\0", b"COMMIT"]


def test_it_counts_from_a_message_on(proxy: Proxy, url: str, admin_url: str) -> None:
    proxy.arm(1, Mode.CUT_BEFORE, commits=True, after="insert into kept")
    with psycopg.connect(url) as connection:
        connection.execute("select 1")
        connection.commit()
        connection.execute("insert into kept values (1)")
        with pytest.raises(psycopg.OperationalError):
            connection.commit()
    assert kept(admin_url) == []


@pytest.mark.parametrize(
    ("mode", "arrives"),
    [(Mode.CUT_BEFORE, False), (Mode.CUT_ANSWERED, True)],
)
def test_a_connection_cut_at_the_commit_has_committed_or_not_and_its_user_cannot_tell(
    proxy: Proxy,
    url: str,
    admin_url: str,
    mode: Mode,
    arrives: bool,  # noqa: FBT001
) -> None:
    plan = proxy.arm(1, mode, commits=True)
    with pytest.raises(psycopg.OperationalError):
        insert(url, 1)
    assert plan.strike is not None
    assert plan.strike.at_commit
    assert plan.strike.between_commit_and_answer is arrives
    assert kept(admin_url) == ([1] if arrives else [])


def test_it_strikes_once_and_then_lets_everything_pass(
    proxy: Proxy, url: str, admin_url: str
) -> None:
    proxy.arm(4, Mode.CUT_BEFORE)
    with pytest.raises(psycopg.OperationalError):
        insert(url, 1)
    insert(url, 2)
    assert kept(admin_url) == [2]


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode.kills])
def test_it_kills_the_process_it_was_told(proxy: Proxy, url: str, mode: Mode) -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(reading, 1)  # until it is killed
        os._exit(0)
    os.close(reading)
    proxy.arm(2, mode, lambda: pid)
    with pytest.raises(psycopg.OperationalError):
        insert(url, 1)
    _, status = os.waitpid(pid, 0)
    os.close(writing)
    assert os.waitstatus_to_exitcode(status) == -9


def test_a_server_that_is_away_is_away_through_the_proxy_too() -> None:
    with Proxy(("127.0.0.1", 9)) as proxy, pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://nobody@127.0.0.1:{proxy.port}/none")
