"""Whom to tell what needs a person."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import repository
from gateway.tenants.members import repository as members
from gateway.tenants.service import get_entity, settings_of
from gateway.tenants.settings import SharedSettings


def of(tx: TenantTransaction, entity_id: UUID | None, now: datetime.datetime) -> Sequence[str]:
    """Return the addresses to tell about something of an entity, or of the account for None.

    For an account those of its settings (`notices_to`), for an entity those of its own settings,
    else of its account's, else its administrators. Nobody else hears of what is the account's.

    Args:
        tx: Account-wide, and of that entity.
        entity_id: Whose matter it is.
        now: The moment.

    Raises:
        NotFoundProblem: There is no such entity for this caller.
    """
    if entity_id is None:
        return SharedSettings.model_validate(repository.account_row(tx).settings).notices_to or ()
    chosen = settings_of(get_entity(tx, entity_id)).notices_to
    return members.administrators(tx, now) if chosen is None else chosen
