"""Permissions and tokens at KSeF: asked for while the caller waits, with no transaction open."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, Self
from uuid import UUID

from formats.ksef_api import answers, permissions
from formats.ksef_api.answers import AnswerError, Status
from formats.ksef_api.permissions import (
    AUTHORIZATIONS,
    PERSONS,
    Authorizations,
    PersonPermissions,
    TokenMade,
    TokenState,
)
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant
from gateway.ksef_access.offices import Offices
from gateway.ksef_access.problems import KsefRefusedProblem, problem_of
from gateway.ksef_access.schemas import KsefTokenInput
from gateway.ksef_access.standing import Standings
from gateway.settings import Settings
from gateway.signing.secrets import service as secrets
from gateway.signing.secrets.kinds import KSEF_TOKEN
from gateway.signing.secrets.service import NewSecret, SecretRow
from gateway.signing.service import Vault
from gateway.transmissions.errors import TransmissionError, Unknown

_GONE = frozenset({"Revoking", "Revoked", "Failed"})


@dataclass(frozen=True, slots=True)
class KsefAccess:
    """Asks KSeF in entities' names.

    Attributes:
        database: Where tokens are kept.
        vault: Seals them.
        offices: The ways there.
        standings: What senders may do.
        clock: The time.
    """

    database: Database
    vault: Vault
    offices: Offices
    standings: Standings
    clock: Callable[[], datetime.datetime]

    @classmethod
    def open(
        cls,
        settings: Settings,
        database: Database,
        vault: Vault,
        clock: Callable[[], datetime.datetime],
    ) -> Self:
        """Return it; nobody is asked yet."""
        offices = Offices(settings, database, vault, clock)
        keep = datetime.timedelta(seconds=settings.pl_ksef_permission_seconds)
        return cls(database, vault, offices, Standings(offices, clock, keep), clock)

    def entitled(self, tenant: Tenant) -> "tuple[bool | None, str, Mapping[str, Any]] | None":
        """Return whether the entity may issue, for a preflight; see `Standings.entitled`."""
        return self.standings.entitled(tenant)

    def grants(self, tenant: Tenant) -> list[dict[str, Any]]:
        """Return what others may do in the entity's context, as JSON (`GrantView`).

        Raises:
            Problem: KSeF could not be asked, or refuses; see `problems`.
        """
        with _told():
            counter = self.offices.as_manager(tenant).counter
            persons = counter.pages(PersonPermissions, PERSONS, permissions.persons_body())
            given = counter.pages(
                Authorizations, AUTHORIZATIONS, permissions.authorizations_body()
            )
        return [
            _grant_json("person", one.id, one.authorized_identifier, one.permission_scope, one)
            for page in persons
            for one in page.permissions
        ] + [
            _grant_json(
                "authorization",
                one.id,
                one.authorized_entity_identifier,
                one.authorization_scope,
                one,
            )
            for page in given
            for one in page.authorization_grants
        ]

    def grant(self, tenant: Tenant, given: permissions.Grant) -> dict[str, Any]:
        """Have a permission granted; return what became of it (`OperationView`).

        Raises:
            Problem: As `grants`.
        """
        with _told():
            counter = self.offices.as_manager(tenant).counter
            found = counter.operation("POST", given.path, given.body())
        self.standings.forget()
        return _operation_json(*found)

    def revoke(self, tenant: Tenant, permission: str, *, authorization: bool) -> dict[str, Any]:
        """Have a permission revoked; return what became of it (`OperationView`).

        Raises:
            Problem: As `grants`.
        """
        with _told():
            counter = self.offices.as_manager(tenant).counter
            path = permissions.revoking(permission, authorization=authorization)
            found = counter.operation("DELETE", path)
        self.standings.forget()
        return _operation_json(*found)

    def tokens(self, tenant: Tenant) -> list[dict[str, Any]]:
        """Return the tokens of the entity's context, as JSON (`KsefTokenView`).

        One that is here and was still being made is used from now on, if it is made.

        Raises:
            Problem: As `grants`.
        """
        with _told():
            found = self.offices.as_manager(tenant).counter.tokens()
        with self.database.transaction(tenant) as tx:
            rows = secrets.all_of(tx, KSEF_TOKEN)
            here = {row.about.get("reference"): row for row in rows}
            for one in found:
                row = here.get(one.reference_number)
                if row is not None and not row.active and one.status == "Active":
                    secrets.activate(tx, row.id)
        return [_token_json(one, here.get(one.reference_number)) for one in found]

    def make_token(self, tenant: Tenant, given: KsefTokenInput) -> UUID:
        """Have a token made, and keep it; return its id in the vault.

        It is sealed as soon as KSeF has told it, and used as soon as KSeF says that it is active.

        Raises:
            Problem: As `grants`, or the vault cannot take it.
        """
        with _told():
            counter = self.offices.as_manager(tenant).counter
            body = permissions.token_body(given.permissions, given.description)
            answer = counter.call("POST", "/tokens", body, expected=HTTPStatus.ACCEPTED)
            try:
                made = answers.read(answer.body, TokenMade)
            except AnswerError as error:
                raise Unknown("unreadable_answer", str(error)) from error
        row = self._kept(tenant, given, made)
        with _told():
            state = counter.settled(made.reference_number)
        with self.database.transaction(tenant) as tx:
            if state.status in _GONE:
                secrets.delete(tx, row.id, self.clock())
            elif state.status == "Active":
                secrets.activate(tx, row.id)
        if state.status in _GONE:
            why = "; ".join(state.status_details or ()) or "it does not say why"
            raise KsefRefusedProblem(state.status, f"the token is {state.status}: {why}.")
        self.standings.forget()
        return row.id

    def _kept(self, tenant: Tenant, given: KsefTokenInput, made: TokenMade) -> SecretRow:
        new = NewSecret(
            KSEF_TOKEN, given.name, made.token, permissions=given.permissions, active=False
        )
        with self.database.transaction(tenant) as tx:
            return secrets.keep(tx, self.vault.encryption, new, self.clock())

    def revoke_token(self, tenant: Tenant, secret_id: UUID) -> None:
        """Have a token of the vault revoked at KSeF; who calls wipes it here.

        Raises:
            NotFoundProblem: There is none for this caller.
            Problem: As `grants`.
        """
        with self.database.transaction(tenant) as tx:
            row = secrets.get(tx, secret_id)
        reference = row.about.get("reference")
        if reference is None:
            raise KsefRefusedProblem(
                "no_reference",
                "the token does not say its number, so it must be revoked in KSeF itself; DELETE"
                " /v1/secrets wipes it here.",
            )
        with _told():
            counter = self.offices.as_manager(tenant).counter
            counter.call("DELETE", f"/tokens/{reference}", expected=HTTPStatus.NO_CONTENT)
        self.standings.forget()


@contextmanager
def _told() -> Iterator[None]:
    """Tell the caller what went wrong on the wire.

    Raises:
        Problem: Something did.
    """
    try:
        yield
    except TransmissionError as error:
        raise problem_of(error) from error


def _grant_json(
    to: Literal["person", "authorization"],
    identifier: str,
    whom: permissions.Identified,
    scope: str,
    one: permissions.PersonPermission | permissions.Authorization,
) -> dict[str, Any]:
    return {
        "id": identifier,
        "object": "ksef_grant",
        "to": to,
        "identifier_type": whom.type,
        "identifier": whom.value,
        "permission": scope,
        "description": one.description,
        "since": written(one.start_date),
    }


def _operation_json(reference: str, status: Status) -> dict[str, Any]:
    done = status.code == HTTPStatus.OK
    return {
        "object": "ksef_operation",
        "reference": reference,
        "state": "done" if done else "pending",
        "code": status.code,
        "detail": str(status),
    }


def _token_json(one: TokenState, row: SecretRow | None) -> dict[str, Any]:
    author = one.author_identifier
    return {
        "object": "ksef_token",
        "reference": one.reference_number,
        "status": one.status,
        "author": f"{author.type}:{author.value}",
        "description": one.description,
        "permissions": list(one.requested_permissions),
        "secret_id": None if row is None else public_id("sct", row.id),
        "created_at": written(one.date_created),
        "last_used_at": one.last_use_date and written(one.last_use_date),
    }
