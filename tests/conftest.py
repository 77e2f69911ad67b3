"""What every test may ask for: a real PostgreSQL, the official files, the gateway itself."""

import contextlib
import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from unittest import mock

import hypothesis
import pytest
import structlog
from pydantic import SecretStr
from starlette.testclient import TestClient

from gateway.kit.bootstrap import EMBEDDED_LOGIN, prepare_embedded
from gateway.kit.database import Database
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_programs import server_account
from gateway.settings import Settings
from tests import forks, kept_rules
from tests.databases import TEMPLATE, databases_of, forget_statistics

if TYPE_CHECKING:
    from gateway.runtime import Runtime

_PREFIX = f"gateway-tests-{os.geteuid()}-"
_MARKERS = (
    "full: takes minutes; runs with --full only",
    "official: needs the official files (GATEWAY_OFFICIAL, default ../shared/official)",
    "softhsm: needs the system package softhsm2 (make system)",
    "chromium: needs the system package chromium (make system)",
)
_SOFTHSM = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)

_FULL_SECONDS = 7200
"""With `--full`, what a test may take that says nothing else: it does many times its share."""


# How long an example takes says something of the machine's other work, nothing of a property.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run what takes minutes")
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files; review the diff"
    )


def pytest_configure(config: pytest.Config) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            # The usual formatter draws all variables of all frames, which takes seconds.
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while thousands of tests are made, which all stay."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(_FULL_SECONDS))
        return
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run with --full"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured and how long they took, whatever process ran them."""
    said = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if type(report) is pytest.TestReport and report.when == "call"  # no subtests
        if report.user_properties or "full" in report.keywords
    ]
    if said:
        terminalreporter.section("figures")
    for report in said:
        measured = ", ".join(f"{name} {value}" for name, value in report.user_properties)
        terminalreporter.write_line(
            f"{report.nodeid}: {report.outcome}, {report.duration:.0f} s"
            + (f"; {measured}" if measured else "")
        )


@pytest.fixture(scope="module", autouse=True)
def nobody_elses_garbage() -> None:
    """Take out of the garbage collector's sight what earlier modules left behind for all.

    A process that holds the compiled rules of all countries has millions of objects, and to look
    through them takes seconds, each time: it was an eighth of the tests' time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nobody_waits_for_the_disk() -> Iterator[None]:
    """Let bytes stay in the page cache, which outlives every process: no test cuts the power.

    A test that asks whether they were on their way puts its own `os.fsync` in this place.
    """
    with (
        mock.patch.object(os, "fsync", _left_out),
        mock.patch.object(os, "fdatasync", _left_out),
        mock.patch("gateway.archive.stores.settling._syncfs", _left_out),
    ):
        yield


def _left_out(descriptor: int) -> None:
    """Be done at once."""


@pytest.fixture(scope="session", autouse=True)
def rules_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let all processes of this run share the rule sets that one of them has compiled."""
    home = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent  # the run's; its workers have one each below
    with kept_rules.kept_in(home / "compiled-rules"):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_copies_are_left() -> Iterator[None]:
    """End the process that others are copies of, and the copies with it."""
    yield
    forks.close()


@pytest.fixture(scope="session")
def softhsm() -> Path:
    """Return SoftHSM's PKCS#11 library; skip without it, and fail where it must be there."""
    for place in map(Path, _SOFTHSM):
        if place.exists():
            return place
    return _missing("softhsm2 is not installed: make system")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser of this machine; skip without it, and fail where it must be there."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if (found := shutil.which(name)) is not None:
            return Path(found)
    return _missing("chromium is not installed: make system")


def _missing(reason: str) -> NoReturn:
    """Skip, or fail where everything must be there."""
    if os.environ.get("GATEWAY_REQUIRE_OFFICIAL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Take what a test measured, by name, to be printed at the end: seeds, counts."""

    def take(**measured: object) -> None:
        for name, value in measured.items():
            record_property(name.replace("_", " "), str(value))

    return take


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of the official schemas, rules, examples and vectors."""
    default = Path(__file__).parents[2] / "shared" / "official"
    folder = Path(os.environ.get("GATEWAY_OFFICIAL", default))
    if not folder.is_dir():
        reason = f"no official files in {folder}; set GATEWAY_OFFICIAL"
        if os.environ.get("GATEWAY_REQUIRE_OFFICIAL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def open_directory() -> Iterator[Path]:
    """A directory for the session that the server's account can enter.

    Not `tmp_path`: as root, pytest keeps that under a directory of mode 0700, which the account
    of PostgreSQL cannot pass; and sockets need short paths.
    """
    base = _base()
    _sweep(base)
    directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    if server_account() is not None:
        directory.chmod(0o711)
    with (directory / ".used").open("w") as used:
        fcntl.flock(used, fcntl.LOCK_SH)
        yield directory
        shutil.rmtree(directory, ignore_errors=True)


def _base() -> Path:
    account = server_account()
    for name in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 - mkdtemp follows
        path = Path(name).resolve()
        parents = (path, *path.parents)
        if account is None or all(account.can_enter(parent) for parent in parents):
            return path
    pytest.fail("no temporary directory that the account of PostgreSQL can enter")


def _sweep(base: Path) -> None:
    """Stop servers and remove directories that a killed test run left behind."""
    for directory in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), (directory / ".used").open("r+") as used:
            fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for home in {path.parent for path in directory.rglob("postgres.use")}:
                EmbeddedPostgres(home).stop_abandoned()
            shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(open_directory: Path) -> Iterator[EmbeddedPostgres]:
    """The server of this session, with a migrated database to clone."""
    with EmbeddedPostgres(open_directory / "shared") as server:
        prepare_embedded(server, TEMPLATE)
        forget_statistics(server, TEMPLATE)
        yield server


@pytest.fixture
def database_name(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The database of this test alone, migrated and empty."""
    with databases_of(postgres).lent() as name:
        yield name


@pytest.fixture
def admin_url(postgres: EmbeddedPostgres, database_name: str) -> str:
    """URL of the test's database with a superuser, for checks from outside."""
    return postgres.url(database_name)


@pytest.fixture
def serving_url(postgres: EmbeddedPostgres, database_name: str) -> str:
    """URL of the test's database with the unprivileged login the gateway serves with."""
    return postgres.url(database_name, EMBEDDED_LOGIN)


@pytest.fixture
def database(serving_url: str) -> Iterator[Database]:
    """The test's own database, as the gateway uses it."""
    database = Database(serving_url)
    yield database
    database.close()


@pytest.fixture
def settings(serving_url: str, admin_url: str, tmp_path: Path) -> Settings:
    """Settings over the test's own database, with a data directory of its own."""
    return Settings(
        data=tmp_path / "data",
        vies_url="http://127.0.0.1:9",  # nobody's
        hmrc_url="http://127.0.0.1:9",
        database_url=SecretStr(serving_url),
        admin_database_url=SecretStr(admin_url),
        requests_per_minute=0,  # a test may hurry
        requests_per_second=0,
        unauthenticated_per_minute=0,
        attempts_per_minute=0,
    )


@pytest.fixture
def runtime(settings: Settings) -> Iterator["Runtime"]:
    """The gateway without its wires: opened as `gateway serve` does."""
    from gateway.runtime import Runtime  # noqa: PLC0415 - it imports every feature

    runtime = Runtime.open(settings)
    yield runtime
    runtime.close()


@pytest.fixture
def client(runtime: "Runtime") -> Iterator[TestClient]:
    """HTTP to the application, in process."""
    from tests.gateway.serving import served  # noqa: PLC0415 - it imports every feature

    with served(runtime) as client:
        yield client
