"""What the API takes and gives for destructions."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from gateway.retention.schemas import ActorView, Kind, RetentionRuleView, Why
from gateway.tenants.schemas import Input, View


class DestructionInput(Input):
    """What is to be destroyed. Without `document_ids`: what no law keeps any more."""

    reason: Why | None = None
    document_ids: Annotated[list[str], Field(min_length=1, max_length=1000)] | None = Field(
        default=None,
        description="These alone, issued (`inv_...`) or received (`rcv_...`): all or none.",
    )


class DestructionDecisionInput(Input):
    """Why it is approved or rejected."""

    reason: Why | None = None


class DestructionItemView(View):
    """A document of a destruction."""

    id: str = Field(examples=["inv_01jd0000000000000000000000"])
    object: Literal["destruction_item"] = "destruction_item"
    kind: Kind
    number: str | None
    retain_until: datetime.date
    rule: RetentionRuleView = Field(description="What kept it until then.")
    state: Literal["listed", "marked", "destroyed", "spared"] = Field(
        description="`marked`: what it said is gone and certified; its files go next."
    )
    spared_because: Literal["held", "kept", "unfinished", "chained", "destroyed"] | None = Field(
        description="Why it was not destroyed: a legal hold, a law, a transmission on its way, its"
        " place in a hash chain; or it was destroyed before."
    )


class DestructionView(View):
    """A destruction."""

    id: str = Field(examples=["dst_01jd0000000000000000000000"])
    object: Literal["destruction"] = "destruction"
    entity_id: str
    state: Literal["proposed", "expired", "approved", "rejected", "done"]
    reason: str | None
    proposed_at: datetime.datetime
    proposed_by: ActorView
    expires_at: datetime.datetime = Field(description="Until then it can be approved.")
    decided_at: datetime.datetime | None
    decided_by: ActorView | None
    decision_reason: str | None
    job_id: str | None
    erasure_id: str | None = Field(description="The erasure whose approval stands for it.")
    done_at: datetime.datetime | None


class DestructionDetailView(DestructionView):
    """A destruction with all that it lists."""

    counts: dict[str, int] = Field(description="Documents by kind.")
    documents: list[DestructionItemView]


class DestructionList(View):
    """One page of destructions, newest first."""

    object: Literal["list"] = "list"
    data: list[DestructionView]
    next_cursor: str | None


class DestructionCertificateView(View):
    """The certificate of a destruction, and the proof that the log has it."""

    object: Literal["destruction_certificate"] = "destruction_certificate"
    certificate: dict[str, Any] = Field(description="As it is archived.")
    sha256: str = Field(description="Of its canonical bytes, hexadecimal.")
    leaf: str = Field(description="The leaf of the log, in base64.")
    log_index: int
    checkpoint: str = Field(description="The signed checkpoint that the proof leads to.")
    proof: list[str] = Field(description="SHA-256 hashes, hexadecimal (RFC 9162, 2.1.3).")
