"""Every type of event there is, in one place, and the second names that some of them have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gateway.kinds import DocumentKind

TEST = "webhook.test"
"""The type of the message that an endpoint is tried with; it is in no feed."""

_EVERY_KIND = {
    "created": "A draft of {a} was made.",
    "updated": "A draft of {a} was changed.",
    "deleted": "A draft of {a} was deleted.",
    "restored": "A deleted draft of {a} was brought back.",
    "finalized": "{A} got its number and cannot change any more.",
    "held": "{A} waits for the answer about its buyer's VAT number.",
    "released": "{A} no longer waits for an answer, and is a draft again; it says why.",
    "sent": "{A} was sent to the customer.",
    "voided": "{A} was voided; it stays, and says so.",
}
_FISCAL = {
    "corrected": "{A} was corrected by another document.",
    "correction_voided": "What corrected {a} was voided: its authority had refused it.",
}
_RECORDED = {"mended": "The authority is told anew of {a}; it says why."}
_PAID = {"paid": "{A} was paid in full."}
_OWED = {"overdue": "{A} was not paid when it was due."}
_DECIDED = {
    "accepted": "{A} was accepted.",
    "rejected": "{A} was rejected.",
    "cancelled": "{A} was cancelled.",
}
_SOME_KINDS: Mapping[DocumentKind, Mapping[str, str]] = {
    DocumentKind.INVOICE: _FISCAL | _RECORDED | _PAID | _OWED,
    DocumentKind.ADVANCE_INVOICE: _FISCAL
    | _RECORDED
    | _PAID
    | _OWED
    | {"applied": "{A} was settled by an invoice."},
    DocumentKind.SELF_BILLED_INVOICE: _FISCAL | _PAID,
    DocumentKind.CREDIT_NOTE: _FISCAL | _RECORDED | _PAID,
    DocumentKind.SELF_BILLED_CREDIT_NOTE: _FISCAL | _PAID,
    DocumentKind.ESTIMATE: _DECIDED,
    DocumentKind.PROFORMA: _DECIDED,
    DocumentKind.ORDER: {
        "accepted": _DECIDED["accepted"],
        "processed": "{A} was processed: another document continues it, or somebody said so.",
        "cancelled": _DECIDED["cancelled"],
    },
}
_THINGS = {
    "customer": ("A customer", ("created", "updated", "deleted", "restored")),
    "item": ("An item", ("created", "updated", "deleted", "restored")),
    "tax": ("A tax", ("created", "updated", "deleted", "restored")),
    "template": ("A template", ("created", "updated", "deleted")),
}
_OTHERS = {
    "auditor.invited": "An auditor was invited to look at documents.",
    "auditor.came": "An invited auditor looked at something for the first time.",
    "auditor.ended": "An auditor's access was ended before its time.",
    "payment.received": "A payment was recorded.",
    "payment.reversed": "A payment was taken back.",
    "pickup.failing": "Invoices that an authority holds cannot be fetched; a person must look.",
    "pickup.recovered": "They are fetched again.",
    "premise.created": "A business premise was declared.",
    "premise.updated": "A declared business premise was changed.",
    "premise.registered": "The authority knows a business premise: invoices are issued there.",
    "premise.closed": "The authority was told that a business premise closed for good.",
    "retention.extended": "The law, or what is known of it, keeps a document longer than before.",
    "retention_hold.placed": "Documents may not be destroyed: a legal hold was placed.",
    "retention_hold.ended": "A legal hold ended.",
    "retention.destroyed": "A document that no law kept any more was destroyed.",
    "destruction.proposed": "Somebody proposed to destroy what no law keeps any more.",
    "destruction.approved": "A second one approved it; it is being done.",
    "destruction.rejected": "It is not done.",
    "destruction.done": "Everything it listed was destroyed, or spared with a reason.",
    "erasure.requested": "Somebody asked to erase what is said of a customer.",
    "erasure.approved": "A second one approved it: the catalogue forgot the customer.",
    "erasure.rejected": "It is not done.",
    "erasure.done": "No document names the customer any more.",
    "recurring_invoice.created": "A schedule of invoices was made.",
    "recurring_invoice.updated": "A schedule of invoices was changed.",
    "recurring_invoice.paused": "A schedule of invoices was paused.",
    "recurring_invoice.resumed": "A schedule of invoices goes on.",
    "recurring_invoice.invoice_generated": "A schedule made an invoice.",
    "recurring_invoice.generation_failed": "A schedule could not make its invoice.",
    "recurring_invoice.sending_failed": "An invoice that a schedule issued could not be sent.",
    "recurring_invoice.completed": "A schedule made its last invoice.",
    "recurring_invoice.deleted": "A schedule of invoices was deleted.",
    "received_document.received": "A document came in.",
    "received_document.read": "A document that came in was read, or cannot be.",
    "received_document.accepted": "A document that came in was accepted.",
    "received_document.rejected": "A document that came in was rejected.",
    "received_document.paid": "A document that came in was paid.",
    "transmission.queued": "A document waits to be transmitted.",
    "transmission.submitting": "A document is put on the wire.",
    "transmission.submitted": "The other side has the bytes.",
    "transmission.failed_retryable": "A transmission failed and is tried again.",
    "transmission.failed_permanent": "A transmission failed and is not tried again.",
    "transmission.outcome_unknown": "It is not known whether the bytes arrived; it is asked.",
    "transmission.requeued": "The bytes did not arrive; they are sent again.",
    "transmission.verdict": "The network or authority judged the document.",
    "transmission.response": "The buyer answered.",
    "transmission.quiet": "Nothing was heard of a transmission for longer than is usual.",
    "deadline.approaching": "Half, or four fifths, of the time for a transmission is over.",
    "deadline.missed": "A deadline of a transmission passed.",
    "deadline.moved": "What an authority announced moved a deadline, or ended the duty.",
    "transmission.action_required": "A person must look at a transmission.",
    "chain.halted": "A chain takes no more records: the authority has something else than we.",
    "chain.reopened": "That the authority has something else was a mistake: the chain goes on.",
    "chain.reseeded": "A chain was closed, and another takes over.",
    "document.stamped": "An authority's stamp was put on a document, or its place in a chain.",
    "document.void_refused": "An authority refused to cancel a voided document; `fix` says what"
    " to do.",
    "transmission.deferred": "The authority is away; the document is sent when it is back.",
    "transmission.retried": "A person had a transmission tried again.",
    "transmission.resolved": "A person stated what became of a transmission.",
    "transmission.cancelled": "A person took a document back before it was sent.",
    "transmission.contradiction": "A report contradicts what is known; a person must look.",
    "email.sent": "The mail server took an e-mail.",
    "email.failed": "An e-mail could not be sent.",
    "email.unknown": "It is not known whether an e-mail was sent; it is not sent again.",
    "vat_number.changed": "What is known of a customer's VAT number changed.",
    "vat_number.answered": "A question about a VAT number that had to wait was answered.",
    "vat_number.unanswered": "A question about a VAT number was given up: nobody answered.",
    "certificate.expiring": "The certificate of a signing key expires within `days`.",
    "certificate.expired": "The certificate of a signing key expired: the key signs no more.",
    "certificate.revoked": "An authority revoked a signing key's certificate: it signs no more.",
    "webhook_endpoint.disabled": "We stopped sending to a webhook endpoint.",
}
_SUBMISSION = {
    "e_invoicing.submission.created": "`transmission.queued`: an e-invoice is on its way.",
    "e_invoicing.submission.delivered": "The `transmission.verdict` that it was delivered.",
    "e_invoicing.submission.failed": (
        "`transmission.failed_permanent`, or the `transmission.verdict` that it was refused."
    ),
}
_ACCEPTED = frozenset({"accepted", "accepted_with_warnings", "cleared", "reported"})
_REFUSED = frozenset({"rejected", "expired"})


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event.

    Attributes:
        name: What a payload's `type` says.
        description: When it happens.
        alias: True for the second name of an event; the feed knows its first.
    """

    name: str
    description: str
    alias: bool = False


def _of_documents() -> Iterator[EventType]:
    for kind in DocumentKind:
        a = f"{'an' if kind.words[0] in 'aeio' else 'a'} {kind.words}"
        for verb, text in (_EVERY_KIND | dict(_SOME_KINDS.get(kind, {}))).items():
            said = text.format(a=a, A=a[0].upper() + a[1:])
            yield EventType(f"{kind.value}.{verb}", said)


def _of_things() -> Iterator[EventType]:
    for name, (words, verbs) in _THINGS.items():
        for verb in verbs:
            done = {"created": "made", "updated": "changed", "restored": "brought back"}.get(
                verb, verb
            )
            yield EventType(f"{name}.{verb}", f"{words} was {done}.")


def _all() -> Iterator[EventType]:
    yield from _of_documents()
    yield from _of_things()
    yield from (EventType(name, text) for name, text in _OTHERS.items())
    yield from (EventType(name, text, alias=True) for name, text in _SUBMISSION.items())


CATALOGUE: Mapping[str, EventType] = MappingProxyType({one.name: one for one in _all()})
"""Every type by its name. Once released, a name never changes its meaning."""


def names_of(event_type: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of an event: its own, then the second one where it has one."""
    second = _second_name(event_type, data)
    return (event_type,) if second is None else (event_type, second)


def wanted_name(patterns: list[str], names: tuple[str, ...]) -> str | None:
    """Return the first of an event's names that an endpoint asked for, or None."""
    return next((name for name in names if any(matches(one, name) for one in patterns)), None)


def matches(pattern: str, name: str) -> bool:
    """Tell whether a pattern of an endpoint means a type: exactly, `invoice.*` or `*`."""
    return pattern in {"*", name} or (pattern.endswith(".*") and name.startswith(pattern[:-1]))


def is_known(pattern: str) -> bool:
    """Tell whether a pattern means any type of the catalogue."""
    return any(matches(pattern, name) for name in CATALOGUE)


def _second_name(event_type: str, data: Mapping[str, Any]) -> str | None:
    if event_type == "transmission.queued":
        return "e_invoicing.submission.created"
    if event_type == "transmission.failed_permanent":
        return "e_invoicing.submission.failed"
    if event_type == "transmission.verdict":
        if data.get("regulatory") in _REFUSED:
            return "e_invoicing.submission.failed"
        if data.get("transport") == "delivered" or data.get("regulatory") in _ACCEPTED:
            return "e_invoicing.submission.delivered"
    return None
