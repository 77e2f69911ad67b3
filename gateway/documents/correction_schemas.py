"""What the API takes for corrections."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931.group import Text
from formats.en16931.money import Quantity
from formats.json.body import LabelName, LabelValue


class LinePart(BaseModel):
    """How much of a line is corrected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: Annotated[Text, Field(min_length=1, max_length=100)] = Field(
        description="The line's identifier (BT-126) in the document to be corrected."
    )
    quantity: Quantity | None = Field(
        default=None, description="How much of it; without it, all of it."
    )


class CorrectionInput(BaseModel):
    """A correction. Without `method` the country's usual one is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[Text, Field(min_length=1, max_length=500)]
    method: Literal["credit_note", "corrective_invoice"] | None = None
    lines: tuple[LinePart, ...] | None = Field(
        default=None,
        max_length=10000,
        description="Of a credit note: what is credited; without it, everything.",
    )
    extensions: dict[str, Any] = Field(
        default_factory=dict,
        description="What a country wants to know of its own, e.g. `spain.tipo_factura`; it goes "
        "before what the corrected document says, member by member.",
    )
    metadata: dict[LabelName, LabelValue] = Field(default_factory=dict, max_length=50)
