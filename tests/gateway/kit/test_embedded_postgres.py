import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from gateway.kit import postgres_programs
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_processes import members, postmaster
from gateway.kit.postgres_programs import EmbeddedPostgresError, server_account

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")

HOLDER = """
import sys, time
from pathlib import Path
from gateway.kit.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1])).start()
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(open_directory: Path) -> Iterator[Path]:
    home = open_directory / "home"
    yield home
    shutil.rmtree(home, ignore_errors=True)


def ask(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(query.encode()).fetchone()
        return None if row is None else row[0]


def wait_until_gone(server: EmbeddedPostgres) -> None:
    deadline = time.monotonic() + 10
    while postmaster(server.cluster) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert postmaster(server.cluster) is None


@contextlib.contextmanager
def holder(home: Path, **options: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server of the same home."""
    root = Path(__file__).parents[3]
    process = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603
        [sys.executable, "-c", HOLDER, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        **options,
    )
    try:
        assert "up\n" in iter(process.stdout.readline, "")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_it_listens_on_no_port_and_speaks_c_whatever_the_caller_speaks(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "tlh_QX.UTF-8")
    monkeypatch.setenv("PGOPTIONS", "-c nonsense=1")
    with EmbeddedPostgres(home) as server:
        monkeypatch.delenv("PGOPTIONS")
        assert ask(server, "show listen_addresses") == ""
        assert ask(server, "show lc_messages") == "C"
        assert ask(server, "show fsync") == "on"
        assert ask(server, "show data_checksums") == "on"
        assert ask(server, "select datlocale from pg_database limit 1") == "C.UTF-8"
    assert members(server.cluster) == []


def test_a_long_path_with_spaces_gets_a_short_private_socket_directory(home: Path) -> None:
    with EmbeddedPostgres(home / "a long name with spaces" / ("x" * 100)) as server:
        sockets = Path(str(ask(server, "show unix_socket_directories")))
        assert sockets != server.cluster
        status = sockets.stat()
        assert stat.S_IMODE(status.st_mode) == 0o700
        account = server_account()
        assert status.st_uid == (os.geteuid() if account is None else account.uid)
    assert not sockets.exists()


def test_a_short_path_with_spaces_keeps_its_socket_at_home(home: Path) -> None:
    with EmbeddedPostgres(home / "with spaces") as server:
        assert ask(server, "show unix_socket_directories") == str(server.cluster)


def test_what_was_committed_survives_kill_9_of_the_server(home: Path) -> None:
    first = EmbeddedPostgres(home).start()
    with psycopg.connect(first.url()) as connection:
        connection.execute("create table kept as select 42 as answer")
    process = postmaster(first.cluster)
    assert process is not None
    process.send_signal(signal.SIGKILL)
    second = EmbeddedPostgres(home).start()
    assert ask(second, "select answer from kept") == 42
    first.close()
    assert ask(second, "select 1") == 1
    second.close()
    wait_until_gone(second)


def test_the_last_user_stops_the_server(home: Path) -> None:
    first = EmbeddedPostgres(home).start()
    with holder(home) as other:
        first.close()
        assert ask(first, "select 1") == 1
        other.kill()
        other.wait()
        # Nobody was left to stop it, and nobody is told: the next user does.
        assert postmaster(first.cluster) is not None
        with EmbeddedPostgres(home) as second:
            assert ask(second, "select 1") == 1
        wait_until_gone(first)


def test_an_abandoned_server_is_stopped_and_a_used_one_is_not(home: Path) -> None:
    with holder(home) as other:
        server = EmbeddedPostgres(home)
        server.stop_abandoned()
        assert postmaster(server.cluster) is not None
        other.kill()
        other.wait()
        server.stop_abandoned()
        wait_until_gone(server)


def test_a_stale_pid_file_never_costs_an_innocent_process_its_life(home: Path) -> None:
    server = EmbeddedPostgres(home).start()
    pid_file = server.cluster / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    server.close()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as innocent:
        try:
            pid_file.write_text("\n".join([str(innocent.pid), *lines[1:]]) + "\n")
            with EmbeddedPostgres(home) as again:
                assert ask(again, "select 1") == 1
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_without_the_right_to_see_directories_of_others_a_server_is_still_recognized(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: psutil.Process) -> str:
        raise psutil.AccessDenied(self.pid)

    monkeypatch.setattr(psutil.Process, "cwd", denied)  # root in a container: no CAP_SYS_PTRACE
    first = EmbeddedPostgres(home).start()
    pid = ask(first, "select pg_backend_pid()")
    second = EmbeddedPostgres(home).start()
    assert ask(second, "select 1") == 1
    assert pid is not None
    first.close()
    assert ask(second, "select 1") == 1
    second.close()
    wait_until_gone(second)


def test_data_of_another_major_version_is_not_touched(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        pass
    (server.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedPostgresError, match="17"):
        server.start()


@AS_ROOT
def test_root_is_refused_where_the_account_cannot_enter_and_modes_stay(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    before = {path: path.stat().st_mode for path in (closed, *closed.parents)}
    with pytest.raises(EmbeddedPostgresError, match="GATEWAY_DATA"):
        EmbeddedPostgres(closed / "data").start()
    assert {path: path.stat().st_mode for path in (closed, *closed.parents)} == before


@AS_ROOT
def test_root_runs_programs_from_a_closed_virtual_environment(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, version = postgres_programs._wheel()
    closed = tmp_path / "root" / "site-packages"
    shutil.copytree(package, closed / package.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, closed / libraries.name, symlinks=True)
    subprocess.run(["chmod", "-R", "go-rwx", tmp_path / "root"], check=True)  # noqa: S603, S607
    monkeypatch.setattr(postgres_programs, "_wheel", lambda: (closed / package.name, version))
    with EmbeddedPostgres(home) as server:
        assert ask(server, "select 1") == 1
        process = postmaster(server.cluster)
        assert process is not None
        assert process.uids().effective != 0
        assert Path(process.exe()).is_relative_to(home)
    assert stat.S_IMODE((tmp_path / "root").stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o711


@AS_ROOT
def test_an_ordinary_user_needs_no_copy_and_no_other_account(home: Path) -> None:
    account = server_account()
    assert account is not None
    needed = Path(sys.executable).resolve().parents, Path(__file__).resolve().parents
    if not all(account.can_enter(directory) for group in needed for directory in group):
        pytest.skip("no other account can read this checkout")
    home.mkdir()
    os.chown(home, account.uid, account.gid)
    with holder(home, user=account.uid, group=account.gid, extra_groups=[]):
        assert sorted(path.name for path in home.iterdir()) == [
            "postgres",
            "postgres.lock",
            "postgres.use",
        ]
        process = postmaster(home / "postgres")
        assert process is not None
        assert process.uids().effective == account.uid
    EmbeddedPostgres(home).stop_abandoned()
