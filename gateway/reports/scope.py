"""Over whom a report goes: the entity that is named, or every entity the caller reaches."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.tenants.access import CallerDependency, NamedEntity, doors, reader_transaction


def scope_transaction(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of one entity, or of all of the account's."""
    if named is not None or caller.entity_id is not None:
        yield from reader_transaction(request, caller, named)
        return
    tenant = Tenant(
        caller.account_id, (), caller.environment, account_wide=True, all_entities=True
    )
    with doors(request).database.transaction(tenant, read_only=True) as tx:
        yield tx


EntityOrAllReader = Annotated[TenantTransaction, Depends(scope_transaction, scope="function")]
"""For endpoints: `tx: EntityOrAllReader`."""
