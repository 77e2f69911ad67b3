"""What the API takes and gives for payments."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931.group import IsoDate, Text
from formats.en16931.money import Amount
from formats.json.body import LabelName, LabelValue

Short = Annotated[Text, Field(min_length=1, max_length=200)]


class PaymentInput(BaseModel):
    """What was paid on a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: Annotated[Amount, Field(gt=Decimal(0), max_digits=18)] = Field(
        description="In the document's currency."
    )
    currency_code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(
        default=None, description="ISO 4217; when given, it must be the document's."
    )
    paid_on: IsoDate | None = Field(
        default=None, description="The day; without it, today at the entity's seat."
    )
    method: Short | None = Field(default=None, description="`bank_transfer`, `card`, `cash` ...")
    reference: Short | None = Field(
        default=None,
        description="Your own id of the payment; an entity takes each once.",
    )
    note: Annotated[Text, Field(max_length=1000)] | None = None
    metadata: dict[LabelName, LabelValue] = Field(default_factory=dict, max_length=50)


class PaymentView(BaseModel):
    """A payment."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(examples=["pay_01jd0000000000000000000000"])
    object: str = "payment"
    entity_id: str
    document_id: str
    amount: str
    currency_code: str
    paid_on: datetime.date
    method: str | None
    reference: str | None
    note: str | None
    state: str = Field(description="received or reversed")
    reversal_reason: str | None
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    reversed_at: datetime.datetime | None


class PaymentList(BaseModel):
    """One page of payments, newest first."""

    model_config = ConfigDict(extra="forbid")

    object: str = "list"
    data: list[PaymentView]
    next_cursor: str | None


class ReversalInput(BaseModel):
    """Why a payment is taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[Text, Field(min_length=1, max_length=500)]
