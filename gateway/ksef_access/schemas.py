"""What the API takes and gives for permissions and tokens at KSeF."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from formats.en16931.group import Text
from formats.ksef_api.permissions import BETWEEN_ENTITIES, OF_ENTITIES, OWNED, Grant, To
from gateway.tenants.schemas import Input, Name, View

Permission = Literal[
    "CredentialsManage",
    "CredentialsRead",
    "EnforcementOperations",
    "Introspection",
    "InvoiceRead",
    "InvoiceWrite",
    "SubunitManage",
]
Authorization = Literal["PefInvoicing", "RRInvoicing", "SelfInvoicing", "TaxRepresentative"]
Description = Annotated[Text, Field(min_length=5, max_length=256)]
Recipient = Literal["person", "entity", "authorization"]

_MAY: dict[str, tuple[str, ...]] = {
    "person": OWNED,
    "entity": OF_ENTITIES,
    "authorization": BETWEEN_ENTITIES,
}
_KNOWN_BY: dict[str, tuple[str, ...]] = {
    "person": ("Nip", "Pesel", "Fingerprint"),
    "entity": ("Nip",),
    "authorization": ("Nip", "PeppolId"),
}


class GrantInput(Input):
    """A permission for somebody, in the name of the entity.

    `person`: somebody who works in KSeF, or the holder of a certificate. `entity`: a firm that
    works for the entity, an accountant say, with `InvoiceWrite` and `InvoiceRead`.
    `authorization`: an entity that issues in the entity's name, one permission at a time;
    `SelfInvoicing` is given by the seller to the buyer.
    """

    to: Recipient
    identifier_type: Literal["Nip", "Pesel", "Fingerprint", "PeppolId"] = "Nip"
    identifier: Annotated[Text, Field(pattern="^[0-9A-Za-z]{9,64}$")]
    permissions: list[Permission | Authorization] = Field(min_length=1, max_length=7)
    description: Description = Field(description="What it is for; KSeF shows it.")
    first_name: Annotated[Text, Field(min_length=2, max_length=30)] | None = Field(
        default=None, description="Of a person."
    )
    last_name: Annotated[Text, Field(min_length=2, max_length=81)] | None = Field(
        default=None, description="Of a person."
    )
    full_name: Annotated[Text, Field(min_length=5, max_length=90)] | None = Field(
        default=None, description="Of an entity."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse what KSeF has no call for."""
        if wrong := sorted(set(self.permissions) - set(_MAY[self.to])):
            able = ", ".join(_MAY[self.to])
            raise ValueError(f"permissions: {', '.join(wrong)} cannot be given like this: {able}")
        if self.identifier_type not in _KNOWN_BY[self.to]:
            able = ", ".join(_KNOWN_BY[self.to])
            raise ValueError(f"identifier_type is one of {able} here")
        if self.identifier_type == "Fingerprint":
            raise ValueError(
                "identifier_type: a certificate without NIP and PESEL is granted in KSeF itself,"
                " which wants papers of its holder"
            )
        if self.to == "person" and not (self.first_name and self.last_name):
            raise ValueError("first_name and last_name say who the person is")
        if self.to != "person" and not self.full_name:
            raise ValueError("full_name says who the entity is")
        if self.to == "authorization" and len(self.permissions) != 1:
            raise ValueError("permissions: an authorization is one at a time")
        return self

    def grant(self) -> Grant:
        """Return it as it is asked for."""
        return Grant(
            To(self.to),
            self.identifier_type,
            self.identifier,
            tuple(self.permissions),
            self.description,
            self.first_name or "",
            self.last_name or "",
            self.full_name or "",
        )


class KsefTokenInput(Input):
    """A KSeF token that is made there and kept here; nobody ever sees it."""

    name: Name
    permissions: list[Permission] = Field(
        default=["InvoiceRead", "InvoiceWrite"],
        min_length=1,
        max_length=7,
        description="What it may do, for good: no more than sending and receiving needs.",
    )
    description: Description = Field(
        default="E-invoicing gateway", description="KSeF shows it in its list of tokens."
    )


class AccessView(View):
    """What whoever sends the entity's invoices may do at KSeF."""

    object: Literal["ksef_access"] = "ksef_access"
    context: str = Field(description="In whose name: `Nip:5265877635`.")
    credential_id: str = Field(description="The key (`sgk_...`) or secret (`sct_...`) used.")
    state: Literal["may", "may_not", "unknown"] = Field(
        description="Whether invoices can be issued for the NIP."
    )
    reason: str
    fix: str | None
    owner: bool | None = Field(
        description="The holder is the one whose NIP it is; null: KSeF does not say."
    )
    permissions: list[str] | None = Field(description="What the holder may do.")
    asked_at: datetime.datetime


class GrantView(View):
    """A permission that somebody has in the entity's context."""

    id: str = Field(description="KSeF's id; it revokes the permission.")
    object: Literal["ksef_grant"] = "ksef_grant"
    to: Literal["person", "authorization"] = Field(
        description="Which call revokes it; permissions of entities are `person`."
    )
    identifier_type: str
    identifier: str | None
    permission: str
    description: str
    since: datetime.datetime


class GrantList(View):
    """All that KSeF tells."""

    object: Literal["list"] = "list"
    data: list[GrantView]
    next_cursor: None = None


class OperationView(View):
    """What became of granting or revoking."""

    object: Literal["ksef_operation"] = "ksef_operation"
    reference: str = Field(description="KSeF's number of the operation.")
    state: Literal["done", "pending"] = Field(
        description="`pending`: KSeF is still at it; the list of grants shows when it is done."
    )
    code: int = Field(description="KSeF's code: 200 done, 100 accepted.")
    detail: str


class KsefTokenView(View):
    """A token of the entity's context, whoever made it."""

    object: Literal["ksef_token"] = "ksef_token"
    reference: str
    status: str = Field(description="`Pending`, `Active`, `Revoking`, `Revoked`, `Failed`.")
    author: str = Field(description="Who made it: `Nip:5265877635`.")
    description: str
    permissions: list[str]
    secret_id: str | None = Field(description="Where it is in the vault; null: it is not here.")
    created_at: datetime.datetime
    last_used_at: datetime.datetime | None


class KsefTokenList(View):
    """All that KSeF tells, newest first."""

    object: Literal["list"] = "list"
    data: list[KsefTokenView]
    next_cursor: None = None
