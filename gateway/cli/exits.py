"""What `gateway exit` does: a running gateway makes exits, the operator takes them in."""

import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
from rich.progress import Progress

import gateway.app  # noqa: F401 - with it every feature declares its tables
from gateway.anchoring import AnchorSettingsError, anchors_of
from gateway.archive.service import Archive, LogKeyError, LogRewoundError, PublicationError
from gateway.cli.operator import opened as database_opened
from gateway.cli.remote import NOT_DONE, fetch, refused
from gateway.delivery.mail import PostOffice
from gateway.exits import arriving
from gateway.exits.arriving import Import
from gateway.exits.box import Opener
from gateway.exits.file import Arrived, ExitRefusedError
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.kit.ids import parse_id
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.kit.tenancy import Environment
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.signing.encryption import MasterKeyEncryption

_PATIENCE = 24 * 3600  # seconds; an entity may have many documents
_OPEN = frozenset({"queued", "running"})
_CANNOT = (
    AnchorSettingsError,
    LogKeyError,
    LogRewoundError,
    PublicationError,
    MasterKeyError,
    UnsealError,
)
_REFUSED = 1


def make(
    http: httpx2.Client, output: Path | None, *, leaving: bool, secrets_for: str | None = None
) -> int:
    """Have an exit made, wait for its file and write it; return the exit code."""
    answer = http.post("/v1/exits", json={"leaving": leaving, "secrets_for": secrets_for})
    if answer.is_success:
        out.print(answer.json()["id"])
    until = time.monotonic() + _PATIENCE
    while answer.is_success and answer.json()["state"] in _OPEN and time.monotonic() < until:
        answer = http.get(f"/v1/jobs/{answer.json()['id']}", params={"wait": 30})
    if not answer.is_success:
        return _refused(answer)
    job = answer.json()
    if job["state"] != "succeeded":
        err.print(f"{job['state']}: {(job['error'] or {}).get('detail', '')}", markup=False)
        return NOT_DONE
    return _kept(http, job, output)


def _kept(http: httpx2.Client, job: Mapping[str, Any], output: Path | None) -> int:
    """Say what an exit holds not, and write its file."""
    for one in job["result"]["unfinished"]:
        err.print(f"not finished: {one['number']} of kind {one['kind']}")
    for one in job["result"]["left"]:
        err.print(f"stays: {one['rows']} of {one['name']}, {one['reason']}", markup=False)
    made = job["result"]["file"]
    path = output or Path(Path(made["name"]).name)
    if output is None and path.exists():
        problem: str | None = f"{path} is there already; name another file with -o"
    else:
        problem = fetch(http, f"/v1/exits/{job['id']}/file", path, made["sha256"])
    if problem is not None:
        err.print(problem, markup=False)
        return NOT_DONE
    out.print(f"{path}", markup=False)
    return 0


def move(http: httpx2.Client, exit_id: str, to: str, output: Path) -> int:
    """Move an entity with an exit, and write the signed statement; return the exit code.

    To do it again is no error, so it needs no Idempotency-Key.
    """
    answer = http.post(f"/v1/exits/{exit_id}/move", json={"to": _key(to)})
    if not answer.is_success:
        return _refused(answer)
    try:
        output.write_text(answer.json()["statement"], "utf-8")
    except OSError as error:
        err.print(f"{output}: {error.strerror}", markup=False)
        return NOT_DONE
    out.print(f"{output}", markup=False)
    return 0


def take_in(file: Path, account: str, log_key: str, statement: Path | None) -> int:
    """Take an entity in, or go on with it."""
    settings = Settings()
    try:
        master_key = MasterKey.open(settings)
        with database_opened() as database, closing(Arrived.open(file, _key(log_key))) as arrived:
            archive = Archive.open(settings, database, master_key, now=clock.now())
            office = PostOffice(None, settings.mail_from)
            anchors_of(settings, database, archive, office).compare()  # as every start: it logs
            taking = Import(
                database,
                archive,
                arrived,
                parse_id(account, "acc"),
                clock.now,
                MasterKeyEncryption(master_key),
                Opener.open(database, master_key, clock.now()),
                settings.data / "log" / "moved",
            )
            with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
                task = bar.add_task("", total=None)
                told = taking.run(lambda done, of: bar.update(task, completed=done, total=of))
            if statement is not None:
                taking.activate(statement.read_text("utf-8"))
    except ExitRefusedError as error:
        err.print(str(error), markup=False)
        for finding in error.findings:
            err.print(finding, markup=False)
        return _REFUSED
    except Problem as problem:
        fail(problem.detail)
    except (*_CANNOT, ValueError) as error:
        fail(str(error))
    here = statement is not None or told.state == "here"
    out.print("the entity is here" if here else "the entity is here and waits for the statement")
    return 0


def show_key() -> int:
    """Print the key that secrets are sealed to for this installation."""
    with database_opened() as database:
        key = Opener.open(database, MasterKey.open(Settings()), clock.now())
    out.print(str(key.receiver), markup=False, soft_wrap=True)
    return 0


def status(account: str, entity: str, environment: Environment) -> int:
    """Print how far an entity is."""
    with database_opened() as database:
        found = arriving.status(database, parse_id(account, "acc"), entity, environment)
    out.print("here" if found is None else found.state)
    return 0


def _key(given: str) -> str:
    """Return a verifier key, from a file where one is named."""
    return Path(given).read_text("utf-8").strip() if Path(given).is_file() else given


def _refused(answer: httpx2.Response) -> int:
    code = refused(answer)
    for one in answer.json().get("unfinished", ()):
        err.print(f"not finished: {one['number']} of kind {one['kind']}: {', '.join(one['ids'])}")
    return code
