"""One word for people: the headline status of a document. Computed, never stored. Pure."""

from collections.abc import Sequence
from typing import Protocol

from gateway.transmissions.axes import Business, Regulatory, Transport

HEADLINES = (
    "draft",
    "validating",
    "invalid",
    "ready",
    "scheduled",
    "sending",
    "unknown",
    "sent",
    "delivered",
    "accepted",
    "accepted_with_warnings",
    "rejected",
    "failed",
    "action_required",
    "offline_pending",
    "cancelled",
    "paid",
    "issued",
    "voided",
    "void_refused",
)
"""Every headline there is."""

SAID_BY_DOCUMENTS = frozenset({"draft", "held", "voided", "void_refused"})
"""Those for which no transmission is asked."""

_FINAL = frozenset(
    {
        "accepted",
        "accepted_with_warnings",
        "rejected",
        "failed",
        "cancelled",
        "paid",
        "voided",
        "void_refused",
    }
)
_WORST_FIRST = (
    "action_required",
    "failed",
    "rejected",
    "unknown",
    "offline_pending",
    "ready",
    "scheduled",
    "sending",
    "sent",
    "cancelled",
    "delivered",
    "accepted_with_warnings",
    "accepted",
    "paid",
)
_TRANSPORT = {
    Transport.CREATED: "ready",
    Transport.PREPARED: "ready",
    Transport.QUEUED: "scheduled",
    Transport.FAILED_RETRYABLE: "scheduled",
    Transport.SUBMITTING: "sending",
    Transport.OUTCOME_UNKNOWN: "unknown",
    Transport.DEFERRED: "offline_pending",
    Transport.SUBMITTED: "sent",
    Transport.DELIVERED: "delivered",
    Transport.FAILED_PERMANENT: "failed",
    Transport.CANCELLED_BEFORE_SEND: "cancelled",
}
_BUSINESS = {
    Business.UNDER_QUERY: "action_required",
    Business.DISPUTED: "action_required",
    Business.SUSPENDED: "action_required",
    Business.CONDITIONALLY_ACCEPTED: "accepted",
    Business.PARTIALLY_ACCEPTED: "accepted",
    Business.ACCEPTED: "accepted",
    Business.COMPLETED: "accepted",
    Business.PAID_PARTIALLY: "accepted",
    Business.PAID: "paid",
    Business.REJECTED: "rejected",
}
_REGULATORY = {
    Regulatory.REJECTED: "rejected",
    Regulatory.EXPIRED: "failed",
    Regulatory.CANCELLED: "cancelled",
    Regulatory.ACCEPTED_WITH_WARNINGS: "accepted_with_warnings",
    Regulatory.CLEARED: "accepted",
    Regulatory.REPORTED: "accepted",
    Regulatory.DUPLICATE_OF_ACCEPTED: "accepted",
}


class Axes(Protocol):
    """Anything that carries the three axes: a projected state or a stored view of it."""

    @property
    def transport(self) -> Transport:
        """How far the bytes got."""

    @property
    def regulatory(self) -> Regulatory:
        """The verdict of authority or network."""

    @property
    def business(self) -> Business:
        """The buyer's answer."""

    @property
    def action_required(self) -> str | None:
        """Why a person must look."""


def headline(document_state: str, transmissions: Sequence[Axes]) -> str:
    """Return the one word of `HEADLINES` that tells where a document stands.

    A document with several transmissions is as far as the one that needs most attention.

    Args:
        document_state: `draft`, `held`, `issued`, `voided`, `void_refused` or `corrected`.
        transmissions: The states of its transmissions.
    """
    if document_state in SAID_BY_DOCUMENTS:
        return document_state
    if not transmissions:
        return "issued"
    return min((_word(state) for state in transmissions), key=_WORST_FIRST.index)


def is_final(word: str) -> bool:
    """Return True for a headline that is not expected to change by itself.

    A payment may still follow an acceptance; nothing waits for it.
    """
    return word in _FINAL


def _word(state: Axes) -> str:
    """Return the headline of one transmission.

    The network's bare `accepted` says that the buyer's side took delivery, not that the buyer
    agrees: only the buyer's word, or a clearance, makes the headline `accepted`. A buyer who asks,
    disputes or suspends waits for the seller, hence `action_required`. A cancellation that was
    asked for is not granted yet: it says nothing.
    """
    if state.action_required is not None:
        return "action_required"
    if state.regulatory in {
        Regulatory.REJECTED,
        Regulatory.EXPIRED,
        Regulatory.CANCELLED,
    }:
        return _REGULATORY[state.regulatory]
    if state.transport in {Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND}:
        return _TRANSPORT[state.transport]
    if state.business in _BUSINESS:
        return _BUSINESS[state.business]
    return _REGULATORY.get(state.regulatory) or _TRANSPORT[state.transport]
