"""What a received document says, and whether it may say so: bytes in, verdict out."""

import datetime
from dataclasses import dataclass, replace
from typing import Any, Literal

import structlog

from formats.en16931 import Invoice
from formats.en16931.hashing import semantic_hash
from formats.fidelity import FidelityReport
from formats.findings import Flag
from formats.reading import Reading, Source, read
from formats.refusal import READING_ERRORS, refusal_of
from formats.spreadsheet import SheetOptions
from gateway.compliance.validation import Validator
from gateway.conversions import views as conversions
from gateway.conversions.content import CSV
from gateway.conversions.service import surroundings
from gateway.validations import views as validations
from gateway.validations.judged import Asked, Judged
from gateway.validations.service import judge

Verdict = Literal["valid", "invalid", "not_judged"]

MOST = 1_000
"""Findings and losses that are kept with the row; the archived report has every finding."""

_SHEETS = frozenset({Source.CSV, Source.XLSX})
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a document.

    Attributes:
        verdict: `not_judged` also for what cannot be read, unless its schema refuses it.
        report: Layers, findings, losses, and why it could not be read, as JSON.
        invoice: What it says; None for what cannot be read.
        source: What it is: `ubl`, `cii`, `hybrid-pdf`, `json`, `csv`, `xlsx`.
        profile: The profile it was judged as, or says it follows.
    """

    verdict: Verdict
    report: dict[str, Any]
    invoice: Invoice | None = None
    source: str | None = None
    profile: str | None = None

    @property
    def state(self) -> str:
        """The state it brings the row to."""
        return "unreadable" if self.invoice is None else "readable"

    @property
    def hash(self) -> str | None:
        """The semantic hash of the invoice: the same for the same invoice in another format."""
        return None if self.invoice is None else semantic_hash(self.invoice)


def read_document(
    content: bytes, media_type: str, validator: Validator, *, today: datetime.date
) -> Read:
    """Read and judge a document. Never raises for anything it says.

    Args:
        content: The bytes.
        media_type: Only `text/csv` says what the bytes do not.
        validator: The layers, with the time one document may take.
        today: The day whose rules judge it: that of its arrival.
    """
    try:
        with validator.started():
            made = _read(content, media_type, validator, today)
            return replace(made, report=_storable(made.report))
    except Exception as error:  # noqa: BLE001 - the document is kept whatever it does to us
        _log.exception("received_document_unread")
        return failed(f"reading it failed: {type(error).__name__}")


def failed(reason: str) -> Read:
    """Return what is kept of a document that we, and not its sender, failed to read."""
    refusal = {"code": "reader-failed", "message": reason, "errors": []}
    return Read("not_judged", {**_NOTHING, "refusal": refusal})


_NOTHING: dict[str, Any] = {"layers": [], "findings": [], "losses": [], "refusal": None}


def _read(content: bytes, media_type: str, validator: Validator, today: datetime.date) -> Read:
    sheets = SheetOptions() if media_type == CSV else None
    try:
        reading: Reading | None = read(content, surroundings(today), sheets)
        refusal = None
    except READING_ERRORS as error:
        reading, refusal = None, conversions.refusal_json(refusal_of(error))
    if (reading is not None and reading.source in _SHEETS) or sheets is not None:
        return _of_sheet(reading, refusal)
    judged = judge(content, Asked(today), validator)
    said = validations.report_json(judged)
    report = {
        "layers": said["layers"],
        "findings": said["findings"],
        "losses": [] if reading is None else _losses(reading),
        "refusal": refusal,
    }
    if reading is None:
        return Read(_verdict(judged, readable=False), report, None, None, judged.judged_as)
    profile = judged.judged_as or (reading.profile.id if reading.profile else None)
    verdict = _verdict(judged, readable=True)
    return Read(verdict, report, reading.invoice, reading.source.value, profile)


def _of_sheet(reading: Reading | None, refusal: dict[str, Any] | None) -> Read:
    """Return what a spreadsheet says; there are no rules for one, so nothing judges it."""
    if reading is None:
        return Read("not_judged", {**_NOTHING, "refusal": refusal})
    findings = [conversions.finding_json(finding) for finding in reading.findings]
    report = {**_NOTHING, "findings": findings, "losses": _losses(reading)}
    profile = reading.profile.id if reading.profile else None
    return Read("not_judged", report, reading.invoice, reading.source.value, profile)


def _losses(reading: Reading) -> list[dict[str, Any]]:
    losses = FidelityReport(reading.losses).losses
    return [conversions.loss_json(loss) for loss in losses[:MOST]]


def _verdict(judged: Judged, *, readable: bool) -> Verdict:
    if judged.valid and readable:
        return "valid"
    refused = any(finding.flag is Flag.FATAL for finding in judged.report.findings)
    if refused and (readable or judged.judged_as is not None):
        return "invalid"
    return "not_judged"


def _storable(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON without what PostgreSQL has no place for: U+0000 and halves of surrogates.

    Messages quote the document, and a document may hold anything.
    """
    match value:
        case str():
            return value.replace("\0", "\ufffd").encode(errors="replace").decode()
        case dict():
            return {name: _storable(inner) for name, inner in value.items()}
        case list():
            return [_storable(inner) for inner in value]
        case _:
            return value
