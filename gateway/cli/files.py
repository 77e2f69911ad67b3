"""Commands on files: validate, verify. They need no database."""

import datetime
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from formats.findings import Report
from formats.profile import Profile
from formats.reading import Reading, read
from formats.refusal import READING_ERRORS
from formats.registry import PROFILES
from formats.xml import UnreadableDocumentError
from gateway.archive import verify as verifier
from gateway.compliance.profiles import listed
from gateway.compliance.validation import Validator
from gateway.documents.issue import layer_json
from gateway.documents.problems import finding_json
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.settings import Settings

VALID, NOT_VALID, NOT_READABLE, NOT_JUDGED = 0, 1, 2, 3


def validate(file: Path, profile_id: str | None, as_of: str | None, *, as_json: bool) -> int:
    """Judge a file and print the report; see `gateway validate --help` for the exit codes."""
    try:
        reading = read(file.read_bytes())
        profile = _named(profile_id) if profile_id else _claimed(reading)
        if (content := reading.xml) is None:
            fail(
                f"{file} is {reading.source.value}, not a document; convert it first", NOT_READABLE
            )
        invoice = profile.read(content)
    except UnreadableDocumentError as error:
        return _unreadable(file, error, as_json=as_json)
    except READING_ERRORS as error:
        fail(f"{file}: {error}", NOT_READABLE)
    day = _day(as_of) or invoice.issue_date or clock.now().date()
    with closing(Validator.open(Settings())) as validator:
        report = validator.validate(content, profile, day, invoice=invoice)
    if as_json:
        out.print_json(json.dumps(_report_json(file, profile, day, report)))
    else:
        _print_report(file, profile, day, report)
    if report.valid:
        return VALID
    return NOT_VALID if report.fatal else NOT_JUDGED


def verify_bundle(bundle: Path, key: str | None, *, as_json: bool) -> int:
    """Verify a bundle and say everything that is wrong with it."""
    trusted = Path(key).read_text() if key and Path(key).is_file() else key
    try:
        result = verifier.verify(bundle, trusted_key=None if trusted is None else trusted.strip())
    except ValueError as error:
        fail(f"--key is not the key of a log: {error}", 2)
    if as_json:
        out.print_json(json.dumps(asdict(result) | {"ok": result.ok}, default=str))
    else:
        for problem in result.problems:
            err.print(f"{problem.where}: {problem.what}")
        for remark in result.remarks:
            out.print(remark)
        out.print(f"{bundle}: {'intact' if result.passed else 'NOT as it was exported'}")
    return 0 if result.passed else 1


def _named(profile_id: str) -> Profile:
    profile = PROFILES.get(profile_id)
    if profile is None:
        fail(f"there is no profile {profile_id!r}; there are: {listed()}", 2)
    return profile


def _claimed(reading: Reading) -> Profile:
    """Return the profile that the document claims by BT-24."""
    profile = reading.profile
    if profile is None:
        customization = reading.invoice.process_control.specification_identifier
        fail(
            f"no profile is declared for the customization {customization!r}; "
            f"judge it as one with --profile: {listed()}",
            NOT_JUDGED,
        )
    return profile


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"--as-of {text!r} is not a day like 2026-11-21", 2)


def _unreadable(file: Path, error: UnreadableDocumentError, *, as_json: bool) -> int:
    if as_json:
        problem = {"code": error.code, "message": str(error), "line": error.line}
        out.print_json(json.dumps({"file": str(file), "valid": False, "unreadable": problem}))
    else:
        err.print(f"{file}:{error.line or 1}: {error.code}: {error}")
    return NOT_READABLE


def _report_json(
    file: Path, profile: Profile, day: datetime.date, report: Report
) -> dict[str, object]:
    return {
        "file": str(file),
        "profile": profile.id,
        "as_of": day.isoformat(),
        "valid": report.valid,
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": [finding_json(finding, finding.pointer) for finding in report.findings],
    }


def _print_report(file: Path, profile: Profile, day: datetime.date, report: Report) -> None:
    table = Table(title=f"{file} as {profile.id}, rules of {day}", title_justify="left")
    for name in ("layer", "outcome", "source or reason"):
        table.add_column(name, overflow="fold")
    for layer in report.layers:
        table.add_row(layer.id, layer.outcome.value, layer.source or layer.reason or "")
    out.print(table)
    for finding in report.findings:
        place = finding.pointer or finding.location or ""
        line = f" line {finding.line}" if finding.line else ""
        err.print(f"{finding.flag.value} {finding.rule} {place}{line}")
        err.print(f"    {finding.message}")
        if finding.fix:
            err.print(f"    fix: {finding.fix}")
    verdict = "valid" if report.valid else "not valid" if report.fatal else "not completely judged"
    out.print(f"{file}: {verdict}")
