"""What the API takes and gives for recurring invoices."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from gateway.documents.schemas import FindingView
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import Environment
from gateway.recurring.schedule import Frequency, Schedule
from gateway.tenants.schemas import Input, Metadata, Name, View

State = Literal["active", "paused", "completed", "failed"]

_LATEST = datetime.date(9000, 1, 1)
Day = Annotated[datetime.date, Field(ge=datetime.date(2000, 1, 1), le=_LATEST)]


class ScheduleInput(Input):
    """On which days, in the time zone of the entity's country."""

    frequency: Frequency
    interval: int = Field(default=1, ge=1, le=1000, description="Every so many of them.")
    start_date: Day | None = Field(
        default=None,
        description="The first day, or the day the rhythm is counted from: days before today are "
        "not made up for. Today when left out.",
    )
    day_of_month: int | None = Field(
        default=None,
        ge=1,
        le=31,
        description="For months, quarters and years; the last of the month where it is shorter. "
        "That of `start_date` when left out.",
    )
    end_date: Day | None = Field(default=None, description="No document after this day.")
    count: int | None = Field(default=None, ge=1, le=100_000, description="So many at most.")

    @model_validator(mode="after")
    def _fits(self) -> "ScheduleInput":
        if self.day_of_month is not None and self.frequency in {"daily", "weekly"}:
            raise ValueError(f"day_of_month means nothing for a {self.frequency} schedule")
        if self.end_date is not None and self.count is not None:
            raise ValueError("end_date and count exclude each other; give one of them")
        if self.end_date is not None and self.end_date < (self.start_date or self.end_date):
            raise ValueError("end_date is before start_date")
        return self

    def days(self) -> Schedule:
        """Return the calendar of it.

        Raises:
            ValueError: It has no first day yet.
        """
        if self.start_date is None:
            raise ValueError("a schedule without its first day")
        return Schedule(
            self.frequency, self.interval, self.start_date, self.day_of_month, self.end_date
        )


class ActionsInput(Input):
    """What is done with each document."""

    finalize: bool = Field(default=True, description="Issue it; false leaves a draft.")
    send: bool = Field(default=False, description="Send it to the customer; needs `finalize`.")

    @model_validator(mode="after")
    def _fits(self) -> "ActionsInput":
        if self.send and not self.finalize:
            raise ValueError("only what is issued can be sent: set finalize too")
        return self


DueDays = Annotated[
    int,
    Field(ge=0, le=3650, description="Payment is due so many days after the day of issue."),
]


class RecurringInput(Input):
    """A document to be made again and again.

    Texts of the document may hold placeholders: {{month_name}}, {{month}}, {{year}}, {{quarter}},
    {{week}}, {{day}}, {{date}}, {{period}}, {{period_start}}, {{period_end}}, {{number}}; with -1
    or +1 behind the name, of the occurrence before or after.
    """

    name: Name | None = None
    kind: DocumentKind = DocumentKind.INVOICE
    document: dict[str, Any] = Field(
        description="A body as `POST /v1/invoices` takes it (DocumentInput), without number, "
        "issue date and due date."
    )
    schedule: ScheduleInput
    actions: ActionsInput = ActionsInput()
    due_days: DueDays | None = None
    metadata: Metadata = Field(default_factory=dict)


class RecurringChange(Input):
    """What to change, as JSON Merge Patch (RFC 7396): null takes a value away."""

    name: Name | None = None
    kind: DocumentKind | None = None
    document: dict[str, Any] | None = None
    schedule: dict[str, Any] | None = None
    actions: dict[str, Any] | None = None
    due_days: DueDays | None = None
    metadata: dict[str, Any] | None = None


class RecurringView(View):
    """A recurring invoice."""

    id: str = Field(examples=["rec_01jd0000000000000000000000"])
    object: Literal["recurring_invoice"] = "recurring_invoice"
    entity_id: str
    environment: Environment
    name: str | None
    kind: DocumentKind
    state: State = Field(description="failed: three days in a row failed; resume goes on.")
    document: dict[str, Any] = Field(description="The body, with its placeholders.")
    schedule: ScheduleInput
    actions: ActionsInput
    due_days: int | None
    next_date: datetime.date | None
    last_date: datetime.date | None
    made: int = Field(description="Days of the schedule that are behind it.")
    error: dict[str, Any] | None = Field(description="Why the last one failed, as a problem.")
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class RecurringList(View):
    """One page, newest first."""

    object: Literal["list"] = "list"
    data: list[RecurringView]
    next_cursor: str | None


class OccurrenceView(View):
    """A day of the schedule that is behind us, and what came of it."""

    object: Literal["occurrence"] = "occurrence"
    date: datetime.date
    number: int
    state: Literal["generated", "failed"]
    document_id: str | None
    error: dict[str, Any] | None
    sent_at: datetime.datetime | None = Field(description="When it was handed over to be sent.")
    send_error: dict[str, Any] | None = Field(
        description="Why it was issued and not sent, as a problem; send it by hand."
    )
    created_at: datetime.datetime


class OccurrenceList(View):
    """One page, newest first."""

    object: Literal["list"] = "list"
    data: list[OccurrenceView]
    next_cursor: str | None


class PreviewDocument(View):
    """What the next document would say."""

    invoice: dict[str, Any] | None
    findings: list[FindingView]


class PreviewView(View):
    """What comes next."""

    object: Literal["preview"] = "preview"
    dates: list[datetime.date]
    document: PreviewDocument | None = Field(description="Null when nothing comes any more.")
