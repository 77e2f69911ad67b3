"""What the API takes and gives for documents."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931 import Invoice
from formats.en16931.group import Text
from gateway.kinds import DocumentKind
from gateway.stamps.schemas import StampView
from gateway.transmissions.schemas import OutageView


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


class InTheWay(View):
    """The message in the way, where the order matters: the first unfinished one of the sender."""

    transmission_id: str
    document_id: str
    what: str = Field(description="What that one waits for: `person`, `breaker`, `question` ...")
    meaning: str
    next_at: datetime.datetime | None = None
    reason: str | None = None


class NextStep(View):
    """What happens next to a transmission, or why nothing does."""

    what: str = Field(description="`turn`, `send`, `paused`, `breaker`, `answer`, `question` ...")
    meaning: str
    next_at: datetime.datetime | None = None
    until: datetime.datetime | None = None
    reason: str | None = None
    endpoint: str | None = None
    outage: OutageView | None = None
    behind: InTheWay | None = None


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
    waiting: NextStep | None = Field(None, description="Until it has arrived.")
    updated_at: datetime.datetime


class HeldView(View):
    """What a draft waits for before it is issued by itself."""

    reason: Literal["vat_check"]
    vat_id: str | None = Field(description="The buyer's number, which somebody must answer first")
    since: datetime.datetime


class StatusView(View):
    """Where the document stands now; poll this one, with ETag or `?wait=`."""

    id: str
    object: str = "status"
    number: str | None
    state: str
    status: str = Field(description="The headline, computed from state and transmissions")
    held: HeldView | None
    final: bool
    layers: list[LayerView]
    transmissions: list[TransmissionSummary]
    events: int = Field(description="How many events the document has had; see /v1/events")


class Amounts(View):
    """What a document comes to, in its currency."""

    currency_code: str | None
    total_without_vat: str | None
    total_vat: str | None
    total_with_vat: str | None
    amount_due: str | None = Field(description="BT-115")


class DocumentView(Amounts):
    """A document."""

    id: str
    object: str
    invoice_id: str | None = Field(default=None, description="The same as `id`, of an invoice.")
    entity_id: str
    environment: str
    state: str = Field(description="draft, issued, voided or corrected")
    status: str = Field(description="The headline, computed from state and transmissions")
    held: HeldView | None
    number: str | None
    series: str | None
    issue_date: datetime.date | None
    due_date: datetime.date | None
    profile: str | None
    amount_paid: str
    amount_credited: str = Field(description="What credit notes took back.")
    open_amount: str = Field(description="Due, less what was credited and paid.")
    payment_status: str | None = Field(
        description="unpaid, partially_paid, paid or reversed; null for what is not issued"
    )
    customer_id: str | None
    customer_name: str | None
    sha256: str | None = Field(description="Of the issued bytes, hexadecimal")
    retain_until: datetime.date | None
    invoice: Invoice | None = Field(
        description="The invoice as computed (draft) or issued; null while it cannot be computed"
    )
    layers: list[LayerView]
    findings: list[FindingView]
    decision: str | None = Field(
        description="What became of an estimate or order: accepted, rejected, processed, cancelled"
    )
    decision_reason: str | None
    void_reason: str | None
    stamps: list[StampView]
    transmissions: list[TransmissionSummary]
    metadata: dict[str, str]
    version: int = Field(description="Grows with every change.")
    created_at: datetime.datetime
    updated_at: datetime.datetime
    issued_at: datetime.datetime | None
    sent_at: datetime.datetime | None = Field(description="First handed to its receiver.")
    voided_at: datetime.datetime | None
    decided_at: datetime.datetime | None


class PreviewView(Amounts):
    """What a body would say if it were issued now; nothing is stored and no number is used."""

    object: str = "preview"
    kind: str
    number: str | None = Field(
        description="The number it would get now; null where the series cannot tell"
    )
    series: str | None
    issue_date: datetime.date | None
    due_date: datetime.date | None
    profile: str | None
    customer_name: str | None
    invoice: Invoice | None
    layers: list[LayerView]
    findings: list[FindingView]


class RelationView(View):
    """How two documents are related."""

    relation: str = Field(description="corrects, settles, derived_from or related")
    from_id: str = Field(description="The later document.")
    to_id: str = Field(description="The earlier one.")
    effective: bool = Field(description="The later one is issued.")


class RelationList(View):
    """Every relation of a document, oldest first."""

    object: str = "list"
    data: list[RelationView]


class VersionView(View):
    """What a draft said before it was changed."""

    object: str = "version"
    version: int
    reason: str | None
    actor: str
    actor_id: str | None
    replaced_at: datetime.datetime
    body: dict[str, Any]


class VersionList(View):
    """Earlier versions of a draft, newest first."""

    object: str = "list"
    data: list[VersionView]
    next_cursor: str | None


class Reason(BaseModel):
    """Why something is done; kept with the document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[Text, Field(min_length=1, max_length=500)]


class Decision(BaseModel):
    """What the other side says to an estimate, or why an order is cancelled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[Text, Field(min_length=1, max_length=500)] | None = None


class ConversionInput(BaseModel):
    """What shall become of a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: DocumentKind


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
