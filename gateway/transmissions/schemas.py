"""What the API shows of transmissions."""

import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from gateway.transmissions.states import Business, Regulatory, Transport


class BehindView(BaseModel):
    """The message in the way, where the order matters: the first unfinished one of the sender."""

    transmission_id: str
    document_id: str
    what: str = Field(examples=["person"], description="What that one waits for.")
    meaning: str
    next_at: datetime.datetime | None = Field(description="When the gateway acts on it next.")
    reason: str | None = Field(description="Why that one was not done already, a code.")


class OutageView(BaseModel):
    """What its authority announced, the last that counts for a transmission."""

    mode: str | None = Field(
        description="In which mode of its country's law the document counts as issued: "
        "`offline24`, `unavailability`, `failure`, `total_failure` (Poland)."
    )
    kind: str = Field(description="`unavailability`, `failure` or `total_failure`.")
    begins_at: datetime.datetime
    ends_at: datetime.datetime | None
    source: str = Field(description="Where it was announced.")
    open_end: bool = Field(description="It goes on: nobody can say yet by when to send.")
    no_duty: bool = Field(description="It need not be sent any more, and is not.")


class WaitingView(BaseModel):
    """What happens next."""

    what: str = Field(
        examples=["verdict"],
        description="`turn`, `send`, `paused`, `breaker`, `answer`, `question`, `verdict`, "
        "`buyer`, `person` or `nothing`.",
    )
    meaning: str
    next_at: datetime.datetime | None = Field(description="When the gateway acts next.")
    until: datetime.datetime | None = Field(
        description="When patience ends, where that is known; it counts anew from a retry."
    )
    reason: str | None = Field(
        description="Why it was not done already, a code; `retried`: a person had it sent again."
    )
    endpoint: str | None = Field(description="Whose circuit breaker is open.")
    outage: OutageView | None = Field(
        description="What its authority announced, where that counts for it; it moves `until`."
    )
    behind: BehindView | None = Field(description="For whom it waits, when it waits for its turn.")


class Transmission(BaseModel):
    """One destination of a document, on three axes."""

    id: str = Field(description="trn_...")
    object: Literal["transmission"] = "transmission"
    document_id: str
    channel: str
    message_id: str = Field(description="What the other side knows the message by.")
    sender: str = Field(description="Participant id, scheme:value")
    receiver: str = Field(description="Participant id, scheme:value")
    sha256: str = Field(description="Digest of the frozen bytes.")
    transport: Transport
    regulatory: Regulatory
    business: Business
    action_required: str | None = Field(description="Why a person must look.")
    attempts: int = Field(description="How often the bytes were put on the wire.")
    next_poll_at: datetime.datetime | None = Field(
        description="When the gateway acts next; asking before rarely shows anything new."
    )
    waiting: WaitingView = Field(description="What happens next, or why nothing does.")
    created_at: datetime.datetime
    updated_at: datetime.datetime


class TransmissionList(BaseModel):
    """One page of transmissions, newest first."""

    object: Literal["list"] = "list"
    data: list[Transmission]
    next_cursor: str | None = Field(default=None, description="Of the next page, if there is one.")


class AttemptView(BaseModel):
    """One time that bytes were sent, or the other side was asked."""

    number: int = Field(description="In the order they began.")
    purpose: Literal["send", "ask", "verdict"] = Field(
        description="send: the bytes; ask: whether they arrived; verdict: what became of them."
    )
    attempt: int = Field(description="How often the bytes were put on the wire by then.")
    outcome: str | None = Field(
        description="acknowledged, never_seen, retry, refused, unknown, lost; null: on the wire."
    )
    reason: str | None
    endpoint: str
    credential: str | None
    begun_at: datetime.datetime
    ended_at: datetime.datetime | None
    code_version: str
    decisions: dict[str, Any] = Field(description="Draws, due times and what else decided.")
    exchanges: int = Field(description="How many requests were written.")


class AttemptList(BaseModel):
    """The attempts of a transmission, in order."""

    object: Literal["list"] = "list"
    data: list[AttemptView]
    dropped: int = Field(description="How many of those in the middle are not kept.")


class AxesView(BaseModel):
    """Where a transmission stands."""

    transport: Transport
    regulatory: Regulatory
    business: Business
    action_required: str | None


class HeadlineView(BaseModel):
    """The document's one word, and what decided about it."""

    status: str
    reason: str = Field(examples=["person"])
    meaning: str
    transmission_id: str | None = Field(description="Which of its transmissions decided.")


class MoveView(BaseModel):
    """What one event did to one axis, and the rule that decided."""

    axis: str
    before: str | None
    after: str | None
    moved: bool
    rule: str = Field(examples=["verdict_contradiction"])
    meaning: str


class LineageEvent(BaseModel):
    """One event, and what it did."""

    id: str
    type: str
    at: datetime.datetime
    evidence_id: str | None
    data: dict[str, Any]
    moves: list[MoveView]


class Why(BaseModel):
    """All that led to where a transmission stands."""

    object: Literal["why"] = "why"
    id: str
    document_id: str
    channel: str
    state: AxesView
    headline: HeadlineView
    waiting: WaitingView
    events: list[LineageEvent]
    attempts: list[AttemptView]
    names: dict[str, str] = Field(description="What the other side calls it, by kind.")
    summary: list[str] = Field(description="The same in a few sentences.")


class DifferenceView(BaseModel):
    """One difference between two requests."""

    part: Literal["line", "header", "body", "writing"] = Field(
        description="writing: the content is the same, the bytes are not."
    )
    place: str | None
    old: Any
    new: Any


class ReplayedAttempt(BaseModel):
    """One attempt, put to today's code."""

    number: int
    purpose: str
    at: datetime.datetime
    code_version: str = Field(description="That made it.")
    recorded: dict[str, Any]
    replayed: dict[str, Any] | None = None
    request: list[DifferenceView] = Field(
        default_factory=list, description="How what is asked now differs from what was then."
    )
    decisions: dict[str, Any] = Field(default_factory=dict)
    not_replayed: str | None = None
    same: bool


class Replay(BaseModel):
    """What was sent and answered, put to today's code. Nothing was sent for it."""

    object: Literal["replay"] = "replay"
    transmission_id: str
    channel: str
    code_version: str = Field(description="Today's.")
    attempts: list[ReplayedAttempt]
    now: dict[str, Any] = Field(description="What would be sent now, and how it differs.")
    issued_now: dict[str, Any] = Field(
        description="What would be issued now: the document written and judged by today's code."
    )
    same: bool = Field(description="Today's code does what was done.")
