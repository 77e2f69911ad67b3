"""What `POST /v1/explain` takes and gives."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.conversions.schemas import ChangeView, LossView
from gateway.validations.schemas import JudgedFindingView, JudgedLayerView, View

_MOST_CODES = 200
_LONGEST = 50_000_000

Code = Annotated[str, Field(min_length=1, max_length=200)]


class ExplainInput(BaseModel):
    """A rejection or a report, and the document it is about; at least one of them."""

    model_config = ConfigDict(extra="forbid")

    codes: list[Code] = Field(
        default=[],
        max_length=_MOST_CODES,
        description="Rule ids, or codes of authorities: `sdi:00400`, `ksef:440`.",
        examples=[["BR-CO-15", "sdi:00400"]],
    )
    report: dict[str, Any] | list[Any] | Annotated[str, Field(max_length=_LONGEST)] | None = Field(
        default=None,
        description="A report of ours as JSON (of `/v1/validate`, or the problem that refused a "
        "document), or as text: SVRL, or `gateway validate --output jsonl`.",
    )
    document: dict[str, Any] | Annotated[str, Field(max_length=_LONGEST)] | None = Field(
        default=None,
        description="What it is about: the body of `POST /v1/invoices` with its seller, the "
        "canonical invoice, or a document in base64 (UBL, CII, hybrid PDF). Alone, it is judged "
        "and what is found is explained.",
    )
    profile: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="Judge the document as this profile, see /v1/profiles."
    )
    language: Annotated[str, Field(max_length=20)] = Field(
        default="en", description="en, de, fr, it, es or sl; any other means en."
    )


class ExplanationView(View):
    """What one finding, rule or code means."""

    code: str
    knowledge: Literal["exact", "family", "unknown"] = Field(
        description="`family`: only what its family or range is about is known here"
    )
    authority: str | None = Field(description="Who answered with it, for a rejection")
    rule_set: str | None
    title: str
    cause: str
    action: str
    message: str | None = Field(description="The finding's own words, with its values")
    term: str | None = Field(description="Business term, e.g. BT-112")
    term_name: str | None
    pointer: str | None = Field(
        description="Into the document as sent; a star stands for an index that is not known"
    )
    reference: str | None = Field(description="Where the rule is laid down")
    patch: list[dict[str, Any]] = Field(
        description="JSON Patch (RFC 6902) on the document as JSON; empty where nothing is certain"
    )


class AppliedView(View):
    """The document with every patch applied, judged again."""

    document: Any = Field(description="As JSON: the body, or the canonical invoice of XML")
    content: str | None = Field(description="Of XML: the bytes, written again, in base64")
    valid: bool
    judged: bool
    changes: list[ChangeView] = Field(description="What changed, by business term; nothing else")
    losses: list[LossView] = Field(
        description="What of the XML no term holds: it is not in what was written again"
    )
    layers: list[JudgedLayerView]
    findings: list[JudgedFindingView]


class ExplanationsView(View):
    """The explanations, and one patch for all that can be mended."""

    object: Literal["explanations"] = "explanations"
    language: str
    valid: bool | None = Field(description="The verdict on the document; null without one")
    explanations: list[ExplanationView]
    patch: list[dict[str, Any]] = Field(description="All patches in one")
    applied: AppliedView | None = Field(
        description="With `apply=true`, where there is anything to apply"
    )
