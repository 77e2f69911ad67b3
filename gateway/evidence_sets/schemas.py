"""What the API gives of evidence sets that were found."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.kit.scope import Direction
from gateway.tenants.schemas import View


class PartyFoundView(View):
    """The other party of a document: who was billed, or who billed."""

    name: str | None
    vat_identifier: str | None


class EvidenceSetView(View):
    """A document that fits, and where its evidence is."""

    id: str = Field(description="Of the document.", examples=["inv_01jd0000000000000000000000"])
    object: Literal["evidence_set"] = "evidence_set"
    direction: Direction
    kind: str | None = Field(description="Of an issued document: `invoice`, `credit_note`, ...")
    number: str | None
    issue_date: datetime.date | None
    party: PartyFoundView
    currency_code: str | None
    total_with_vat: str | None
    sha256: str = Field(description="Of the bytes as issued or received, hexadecimal.")
    evidence_url: str = Field(description="Lists the files, each with its place in the log.")
    bundle_url: str = Field(description="All of them, to be verified without us.")


class EvidenceSetList(View):
    """One page of what was found, newest first."""

    object: Literal["list"] = "list"
    data: list[EvidenceSetView]
    next_cursor: str | None
