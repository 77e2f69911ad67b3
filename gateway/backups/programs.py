"""PostgreSQL's own programs, run with nothing secret on their command line."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gateway.backups.errors import BackupError
from gateway.kit.database import conninfo, sqlalchemy_url
from gateway.kit.postgres_programs import EmbeddedPostgresError, programs

_LONGEST = 2_000  # characters of what a program said


def folder_of() -> Path | None:
    """Return where the programs are: the embedded server's, which know older servers too.

    None: where the system finds them. Clients may be run by root, in place.
    """
    try:
        return programs(Path(), None)
    except EmbeddedPostgresError:
        return None


def run(folder: Path | None, name: str, arguments: Sequence[str], url: str | None = None) -> None:
    """Run a program to its end.

    Args:
        folder: Where it is; None: where the system finds it.
        name: `pg_dump`, `pg_basebackup` ...
        arguments: What follows its name.
        url: Of the database it speaks to; its password goes through the environment.

    Raises:
        BackupError: It is not there, or says that it failed.
    """
    where = shutil.which(name) if folder is None else str(folder / name)
    if where is None:
        raise BackupError(f"{name} is not installed here: it comes with PostgreSQL's clients")
    named, secrets = _target(url)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment |= {"LC_ALL": "C", **secrets}
    done = subprocess.run(  # noqa: S603 - our own argument list, no shell
        [where, *arguments, *named],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        env=environment,
    )
    if done.returncode != 0:
        said = done.stderr.strip()[-_LONGEST:]
        raise BackupError(f"{name} ended with {done.returncode}: {said}")


def _target(url: str | None) -> tuple[list[str], Mapping[str, str]]:
    if url is None:
        return [], {}
    parts = conninfo_to_dict(conninfo(sqlalchemy_url(url)))
    password = parts.pop("password", None)
    secrets = {} if password is None else {"PGPASSWORD": str(password)}
    return ["--no-password", "--dbname", make_conninfo("", **parts)], secrets
