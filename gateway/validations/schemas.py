"""What `POST /v1/validate` gives."""

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

LayerName = Literal["semantic", "xsd", "schematron"]


class View(BaseModel):
    """Base of what the API gives."""

    model_config = ConfigDict(extra="forbid")


class JudgedLayerView(View):
    """What became of one layer."""

    id: str = Field(
        description="Versioned artefact, or our own layer",
        examples=["eu.cen.en16931:ubl:1.3.16"],
    )
    layer: LayerName | None
    outcome: Literal["ran", "not_judged", "crashed"]
    source: str | None = Field(description="Where the artefact's bytes came from, with sha256")
    reason: str | None = Field(description="Why it did not run, and what to do about it")


class JudgedFindingView(View):
    """One broken rule at one place."""

    rule: str = Field(examples=["BR-CO-15"])
    rule_set: str
    layer: LayerName | None
    flag: Literal["fatal", "warning", "information"]
    message: str
    term: str | None = Field(description="Business term, e.g. BT-112")
    pointer: str | None = Field(
        description="JSON pointer: into the body as sent, or into the canonical invoice of XML"
    )
    location: str | None = Field(description="XPath into the XML that was judged")
    line: int | None = Field(description="Line of the XML or JSON, from 1")
    fix: str | None
    patch: list[dict[str, Any]] = Field(
        description="JSON Patch (RFC 6902) on what `pointer` points into; empty for none"
    )


class ValidationView(View):
    """The verdict on a document."""

    object: Literal["validation"] = "validation"
    valid: bool = Field(description="Every layer ran, and nothing fatal was found")
    judged: bool = Field(description="False where a layer could not run; `layers` says why")
    source: Literal["xml", "hybrid-pdf", "json"]
    judged_as: str | None = Field(
        description="The profile, or kind of document, that it was judged as"
    )
    as_of: datetime.date = Field(description="The day whose versions judged it")
    layers: list[JudgedLayerView]
    findings: list[JudgedFindingView]
