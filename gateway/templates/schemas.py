"""What the API takes and gives for templates."""

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from formats.en16931.group import Text
from formats.json.body import BodyRefusedError, DocumentInput, shaped
from gateway.kinds import DocumentKind
from gateway.templates.rendering import MAX_SOURCE, checked
from gateway.templates.repository import Purpose
from gateway.templates.variables import VARIABLES
from gateway.tenants.schemas import Input, Metadata, Name, View

_KNOWN = frozenset(VARIABLES)


def _template(text: str) -> str:
    checked(text, _KNOWN)  # a ValueError, as pydantic wants one
    return text


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("is more than one line")
    return text


def _skeleton(value: dict[str, Any]) -> dict[str, Any]:
    """Let through members of a document's body; whom it is for may be left out."""
    party: dict[str, Any] = {} if {"buyer", "customer"} & set(value) else {"buyer": {}}
    try:
        shaped(DocumentInput, {**value, **party})
    except BodyRefusedError as refused:
        raise ValueError(f"is no body of a document: {refused}") from None
    plain: dict[str, Any] = _without_decimals(value)
    return plain


def _without_decimals(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON with its amounts as strings, at their written digits."""
    if isinstance(value, dict):
        return {name: _without_decimals(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_decimals(inner) for inner in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


Source = Annotated[Text, Field(max_length=MAX_SOURCE), AfterValidator(_template)]
Language = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}(-([A-Z]{2}|[0-9]{3}))?$", examples=["de", "de-AT"])
]


class TemplateInput(Input):
    """A text to be used again: a note (`text`), an e-mail, or members of a document's body.

    Texts are Jinja templates: `{{ number }}`, `{% if due_date %}`, `{% for line in
    invoice.lines %}`; docs/catalogue.md lists what they may ask for.
    """

    name: Name
    purpose: Purpose
    document_kind: DocumentKind | None = Field(
        default=None, description="For which documents; without it, for every kind."
    )
    language: Language | None = Field(
        default=None, description="For which language; without it, for any."
    )
    subject: Annotated[Source, Field(max_length=1000), AfterValidator(_one_line)] | None = None
    body: Source | None = Field(default=None, description="Plain text.")
    html_body: Source | None = Field(default=None, description="HTML; values are escaped.")
    document: Annotated[dict[str, Any], AfterValidator(_skeleton)] | None = Field(
        default=None, description="As `POST /v1/invoices` takes it; may be incomplete."
    )
    metadata: Metadata = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> "TemplateInput":
        needed = {"text": ("body",), "email": ("subject", "body"), "document": ("document",)}
        possible = {
            "text": {"body", "html_body"},
            "email": {"subject", "body", "html_body"},
            "document": {"document"},
        }
        given = {
            name
            for name in ("subject", "body", "html_body", "document")
            if getattr(self, name) is not None
        }
        if missing := [name for name in needed[self.purpose] if name not in given]:
            raise ValueError(f"a template of purpose {self.purpose} needs {' and '.join(missing)}")
        if beyond := sorted(given - possible[self.purpose]):
            raise ValueError(f"a template of purpose {self.purpose} has no {' or '.join(beyond)}")
        return self


class TemplateChange(Input):
    """What to change of a template, as JSON Merge Patch (RFC 7396): null takes a value away."""

    name: str | None = None
    purpose: Purpose | None = None
    document_kind: str | None = None
    language: str | None = None
    subject: str | None = None
    body: str | None = None
    html_body: str | None = None
    document: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class PreviewInput(Input):
    """What to show: a stored template, or texts as they would be stored."""

    template_id: str | None = None
    subject: Annotated[Source, Field(max_length=1000), AfterValidator(_one_line)] | None = None
    body: Source | None = None
    html_body: Source | None = None
    variables: dict[str, Any] | None = Field(
        default=None, description="In place of the sample's: each one given replaces its own."
    )
    language: Language = "en"
    currency_code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"


class PreviewFinding(View):
    """Something about the sender's own data that stands in the way of issuing."""

    rule: str = Field(description="GW-30: it is missing; GW-31: it is a placeholder.")
    flag: str = Field(description="fatal or warning")
    message: str
    term: str | None
    pointer: str | None = Field(description="Into the invoice, e.g. `/seller/name`.")
    fix: str | None


class Preview(View):
    """A template as it comes out."""

    object: Literal["template_preview"] = "template_preview"
    subject: str | None
    body: str | None
    html_body: str | None
    findings: list[PreviewFinding] = Field(
        description="What is missing or made up of the data of the entity that would send it."
    )


class TemplateView(View):
    """A template."""

    id: str = Field(examples=["tpl_01jd0000000000000000000000"])
    object: Literal["template"] = "template"
    entity_id: str
    name: str
    purpose: Purpose
    document_kind: DocumentKind | None
    language: str | None
    subject: str | None
    body: str | None
    html_body: str | None
    document: dict[str, Any] | None
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class TemplateList(View):
    """One page of templates, newest first."""

    object: Literal["list"] = "list"
    data: list[TemplateView]
    next_cursor: str | None
