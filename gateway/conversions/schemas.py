"""What the conversion API takes and gives."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931 import Invoice

Base64 = Field(json_schema_extra={"contentEncoding": "base64"})


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class LossView(View):
    """One value that the result does not hold as the source did."""

    fate: Literal["dropped", "approximated", "moved"] = Field(
        description="Gone; there, but different; or in a note (BT-22, BT-127)"
    )
    term: str | None = Field(default=None, description="Business term, e.g. BT-11 or BT-X-8")
    name: str | None = Field(default=None, description="The term in words")
    value: str | None = Field(
        default=None, description="As text; long and binary values by size and sha256"
    )
    source: str | None = Field(
        default=None,
        description="Where it stood: XPath with positions, JSON pointer, cell, or file name",
    )
    line: int | None = Field(default=None, description="Line of an XML document, from 1")
    pointer: str | None = Field(
        default=None, description="JSON pointer into the canonical invoice"
    )
    detail: str


SourceName = Literal[
    "ubl", "cii", "ksef", "facturae", "eslog", "hybrid-pdf", "json", "csv", "xlsx"
]
"""What a document can be."""


class AmountFindingView(View):
    """What is wrong with the amounts that JSON or a spreadsheet gives."""

    rule: str
    flag: str
    message: str
    term: str | None = None
    pointer: str | None = None
    fix: str | None = None


class ReadingView(View):
    """What a document is."""

    source: SourceName
    profile: str | None = Field(description="The profile it says it follows, if it is one of ours")
    semantic_hash: str = Field(
        description="Of what it says by EN 16931: the same in every syntax",
        examples=["en16931:1:" + "0" * 64],
    )


class InspectionView(ReadingView):
    """A document as the canonical invoice."""

    object: Literal["inspection"] = "inspection"
    lossless: bool = Field(description="Whether the invoice says everything the document says")
    loss_count: int
    losses: list[LossView] = Field(description="At most 1000 of them")
    findings: list[AmountFindingView]
    invoice: Invoice


class ConversionView(View):
    """A document in another profile, and what was lost on the way."""

    object: Literal["conversion"] = "conversion"
    profile: str
    media_type: str
    filename: str
    content: str = Base64
    sha256: str = Field(description="Of the content, hexadecimal")
    semantic_hash: str
    source: SourceName
    source_profile: str | None
    lossless: bool
    loss_count: int
    losses: list[LossView] = Field(description="At most 1000 of them")
    findings: list[AmountFindingView]


class DiffInput(BaseModel):
    """Two documents to compare."""

    model_config = ConfigDict(extra="forbid")

    old: str | dict[str, Any] = Field(
        description="A document in base64 (UBL, CII, hybrid PDF, XLSX, CSV), or an invoice as JSON"
    )
    new: str | dict[str, Any] = Field(description="The other one, in any format")
    process_control: bool = Field(
        default=False, description="Also compare what they claim to follow (BG-2)"
    )


class ChangeView(View):
    """One difference."""

    kind: Literal["added", "removed", "changed", "moved", "renumbered"]
    term: str | None = None
    name: str
    pointer: str | None = Field(default=None, description="JSON pointer into the new invoice")
    old_pointer: str | None = Field(default=None, description="JSON pointer into the old one")
    old: Any = None
    new: Any = None


class DiffView(View):
    """What changed from one document to the other, by business term."""

    object: Literal["diff"] = "diff"
    same: bool
    old: ReadingView
    new: ReadingView
    changes: list[ChangeView]


class ProfileView(View):
    """A profile to convert to."""

    id: str
    name: str
    syntax: str
    customization_id: str
    process_id: str | None
    hybrid: str | None = Field(description="The level of Factur-X; such documents are PDFs")
    unproven: str | None = Field(description="Why no official rules prove it; null when they do")


class ProfileList(View):
    """Every profile, proven ones first."""

    object: Literal["list"] = "list"
    data: list[ProfileView]
