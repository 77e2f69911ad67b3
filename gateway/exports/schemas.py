"""What the API takes for exports."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gateway.kinds import DocumentKind
from gateway.kit.moments import Day
from gateway.tenants.schemas import Input, Metadata

Format = Literal["csv", "xlsx", "pdf_zip", "xml_zip", "bundle", "asice"]
Rows = Literal["documents", "lines"]
State = Literal["issued", "corrected", "voided"]


_STATES: tuple[State, ...] = ("issued", "corrected", "voided")


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
        default=list(_STATES), description="Only in these states."
    )
    since: Day | None = Field(
        default=None, alias="from", description="Issued on this day (BT-2) or later."
    )
    until: Day | None = Field(
        default=None, alias="to", description="Issued on this day or earlier."
    )
    metadata: Metadata = Field(default={}, description="Only with all of these.")
    log_sizes: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=20)] = Field(
        default=[],
        description="Bundles, sealed or not: sizes of older checkpoints you hold, to be proved.",
    )

    complete: bool = Field(
        default=False,
        description="Bundles: add what shows that no document of the period is missing. It says of"
        " each other file that the entity archived since then: name, time and digest.",
    )

    @model_validator(mode="after")
    def _complete_of_all(self) -> Self:
        chosen = self.kinds is not None or self.metadata or set(self.states) != set(_STATES)
        if self.complete and (self.format not in {"bundle", "asice"} or chosen):
            raise ValueError("`complete` is of bundles that leave out no kind, state or metadata")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("`from` is after `to`")
        return self
