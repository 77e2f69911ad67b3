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
    "finalized": "{A} got its number and cannot change any more.",
    "sent": "{A} was sent to the customer.",
    "voided": "{A} was voided; it stays, and says so.",
    "corrected": "{A} was corrected by another document.",
}
_PAID = {
    "paid": "{A} was paid in full.",
    "partially_paid": "A part of {a} was paid.",
    "payment_reversed": "A payment of {a} was taken back.",
    "overdue": "{A} was not paid when it was due.",
    "reminded": "The customer was reminded of {a}.",
}
_SOME_KINDS: Mapping[DocumentKind, Mapping[str, str]] = {
    DocumentKind.INVOICE: _PAID,
    DocumentKind.ADVANCE_INVOICE: _PAID | {"applied": "{A} was settled by an invoice."},
    DocumentKind.SELF_BILLED_INVOICE: _PAID,
    DocumentKind.CREDIT_NOTE: {"applied": "{A} was set off against an invoice."},
    DocumentKind.SELF_BILLED_CREDIT_NOTE: {"applied": "{A} was set off against an invoice."},
    DocumentKind.ESTIMATE: {
        "accepted": "The customer accepted {a}.",
        "declined": "The customer declined {a}.",
        "expired": "{A} is past its last day.",
        "converted": "{A} became another document.",
    },
    DocumentKind.PROFORMA: {"converted": "{A} became another document."},
    DocumentKind.DELIVERY_NOTE: {
        "delivered": "The goods of {a} arrived.",
        "converted": "{A} became another document.",
    },
    DocumentKind.ORDER: {
        "processed": "{A} became an invoice.",
        "cancelled": "{A} was cancelled.",
        "failed": "{A} could not become an invoice.",
        "converted": "{A} became another document.",
    },
    DocumentKind.RECEIPT: {"paid": "{A} was paid.", "converted": "{A} became another document."},
}
_THINGS = {
    "customer": ("A customer", ("created", "updated", "deleted", "restored")),
    "item": ("An item", ("created", "updated", "deleted", "restored")),
    "tax": ("A tax", ("created", "updated", "deleted", "restored")),
    "template": ("A template", ("created", "updated", "deleted")),
    "entity": ("An entity", ("created", "updated", "archived")),
}
_OTHERS = {
    "document.created": "A draft of any kind of document was made.",
    "document.changed": "A draft of any kind of document was changed.",
    "document.issued": "A document of any kind got its number and cannot change any more.",
    "payment.received": "A payment was recorded.",
    "payment.reversed": "A payment was taken back.",
    "recurring_invoice.created": "A schedule of invoices was made.",
    "recurring_invoice.updated": "A schedule of invoices was changed.",
    "recurring_invoice.paused": "A schedule of invoices was paused.",
    "recurring_invoice.resumed": "A schedule of invoices goes on.",
    "recurring_invoice.invoice_generated": "A schedule made an invoice.",
    "recurring_invoice.generation_failed": "A schedule could not make its invoice.",
    "recurring_invoice.completed": "A schedule made its last invoice.",
    "recurring_invoice.deleted": "A schedule of invoices was deleted.",
    "received_document.received": "A document came in.",
    "received_document.accepted": "A document that came in was accepted.",
    "received_document.rejected": "A document that came in was rejected.",
    "transmission.queued": "A document waits to be transmitted.",
    "transmission.submitting": "A document is put on the wire.",
    "transmission.submitted": "The other side has the bytes.",
    "transmission.delivered": "The other side delivered the document.",
    "transmission.deferred": "The other side is away; the document is sent later.",
    "transmission.failed_retryable": "A transmission failed and is tried again.",
    "transmission.failed_permanent": "A transmission failed and is not tried again.",
    "transmission.cancelled_before_send": "A transmission was called off.",
    "transmission.outcome_unknown": "It is not known whether the bytes arrived; it is asked.",
    "transmission.requeued": "The bytes did not arrive; they are sent again.",
    "transmission.verdict": "The network or authority judged the document.",
    "transmission.response": "The buyer answered.",
    "transmission.action_required": "A person must look at a transmission.",
    "email.sent": "The mail server took an e-mail.",
    "email.failed": "An e-mail could not be sent.",
    "email.unknown": "It is not known whether an e-mail was sent; it is not sent again.",
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
