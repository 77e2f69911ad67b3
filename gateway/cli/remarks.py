"""What `gateway convert` says about each file: why not, what is wrong with it, what was lost."""

import json

from formats.conversion import Conversion, UnexpectedTotalError, UnwritableInvoiceError
from formats.en16931.hashing import semantic_hash
from formats.fidelity import LossyConversionError
from formats.findings import Flag
from formats.reading import Reading
from gateway.cli.inputs import REFUSED, Outcome
from gateway.cli.outputs import Outputs
from gateway.conversions import views
from gateway.kit.console import err

WITH_FATAL_FINDINGS = "with fatal findings"


def why_refused(
    error: LossyConversionError | UnexpectedTotalError | UnwritableInvoiceError,
) -> views.Json:
    """Return why nothing was written."""
    code, more = "unwritable", dict[str, object]()
    if isinstance(error, LossyConversionError):
        code, more = "lossy", views.report_json(error.report)
    elif isinstance(error, UnexpectedTotalError):
        code = "unexpected-total"
        more = {"findings": [views.finding_json(finding) for finding in error.findings]}
    return {"code": code, "message": str(error), **more}


def say_findings(name: str, reading: Reading, outcome: Outcome, *, warnings: bool) -> None:
    """Print what was found wrong while the invoice was completed, a line each.

    Fatal ones always, with exit code 1: what was written cannot be issued as it is.
    """
    pointers = {finding.pointer for finding in reading.findings if finding.pointer}
    places = reading.locate(pointers) if pointers else {}
    for finding in reading.findings:
        fatal = finding.flag is Flag.FATAL
        if not fatal and not warnings:
            continue
        place = places.get(finding.pointer or "", (finding.pointer, None))[0] or ""
        word = "" if fatal else f" {finding.flag.value}:"
        err.print(f"{name}:{word} {finding.rule} {place}: {finding.message}")
    if any(finding.flag is Flag.FATAL for finding in reading.findings):
        outcome.note(WITH_FATAL_FINDINGS, REFUSED)


def say_losses(
    name: str, made: Conversion, reading: Reading, outputs: Outputs, *, report: bool
) -> None:
    """Write the report beside the document, or say in a line that there would be one."""
    if report:
        said = {
            "file": name,
            "profile": made.profile.id,
            "source": reading.source.value,
            "semantic_hash": semantic_hash(made.invoice),
            **views.report_json(made.report),
            "findings": [views.finding_json(finding) for finding in reading.findings],
        }
        outputs.write_report(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        return
    losses = made.report.losses
    if losses:
        what = ", ".join(dict.fromkeys(loss.term or loss.source or "?" for loss in losses))
        count = "1 value" if len(losses) == 1 else f"{len(losses)} values"
        err.print(f"{name}: {count} lost ({what[:200]}); --report lists them")
