"""Whether a backup is what was written: before a byte of it is used."""

import json
from pathlib import Path
from typing import Any

from gateway.backups.copying import count_archive
from gateway.backups.errors import BackupError
from gateway.backups.making import ARCHIVE
from gateway.backups.manifest import CLUSTER_FILES, DATABASE, Manifest, digest_of


def verify_cluster(backup: Path, manifest: Manifest) -> None:
    """Compare the files of a cluster with what was noted of each when it was written.

    A dump is one file, whose digest the manifest has; so are what PostgreSQL noted, and the WAL.
    `pg_verifybackup` would do, and is not everywhere.

    Raises:
        BackupError: They are others, or some are missing.
    """
    path = backup / CLUSTER_FILES
    if manifest.how == "dump" or not path.exists():
        return
    try:
        files: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["Files"]
        for one in files:
            _verify(backup / DATABASE, one)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} cannot be read: {error}") from error


def _verify(cluster: Path, noted: dict[str, Any]) -> None:
    encoded = noted.get("Encoded-Path")  # where a name is not UTF-8
    name = noted["Path"] if encoded is None else bytes.fromhex(encoded).decode(errors="replace")
    path = cluster / name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BackupError(f"{path} is missing from the backup: {error.strerror}") from error
    sha256 = noted["Checksum"] if noted.get("Checksum-Algorithm") == "SHA256" else None
    if size != noted["Size"] or sha256 not in {None, digest_of(path)}:
        raise BackupError(f"{path} is not the file that was backed up")


def archive_problem(backup: Path, manifest: Manifest) -> str | None:
    """Say what the archive lacks of what was written, by number and size of its files.

    Earlier backups did not count what was destroyed while they were made. Bytes are for
    `gateway fsck`, which has the digests of all.
    """
    if manifest.files is None:
        return None
    there = count_archive(backup / ARCHIVE)
    if there.files >= manifest.files and there.bytes >= manifest.bytes:
        return None
    return (
        f"its archive has {there.files} files of {there.bytes} bytes together, and had"
        f" {manifest.files} of {manifest.bytes} when it was made"
    )
