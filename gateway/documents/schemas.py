"""What the API takes and gives for documents."""

import datetime

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931 import Invoice


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class FindingView(View):
    """One broken rule."""

    rule: str
    rule_set: str
    flag: str
    message: str
    term: str | None = None
    pointer: str | None = Field(default=None, description="JSON pointer into the body as sent")
    location: str | None = Field(default=None, description="XPath into the issued document")
    line: int | None = None
    fix: str | None = None
    patch: list[dict[str, object]] | None = Field(
        default=None,
        description="JSON Patch (RFC 6902) on the body as sent, where one certainly mends it",
    )


class LayerView(View):
    """One layer of validation and whether it ran."""

    id: str
    outcome: str = Field(description="ran, not_judged or crashed; only `ran` is a verdict")
    source: str | None = None
    reason: str | None = None


class TransmissionSummary(View):
    """Where one delivery of the document stands, on three axes."""

    id: str
    channel: str
    message_id: str
    transport: str
    regulatory: str
    business: str
    action_required: str | None = None
    attempts: int
    updated_at: datetime.datetime


class StatusView(View):
    """Where the document stands now; poll this one, with ETag or `?wait=`."""

    id: str
    object: str = "status"
    number: str | None
    state: str
    status: str = Field(description="The headline, computed from state and transmissions")
    final: bool
    layers: list[LayerView]
    transmissions: list[TransmissionSummary]
    events: int = Field(description="How many events the document has had; see /v1/events")


class DocumentView(View):
    """A document."""

    id: str
    object: str
    entity_id: str
    environment: str
    state: str = Field(description="draft, issued, voided or corrected")
    status: str = Field(description="The headline, computed from state and transmissions")
    number: str | None
    series: str | None
    issue_date: datetime.date | None
    profile: str | None
    sha256: str | None = Field(description="Of the issued bytes, hexadecimal")
    retain_until: datetime.date | None
    invoice: Invoice | None = Field(
        description="The invoice as computed (draft) or issued; null while it cannot be computed"
    )
    layers: list[LayerView]
    findings: list[FindingView]
    transmissions: list[TransmissionSummary]
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    issued_at: datetime.datetime | None


class DocumentList(View):
    """One page, newest first."""

    object: str = "list"
    data: list[DocumentView]
    next_cursor: str | None


class EvidenceView(View):
    """One archived file."""

    id: str
    object: str
    role: str
    name: str
    media_type: str
    size: int
    sha256: str = Field(description="Hexadecimal")
    log_index: int = Field(description="Which leaf of the log it is, from 0")
    at: datetime.datetime


class EvidenceList(View):
    """The evidence of a document, in the order of the log."""

    object: str = "list"
    data: list[EvidenceView]
