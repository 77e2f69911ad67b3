"""Who calls, and in whose name: from the Authorization header to a transaction.

401 without a key that counts; 403 when its role or scope is too low; 404 for what is not the
caller's. Every request asks the database, so a revoked key is dead at once on every process.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import parse_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Environment, Tenant, TenantTransaction
from gateway.problems import (
    EntityRequiredProblem,
    ForbiddenProblem,
    MalformedRequestProblem,
    NotFoundProblem,
    UnauthenticatedProblem,
)
from gateway.tenants import repository
from gateway.tenants.credentials.repository import key_by_hash
from gateway.tenants.keys import Key
from gateway.tenants.repository import EntityRow
from gateway.tenants.roles import KeyRole

_bearer = HTTPBearer(
    auto_error=False, scheme_name="ApiKey", description="`gw_sandbox_...` or `gw_live_...`"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The API key behind a request.

    Attributes:
        key_id: Which key.
        account_id: Whose.
        entity_id: The only entity it acts for; None for a key of the whole account.
        environment: The only environment it acts in.
        role: `writer`, or `auditor`, who can only read.
    """

    key_id: UUID
    account_id: UUID
    entity_id: UUID | None
    environment: Environment
    role: KeyRole


class Doors(Protocol):
    """What access needs of the runtime, which is not imported: it imports every feature."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def master_key(self) -> MasterKey:
        """What API keys are hashed with."""

    def furnish_entity(self, tx: TenantTransaction, now: datetime.datetime) -> None:
        """Give a new entity what other features keep for each, such as number series."""

    def entity_changed(
        self, tx: TenantTransaction, before: EntityRow, after: EntityRow, now: datetime.datetime
    ) -> None:
        """Let other features follow a change of an entity, such as its number formats."""

    def has_issued(self, tx: TenantTransaction) -> bool:
        """Tell whether the transaction's entity has issued documents."""


def doors(request: Request) -> Doors:
    """Return the runtime that `create_app` was given."""
    found: Doors = request.app.state.runtime
    return found


def caller(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """Find out who calls.

    Raises:
        UnauthenticatedProblem: No key, or one that is unknown, expired or revoked.
    """
    if credentials is None:
        raise UnauthenticatedProblem
    key = Key.parse(credentials.credentials)
    if key is None:
        raise UnauthenticatedProblem("This is not an API key of this gateway.")
    door = doors(request)
    with door.database.auth_connection() as connection:
        row = key_by_hash(connection, key.hash(door.master_key))
    if row is None or row.revoked_at is not None:
        raise UnauthenticatedProblem("This API key is not valid.")
    if row.expires_at is not None and row.expires_at <= clock.now():
        raise UnauthenticatedProblem("This API key is not valid.")
    return Caller(row.id, row.account_id, row.entity_id, row.environment, row.role)


CallerDependency = Annotated[Caller, Depends(caller)]


def named_entity(
    entity_id_header: Annotated[
        str | None,
        Header(alias="Entity-Id", description="The entity, when the key is an account's."),
    ] = None,
    entity_id: Annotated[str | None, Query(description="The same as Entity-Id.")] = None,
) -> str | None:
    """Return the public id of the entity the request names.

    Raises:
        MalformedRequestProblem: Header and parameter name different ones.
    """
    if entity_id_header is not None and entity_id is not None and entity_id_header != entity_id:
        raise MalformedRequestProblem("Entity-Id and ?entity_id= name different entities.")
    return entity_id if entity_id_header is None else entity_id_header


NamedEntity = Annotated[str | None, Depends(named_entity)]


def writer(caller: CallerDependency) -> Caller:
    """Return the caller, who may write.

    Raises:
        ForbiddenProblem: An auditor.
    """
    if caller.role != "writer":
        raise ForbiddenProblem("This key is an auditor's: it can only read.")
    return caller


WriterDependency = Annotated[Caller, Depends(writer)]


def reader_transaction(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of the one entity the request is about."""
    yield from _entity_transaction(request, caller, named, read_only=True)


def writer_transaction(
    request: Request, caller: WriterDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a transaction of the one entity the request is about."""
    yield from _entity_transaction(request, caller, named, read_only=False)


def account_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of a whole account."""
    with doors(request).database.transaction(_account(caller), read_only=True) as tx:
        yield tx


def account_writer_transaction(
    request: Request, caller: WriterDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction of a whole account."""
    with doors(request).database.transaction(_account(caller)) as tx:
        yield tx


def own_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of all the key reaches: an account, or its one entity."""
    with doors(request).database.transaction(own_tenant(caller), read_only=True) as tx:
        yield tx


def own_writer_transaction(
    request: Request, caller: WriterDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction of all the key reaches: an account, or its one entity."""
    with doors(request).database.transaction(own_tenant(caller)) as tx:
        yield tx


# scope="function": the commit comes before the response. With FastAPI's default it would come
# after it, and a caller could hold a 201 for what was never committed.
ReaderTransaction = Annotated[TenantTransaction, Depends(reader_transaction, scope="function")]
WriterTransaction = Annotated[TenantTransaction, Depends(writer_transaction, scope="function")]
AccountReader = Annotated[TenantTransaction, Depends(account_reader_transaction, scope="function")]
AccountWriter = Annotated[TenantTransaction, Depends(account_writer_transaction, scope="function")]
OwnReader = Annotated[TenantTransaction, Depends(own_reader_transaction, scope="function")]
OwnWriter = Annotated[TenantTransaction, Depends(own_writer_transaction, scope="function")]


def entity_tenant(caller: Caller, named: str | None) -> Tenant:
    """Return the tenant of one entity, before it is known whether the entity exists.

    Raises:
        EntityRequiredProblem: An account key, and no entity is named.
        NotFoundProblem: A malformed id, or an entity key naming another entity.
    """
    if named is None:
        if caller.entity_id is None:
            raise EntityRequiredProblem
        return own_tenant(caller)
    entity_id = parse_id(named, "ent")
    if caller.entity_id is None:
        return Tenant(caller.account_id, (entity_id,), caller.environment, account_wide=True)
    if caller.entity_id != entity_id:
        raise NotFoundProblem
    return own_tenant(caller)


def _entity_transaction(
    request: Request, caller: Caller, named: str | None, *, read_only: bool
) -> Iterator[TenantTransaction]:
    tenant = entity_tenant(caller, named)
    database = doors(request).database
    with database.transaction(tenant, read_only=read_only) as tx:
        # An account key may name any id: whether it is the account's own decides row security.
        if caller.entity_id is None and repository.entity_by_id(tx, tx.entity_id) is None:
            raise NotFoundProblem
        yield tx


def _account(caller: Caller) -> Tenant:
    if caller.entity_id is not None:
        raise ForbiddenProblem("This key is an entity's; this call needs a key of the account.")
    return Tenant(caller.account_id, (), caller.environment, account_wide=True)


def own_tenant(caller: Caller) -> Tenant:
    """Return all that the key reaches: an account, or its one entity."""
    if caller.entity_id is None:
        return _account(caller)
    return Tenant(caller.account_id, (caller.entity_id,), caller.environment)
