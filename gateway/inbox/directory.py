"""Which entity of this installation a participant id belongs to.

The list (`entity_address`) is kept by the database from what entities say of themselves; an
address that a country makes of a number (9949 and a Slovenian VAT identifier) is proved here.
"""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from countries.registry import COUNTRIES
from formats.en16931.group import SchemedIdentifier
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.inbox.tables import entity_address
from gateway.kit.database import Database
from gateway.kit.tenancy import Environment, Tenant
from gateway.tenants import service as tenants

_MOST = 20  # entities that may claim one number before the search gives up


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that names a number, and since when."""

    account_id: UUID
    entity_id: UUID
    environment: Environment

    @property
    def tenant(self) -> Tenant:
        """The entity alone, in the gateway's own name."""
        return Tenant(self.account_id, (self.entity_id,), self.environment)


def find(
    database: Database,
    participant: str,
    environment: Environment,
    *,
    sender: UUID | None = None,
) -> Candidate | None:
    """Return the entity with a participant id, None when there is none here.

    A network's directory has one entry for each participant. Where several entities claim the
    same, as test companies do, it is the sender's own account's, else the one that was first.

    Args:
        database: Used as gw_worker without a tenant: the directory is over all of them.
        participant: `scheme:value`.
        environment: Sandbox and live never mix.
        sender: The account whose message it is, if it is one of ours.
    """
    scheme, _, value = participant.partition(":")
    compact = "".join(value.split()).upper()
    names = (participant, f"vat:{compact}", f"vat:{scheme}{compact}", f"reg:{value}")
    columns = entity_address.c
    query = (
        sa.select(columns.account_id, columns.entity_id)
        .where(columns.environment == environment, columns.value.in_(names))
        .group_by(columns.account_id, columns.entity_id)
        .order_by((columns.account_id == sender).desc(), sa.func.min(columns.since))
        .limit(_MOST)
    )
    with database.worker_transaction() as tx:
        rows = tx.execute(query).all()
    found = (Candidate(row.account_id, row.entity_id, environment) for row in rows)
    return next((one for one in found if _answers_to(database, one, participant)), None)


def _answers_to(database: Database, candidate: Candidate, participant: str) -> bool:
    with database.transaction(candidate.tenant, read_only=True) as tx:
        entity = tenants.get_entity(tx, candidate.entity_id)
    seller = Seller.model_validate(without_blanks(entity.seller))
    country = COUNTRIES.get(entity.country_code)
    own = [seller.electronic_address, seller.legal_registration_identifier, *seller.identifiers]
    if country is not None:
        own.append(country.electronic_address(seller))
    return participant in {
        f"{one.scheme_identifier}:{one.value}"
        for one in own
        if isinstance(one, SchemedIdentifier) and one.scheme_identifier
    }
