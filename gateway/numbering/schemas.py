"""What the API takes and gives for number series."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.numbering.patterns import DEFAULT_PATTERN


class SeriesInput(BaseModel):
    """A number series to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$", examples=["INV"])
    kind: Literal["gapless", "external"] = Field(
        default="gapless",
        description="`gapless`: the gateway counts. `external`: you bring unique numbers.",
    )
    pattern: str = Field(
        default=DEFAULT_PATTERN,
        max_length=60,
        description="How a gapless number is written, from {code} and {number:06}.",
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
    next_number: int | None = Field(description="Null for external series.")
    last_issue_date: datetime.date | None
    created_at: datetime.datetime


class SeriesList(BaseModel):
    """All series of an entity, in order of their codes."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["list"] = "list"
    data: list[SeriesView]
    next_cursor: str | None = None
