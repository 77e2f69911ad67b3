"""What the API takes for exports."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gateway.kinds import DocumentKind
from gateway.kit.moments import Day
from gateway.tenants.schemas import Input, Metadata

Format = Literal["csv", "xlsx", "pdf_zip", "xml_zip"]
Rows = Literal["documents", "lines"]
State = Literal["issued", "corrected", "voided"]


class ExportInput(Input):
    """Which issued documents to export, and as what.

    Of the entity that the request names, or else of all that the key reaches.
    """

    format: Format
    rows: Rows = Field(
        default="documents", description="CSV and XLSX: a row for each document, or for each line."
    )
    kinds: Annotated[list[DocumentKind], Field(min_length=1, max_length=10)] | None = Field(
        default=None, description="Only of these kinds; without it, of every kind."
    )
    states: Annotated[list[State], Field(min_length=1, max_length=3)] = Field(
        default=["issued", "corrected", "voided"], description="Only in these states."
    )
    since: Day | None = Field(
        default=None, alias="from", description="Issued on this day (BT-2) or later."
    )
    until: Day | None = Field(
        default=None, alias="to", description="Issued on this day or earlier."
    )
    metadata: Metadata = Field(default={}, description="Only with all of these.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("`from` is after `to`")
        return self
