"""What the API takes and gives for received documents."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931 import Invoice
from formats.en16931.group import IsoDate, Text
from gateway.tenants.schemas import Input, Metadata

State = Literal["received", "readable", "unreadable"]
Verdict = Literal["valid", "invalid", "not_judged"]
Business = Literal["new", "accepted", "rejected", "paid"]

ReasonCode = Literal[
    "NON",
    "REF",
    "LEG",
    "REC",
    "QUA",
    "DEL",
    "PRI",
    "QTY",
    "ITM",
    "PAY",
    "UNR",
    "FIN",
    "PPD",
    "OTH",
]
"""Peppol Invoice Response 3, code list OPStatusReason."""


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class RejectionInput(Input):
    """Why a document is rejected; the sender is told where the network carries answers."""

    reason: Annotated[Text, Field(min_length=1, max_length=1_000)] = Field(
        description="In your words, for the supplier."
    )
    code: ReasonCode = Field(
        default="OTH",
        description="Of Peppol's OPStatusReason: REF references, LEG legal information, REC "
        "receiver unknown, QUA quality, DEL delivery, PRI prices, QTY quantity, ITM items, PAY "
        "payment terms, UNR not recognised, FIN finance, PPD partially paid, NON no issue, OTH "
        "other.",
    )


class ReceivedPaymentInput(Input):
    """That a received document was paid; all of it may be left out."""

    paid_on: IsoDate | None = Field(default=None, description="The day; without it, today.")
    reference: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="Your own id of the payment."
    )


class ReceivedChange(Input):
    """What may be changed of a received document: your own labels."""

    metadata: Metadata | None = Field(
        default=None, description="A JSON Merge Patch: a name with null goes."
    )


class ArrivalView(View):
    """How the bytes came; they may come more than once."""

    channel: str = Field(description="upload, or the network that delivered it")
    message_id: str | None
    sender: str | None
    receiver: str | None
    filename: str | None
    at: datetime.datetime


class DuplicateView(View):
    """Another received document that says it is the same invoice."""

    id: str
    relation: Literal["possible_duplicate", "conflict"] = Field(
        description="Same supplier, number and day: with the same total, currency and type it is "
        "possibly a duplicate, otherwise the two contradict each other."
    )


class ReceivedLayerView(View):
    """One layer of validation and whether it ran."""

    id: str
    layer: str | None = None
    outcome: str
    source: str | None = None
    reason: str | None = None


class ReceivedFindingView(View):
    """One broken rule, explained."""

    rule: str
    rule_set: str | None = None
    layer: str | None = None
    flag: str
    message: str
    term: str | None = None
    pointer: str | None = None
    location: str | None = None
    line: int | None = None
    fix: str | None = None
    patch: list[dict[str, object]] = Field(default=[])


class RefusedPartView(View):
    """A place that cannot be read."""

    message: str
    place: str | None = None
    column: str | None = None
    fix: str | None = None


class RefusalView(View):
    """Why a document could not be read."""

    code: str
    message: str
    line: int | None = None
    errors: list[RefusedPartView]


class ReceivedLossView(View):
    """What the document says and the canonical invoice does not."""

    fate: str
    term: str | None = None
    name: str | None = None
    value: str | None = None
    source: str | None = None
    line: int | None = None
    pointer: str | None = None
    detail: str | None = None


class DecisionView(View):
    """What you decided about the document."""

    state: Literal["accepted", "rejected"]
    code: str | None
    reason: str | None
    at: datetime.datetime


class ReceivedPaymentView(View):
    """That you paid the document."""

    paid_on: datetime.date
    reference: str | None


class ReceivedSummary(View):
    """A received document as it is listed."""

    id: str
    object: str = "received_document"
    entity_id: str
    environment: str
    state: State = Field(description="received: stored, not read yet; then readable or unreadable")
    verdict: Verdict = Field(
        description="not_judged: no rules judged it to the end, which is no verdict at all"
    )
    business: Business = Field(
        description="What you decided: new, accepted, rejected; or paid, which is accepted too"
    )
    misaddressed: bool = Field(description="True when the document names another receiver")
    channel: str = Field(description="By which it came first")
    source: str | None = Field(description="ubl, cii, hybrid-pdf, json, csv or xlsx")
    profile: str | None
    number: str | None
    type_code: str | None
    issue_date: datetime.date | None
    due_date: datetime.date | None
    supplier_name: str | None
    supplier_id: str | None = Field(
        description="The customer or supplier of yours who has the VAT identifier of the document"
    )
    currency_code: str | None
    total_without_vat: str | None
    total_vat: str | None
    total_with_vat: str | None
    amount_due: str | None
    media_type: str
    size: int
    sha256: str
    semantic_hash: str | None = Field(description="Equal for the same invoice in another format")
    duplicates: list[DuplicateView]
    decision: DecisionView | None
    payment: ReceivedPaymentView | None
    retain_until: datetime.date
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    read_at: datetime.datetime | None


class ReceivedView(ReceivedSummary):
    """A received document: what it says, what is wrong with it, how it came."""

    invoice: Invoice | None = Field(description="The canonical invoice; null if unreadable")
    layers: list[ReceivedLayerView]
    findings: list[ReceivedFindingView]
    finding_count: int = Field(description="All there are; `findings` lists the first 1000")
    losses: list[ReceivedLossView]
    refusal: RefusalView | None = Field(description="Why it could not be read")
    arrivals: list[ArrivalView]


class ReceivedList(View):
    """One page, newest first."""

    object: str = "list"
    data: list[ReceivedSummary]
    next_cursor: str | None


class ReceivedEvidenceView(View):
    """One archived file."""

    id: str
    object: str = "archive_entry"
    role: str
    name: str
    media_type: str
    size: int
    sha256: str = Field(description="Hexadecimal")
    log_index: int = Field(description="Which leaf of the log it is, from 0")
    at: datetime.datetime


class ReceivedEvidenceList(View):
    """The evidence of a received document, in the order of the log."""

    object: str = "list"
    data: list[ReceivedEvidenceView]
