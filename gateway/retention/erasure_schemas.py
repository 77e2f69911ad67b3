"""What the API takes and gives for erasures."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.retention.schemas import ActorView, Kind, RetentionRuleView, Why
from gateway.tenants.schemas import Input, View


class ErasureInput(Input):
    """Of whom everything is to be erased that no law keeps."""

    customer_id: str = Field(examples=["cus_01jd0000000000000000000000"])
    reason: Why | None = Field(default=None, description="Why; names nobody, for it stays.")


class ErasureDecisionInput(Input):
    """Why it is approved or rejected."""

    reason: Why | None = None


class ErasureView(View):
    """An erasure of personal data."""

    id: str = Field(examples=["ers_01jd0000000000000000000000"])
    object: Literal["erasure"] = "erasure"
    entity_id: str
    customer_id: str
    state: Literal["requested", "expired", "approved", "rejected", "done"] = Field(
        description="`approved`: the catalogue forgot the customer; documents that must be kept"
        " are destroyed when their day is over. `done`: none is left."
    )
    reason: str | None
    requested_at: datetime.datetime
    requested_by: ActorView
    expires_at: datetime.datetime = Field(description="Until then it can be approved.")
    decided_at: datetime.datetime | None
    decided_by: ActorView | None
    decision_reason: str | None
    next_look_at: datetime.datetime | None = Field(
        description="When it is looked next whether the day of a document is over."
    )
    done_at: datetime.datetime | None


class ErasureList(View):
    """One page of erasures, newest first."""

    object: Literal["list"] = "list"
    data: list[ErasureView]
    next_cursor: str | None


class ErasureDocumentView(View):
    """An issued document that names the customer, and what keeps it."""

    id: str = Field(examples=["inv_01jd0000000000000000000000"])
    object: Literal["erasure_document"] = "erasure_document"
    kind: Kind
    number: str | None
    issued: datetime.date
    retain_until: datetime.date
    rule: RetentionRuleView = Field(description="The longest that applies to it.")
    holds: list[str] = Field(description="Legal holds that keep it whatever that day is.")
    kept_because: Literal["kept", "held", "listed", "chained", "unfinished"] | None = Field(
        description="`kept` by law, `held` by a legal hold, `listed` for destruction; as for a"
        " destruction `chained` or `unfinished`; null: it is destroyed next."
    )


class ErasureDocumentList(View):
    """One page of the documents that name the customer, oldest first."""

    object: Literal["list"] = "list"
    data: list[ErasureDocumentView]
    next_cursor: str | None
