"""What the API takes and gives of records that are kept: checks, exports, demands."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gateway.kit.moments import Day
from gateway.tenants.schemas import Input, View
from gateway.verifactu.exports import Span

_FIRST = datetime.date(2024, 10, 28)
_LAST = datetime.date(2099, 12, 31)

_Day = Annotated[Day, Field(ge=_FIRST, le=_LAST)]


class SpanInput(Input):
    """Days in Spain, both included, by the moment of each record."""

    since: _Day = Field(alias="from", description="The first day.")
    until: _Day = Field(alias="to", description="The last one.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError("the last day is before the first")
        return self

    @property
    def span(self) -> Span:
        """The days."""
        return Span(self.since, self.until)


class DemandInput(SpanInput):
    """Records that the AEAT demanded."""

    reference: Annotated[str, Field(pattern="^[ -~]{1,18}$")] = Field(
        description="What the AEAT calls its demand (RefRequerimiento).", examples=["REQ2027001"]
    )
    last: bool = Field(default=True, description="Nothing follows (FinRequerimiento).")


class AnomalyView(View):
    """Something that is wrong with a record, or an event."""

    sequence: int = Field(description="Its place in the chain.")
    reason: Literal["huella", "signature", "first", "link", "time"]
    type: str = Field(description="As the AEAT's list L1E has it.", examples=["01"])


class LookedView(View):
    """What was looked at, and found."""

    count: int
    signed: int = Field(description="How many of them are signed: those that were kept.")
    anomalies: list[AnomalyView]


class CheckView(View):
    """What a look for anomalies found."""

    object: Literal["verifactu_check"] = "verifactu_check"
    records: LookedView
    events: LookedView


class DemandedRecord(View):
    """What the AEAT says of one record."""

    number: str
    operation: Literal["Alta", "Anulacion"]
    state: Literal["Correcto", "AceptadoConErrores", "Incorrecto"]
    code: str | None
    detail: str | None


class DemandedView(View):
    """What the AEAT says to one request."""

    csv: str | None
    state: Literal["Correcto", "ParcialmenteCorrecto", "Incorrecto"]
    records: list[DemandedRecord]


class DemandView(View):
    """What came of records that the AEAT demanded, request by request."""

    object: Literal["verifactu_demand"] = "verifactu_demand"
    reference: str
    requests: list[DemandedView]
