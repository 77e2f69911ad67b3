"""What `gateway backup` and `gateway drill` do."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table

from gateway.backups.drill import Asked, Drilled
from gateway.backups.drill import drill as drilled_by
from gateway.backups.errors import BackupError
from gateway.backups.making import back_up as made_by
from gateway.backups.manifest import How
from gateway.cli.progress import progress
from gateway.fsck.bucket import Bucket
from gateway.kit import clock
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.settings import Settings

NOT_WHOLE, NOT_DONE = 1, 2
CANNOT = (BackupError, BootstrapError, EmbeddedPostgresError, MasterKeyError, OSError)
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks of a drill."""

    backup: Path
    place: Path | None = None
    share: float = 1
    heads: tuple[Path, ...] = ()
    log_key: str | None = None
    copy: bool = True
    strict: bool = False
    keep: bool = False


def back_up(target: Path, how: How | None, former: Path | None, *, as_json: bool) -> int:
    """Make a backup and say what is in it."""
    settings = Settings()
    usual: How = "base" if settings.database_url is None else "dump"
    try:
        with closing(Storage.open(settings)) as storage:
            made = made_by(
                settings,
                storage,
                MasterKey.present(settings),
                target,
                how=how or usual,
                clock=clock.now,
                former=former,
            )
    except CANNOT as error:
        fail(str(error), NOT_DONE)
    if as_json:
        out.print_json(json.dumps(asdict(made)))
        return 0
    archive = f"the archive in the bucket {made.bucket} is not copied"
    if made.files is not None:
        archive = f"{made.files} files of the archive ({made.bytes / _MEGABYTE:.1f} MB)"
    out.print(f"{target}: {made.how} of {made.database}, {archive}, {made.leaves} leaves or more")
    out.print("The master key is not in it: keep it elsewhere. Now try it: gateway drill", target)
    return 0


def drill(wanted: Wanted, *, as_json: bool) -> int:
    """Drill, and say what came of it."""
    settings = Settings()
    try:
        with (
            _place(wanted) as place,
            progress() as tell,
        ):
            asked = Asked(
                backup=wanted.backup,
                place=place,
                live=settings.data,
                anchors=settings.log_anchor_directory,
                given=wanted.heads,
                log_key=wanted.log_key,
                master_key=_master_key(settings),
                bucket=Bucket.of(settings),
                step=max(1, round(1 / wanted.share)),
                copy=wanted.copy,
            )
            drilled = drilled_by(asked, tell)
    except CANNOT as error:
        fail(str(error), NOT_DONE)
    if as_json:
        out.print_json(json.dumps(drilled.as_dict()))
    else:
        _print(drilled)
    return NOT_WHOLE if not drilled.ok or (wanted.strict and drilled.behind) else 0


@contextmanager
def _place(wanted: Wanted) -> Iterator[Path]:
    """Give a directory that the server's account can enter; it is gone afterwards."""
    if wanted.place is None:
        place = Path(tempfile.mkdtemp(prefix="gateway-drill-"))
    else:
        place = wanted.place
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise BackupError(f"{place} is not empty")
    place.chmod(0o711)  # enter, do not list: as root the server has another account
    try:
        yield place
    finally:
        if wanted.keep:
            err.print(f"what was restored is in {place}")
        else:
            shutil.rmtree(place, ignore_errors=True)


def _master_key(settings: Settings) -> MasterKey | None:
    try:
        return MasterKey.present(settings)
    except (OSError, MasterKeyError) as error:
        err.print(f"no master key: {error}")
        return None


def _print(drilled: Drilled) -> None:
    table = Table(title="gateway drill", title_justify="left")
    table.add_column("step")
    table.add_column("seconds", justify="right")
    for name, seconds in drilled.seconds.items():
        table.add_row(name, f"{seconds:.2f}")
    out.print(table)
    proved = drilled.proved
    out.print(
        f"{drilled.documents} documents, {drilled.files} files, {proved.checked} of"
        f" {proved.leaves} proofs followed; made {drilled.manifest.began_at}"
    )
    if drilled.behind:
        out.print(
            f"others know {drilled.behind} leaves more than the backup has: who restores it looks"
            " for a newer one, and goes on with `gateway log reconcile` where there is none"
        )
    would = "it would start" if drilled.refusal is None else f"it would refuse: {drilled.refusal}"
    out.print(f"As it is, with the newest head at hand: {would}")
    for finding in drilled.findings:
        err.print(finding)
    out.print("the backup is whole" if drilled.ok else "the backup is NOT whole")
