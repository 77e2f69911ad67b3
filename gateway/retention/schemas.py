"""What the API takes and gives for retention."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from countries.base import Anchor, Confidence, RecordKind, Subject
from formats.en16931.group import Text
from gateway.kinds import DocumentKind
from gateway.kit.moments import Day
from gateway.kit.tenancy import ActorKind
from gateway.tenants.schemas import Input, View

Kind = DocumentKind | Literal["received"]
"""A kind of document that is issued, or one that came."""

Why = Annotated[Text, Field(min_length=1, max_length=1000)]


class OverView(View):
    """A document whose last day is past."""

    id: str = Field(examples=["inv_01jd0000000000000000000000"])
    object: Literal["retention_over"] = "retention_over"
    kind: Kind
    number: str | None
    issued: datetime.date = Field(description="From which day it counts.")
    retain_until: datetime.date
    by_law_until: datetime.date = Field(description="What today's law says by itself.")
    why: str = Field(description="The rule that says so.")
    holds: list[str] = Field(description="Legal holds that keep it all the same.")


class OverList(View):
    """One page of documents whose last day is past, newest first."""

    object: Literal["list"] = "list"
    data: list[OverView]
    next_cursor: str | None


class SubjectsInput(Input):
    """What a document is about, where the law keeps that longer."""

    subjects: Annotated[list[Subject], Field(min_length=1, max_length=len(Subject))]
    reason: Why | None = Field(default=None, description="How one knows.")


class HoldInput(Input):
    """What must not be destroyed, and why. Without any limit: all documents of the entity."""

    reason: Why = Field(description="Why: the audit, the court case.")
    document_id: str | None = Field(
        default=None,
        description="This document alone, issued (`inv_...`) or received (`rcv_...`).",
    )
    kinds: Annotated[list[Kind], Field(min_length=1, max_length=20)] | None = Field(
        default=None, description="Of these kinds alone; `received` for what came."
    )
    issued_from: Day | None = Field(default=None, description="Of this day or later.")
    issued_until: Day | None = Field(default=None, description="Of this day or before.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        first, last = self.issued_from, self.issued_until
        if first is not None and last is not None and last < first:
            raise ValueError("issued_until is before issued_from")
        return self


class HoldEndInput(Input):
    """Why a hold ends."""

    reason: Why


class ActorView(View):
    """Who did something."""

    kind: ActorKind
    id: str | None


class HoldView(View):
    """A legal hold."""

    id: str = Field(examples=["hld_01jd0000000000000000000000"])
    object: Literal["retention_hold"] = "retention_hold"
    entity_id: str
    active: bool
    reason: str
    document_id: str | None
    kinds: list[Kind] | None
    issued_from: datetime.date | None
    issued_until: datetime.date | None
    placed_at: datetime.datetime
    placed_by: ActorView
    ended_at: datetime.datetime | None
    ended_by: ActorView | None
    end_reason: str | None


class HoldList(View):
    """One page of legal holds, newest first."""

    object: Literal["list"] = "list"
    data: list[HoldView]
    next_cursor: str | None


class SourceView(View):
    """Where a rule comes from, and how well it is known."""

    title: str
    url: str
    read_on: datetime.date
    confidence: Confidence = Field(
        description="`A` the statute or two sources, `B` one good source, `C` weak or"
        " contradicted, `M` from memory."
    )
    note: str


class RetentionRuleView(View):
    """A rule that applies to a document, and what it says."""

    until: datetime.date
    why: str
    years: int
    months: int
    anchor: Anchor
    kind: RecordKind | None = Field(
        description="Of which documents it speaks, unless of a subject."
    )
    subject: Subject | None
    source: SourceView


class RetentionView(View):
    """How long a document is kept, and why."""

    id: str = Field(examples=["inv_01jd0000000000000000000000"])
    object: Literal["retention"] = "retention"
    entity_id: str
    retain_until: datetime.date = Field(
        description="The last day on which it must still exist. It never becomes earlier, also"
        " where a new law asks for less."
    )
    over: bool = Field(description="That day is past, where the entity is.")
    holds: list[str] = Field(description="Legal holds that keep it whatever that day is.")
    as_of: datetime.date = Field(description="The day whose law was asked for.")
    by_law_until: datetime.date = Field(description="What that law says by itself.")
    rules: list[RetentionRuleView] = Field(
        description="Every rule that applies, the longest first: it decides."
    )
    issued: datetime.date = Field(description="From which day it counts.")
    tax_point: datetime.date | None
    kinds: list[RecordKind] = Field(description="What it is to the law.")
    subjects: list[Subject] = Field(description="What it is about.")
    noted_subjects: list[Subject] = Field(description="Those noted of this document alone.")
    fiscal_year_end: str = Field(examples=["12-31"])
