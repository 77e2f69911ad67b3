"""What the API takes and gives for premises."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from gateway.kit.moments import Day
from gateway.premises.content import Content
from gateway.premises.repository import Action, Outcome, State
from gateway.tenants.schemas import Input, View

_FIRST = datetime.date(2000, 1, 1)
_LAST = datetime.date(9000, 1, 1)


class PremiseInput(Input):
    """A business premise."""

    code: Annotated[str, Field(pattern="^[0-9A-Za-z]{1,20}$")] = Field(
        description="What invoices call it: the first part of their numbers.", examples=["TRG1"]
    )
    valid_from: Annotated[Day, Field(ge=_FIRST, le=_LAST)] = Field(
        description="The first day on which what is said of it holds."
    )
    content: Content


def _describe_change(schema: dict[str, Any]) -> None:
    """Let no member be needed."""
    del schema["required"]


class PremiseChange(PremiseInput):
    """What to change of a declared premise, as JSON Merge Patch (RFC 7396)."""

    model_config = ConfigDict(json_schema_extra=_describe_change)


class PremiseView(View):
    """A business premise, and what its authority knows of it."""

    id: str = Field(examples=["prm_01jd0000000000000000000000"])
    object: Literal["premise"] = "premise"
    entity_id: str
    code: str
    valid_from: datetime.date
    content: Content
    state: State = Field(
        description="`declared`: only here. `registered`: the authority knows it, invoices are"
        " issued there. `closed`: for good. `unknown`: the authority was told, and it is not"
        " known whether it heard; tell it the same again."
    )
    registered_at: datetime.datetime | None = Field(
        description="When the authority first said that it knows it."
    )
    created_at: datetime.datetime
    updated_at: datetime.datetime


class PremiseList(View):
    """One page of premises, newest first."""

    object: Literal["list"] = "list"
    data: list[PremiseView]
    next_cursor: str | None


class PremiseReportView(View):
    """That the authority was told of a premise, and what came of it."""

    id: str = Field(examples=["prp_01jd0000000000000000000000"])
    object: Literal["premise_report"] = "premise_report"
    premise_id: str
    action: Action
    channel: str
    outcome: Outcome = Field(
        description="`accepted`; `refused`: a definite no; `not_taken`: not reached, or turned"
        " away unread; `unknown`: nobody can say."
    )
    reason: str | None = Field(description="For programs: `timeout`, `S003` ...")
    detail: str | None
    request: str = Field(
        description="Base64: request line, headers without secrets, an empty line, and the body"
        " byte for byte."
    )
    answer: str | None = Field(description="Base64: the body as it came.")
    at: datetime.datetime
    settled_at: datetime.datetime | None


class PremiseReportList(View):
    """One page of reports, newest first."""

    object: Literal["list"] = "list"
    data: list[PremiseReportView]
    next_cursor: str | None
