"""Transactions for endpoints: of the one entity a request is about, of an account, of all of it.

404 for what is not the caller's; the rest of who may do what is said in `entrance`. Whatever a
transaction for writing commits is in the activity log, by the same commit; every access of an
auditor is there before it is answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Query, Request

from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import (
    EntityRequiredProblem,
    ForbiddenProblem,
    MalformedRequestProblem,
    NotFoundProblem,
)
from gateway.tenants import moving, repository
from gateway.tenants.callers import Caller
from gateway.tenants.doorway import Doors, doors, site
from gateway.tenants.entrance import (
    CallerDependency,
    WriterDependency,
    forbidden,
    record_request,
)

__all__ = ["CallerDependency", "Doors", "WriterDependency", "doors", "forbidden", "site"]


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


def reader_transaction(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of the one entity the request is about."""
    with _opened(request, entity_tenant(caller, named), read_only=True) as tx:
        _must_exist(tx, caller)
        yield tx


def writer_transaction(
    request: Request, caller: WriterDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a transaction of the one entity the request is about, which must be here.

    Raises:
        MovedProblem: It moves to another installation, or from one.
    """
    with _opened(request, entity_tenant(caller, named)) as tx:
        _must_exist(tx, caller)
        moving.refuse_moved(tx, request.scope["route"].path)
        yield tx


def retriever_transaction(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a transaction of the one entity, to have made what is only read; auditors may, too."""
    with _opened(request, entity_tenant(caller, named)) as tx:
        _must_exist(tx, caller)
        yield tx


def account_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of a whole account."""
    with _opened(request, account_tenant(caller), read_only=True) as tx:
        yield tx


def account_writer_transaction(
    request: Request, caller: WriterDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction of a whole account."""
    with _opened(request, account_tenant(caller)) as tx:
        yield tx


def own_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of all the caller reaches: an account, or its one entity."""
    with _opened(request, caller.tenant(), read_only=True) as tx:
        yield tx


def own_writer_transaction(
    request: Request, caller: WriterDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction of all the caller reaches: an account, or its one entity."""
    with _opened(request, caller.tenant()) as tx:
        yield tx


def every_entity_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of an account with all its entities at once: for reports."""
    tenant = account_tenant(caller, all_entities=True)
    with _opened(request, tenant, read_only=True) as tx:
        yield tx


def every_entity_writer_transaction(
    request: Request, caller: WriterDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction of an account with all its entities at once: for what spans them."""
    with _opened(request, account_tenant(caller, all_entities=True)) as tx:
        yield tx


def member_reader_transaction(
    request: Request, caller: CallerDependency, entity_id: str
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of the entity in the path, and of the account's people."""
    with _opened(request, _with_people(caller, entity_id), read_only=True) as tx:
        _must_exist(tx, caller)
        yield tx


def member_writer_transaction(
    request: Request, caller: WriterDependency, entity_id: str
) -> Iterator[TenantTransaction]:
    """Open a transaction of the entity in the path, and of the account's people."""
    with _opened(request, _with_people(caller, entity_id)) as tx:
        _must_exist(tx, caller)
        yield tx


def session_reader_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction for what a session asks about itself."""
    with _opened(request, _of_session(caller), read_only=True) as tx:
        yield tx


def session_writer_transaction(
    request: Request, caller: CallerDependency
) -> Iterator[TenantTransaction]:
    """Open a transaction for what a session does with itself; an auditor may end it too."""
    with _opened(request, _of_session(caller)) as tx:
        yield tx


# scope="function": the commit comes before the response. With FastAPI's default it would come
# after it, and a caller could hold a 201 for what was never committed.
ReaderTransaction = Annotated[TenantTransaction, Depends(reader_transaction, scope="function")]
WriterTransaction = Annotated[TenantTransaction, Depends(writer_transaction, scope="function")]
RetrieverTransaction = Annotated[
    TenantTransaction, Depends(retriever_transaction, scope="function")
]
AccountReader = Annotated[TenantTransaction, Depends(account_reader_transaction, scope="function")]
AccountWriter = Annotated[TenantTransaction, Depends(account_writer_transaction, scope="function")]
OwnReader = Annotated[TenantTransaction, Depends(own_reader_transaction, scope="function")]
OwnWriter = Annotated[TenantTransaction, Depends(own_writer_transaction, scope="function")]
EveryEntityReader = Annotated[
    TenantTransaction, Depends(every_entity_reader_transaction, scope="function")
]

EveryEntityWriter = Annotated[
    TenantTransaction, Depends(every_entity_writer_transaction, scope="function")
]
MemberReader = Annotated[TenantTransaction, Depends(member_reader_transaction, scope="function")]
MemberWriter = Annotated[TenantTransaction, Depends(member_writer_transaction, scope="function")]

SessionReader = Annotated[TenantTransaction, Depends(session_reader_transaction, scope="function")]
SessionWriter = Annotated[TenantTransaction, Depends(session_writer_transaction, scope="function")]


def entity_tenant(caller: Caller, named: str | None) -> Tenant:
    """Return the tenant of one entity, before it is known whether the entity exists.

    Raises:
        EntityRequiredProblem: An account key, and no entity is named.
        NotFoundProblem: A malformed id, or a caller of one entity naming another.
    """
    own = caller.tenant()
    if named is None:
        if caller.entity_id is None:
            raise EntityRequiredProblem
        return own
    entity_id = parse_id(named, "ent")
    if caller.entity_id is None:
        return replace(own, entity_ids=(entity_id,))
    if caller.entity_id != entity_id:
        raise NotFoundProblem
    return own


def own_tenant(caller: Caller) -> Tenant:
    """Return the tenant of all a caller reaches: an account, or its one entity."""
    return caller.tenant()


def account_tenant(caller: Caller, *, all_entities: bool = False) -> Tenant:
    """Return the tenant of a whole account.

    Raises:
        ForbiddenProblem: The caller acts for one entity only.
    """
    if caller.entity_id is not None:
        raise ForbiddenProblem("This is for the whole account; the caller acts for one entity.")
    return caller.tenant(all_entities=all_entities)


def _with_people(caller: Caller, entity_id: str) -> Tenant:
    """People are the account's: also who acts for one entity finds its own among them."""
    return replace(entity_tenant(caller, entity_id), account_wide=True)


def _of_session(caller: Caller) -> Tenant:
    if caller.session_id is None:
        raise NotFoundProblem
    return replace(caller.tenant(), account_wide=True)


@contextmanager
def _opened(
    request: Request, tenant: Tenant, *, read_only: bool = False
) -> Iterator[TenantTransaction]:
    with doors(request).database.transaction(tenant, read_only=read_only) as tx:
        yield tx
        if not read_only:
            record_request(request, tx)


def _must_exist(tx: TenantTransaction, caller: Caller) -> None:
    must_exist(tx, of_account=caller.entity_id is None)


def must_exist(tx: TenantTransaction, *, of_account: bool) -> None:
    """An account's key may name any id: whether it is the account's own decides row security.

    Raises:
        NotFoundProblem: It is not.
    """
    if of_account and repository.entity_by_id(tx, tx.entity_id) is None:
        raise NotFoundProblem
