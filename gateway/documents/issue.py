"""Finalize: the one place where a draft becomes a legally issued document.

Everything slow comes first: computing, writing the bytes with the number expected next, the three
layers of validation, the evidence on disk. Then, in the same transaction and in this order, the
number is taken (its series stays locked until the commit), the row is frozen, the outbox row and
the event are added, and last the archive entries join the log. If another document took the
expected number first, the bytes are written and judged again with the one we now hold.
"""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from countries.base import DocumentKind as RetentionKind
from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.findings import Finding, Flag, LayerOutcome, Report
from formats.rendition import render_html
from formats.validation.pipeline import judge_model
from gateway.archive.service import Archive, EvidenceItem
from gateway.compliance.addressing import participants
from gateway.compliance.national import with_national_layer
from gateway.compliance.profiles import require_proven
from gateway.compliance.retention import keep_until
from gateway.compliance.validation import Validator
from gateway.documents import repository
from gateway.documents.preparation import Body, Prepared, Seat, as_text, prepare, repaired
from gateway.documents.problems import (
    DocumentStateProblem,
    InvoiceNotCompliantProblem,
    LayerMissingProblem,
    NumberTakenProblem,
    ReadBackProblem,
    finding_json,
)
from gateway.documents.repository import DocumentRow
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.transmissions import service as transmissions

SANDBOX_CHANNEL = "sandbox-network"

FORWARD = datetime.timedelta(days=1)
"""How far a gapless number may be dated ahead: it is tomorrow already in some time zones."""


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes with a number in them, and what the three layers said."""

    invoice: Invoice
    content: bytes
    report: Report


@dataclass(frozen=True, slots=True)
class Issuer:
    """What issuing needs besides the transaction."""

    validator: Validator
    archive: Archive

    def issue(
        self,
        tx: TenantTransaction,
        row: DocumentRow,
        body: Body,
        seat: Seat,
        now: datetime.datetime,
    ) -> None:
        """Issue a locked draft.

        Args:
            tx: The transaction; nothing of it lasts if anything here fails.
            row: The draft, locked.
            body: Its body.
            seat: The entity it belongs to.
            now: The moment of issue.

        Raises:
            DocumentStateProblem: It is not a draft.
            InvoiceNotCompliantProblem: A rule is broken.
            LayerMissingProblem: Live, and a layer did not run.
            NumberTakenProblem: The caller's own number is used already.
            ReadBackProblem: The bytes do not say what the invoice says.
        """
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state}; only a draft is finalized.")
        today = today_of(seat, now)
        prepared = prepare(body, row.kind, seat, today=today)
        refuse_fatal(preflight(prepared, seat, body).findings, body)
        issue_date = _issue_date(prepared)
        retain_until = keep_until(seat.country, issue_date, RetentionKind.INVOICE)
        expected = numbering.for_document(
            tx,
            code=body.input.series,
            number=body.input.number,
            default_code=row.kind.default_series,
        )
        if expected.kind == "gapless" and issue_date > today + FORWARD:
            refuse_fatal((_future(issue_date, today),), body)
        written = self._write(tx, prepared, expected.number, body, seat)
        stored = self.archive.store(evidence(row, body, written))
        taken = expected.take(tx, issue_date=issue_date)
        if taken.number != expected.number:
            written = self._write(tx, prepared, taken.number, body, seat)
            stored = self.archive.store(evidence(row, body, written))
        digest = hashlib.sha256(written.content)
        values = {
            "state": "issued",
            "profile": prepared.profile.id,
            "series_id": expected.series_id,
            "sequence": taken.sequence,
            "number": taken.number,
            "issue_date": issue_date,
            "invoice": written.invoice.model_dump(mode="json", exclude_none=True),
            "report": report_json(written.report, body),
            "content_sha256": digest.digest(),
            "retain_until": retain_until,
            "issued_at": now,
            "updated_at": now,
        }
        try:
            repository.update(tx, row.id, values)
        except repository.NumberUsedError:
            raise NumberTakenProblem(
                f"The number {taken.number} is used already; give another one.",
                errors=[{"pointer": "/number", "message": "is used already by this entity"}],
            ) from None
        events.append(
            tx,
            type="document.issued",
            document_id=row.id,
            data={
                "number": taken.number,
                "profile": prepared.profile.id,
                "sha256": digest.hexdigest(),
            },
            now=now,
        )
        if tx.tenant.environment == "sandbox":
            sender, receiver = participants(written.invoice)
            transmissions.enqueue(
                tx,
                document_id=row.id,
                channel=SANDBOX_CHANNEL,
                sender=sender,
                receiver=receiver,
                payload=written.content,
                now=now,
            )
        self.archive.record(tx, document_id=row.id, items=stored, now=now)

    def _write(
        self, tx: TenantTransaction, prepared: Prepared, number: str, body: Body, seat: Seat
    ) -> Written:
        """Write the bytes with a number, read them back, and have every layer judge them."""
        if tx.tenant.environment == "live":
            require_proven(prepared.profile)
        invoice = prepared.numbered(number)
        content = prepared.profile.write(invoice)
        if differing := differences(invoice, prepared.profile.read(content)):
            raise ReadBackProblem(
                "The written document differs from the invoice; it was not issued.",
                differences=[body.pointers.as_sent(pointer) for pointer in differing],
            )
        report = with_national_layer(
            self.validator.validate(
                content, prepared.profile, _issue_date(prepared), invoice=invoice
            ),
            seat.country,
            invoice,
        )
        report = Report(report.layers, repaired(report.findings, prepared, body))
        refuse_fatal(report.findings, body)
        if tx.tenant.environment == "live" and not report.complete:
            missing = [layer for layer in report.layers if not layer.ran]
            raise LayerMissingProblem(
                "; ".join(f"{layer.id}: {layer.reason}" for layer in missing),
                layers=[layer_json(layer) for layer in report.layers],
            )
        return Written(invoice, content, report)


def _future(issue_date: datetime.date, today: datetime.date) -> Finding:
    return Finding(
        rule="GW-05",
        rule_set="gateway.documents:issue",
        flag=Flag.FATAL,
        message=f"The issue date (BT-2) is {issue_date}, and today is {today}: every later number "
        "of the series would have to follow that date.",
        term="BT-2",
        pointer="/issue_date",
        fix=f"Give {today} or leave it out; a later date needs a series of kind external.",
    )


def today_of(seat: Seat, now: datetime.datetime) -> datetime.date:
    """Return the calendar day at the entity's seat."""
    if seat.country is None:
        return now.date()
    return now.astimezone(seat.country.zone).date()


def _issue_date(prepared: Prepared) -> datetime.date:
    if prepared.invoice.issue_date is None:  # complete() always sets it
        raise AssertionError("an invoice without issue date was prepared")
    return prepared.invoice.issue_date


def preflight(prepared: Prepared, seat: Seat, body: Body) -> Report:
    """Return all that can be found wrong before a byte is written: amounts, law, profile rules.

    A layer that crashes here crashes again over the bytes, where it decides what may be issued.
    """
    invoice = prepared.numbered(body.input.number or "draft")
    report = with_national_layer(judge_model(invoice, prepared.profile), seat.country, invoice)
    findings = (*prepared.findings, *report.findings)
    return Report(report.layers, repaired(findings, prepared, body))


def refuse_fatal(findings: tuple[Finding, ...], body: Body) -> None:
    """Raise InvoiceNotCompliantProblem when one of the findings is fatal."""
    if any(finding.flag is Flag.FATAL for finding in findings):
        raise InvoiceNotCompliantProblem(findings_json(findings, body))


def findings_json(findings: tuple[Finding, ...], body: Body) -> list[dict[str, Any]]:
    """Return findings as JSON, their pointers into the body as sent; each one once.

    Two layers may find the same rule broken at the same place; the first says it best.
    """
    listed: dict[tuple[str, str | None, str | None, int | None], dict[str, Any]] = {}
    for finding in findings:
        pointer = finding.pointer
        item = finding_json(finding, None if pointer is None else body.pointers.as_sent(pointer))
        listed.setdefault((finding.rule, pointer, finding.location, finding.line), item)
    return list(listed.values())


def layer_json(layer: LayerOutcome) -> dict[str, Any]:
    """Return one layer's outcome as JSON."""
    members = {
        "id": layer.id,
        "outcome": layer.outcome.value,
        "source": layer.source,
        "reason": layer.reason,
    }
    return {name: value for name, value in members.items() if value is not None}


def report_json(report: Report, body: Body) -> dict[str, Any]:
    """Return a report as it is stored and shown."""
    return {
        "valid": report.valid,
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": findings_json(report.findings, body),
    }


def evidence(row: DocumentRow, body: Body, written: Written) -> tuple[EvidenceItem, ...]:
    """Return what is archived at issue: bytes, input, validation report, readable rendition."""
    report = as_text(report_json(written.report, body)).encode()
    page = render_html(written.invoice)
    return (
        EvidenceItem("document", f"{row.kind.value}.xml", "application/xml", written.content),
        EvidenceItem("input", "input.json", "application/json", body.text.encode()),
        EvidenceItem("validation-report", "validation-report.json", "application/json", report),
        EvidenceItem("rendition", "rendition.html", "text/html; charset=utf-8", page),
    )
