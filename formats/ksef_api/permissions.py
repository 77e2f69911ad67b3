"""Permissions and KSeF tokens: what is asked, what is answered.

Source: open-api.json (`/permissions/...`, `/tokens`), uprawnienia.md, tokeny-ksef.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from formats.ksef_api.answers import KsefAnswer, Status

INVOICE_WRITE = "InvoiceWrite"

OWNED = (
    "CredentialsManage",
    "CredentialsRead",
    "EnforcementOperations",
    "Introspection",
    "InvoiceRead",
    "InvoiceWrite",
    "SubunitManage",
)
"""What comes with the role Owner, that of who logs in with the very NIP of the context
(uprawnienia.md); a person, or a token, may be given no more."""

OF_ENTITIES = ("InvoiceRead", "InvoiceWrite")
"""What an entity may be given that works for another, for all who work there."""

BETWEEN_ENTITIES = ("PefInvoicing", "RRInvoicing", "SelfInvoicing", "TaxRepresentative")
"""What lets one entity issue in another's name."""


class To(StrEnum):
    """What sort of a grant it is; each has a call of its own."""

    PERSON = "person"
    ENTITY = "entity"
    AUTHORIZATION = "authorization"


@dataclass(frozen=True, slots=True)
class Grant:
    """What is to be granted.

    Attributes:
        to: What sort of a grant it is.
        identifier_type: `Nip`, `Pesel`, `Fingerprint` of persons; `Nip` of entities, of
            authorizations also `PeppolId`.
        identifier: Of whom.
        permissions: What; an authorization is one.
        description: 5 to 256 characters.
        first_name: Of a person.
        last_name: Of a person.
        full_name: Of an entity.
    """

    to: To
    identifier_type: str
    identifier: str
    permissions: tuple[str, ...]
    description: str
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""

    @property
    def path(self) -> str:
        """Where it is asked for."""
        return {
            To.PERSON: "/permissions/persons/grants",
            To.ENTITY: "/permissions/entities/grants",
            To.AUTHORIZATION: "/permissions/authorizations/grants",
        }[self.to]

    def body(self) -> bytes:
        """Return how it is asked for."""
        said: dict[str, Any] = {
            "subjectIdentifier": {"type": self.identifier_type, "value": self.identifier},
            "description": self.description,
        }
        if self.to is To.PERSON:
            person = {"firstName": self.first_name, "lastName": self.last_name}
            said["permissions"] = list(self.permissions)
            said["subjectDetails"] = {
                "subjectDetailsType": "PersonByIdentifier",
                "personById": person,
            }
        else:
            said["subjectDetails"] = {"fullName": self.full_name}
        if self.to is To.ENTITY:
            said["permissions"] = [{"type": one, "canDelegate": False} for one in self.permissions]
        elif self.to is To.AUTHORIZATION:
            (said["permission"],) = self.permissions
        return json.dumps(said).encode()


def revoking(permission_id: str, *, authorization: bool) -> str:
    """Return where a grant is taken back."""
    kind = "authorizations" if authorization else "common"
    return f"/permissions/{kind}/grants/{permission_id}"


OWN = "/permissions/query/personal/grants"
PERSONS = "/permissions/query/persons/grants"
AUTHORIZATIONS = "/permissions/query/authorizations/grants"


def own_body() -> bytes:
    """Return how one's own permissions are asked for, those in force."""
    return json.dumps({"permissionState": "Active"}).encode()


def persons_body() -> bytes:
    """Return how those are asked for that hold in the context."""
    return json.dumps({"queryType": "PermissionsInCurrentContext"}).encode()


def authorizations_body() -> bytes:
    """Return how those are asked for that the context has given to issue in its name."""
    return json.dumps({"queryType": "Granted"}).encode()


def token_body(permissions: Sequence[str], description: str) -> bytes:
    """Return the body of `POST /tokens`."""
    return json.dumps({"permissions": list(permissions), "description": description}).encode()


class Identified(KsefAnswer):
    """Somebody, or a context."""

    type: str
    value: str | None = None


class OwnPermission(KsefAnswer):
    """One permission of whoever asks."""

    id: str
    permission_scope: str
    permission_state: str
    context_identifier: Identified | None = None
    target_identifier: Identified | None = None


class OwnPermissions(KsefAnswer):
    """A page of `OWN`."""

    permissions: tuple[OwnPermission, ...]
    has_more: bool


class PersonPermission(KsefAnswer):
    """One permission that somebody has in the context."""

    id: str
    authorized_identifier: Identified
    permission_scope: str
    description: str
    permission_state: str
    start_date: AwareDatetime


class PersonPermissions(KsefAnswer):
    """A page of `PERSONS`."""

    permissions: tuple[PersonPermission, ...]
    has_more: bool


class Authorization(KsefAnswer):
    """One entity that may issue in the name of the context."""

    id: str
    authorized_entity_identifier: Identified
    authorization_scope: str
    description: str
    start_date: AwareDatetime


class Authorizations(KsefAnswer):
    """A page of `AUTHORIZATIONS`."""

    authorization_grants: tuple[Authorization, ...]
    has_more: bool


class Begun(KsefAnswer):
    """What granting and revoking answer; see `OperationStatus`."""

    reference_number: str


class OperationStatus(KsefAnswer):
    """`GET /permissions/operations/{referenceNumber}`; see `codes.OPERATION`."""

    status: Status


class TokenMade(KsefAnswer):
    """`POST /tokens`: the only time that the token is shown."""

    reference_number: str
    token: str


class TokenState(KsefAnswer):
    """`GET /tokens/{referenceNumber}`, and one of `GET /tokens`."""

    reference_number: str
    author_identifier: Identified
    context_identifier: Identified
    description: str
    requested_permissions: tuple[str, ...]
    date_created: AwareDatetime
    last_use_date: AwareDatetime | None = None
    status: str
    status_details: tuple[str, ...] | None = None


class TokenPage(KsefAnswer):
    """`GET /tokens`: the newest first."""

    tokens: tuple[TokenState, ...]
    continuation_token: str | None = None
