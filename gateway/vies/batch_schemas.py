"""What the API takes and gives for batches of VAT numbers."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from gateway.jobs.schemas import JobProgress, State
from gateway.tenants.schemas import Input, View
from gateway.vies.answers import Fault, Outcome
from gateway.vies.schemas import MOST_AGE, MOST_NUMBERS, VatId


class VatBatchInput(Input):
    """Numbers to be checked: a list, or those of all customers."""

    vat_ids: Annotated[list[VatId], Field(min_length=1, max_length=MOST_NUMBERS)] | None = Field(
        default=None, description="Each is asked once, however often it is named."
    )
    customers: Literal["all"] | None = Field(
        default=None, description="In place of a list: every customer with a VAT number."
    )
    max_age: Annotated[int, Field(strict=True, ge=0, le=MOST_AGE)] | None = Field(
        default=None, description="As for one check."
    )
    retry: bool = Field(
        default=False,
        description="Go on asking for what is unknown at the end, as for one check.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> "VatBatchInput":
        if (self.vat_ids is None) == (self.customers is None):
            raise ValueError("give vat_ids, or customers")
        return self


class VatBatchCounts(View):
    """How many numbers came out how."""

    valid: int
    invalid: int
    unknown: int
    waiting: int = Field(description="Not done yet.")


class VatBatchItem(View):
    """What came of one number."""

    position: int
    given: str = Field(description="As you wrote it.")
    vat_id: str = Field(description="As it was asked.")
    customer_id: str | None
    outcome: Outcome | None = Field(description="Null while it waits.")
    fault: Fault | None
    detail: str | None
    action: str | None = Field(description="What to do about the fault.")
    from_cache: bool
    attempts: int = Field(description="In vain.")
    check_id: str | None
    asked_at: datetime.datetime | None
    consultation_number: str | None
    name: str | None
    address: str | None


class VatBatchView(View):
    """The report of a batch, with one page of its numbers."""

    id: str = Field(examples=["job_01jd0000000000000000000000"])
    object: Literal["vat_batch"] = "vat_batch"
    entity_id: str
    state: State
    progress: JobProgress
    counts: VatBatchCounts
    faults: dict[str, int] = Field(description="Unknown ones by reason.")
    created_at: datetime.datetime
    finished_at: datetime.datetime | None
    data: list[VatBatchItem]
    next_cursor: str | None
