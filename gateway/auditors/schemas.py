"""What the API takes and gives for invited auditors."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from formats.en16931.group import Text
from gateway.kinds import DocumentKind
from gateway.kit.moments import Moment
from gateway.kit.scope import Direction
from gateway.kit.tenancy import ActorKind
from gateway.tenants.api_keys.schemas import PeriodInput
from gateway.tenants.attendance import Shows
from gateway.tenants.schemas import Environment, Input, Name, View
from gateway.tenants.users.schemas import Email

_PERIOD = "Only documents of these days of issue are shown; without it, of all days."
_KINDS = "Of what was issued, these kinds alone; without it, all."
_DIRECTIONS = "What was issued, what was received, or both."
_FIRM = "For whom they work: an audit firm, a tax office."

Purpose = Annotated[Text, Field(min_length=1, max_length=1000)]
Kinds = Annotated[list[DocumentKind], Field(min_length=1, max_length=len(DocumentKind))]


class AuditorInput(Input):
    """Whom to let look at what, and until when; for another scope, invite anew."""

    name: Name
    firm: Name | None = Field(default=None, description=_FIRM)
    email: Email | None = None
    send_invite: bool = Field(
        default=False, description="Send the token to `email`; it is then not in the answer."
    )
    purpose: Purpose = Field(
        description="What they look for: the audit, the order of the authority."
    )
    period: PeriodInput | None = Field(default=None, description=_PERIOD)
    kinds: Kinds | None = Field(default=None, description=_KINDS)
    directions: Annotated[list[Direction], Field(min_length=1, max_length=2)] = Field(
        default=["issued", "received"], description=_DIRECTIONS
    )
    expires_at: Moment = Field(description="After this moment they see nothing. At most 5 years.")


class InviterView(View):
    """Who did something."""

    kind: ActorKind
    id: str | None


class AuditorView(View):
    """An invited auditor, without the token."""

    id: str = Field(examples=["aud_01jd0000000000000000000000"])
    object: Literal["auditor"] = "auditor"
    environment: Environment
    entity_id: str
    state: Literal["open", "ended", "expired"]
    name: str
    firm: str | None = Field(description=_FIRM)
    email: str | None
    purpose: str
    period: PeriodInput | None = Field(description=_PERIOD)
    kinds: list[DocumentKind] | None = Field(description=_KINDS)
    directions: list[Direction] = Field(description=_DIRECTIONS)
    hint: str = Field(description="How the token begins.")
    invited_by: InviterView
    created_at: datetime.datetime
    expires_at: datetime.datetime
    last_used_at: datetime.datetime | None = Field(description="To the minute.")
    ended_at: datetime.datetime | None
    ended_by: InviterView | None


class NewAuditorView(AuditorView):
    """A newly invited auditor. `token` is shown now and never again, also not when repeated."""

    sent: bool = Field(description="Whether the token is on its way by e-mail.")
    token: str | None = Field(
        description="Sent as a key is: it reads what is in scope, and nothing else. Null where"
        " it was sent."
    )
    url: str = Field(
        description="Where they put the token in to see it in a browser; nothing secret is in it.",
        examples=["https://invoices.example/audit"],
    )


class AuditorList(View):
    """One page of invited auditors, newest first."""

    object: Literal["list"] = "list"
    data: list[AuditorView]
    next_cursor: str | None


class AccessView(View):
    """Something an auditor asked for, whatever the answer was."""

    id: str = Field(examples=["acs_01jd0000000000000000000000"])
    object: Literal["auditor_access"] = "auditor_access"
    at: datetime.datetime
    operation: str = Field(description="The name of the call, as the contract has it.")
    shows: Shows = Field(description="`list` several things, `record` one, `file` its bytes.")
    path: str
    query: str = Field(description="What was searched for.")
    subject_id: str | None = Field(description="The public id of what it was about.")
    address: str = Field(description="Where the request came from, as the server saw it.")
    request_id: str | None


class AccessList(View):
    """One page of what an auditor asked for, newest first."""

    object: Literal["list"] = "list"
    data: list[AccessView]
    next_cursor: str | None
