"""Over whom a report goes: the entity that is named, or every entity the caller reaches."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.access import (
    CallerDependency,
    NamedEntity,
    every_entity_reader_transaction,
    reader_transaction,
)


def scope_transaction(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> Iterator[TenantTransaction]:
    """Open a read-only transaction of one entity, or of all of the account's."""
    if named is not None or caller.entity_id is not None:
        yield from reader_transaction(request, caller, named)
        return
    yield from every_entity_reader_transaction(request, caller)


EntityOrAllReader = Annotated[TenantTransaction, Depends(scope_transaction, scope="function")]
"""For endpoints: `tx: EntityOrAllReader`."""
