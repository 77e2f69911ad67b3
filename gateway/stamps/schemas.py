"""What the API gives of stamps."""

import datetime

from pydantic import BaseModel, ConfigDict, Field


class StampView(BaseModel):
    """What an authority gave the document, or will know it by."""

    model_config = ConfigDict(extra="forbid")

    authority: str
    kind: str = Field(description="What it is: `registration`, `chain`.", examples=["chain"])
    identifier: str = Field(description="As the authority writes it.")
    at: datetime.datetime
    qr: str | None = Field(description="The text of the QR code for paper.")
    evidence_id: str | None = Field(description="The archived file that proves it.")
