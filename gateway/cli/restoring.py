"""What `gateway restore` does."""

import json
from dataclasses import asdict
from pathlib import Path

from gateway.backups.installing import Installed, Order, install
from gateway.backups.target import Target
from gateway.cli.backups import CANNOT, NOT_DONE
from gateway.cli.progress import progress
from gateway.kit.console import err, fail, out
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.settings import Settings

LOOK = 1


def restore(
    backup: Path, given: tuple[Path, ...], log_key: str | None, *, damaged: bool, as_json: bool
) -> int:
    """Restore a backup into the place that the settings name, and say what is left to do."""
    settings = Settings()
    order = Order(
        backup=backup,
        anchors=settings.log_anchor_directory,
        given=given,
        log_key=log_key,
        damaged=damaged,
    )
    try:
        with progress() as tell:
            done = install(order, Target.of(settings), _master_key(settings), tell)
    except (*CANNOT, UnsealError) as error:
        fail(str(error), NOT_DONE)
    if as_json:
        out.print_json(json.dumps(_told(done)))
    else:
        _print(done)
    return LOOK if done.refusal is not None or done.findings else 0


def _master_key(settings: Settings) -> MasterKey:
    try:
        return MasterKey.present(settings)
    except (OSError, MasterKeyError) as error:
        fail(f"bring the master key first, nothing opens without it: {error}", NOT_DONE)


def _told(done: Installed) -> dict[str, object]:
    return {
        "object": "restore_report",
        "backup": done.manifest.began_at,
        "documents": done.documents,
        "leaves": done.leaves,
        "archive_files": done.files,
        "behind": done.behind,
        "start": {"refuses": done.refusal is not None, "reason": done.refusal},
        "heads": [asdict(one) for one in done.known],
        "findings": done.findings,
        "notes": done.notes,
        "seconds": {**done.seconds, "total": round(sum(done.seconds.values()), 2)},
    }


def _print(done: Installed) -> None:
    seconds = sum(done.seconds.values())
    out.print(
        f"{done.documents} documents, {done.leaves} leaves, {done.files} files of the archive, as"
        f" of {done.manifest.began_at}, in {seconds:.0f} s"
    )
    for finding in done.findings:
        err.print(finding)
    for note in done.notes:
        out.print(note)
    out.print("Now check all of it: gateway fsck")
    if done.refusal is None:
        out.print("Then start it: gateway serve")
        return
    err.print(f"The gateway will not start: {done.refusal}")
    if done.behind:
        out.print(
            f"Others know {done.behind} leaves more. Look for a newer backup; where there is none:"
            " gateway log reconcile"
        )
