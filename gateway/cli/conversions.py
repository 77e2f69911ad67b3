"""Commands on invoices: convert, inspect, diff, render, profiles. They need no database."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.table import Table

from formats.conversion import (
    UnexpectedTotalError,
    UnwritableInvoiceError,
    convert_reading,
)
from formats.en16931.changes import Change, diff
from formats.en16931.hashing import semantic_hash
from formats.en16931.leaves import leaves
from formats.fidelity import LossyConversionError, shown
from formats.pdf import InvalidOptionError, RenderingError, RenderOptions, Template
from formats.profile import Profile
from formats.reading import Reading, readings
from formats.refusal import READING_ERRORS, Part, Refusal, refusal_of
from formats.registry import PROFILES
from formats.spreadsheet import SheetOptions
from gateway.cli.inputs import (
    DIFFERENT,
    DONE,
    NOT_READABLE,
    REFUSED,
    Outcome,
    content_of,
    named,
    say_unreadable,
)
from gateway.cli.outputs import Outputs
from gateway.cli.remarks import WITH_FATAL_FINDINGS, say_findings, say_losses, why_refused
from gateway.conversions import service, views
from gateway.kit import clock
from gateway.kit.console import err, fail, out


def convert(  # noqa: PLR0913, PLR0917 - the options of one command
    files: list[str],
    to: str,
    directory: Path | None,
    output: Path | None,
    options: RenderOptions,
    sheets: SheetOptions,
    *,
    strict: bool,
    report: bool,
    xml_only: bool,
) -> int:
    """Write every invoice of the files in another profile; see `gateway convert --help`."""
    profile = _profile(to)
    if directory is None and len(files) > 1:
        fail("several files need --out DIR", NOT_READABLE)
    if profile.unproven is not None:
        err.print(f"{profile.id} is unproven: {profile.unproven}")
    outputs = Outputs(directory, output, [Path(name) for name in files if name != "-"])
    outcome = Outcome()
    for name, path in named(files):
        for reading in _read(name, path, sheets, outcome):
            try:
                made = convert_reading(service.addressed(reading, profile), profile, strict=strict)
                document = service.delivered(made, options, clock.now(), xml_only=xml_only)
            except (LossyConversionError, UnexpectedTotalError, UnwritableInvoiceError) as error:
                err.print(json.dumps({"file": name, **why_refused(error)}, ensure_ascii=False))
                outcome.note("refused", REFUSED)
                continue
            except RenderingError as error:
                fail(f"{name}: {error}", NOT_READABLE)
            number = reading.invoice.number if reading.several else None
            problem = outputs.write(name, number, document.content, document.extension)
            if problem is not None:
                say_unreadable(name, Refusal("not-written", problem, (Part(problem),)))
                outcome.note("not written", NOT_READABLE)
                continue
            outcome.note("converted" if made.report.lossless else "converted with losses")
            say_findings(name, reading, outcome, warnings=not report)
            say_losses(name, made, reading, outputs, report=report)
    if len(files) > 1 or WITH_FATAL_FINDINGS in outcome.counts:
        err.print(", ".join(f"{count} {word}" for word, count in outcome.counts.items()))
    return outcome.code


def inspect(files: list[str], output: str, sheets: SheetOptions) -> int:
    """Print the canonical invoice of every file; see `gateway inspect --help`."""
    outcome = Outcome()
    found = []
    for name, path in named(files):
        for reading in _read(name, path, sheets, outcome):
            if output == "jsonl":
                line = json.dumps(views.invoice_json(reading.invoice), ensure_ascii=False)
                sys.stdout.write(line + "\n")
            elif output == "json":
                found.append(_inspection(name, reading))
            else:
                _print_invoice(name, reading)
    if output == "json":
        out.file.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return outcome.code


def _inspection(name: str, reading: Reading) -> views.Json:
    return {
        "file": name,
        **views.reading_json(reading),
        "semantic_hash": semantic_hash(reading.invoice),
        "invoice": views.invoice_json(reading.invoice),
    }


def _print_invoice(name: str, reading: Reading) -> None:
    profile = reading.profile.id if reading.profile else "no profile of ours"
    table = Table(title=f"{name}: {reading.source.value}, {profile}", title_justify="left")
    for heading in ("term", "name", "value", "place"):
        table.add_column(heading, overflow="fold")
    for leaf in leaves(reading.invoice):
        table.add_row(leaf.term or "", leaf.name, shown(leaf.value) or "", leaf.pointer)
    out.print(table)
    out.print(semantic_hash(reading.invoice))
    for loss in reading.losses:
        err.print(f"{loss.source}: {loss.value or ''} ({loss.detail})")


def compare(old: str, new: str, *, as_json: bool, process_control: bool) -> int:
    """Print what changed from one file to the other: 0 nothing, 1 something, 2 not readable."""
    outcome = Outcome()
    pair = [_only(name, outcome) for name in (old, new)]
    one, other = pair
    if one is None or other is None:
        return NOT_READABLE
    changes = diff(one.invoice, other.invoice, process_control=process_control)
    if as_json:
        said = {
            "same": not changes,
            "old": {"file": old, "semantic_hash": semantic_hash(one.invoice)},
            "new": {"file": new, "semantic_hash": semantic_hash(other.invoice)},
            "changes": [views.change_json(change) for change in changes],
        }
        out.file.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    elif changes:
        _print_changes(changes)
    else:
        out.print(f"the same: {semantic_hash(one.invoice)}")
    return DIFFERENT if changes else DONE


def _print_changes(changes: tuple[Change, ...]) -> None:
    table = Table()
    for heading in ("change", "term", "name", "old", "new", "place"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        table.add_row(
            change.kind.value,
            change.term or "",
            change.name,
            _plain(change.old),
            _plain(change.new),
            change.pointer or change.old_pointer or "",
        )
    out.print(table)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def render(file: str, output: Path, options: RenderOptions, sheets: SheetOptions) -> int:
    """Write the pages of an invoice as a PDF."""
    reading = _only(file, Outcome(), sheets)
    if reading is None:
        return NOT_READABLE
    try:
        content = service.pages_of(reading.invoice, options, clock.now())
    except RenderingError as error:
        fail(f"{file}: {error}", NOT_READABLE)
    problem = Outputs(None, output, []).write(file, None, content, "pdf")
    if problem is not None:
        fail(problem, NOT_READABLE)
    return DONE


def list_profiles(*, as_json: bool) -> int:
    """Print every profile there is."""
    if as_json:
        found = [views.profile_json(profile) for profile in service.profiles()]
        out.file.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return DONE
    table = Table()
    for heading in ("profile", "syntax", "name", "proven", "customization id (BT-24)"):
        table.add_column(heading, overflow="fold")
    for profile in service.profiles():
        proven = "yes" if profile.unproven is None else f"unproven: {profile.unproven}"
        syntax = f"{profile.syntax.value}{' in PDF' if profile.hybrid else ''}"
        table.add_row(profile.id, syntax, profile.name, proven, profile.customization_id)
    out.print(table)
    return DONE


def render_options(
    template: str, locale: str, color: str | None, logo: Path | None
) -> RenderOptions:
    """Return the look of pages; ends the command where that cannot be had."""
    try:
        content = None if logo is None else logo.read_bytes()
        plain = RenderOptions(Template(template), locale, logo=content)
        return plain if color is None else replace(plain, primary_color=color)
    except InvalidOptionError as error:
        fail(str(error), NOT_READABLE)
    except OSError as error:
        fail(f"{logo}: {error.strerror}", NOT_READABLE)


def _profile(profile_id: str) -> Profile:
    profile = PROFILES.get(profile_id)
    if profile is None:
        fail(f"there is no profile {profile_id!r}; `gateway profiles` lists them", NOT_READABLE)
    return profile


def _read(
    name: str, path: Path | None, sheets: SheetOptions, outcome: Outcome
) -> Iterator[Reading]:
    try:
        around = service.surroundings(clock.now().date())
        yield from readings(content_of(path), around, sheets)
    except READING_ERRORS as error:
        say_unreadable(name, refusal_of(error))
        outcome.note("not readable", NOT_READABLE)
    except OSError as error:
        message = error.strerror or str(error)
        say_unreadable(name, Refusal("no-file", message, (Part(message),)))
        outcome.note("not readable", NOT_READABLE)


def _only(name: str, outcome: Outcome, sheets: SheetOptions | None = None) -> Reading | None:
    """Return the one invoice of a file; None, said on standard error, where there is none."""
    path = None if name == "-" else Path(name)
    found = list(_read(name, path, sheets or SheetOptions(), outcome))
    if len(found) > 1:
        message = f"The file holds {len(found)} invoices; this command takes one."
        say_unreadable(name, Refusal("several-invoices", message, (Part(message),)))
    return found[0] if len(found) == 1 else None
