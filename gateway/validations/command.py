"""`gateway validate`: files in, reports and an exit code out.

It reads its own arguments, without typer and without what the other commands load: the whole
command should take less than it takes others to start.
"""

import argparse
import contextlib
import datetime
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gateway.place import Place
from gateway.validations.files import found
from gateway.validations.judged import NOT_JUDGED, Asked
from gateway.validations.outputs import FORMS

if TYPE_CHECKING:
    from gateway.validations.batch import Answer, Task

INTERRUPTED = 130
"""As shells have it: 128 and the number of SIGINT."""

SUMMARY = "Judge documents: 0 all valid, 1 one is not valid, 2 one could not be judged."

_EPILOG = """\
FILE is XML (UBL, CII, and the other documents there are rules for), a hybrid PDF, or JSON: the
body of POST /v1/invoices with its seller. - is standard input; a directory stands for the .xml,
.pdf and .json files below it. One bad file never stops the others.

Exit codes: 0 every document is valid; 1 at least one is not valid; 2 none is invalid, and at
least one could not be judged or opened, or the call was wrong."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        task = _task(options)
        _check(task)
    except ValueError as error:
        sys.stderr.write(f"gateway validate: {error}\n")
        return NOT_JUDGED
    try:
        return _run(list(found(options.files)), task, options.jobs)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_JUDGED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "gateway validate",
        description=SUMMARY,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="document, directory, or - for standard input")
    add("--output", choices=tuple(FORMS), default="table", help="form of the report")
    add(
        "--rules",
        action="append",
        default=[],
        metavar="ID",
        help="judge by this schema or rule set instead of what the document claims; repeatable",
    )
    add("--profile", metavar="ID", help="judge as this profile (`gateway profiles` lists them)")
    add(
        "--as-of",
        type=datetime.date.fromisoformat,
        metavar="DAY",
        help="use the versions in force that day (YYYY-MM-DD); default: today",
    )
    add("--language", metavar="CODE", help="language of fixes, e.g. de; default: en")
    add("--schemas-dir", metavar="DIR", help="a further directory with official files")
    add("--jobs", type=_count, default=_usual_jobs(), metavar="N", help="processes; default: CPUs")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:  # noqa: PLR2004 - beyond any machine
        raise argparse.ArgumentTypeError("must be a number from 1 to 1024")
    return int(text)


def _task(options: argparse.Namespace) -> "Task":
    environment = dict(os.environ)
    if options.schemas_dir is not None:
        environment["GATEWAY_SCHEMAS_DIR"] = options.schemas_dir
    # Here, not above: help and wrong calls are answered before all of it is loaded.
    from gateway.kit.clock import now  # noqa: PLC0415
    from gateway.validations.batch import Task  # noqa: PLC0415

    asked = Asked(
        today=now().date(),
        as_of=options.as_of,
        rules=tuple(options.rules),
        profile=options.profile,
        language=options.language,
    )
    return Task(asked, Place.of(environment), options.output)


def _check(task: "Task") -> None:
    """Refuse what no file could be judged by.

    Raises:
        ValueError: There is no such rule set or profile.
    """
    if task.asked.profile is not None:
        from formats.registry import PROFILES  # noqa: PLC0415 - every profile; seldom needed

        if task.asked.profile not in PROFILES:
            raise ValueError(f"there is no profile {task.asked.profile!r}; see `gateway profiles`")
    if task.asked.rules:
        from schemas import Catalog  # noqa: PLC0415
        from schemas.errors import ArtefactMissingError, UnknownArtefactError  # noqa: PLC0415

        catalog = Catalog()
        for name in task.asked.rules:
            try:
                catalog.artefact(name, task.asked.day)
            except UnknownArtefactError as unknown:
                raise ValueError(str(unknown)) from None
            except ArtefactMissingError:
                continue  # known; whether it is on this machine the report will say


def _run(names: list[str], task: "Task", jobs: int) -> int:
    from gateway.validations.batch import answers, worst  # noqa: PLC0415 - see `_task`

    form = FORMS[task.output]()
    out = sys.stdout
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    codes: set[int] = set()
    out.write(form.head(len(names)))
    with contextlib.closing(answers(names, task, jobs)) as given:
        for answer in _shown(given, len(names)):
            out.write(answer.text)
            out.flush()
            if answer.problem is not None:
                sys.stderr.write(f"{answer.problem}\n")
            codes.add(answer.code)
    out.write(form.tail(len(names)))
    out.flush()
    if not names:
        sys.stderr.write("gateway validate: there is no document in these directories\n")
        return NOT_JUDGED
    return worst(codes)


def _shown(given: Iterator["Answer"], count: int) -> Iterator["Answer"]:
    """Pass answers on, with a bar where somebody waits for many."""
    if count == 1 or not sys.stderr.isatty():
        yield from given
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody watches
    from rich.progress import Progress  # noqa: PLC0415

    first = next(given)  # before the bar has its thread: processes are forked from this one
    console = Console(stderr=True)
    with Progress(console=console, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task("documents", total=count, completed=1)
        yield first
        for answer in given:
            yield answer
            progress.advance(task)


def _usual_jobs() -> int:
    """Return how many processes this machine has use for."""
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
