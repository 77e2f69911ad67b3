"""Finalize: the one place where a draft becomes a legally issued document.

Everything slow comes first: computing, writing the bytes with the number expected next, the three
layers of validation, the evidence on disk. Then, in the same transaction and in this order, the
number is taken (its series stays locked until the commit), the row is frozen, the record joins
its chain where a fiscal scheme asks for one, the outbox rows and the event are added, and last the
archive entries join the log. If another document took the expected number first, the bytes are
written and judged again with the one we now hold.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from formats.en16931 import Invoice
from formats.findings import Finding, Flag, Report
from formats.validation.pipeline import judge_model
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.compliance.addressing import participants
from gateway.compliance.issuer import issuer_findings
from gateway.compliance.national import with_national_layer
from gateway.compliance.profiles import require_proven
from gateway.compliance.validation import Validator
from gateway.documents import commercial, conditions, effects, parcels, reading_back, repository
from gateway.documents.dating import FORWARD, future
from gateway.documents.fiscal.carriage import goes_by_network
from gateway.documents.fiscal.service import NOBODY, Fiscal, case_of, unheard
from gateway.documents.fiscal.service import findings as unrecordable
from gateway.documents.keeping import last_day
from gateway.documents.loading import Loaded
from gateway.documents.preparation import (
    Body,
    Prepared,
    beside,
    country_of,
    prepare,
    repaired,
)
from gateway.documents.problems import (
    DocumentStateProblem,
    InvoiceNotCompliantProblem,
    LayerMissingProblem,
    NumberTakenProblem,
)
from gateway.documents.proof import answer_relied_on, evidence
from gateway.documents.reporting import findings_json, layer_json, report_json
from gateway.documents.repository import DocumentRow
from gateway.documents.safekeeping import refuse_forbidden
from gateway.documents.sealing import NO_SEALS, Seals
from gateway.documents.seat import Seat
from gateway.documents.telling import tell
from gateway.kinds import DocumentKind
from gateway.kit import tracing
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.transmissions import service as transmissions

SANDBOX_CHANNEL = "sandbox-network"


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes with a number in them, and what the three layers said."""

    invoice: Invoice
    content: bytes
    report: Report
    parcel: parcels.Parcel | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """What issuing needs besides the transaction."""

    validator: Validator
    archive: Archive
    fiscal: Fiscal = NOBODY
    seals: Seals = NO_SEALS

    def issue(  # noqa: PLR0913, PLR0917 - a document, and all it depends on
        self,
        tx: TenantTransaction,
        row: DocumentRow,
        body: Body,
        seat: Seat,
        loaded: Loaded,
        now: datetime.datetime,
    ) -> Prepared:
        """Issue a locked draft, and return what was issued.

        Args:
            tx: The transaction; nothing of it lasts if anything here fails.
            row: The draft, locked.
            body: Its body.
            seat: The entity it belongs to.
            loaded: What the body links to, locked.
            now: The moment of issue.

        Raises:
            DocumentStateProblem: It is not a draft.
            InvoiceNotCompliantProblem: A rule is broken.
            LayerMissingProblem: Live, and a layer did not run.
            NumberTakenProblem: The caller's own number is used already.
            CreditExceedsProblem, AlreadySettledProblem, CurrencyDiffersProblem,
                RequestInvalidProblem: What it corrects or settles does not allow it.
            EvidencePlaceProblem: Live, and its evidence may not lie where the archive is.
            ReadBackProblem: The bytes do not say what the invoice says.
            FiscalKeyProblem, ChainHaltedProblem, ClockSetBackProblem, NumberKnownProblem: The
                entity's fiscal scheme cannot take it.
        """
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state}; only a draft is finalized.")
        today = today_of(seat, now)
        with tracing.span("finalize.compute"):
            prepared = prepare(body, row.kind, seat, loaded.sources, today=today)
        refuse_fatal(preflight(tx, prepared, row.kind, seat, body).findings, body)
        conditions.refuse_impossible(tx, row, prepared.invoice, loaded)
        issue_date = _issue_date(prepared)
        refuse_forbidden(seat, self.archive.place, issue_date)
        retain_until = last_day(seat, row.kind, prepared.invoice, issue_date, today)
        expected = numbering.for_document(
            tx,
            code=body.input.series,
            number=body.input.number,
            default_code=row.kind.default_series,
            issue_date=issue_date,
            now=now,
        )
        if expected.kind == "gapless" and issue_date > today + FORWARD:
            refuse_fatal((future(issue_date, today),), body)
        numbered = prepared.numbered(expected.number)
        case = case_of(tx, seat, row.kind, numbered, now, beside(body, row.kind))
        refuse_fatal(unrecordable(tx, case), body)
        sealing = self.fiscal.begun(tx, case, self.archive)
        writer = Writer(self, tx, row.kind, prepared, body, seat, now)
        written = writer.write(expected.number)
        relied_on = answer_relied_on(tx, prepared)
        items = (*evidence(row, body, written, prepared, retain_until), *relied_on)
        stored, told = self._store(tx, seat, items, now)
        with tracing.span("finalize.number"):
            taken = expected.take(tx, issue_date=issue_date)
        if taken.number != expected.number:
            written = writer.write(taken.number)
            items = (*evidence(row, body, written, prepared, retain_until), *relied_on)
            stored, told = self._store(tx, seat, items, now, hurry=True)
        digest = hashlib.sha256(written.content)
        profile = prepared.profile.id if row.kind.fiscal else commercial.PROFILE
        values = {
            "state": "issued",
            "profile": profile,
            "series_id": expected.series_id,
            "sequence": taken.sequence,
            "number": taken.number,
            "number_period": taken.period,
            "issue_date": issue_date,
            **listed(written.invoice),
            "report": report_json(written.report, body),
            "content_sha256": digest.digest(),
            "retain_until": retain_until,
            "issued_at": now,
            "updated_at": now,
            "held_at": None,
            "held_number": None,
        }
        try:
            repository.update(tx, row.id, values)
        except repository.NumberUsedError:
            raise NumberTakenProblem(
                f"The number {taken.number} is used already; give another one.",
                errors=[{"pointer": "/number", "message": "is used already by this entity"}],
            ) from None
        effects.apply(tx, row, written.invoice, loaded, now)
        issued = replace(row, number=taken.number)
        tell(tx, issued, "finalized", now, profile=profile, sha256=digest.hexdigest(), **told)
        if sealing is not None:
            records = sealing.seal(
                tx,
                document_id=row.id,
                invoice=written.invoice,
                content=written.content,
                now=now,
            )
            stored = (*stored, *records)
        if written.parcel is not None:
            parcels.send(tx, row.id, written.parcel, now)
        elif goes_by_network(seat, row.kind):
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
        with tracing.span("archive.record"):
            self.archive.record(tx, document_id=row.id, items=stored, now=now)
        return prepared

    def _store(
        self,
        tx: TenantTransaction,
        seat: Seat,
        items: tuple[EvidenceItem, ...],
        now: datetime.datetime,
        *,
        hurry: bool = False,
    ) -> tuple[tuple[StoredItem, ...], Mapping[str, Any]]:
        """Put evidence on disk, the document first, with the seal over it where one is wanted.

        Returns what was put there, and what the event says of the seal.
        """
        sealed = self.seals.of(tx, seat, items[0], now, hurry=hurry)
        return self.archive.store(tx.entity_id, (*items, *sealed.items)), sealed.told


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one document with a number, as often as the number changes."""

    issuer: Issuer
    tx: TenantTransaction
    kind: DocumentKind
    prepared: Prepared
    body: Body
    seat: Seat
    now: datetime.datetime

    def write(self, number: str) -> Written:
        """Write the bytes with a number, read them back, and have every layer judge them."""
        invoice = self.prepared.numbered(number)
        if not self.kind.fiscal:
            report = commercial.judge(self.kind, invoice)
            refuse_fatal(report.findings, self.body)
            return Written(invoice, commercial.write(self.kind, invoice), report)
        live, profile = self.tx.tenant.environment == "live", self.prepared.profile
        if live:
            require_proven(profile)
        with tracing.span("finalize.write"):
            content = profile.write(invoice)
        reading_back.compare(invoice, profile, content, self.body)
        with tracing.span("finalize.validate"):
            report = self._judged(content, invoice)
        refuse_fatal(report.findings, self.body)
        if live and not report.complete:
            raise LayerMissingProblem(
                "; ".join(f"{one.id}: {one.reason}" for one in report.layers if not one.ran),
                layers=[layer_json(layer) for layer in report.layers],
            )
        written, vault = Written(invoice, content, report), self.issuer.fiscal.for_purpose
        return replace(written, parcel=parcels.packed(self.tx, vault, profile, written, self.now))

    def _judged(self, content: bytes, invoice: Invoice) -> Report:
        judged = self.issuer.validator.validate(
            content, self.prepared.profile, _issue_date(self.prepared), invoice=invoice
        )
        country = country_of(invoice.seller, self.seat, self.kind)
        report = with_national_layer(judged, country, invoice)
        findings = (*self.prepared.tax.findings(), *report.findings)
        return Report(report.layers, repaired(findings, self.prepared, self.body))


def listed(invoice: Invoice) -> dict[str, Any]:
    """Return the columns by which documents are listed, filtered and summed, and the invoice."""
    totals = invoice.totals
    return {
        "invoice": invoice.model_dump(mode="json", exclude_none=True),
        "currency_code": invoice.currency_code,
        "total_without_vat": totals.total_without_vat,
        "total_vat": totals.total_vat,
        "total_with_vat": totals.total_with_vat,
        "amount_due": totals.amount_due,
        "due_date": invoice.payment_due_date,
        "customer_name": invoice.buyer.name,
    }


def today_of(seat: Seat, now: datetime.datetime) -> datetime.date:
    """Return the calendar day at the entity's seat."""
    if seat.country is None:
        return now.date()
    address = seat.seller.postal_address
    zone = seat.country.zone_at(address.post_code if address else None)
    return now.astimezone(zone).date()


def _issue_date(prepared: Prepared) -> datetime.date:
    if prepared.invoice.issue_date is None:  # complete() always sets it
        raise AssertionError("an invoice without issue date was prepared")
    return prepared.invoice.issue_date


def preflight(
    tx: TenantTransaction, prepared: Prepared, kind: DocumentKind, seat: Seat, body: Body
) -> Report:
    """Return all that can be found wrong before a byte is written.

    That is the issuer's own data, then amounts, law, and rules of the profile.
    A layer that crashes here crashes again over the bytes, where it decides what may be issued.
    """
    invoice = prepared.numbered(body.input.number or "draft")
    if kind.fiscal:
        judged = judge_model(invoice, prepared.profile)
        report = with_national_layer(judged, country_of(invoice.seller, seat, kind), invoice)
        found = prepared.findings
    else:
        report = commercial.judge(kind, invoice)
        found = commercial.relevant(kind, prepared.findings)
    own = issuer_findings(kind, invoice, seat.seller, seat.country, tx.tenant.environment)
    findings = (*found, *unheard(seat, kind, invoice), *report.findings)
    return Report(report.layers, (*own, *repaired(findings, prepared, body)))


def refuse_fatal(findings: tuple[Finding, ...], body: Body) -> None:
    """Raise InvoiceNotCompliantProblem when one of the findings is fatal."""
    if any(finding.flag is Flag.FATAL for finding in findings):
        raise InvoiceNotCompliantProblem(findings_json(findings, body))
