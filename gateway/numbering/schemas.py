"""What the API takes and gives for number series."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.number_patterns import DEFAULT_PATTERN, MAX_LENGTH, Reset

Pattern = Annotated[
    str,
    Field(
        max_length=MAX_LENGTH,
        description="How a gapless number is written: {seq} or {seq:3} once, and {yyyy}, {yy},"
        " {mm}, {code}, {premise}, {device} beside letters, digits, space and . _ / -",
        examples=["{yyyy}/{seq:3}"],
    ),
]
First = Annotated[int, Field(strict=True, ge=1, lt=10**12)]
Part = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9]*$")]


class SeriesInput(BaseModel):
    """A number series to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$", examples=["INV"])
    kind: Literal["gapless", "external"] = Field(
        default="gapless",
        description="`gapless`: the gateway counts. `external`: you bring unique numbers.",
    )
    pattern: Pattern = DEFAULT_PATTERN
    reset: Reset | None = Field(
        default=None,
        description="When numbers begin again with 1, by issue date. Without it as the pattern"
        " says: monthly with {mm}, yearly with {yyyy} or {yy}, else never. In Croatia numbers"
        " of a premise or device begin again every year without naming it.",
    )
    next_number: First = Field(
        default=1, description="The first number, to go on where another system stopped."
    )
    premise: Part = Field(default="", description="The place of business it belongs to.")
    device: Part = Field(default="", description="The device that issues.")
    counts_with: str | None = Field(
        default=None,
        examples=["ser_01jd0000000000000000000000"],
        description="The series of another device of the same premise, whose count goes on here:"
        " the devices count together, each under its own mark.",
    )


class SeriesChange(BaseModel):
    """What to change of a series. All but `archived` only before it has given a number.

    And only where no other series counts with it, nor it with another.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: Pattern | None = None
    reset: Reset | None = None
    next_number: First | None = None
    premise: Part | None = None
    device: Part | None = None
    archived: bool | None = Field(
        default=None,
        description="An archived series gives no more numbers, and its code is free again.",
    )


class SeriesView(BaseModel):
    """A number series."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(examples=["ser_01jd0000000000000000000000"])
    object: Literal["series"] = "series"
    entity_id: str
    code: str
    kind: Literal["gapless", "external"]
    pattern: str | None
    reset: Reset | None
    premise: str
    device: str
    counts_with: str | None = Field(
        description="The series that counts for it, and that its documents belong to; null where"
        " it counts itself. The numbers below are then that one's."
    )
    next_number: int | None = Field(
        description="Of `period`; a later period begins with 1. Null for external series."
    )
    period: str | None = Field(
        description="The year or month it counts in, e.g. `2026`; null before the first number,"
        " empty where it never begins again."
    )
    count: int = Field(description="How many numbers it has given.")
    last_issue_date: datetime.date | None
    archived_at: datetime.datetime | None
    created_at: datetime.datetime


class SeriesList(BaseModel):
    """All series of an entity, in order of their codes."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["list"] = "list"
    data: list[SeriesView]
    next_cursor: str | None = None


class SeriesPreview(BaseModel):
    """The numbers that documents of a day would get now. None of them is taken."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["series_preview"] = "series_preview"
    series_id: str
    date: datetime.date
    numbers: list[str]
