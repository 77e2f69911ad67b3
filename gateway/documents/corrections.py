"""What can be done with an issued document: correct, void, convert it, or decide about it."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from countries.base import CorrectionMethod, Voiding
from formats.en16931 import Invoice
from gateway.customers import service as customers
from gateway.documents import amending, effects, recasting, related, repository, status
from gateway.documents.correction_schemas import CorrectionInput
from gateway.documents.held import invoice_of
from gateway.documents.law import CorrectionRefusedProblem, law_of
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.repository import DocumentRow
from gateway.documents.service import Documents
from gateway.documents.telling import tell
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.json_body import plain
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem, RequestInvalidProblem
from gateway.stamps import service as stamps
from gateway.transmissions.axes import Regulatory, Transport
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.service import TransmissionView

CONTINUATIONS: Mapping[DocumentKind, tuple[DocumentKind, ...]] = {
    DocumentKind.ESTIMATE: (
        *(DocumentKind.INVOICE, DocumentKind.PROFORMA, DocumentKind.ORDER),
        *(DocumentKind.ADVANCE_INVOICE, DocumentKind.DELIVERY_NOTE),
    ),
    DocumentKind.PROFORMA: (DocumentKind.INVOICE, DocumentKind.ADVANCE_INVOICE),
    DocumentKind.ORDER: (
        *(DocumentKind.INVOICE, DocumentKind.ADVANCE_INVOICE),
        *(DocumentKind.DELIVERY_NOTE, DocumentKind.PROFORMA),
    ),
    DocumentKind.DELIVERY_NOTE: (DocumentKind.INVOICE,),
    DocumentKind.INVOICE: (DocumentKind.RECEIPT, DocumentKind.DELIVERY_NOTE),
    DocumentKind.ADVANCE_INVOICE: (DocumentKind.RECEIPT,),
}
"""What a document can be continued by."""

DECISIONS: Mapping[DocumentKind, frozenset[str]] = {
    DocumentKind.ESTIMATE: frozenset({"accepted", "rejected", "cancelled"}),
    DocumentKind.PROFORMA: frozenset({"accepted", "rejected", "cancelled"}),
    DocumentKind.ORDER: frozenset({"accepted", "processed", "cancelled"}),
}
"""What can be decided about a document that is no invoice."""

_NOT_ABROAD = frozenset({Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND})
"""A transmission in these states left nothing with the other side."""

_UNDER_WAY = frozenset(
    {
        *(Transport.QUEUED, Transport.DEFERRED, Transport.FAILED_RETRYABLE),
        *(Transport.SUBMITTING, Transport.OUTCOME_UNKNOWN),
    }
)
"""A transmission in these states may still leave, or has left a moment ago."""

_GIVEN_OUT = frozenset({"zoi", "zki"})
"""Codes on the paper that customers take along: their authority is told of the document."""


class VoidRefusedProblem(Problem):
    """The document cannot be voided: its country's law wants a correction instead.

    `reason` says why. Issue a correction (`POST .../corrections`), which names the document.
    """

    type = "void-refused"
    title = "The document cannot be voided"
    status = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Desk:
    """Where issued documents are corrected, voided, continued and decided about.

    Attributes:
        documents: The documents of the process.
        tx: The transaction, of one entity.
        now: The moment.
    """

    documents: Documents
    tx: TenantTransaction
    now: datetime.datetime

    def correct(self, public: str, given: CorrectionInput) -> DocumentRow:
        """Make the draft of a correction, in the way of the document's country.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: There is nothing to correct.
            CorrectionRefusedProblem: The country knows no such method.
            RequestInvalidProblem: A line that is not there.
        """
        row = self.documents.find(self.tx, public)
        if row.state not in {"issued", "corrected"} or not row.kind.fiscal or row.kind.credits:
            raise DocumentStateProblem("Only an issued invoice is corrected; a draft is changed.")
        law = law_of(self.tx, row)
        methods = law.methods
        method = CorrectionMethod(given.method) if given.method else methods[0]
        if method not in methods:
            known = [one.value for one in methods]
            raise CorrectionRefusedProblem(
                f"{method.value} is not how this document's country corrects it; use {known[0]}.",
                methods=known,
            )
        invoice = invoice_of(row)
        if method is CorrectionMethod.CREDIT_NOTE:
            body, kind = _credit(invoice, given), _credit_note(row.kind)
        elif law.by_difference:
            body, kind = recasting.difference(invoice), row.kind
        else:
            body, kind = recasting.corrected(invoice), row.kind
        if row.kind.self_billed:
            body["seller"] = invoice.seller.model_dump(mode="json", exclude_none=True)
        body["corrects"] = public_id(row.kind.prefix, row.id)
        body["notes"] = [{"note": given.reason}]
        body["metadata"] = {**row.metadata, **given.metadata}
        if given.extensions:
            said = recasting.overlaid(body.get("extensions", {}), given.extensions)
            body["extensions"] = plain(said)
        return self._made(kind, row, body)

    def convert(self, public: str, to: DocumentKind) -> DocumentRow:
        """Make the draft of a document that continues another one.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: It is voided, or was rejected or cancelled.
            RequestInvalidProblem: Nothing of that kind continues it.
        """
        row = self.documents.find(self.tx, public)
        if to not in CONTINUATIONS.get(row.kind, ()):
            allowed = [kind.value for kind in CONTINUATIONS.get(row.kind, ())]
            there_is = ", ".join(allowed) or "nothing"
            message = f"does not continue a {row.kind.words}; there is: {there_is}"
            raise RequestInvalidProblem([{"pointer": "/to", "message": message}])
        if row.state == "voided" or row.decision in {"rejected", "cancelled"}:
            raise DocumentStateProblem(f"The {row.kind.words} is {row.decision or row.state}.")
        body = recasting.converted(invoice_of(row), to)
        body["derived_from"] = public_id(row.kind.prefix, row.id)
        body["metadata"] = dict(row.metadata)
        return self._made(to, row, body)

    def void(self, public: str, reason: str) -> DocumentRow:
        """Declare an issued document void, where the law allows it; its number stays used.

        Where the authority takes cancellations of what it was told of, it is told of this.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: It is not issued.
            VoidRefusedProblem: The law, or what happened since, does not allow it.
            AlreadySettledProblem: It took back an invoice whose advance another one has settled.
            RecordPendingProblem, RecordStandsProblem, ChainHaltedProblem, ChainOwnerProblem,
                ClockSetBackProblem: The authority cannot be told of it.
        """
        row = self.documents.find(self.tx, public, lock=True)
        told = amending.is_cancelled_by_record(self.tx, row)
        if told and row.state == "voided":  # its cancellation may have been refused
            amending.cancel(self.documents, self.tx, row, self.now)
            return self.documents.get(self.tx, row.id)
        if row.state != "issued":
            text = f"The document is {row.state}; only what is issued is voided."
            raise DocumentStateProblem(text)
        if told and self._is_on_its_way(row):
            raise DocumentStateProblem(
                "It is on its way to its receiver. Take that transmission back first"
                " (POST /v1/transmissions/{id}/cancel), or wait until it is there."
            )
        if (why_not := _why_not_void(self.tx, row, told=told)) is not None:
            instead = "Issue a new invoice" if row.kind.credits else "Issue a correction"
            raise VoidRefusedProblem(f"{why_not} {instead} instead.", reason=why_not)
        values = {"state": "voided", "voided_at": self.now, "void_reason": reason}
        repository.update(self.tx, row.id, {**values, "updated_at": self.now})
        if row.kind.fiscal and not told:
            effects.undo(self.tx, row, invoice_of(row), self.now)
        related.release(self.tx, row.id)
        tell(self.tx, row, "voided", self.now, reason=reason)
        if told:
            amending.cancel(self.documents, self.tx, row, self.now)
        return self.documents.get(self.tx, row.id)

    def _is_on_its_way(self, row: DocumentRow) -> bool:
        """Tell whether it is about to reach its receiver, as an invoice that is in force."""
        sent, _ = status.read(self.tx, [row])[row.id]
        return any(one.transport in _UNDER_WAY and not ROUTES[one.channel].duty for one in sent)

    def decide(self, public: str, decision: str, reason: str | None) -> DocumentRow:
        """Note what became of an issued estimate, proforma or order. Once said, it stays.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: It is no issued document of these kinds, or decided otherwise.
        """
        row = self.documents.find(self.tx, public, lock=True)
        if decision not in DECISIONS.get(row.kind, frozenset()):
            raise DocumentStateProblem(f"A {row.kind.words} is never {decision}.")
        if row.state != "issued":
            raise DocumentStateProblem(f"The {row.kind.words} is {row.state}; issue it first.")
        if row.decision == decision:
            return row
        if row.decision is not None:
            raise DocumentStateProblem(f"The {row.kind.words} is {row.decision} already.")
        values = {"decision": decision, "decision_reason": reason, "decided_at": self.now}
        repository.update(self.tx, row.id, {**values, "updated_at": self.now})
        tell(self.tx, row, decision, self.now, reason=reason)
        return self.documents.get(self.tx, row.id)

    def _made(self, kind: DocumentKind, row: DocumentRow, body: dict[str, Any]) -> DocumentRow:
        if kind.self_billed:
            del body["buyer"]  # the entity itself
        elif row.customer_id is not None and customers.is_there(self.tx, row.customer_id):
            body["customer_id"] = public_id("cus", row.customer_id)
        if kind.fiscal and row.kind.fiscal:
            body["profile"] = row.profile
        content = json.dumps(body).encode()
        made = self.documents.create(self.tx, kind, content, self.now)
        return self.documents.get(self.tx, made)


def _credit(invoice: Invoice, given: CorrectionInput) -> dict[str, Any]:
    parts = None
    if given.lines is not None:
        parts = [(part.line, part.quantity) for part in given.lines]
    try:
        return recasting.credit(invoice, parts)
    except recasting.UnknownLineError as error:
        raise RequestInvalidProblem(
            [{"pointer": f"/lines/{error.place}/line", "message": str(error)}]
        ) from None


def _why_not_void(tx: TenantTransaction, row: DocumentRow, *, told: bool) -> str | None:
    """Return why a document cannot be voided; None when it can.

    Args:
        tx: Of its entity.
        row: The document.
        told: Its authority is told that it should never have been issued, whoever has it.
    """
    if not row.kind.fiscal:
        return None
    law = law_of(tx, row)
    sent, _ = status.read(tx, [row])[row.id]
    where = law.country.name if law.country else "its country"
    relations = [one for one in related.of(tx, [row.id]) if one.effective]
    voiding = law.corrections.voiding if law.corrections else Voiding.NEVER
    never_issued = voiding is Voiding.REFUSED and _is_refused(sent)
    lawful = told or never_issued or voiding is Voiding.UNSENT
    reasons = (
        (row.amount_paid > 0, "Something was paid on it."),
        (row.amount_credited > 0, "A credit note names it."),
        (
            not never_issued
            and any(one.kind == "corrects" and one.from_id == row.id for one in relations),
            "It corrects another document, which stays corrected.",
        ),
        (
            any(one.kind == "settles" and one.to_id == row.id for one in relations),
            "An invoice has settled it: that one is voided or credited first.",
        ),
        (
            not lawful,
            f"The law of {where}, as we know it, does not let an issued document be voided.",
        ),
        (not told and row.sent_at is not None, "It was sent."),
        (
            any(one.kind in _GIVEN_OUT for one in stamps.of_document(tx, row.id)),
            "It bears a fiscal code: its authority is told of it, be it late.",
        ),
        (
            not (told or never_issued) and any(one.transport not in _NOT_ABROAD for one in sent),
            "It is on its way to its receiver, or there already.",
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _is_refused(sent: Sequence[TransmissionView]) -> bool:
    """Tell whether an authority that issues documents itself refused all it was sent of one."""
    said = [one.regulatory for one in sent if ROUTES[one.channel].duty]
    return bool(said) and all(one is Regulatory.REJECTED for one in said)


def _credit_note(kind: DocumentKind) -> DocumentKind:
    return DocumentKind.SELF_BILLED_CREDIT_NOTE if kind.self_billed else DocumentKind.CREDIT_NOTE
