"""What a backup says of itself: `manifest.json`, written last: one without it is not whole."""

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args

from gateway.backups.errors import BackupError
from gateway.kit.clock import written

How = Literal["base", "dump"]
FORMAT = "einvoice-gateway-backup/1"
NAME = "manifest.json"

DATABASE = "database"
"""The cluster as files (`base`)."""

CLUSTER_FILES = f"{DATABASE}/backup_manifest"
"""What `pg_basebackup` says of these files: size and checksum of each."""

DUMP = "database.dump"
"""One database, by `pg_dump` (`dump`)."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        how: `base`: the whole cluster; `dump`: one database.
        software: Name and version of the gateway that made it.
        revision: Of the schema.
        database: Name of the gateway's database.
        superuser: The login that read it; the cluster has it.
        serving_login: The login that the gateway serves with.
        server: Major version of PostgreSQL.
        began_at: Everything committed before this moment is in it.
        ended_at: The moment of the manifest.
        leaves: Size of the archive's log before the database was read; it has at least so many.
        files: Files of the archive; None where it is in a bucket.
        bytes: Their size.
        bucket: The bucket of the archive.
        master_key: Names of the versions of the master key that was in use.
        digests: SHA-256 of the single files, by name.
    """

    how: How
    software: str
    revision: str
    database: str
    superuser: str
    serving_login: str
    server: int
    began_at: str
    ended_at: str
    leaves: int
    files: int | None
    bytes: int
    bucket: str | None
    master_key: list[str]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def began(self) -> datetime.datetime:
        """`began_at` as a moment."""
        return datetime.datetime.fromisoformat(self.began_at)

    def write(self, folder: Path) -> None:
        """Write it, whole or not at all, when all else is on the disk."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1) + "\n"
        part = folder / f"{NAME}.part"
        part.write_text(text, "utf-8")
        os.sync()  # every file of the backup, before what says that they are there
        part.replace(folder / NAME)
        os.sync()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the manifest of a backup.

        Raises:
            BackupError: There is none, it is of another format, or files are not those it names.
        """
        try:
            value: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
            if value.pop("format") != FORMAT:
                raise BackupError(f"{folder / NAME} is of another format than {FORMAT}")
            found = cls(**value)
        except FileNotFoundError as error:
            raise BackupError(f"{folder} holds no finished backup: {NAME} is missing") from error
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupError(f"{folder / NAME} cannot be read: {error}") from error
        if found.how not in get_args(How):
            raise BackupError(f"{folder / NAME} says {found.how!r} of how it was made")
        for name, digest in found.digests.items():
            if digest_of(folder / name) != digest:
                raise BackupError(f"{folder / name} is not the file that was backed up")
        return found


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; of one that is not there, "missing"."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"


def moment(now: datetime.datetime) -> str:
    """Return a moment as it stands in a manifest."""
    return written(now)
