"""The words of the three axes of a transmission, and the steps transport may take. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Transport(StrEnum):
    """How far the bytes got; moved by the worker, and by verdicts that prove arrival."""

    CREATED = "created"
    PREPARED = "prepared"
    QUEUED = "queued"
    SUBMITTING = "submitting"
    OUTCOME_UNKNOWN = "outcome_unknown"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED_RETRYABLE = "failed_retryable"
    FAILED_PERMANENT = "failed_permanent"
    CANCELLED_BEFORE_SEND = "cancelled_before_send"


class Regulatory(StrEnum):
    """What the authority or the network said about the document."""

    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    CLEARED = "cleared"
    REPORTED = "reported"
    REJECTED = "rejected"
    DUPLICATE_OF_ACCEPTED = "duplicate_of_accepted"
    EXPIRED = "expired"
    CANCEL_REQUESTED = "cancel_requested"
    CANCELLED = "cancelled"


class Business(StrEnum):
    """What the buyer said about the document."""

    NONE = "none"
    ACKNOWLEDGED = "acknowledged"
    IN_PROCESS = "in_process"
    UNDER_QUERY = "under_query"
    CONDITIONALLY_ACCEPTED = "conditionally_accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    PAID_PARTIALLY = "paid_partially"
    PAID = "paid"


class Action(StrEnum):
    """Why a person must look. All but the contradiction go away when the state moves on.

    `reissue`: nobody will ever have the document, but its number is used: the reissue, or what the
    law wants instead, is a person's decision, who then states what became of it.
    """

    CONTRADICTION = "contradiction"
    UNRESOLVED = "unresolved"
    NO_VERDICT = "no_verdict"
    STUCK = "stuck"
    LATE = "late"
    REISSUE = "reissue"


TRANSITIONS: Mapping[Transport, frozenset[Transport]] = MappingProxyType(
    {
        Transport.CREATED: frozenset({Transport.PREPARED, Transport.CANCELLED_BEFORE_SEND}),
        Transport.PREPARED: frozenset({Transport.QUEUED, Transport.CANCELLED_BEFORE_SEND}),
        Transport.QUEUED: frozenset(
            {Transport.SUBMITTING, Transport.DEFERRED, Transport.CANCELLED_BEFORE_SEND}
        ),
        Transport.SUBMITTING: frozenset(
            {
                Transport.SUBMITTED,
                Transport.DELIVERED,
                Transport.OUTCOME_UNKNOWN,
                Transport.FAILED_RETRYABLE,
                Transport.FAILED_PERMANENT,
                Transport.DEFERRED,
            }
        ),
        Transport.OUTCOME_UNKNOWN: frozenset(
            {
                Transport.SUBMITTED,
                Transport.DELIVERED,
                Transport.QUEUED,
                Transport.FAILED_PERMANENT,
            }
        ),
        # A verdict proves that an attempt we gave up on did arrive.
        Transport.FAILED_RETRYABLE: frozenset(
            {
                Transport.SUBMITTING,
                Transport.SUBMITTED,
                Transport.DELIVERED,
                Transport.DEFERRED,
                Transport.CANCELLED_BEFORE_SEND,
                Transport.FAILED_PERMANENT,
            }
        ),
        Transport.DEFERRED: frozenset({Transport.QUEUED, Transport.CANCELLED_BEFORE_SEND}),
        Transport.SUBMITTED: frozenset({Transport.DELIVERED, Transport.FAILED_PERMANENT}),
        Transport.DELIVERED: frozenset(),
        Transport.FAILED_PERMANENT: frozenset(),
        Transport.CANCELLED_BEFORE_SEND: frozenset(),
    }
)
"""The transport axis as our own worker may walk it (a signal may skip steps, never go back)."""


_ANSWERED = frozenset(
    {
        Business.ACCEPTED,
        Business.REJECTED,
        Business.COMPLETED,
        Business.PAID_PARTIALLY,
        Business.PAID,
    }
)


@dataclass(frozen=True, slots=True)
class AxisState:
    """The state of a transmission.

    Attributes:
        transport: How far the bytes got.
        regulatory: The authority's or network's verdict.
        business: The buyer's answer.
        action_required: Why a person must look, or None.
    """

    transport: Transport
    regulatory: Regulatory
    business: Business
    action_required: str | None = None

    @property
    def arrived(self) -> bool:
        """True when the other side is proved to have the bytes."""
        return self.transport in {Transport.SUBMITTED, Transport.DELIVERED}

    @property
    def settled(self) -> bool:
        """True when there is nothing left to send or to ask for (the buyer may still speak)."""
        if self.transport in {
            Transport.FAILED_PERMANENT,
            Transport.CANCELLED_BEFORE_SEND,
        }:
            return True
        return self.arrived and self.regulatory is not Regulatory.PENDING

    @property
    def complete(self) -> bool:
        """True when it is settled and the buyer, if it ever got that far, has answered too."""
        accepted = self.arrived and self.regulatory not in {
            Regulatory.REJECTED,
            Regulatory.EXPIRED,
            Regulatory.CANCELLED,
        }
        return self.settled and not (accepted and self.business not in _ANSWERED)
