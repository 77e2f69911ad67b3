"""What the API takes and gives for fiscal records that follow a document's first."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931.extensions.spain import SpanishRecord
from formats.en16931.group import Text
from gateway.documents.schemas import View


class MendingInput(BaseModel):
    """What an authority is told anew of a document that it refused, or took with errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[Text, Field(min_length=1, max_length=500)]
    spain: SpanishRecord | None = Field(
        default=None,
        description="What the AEAT is told beside the invoice; what is left out stays as it was.",
    )


class FiscalRecordView(View):
    """A record of the document in the chain of its seller."""

    object: str = "fiscal_record"
    kind: str = Field(description="`issue`; `mend` mends those before; `cancel`.")
    chain: str = Field(description="The key of the chain.")
    sequence: int = Field(description="Its place there.")
    digest: str
    at: datetime.datetime
    transmission_id: str | None
    regulatory: str | None = Field(description="What the authority says of it.")


class FiscalRecordList(View):
    """Every record of a document, oldest first."""

    object: str = "list"
    data: list[FiscalRecordView]
