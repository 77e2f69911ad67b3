"""HTTP for what documents prove about number series: `/v1/series/{series_id}/report`."""

import datetime
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from gateway.documents.series_report import series_report
from gateway.kit.ids import parse_id
from gateway.numbering import service as numbering
from gateway.tenants.access import ReaderTransaction

router = APIRouter(prefix="/v1/series", tags=["Number series"])


class Gap(BaseModel):
    """Places of a series that no document has."""

    model_config = ConfigDict(extra="forbid")

    first: int
    last: int


class SeriesReport(BaseModel):
    """What the documents prove about a series; of gaps and the like the first hundred."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["series_report"] = "series_report"
    series_id: str
    code: str
    kind: Literal["gapless", "external"]
    counted: int | None = Field(description="How many numbers the counter has given.")
    documents: int = Field(description="How many documents carry one.")
    first: str | None
    last: str | None
    first_date: datetime.date | None
    last_date: datetime.date | None
    gaps: list[Gap] = Field(description="Places from 1, over all periods.")
    duplicates: list[str]
    out_of_order: list[str] = Field(description="Numbers dated before the one they follow.")
    complete: bool = Field(description="No gap, nothing twice, dates in order.")


@router.get("/{series_id}/report", response_model=SeriesReport)
def report_series(tx: ReaderTransaction, series_id: str) -> dict[str, Any]:
    """Report on a number series from its documents, not from its counter."""
    return series_report(tx, numbering.get(tx, parse_id(series_id, "ser")))
