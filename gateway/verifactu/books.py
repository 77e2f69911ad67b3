"""Finds the log of an entity, and follows its settings."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from countries.es.counterparts import nif_of
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from formats.signatures.signer import Signer
from formats.verifactu.parties import PersonaES
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import service as tenants
from gateway.tenants.fiscalization import VerifactuFiscalization
from gateway.tenants.service import Entity
from gateway.transmissions import service as transmissions
from gateway.verifactu import log
from gateway.verifactu.log import MADRID, Book
from gateway.verifactu.problems import VerifactuSchemeProblem, VerifactuYearProblem
from gateway.verifactu.program import program_of

PURPOSE = "fiscal-signature"
"""Of the key that signs records and events."""

_NAME = 120

ForPurpose = Callable[..., Signer]
"""Finds an entity's key; see `gateway.documents.fiscal.keys.ForPurpose`."""


def chosen_by(tx: TenantTransaction) -> VerifactuFiscalization:
    """Return the settings of a transaction's entity under the scheme.

    Raises:
        VerifactuSchemeProblem: It is under another, or under none.
    """
    found = tenants.settings_of(tenants.get_entity(tx, tx.entity_id)).fiscalization
    if not isinstance(found, VerifactuFiscalization):
        named = "not set" if found is None else found.scheme
        raise VerifactuSchemeProblem(
            f"The entity's scheme is {named}; choose es-verifactu in its settings (fiscalization)."
        )
    return found


def book_of(
    tx: TenantTransaction,
    chosen: VerifactuFiscalization,
    who: Seller,
    for_purpose: ForPurpose,
    now: datetime.datetime,
) -> Book:
    """Return the log of an entity.

    Args:
        tx: Of the entity.
        chosen: Its settings.
        who: Itself (BG-4).
        for_purpose: The vault.
        now: When something is to be signed.

    Raises:
        VerifactuSchemeProblem: It has no NIF.
    """
    registered = who.legal_registration_identifier
    numbers = (
        *(who.vat_identifier, who.tax_registration_identifier),
        None if registered is None else registered.value,
    )
    nif = next((found for one in numbers if (found := nif_of(one)) is not None), None)
    if nif is None:
        raise VerifactuSchemeProblem("The entity has no right NIF (seller.vat_identifier).")

    def signer() -> Signer:
        return for_purpose(tx, PURPOSE, at=now, until=now)

    return Book(
        program=program_of(chosen),
        seller=PersonaES(NombreRazon=(who.name or "")[:_NAME], NIF=nif),
        owner=f"{nif}/{chosen.installation}",
        environment=tx.tenant.environment,
        signer=signer,
    )


def own_book(tx: TenantTransaction, for_purpose: ForPurpose, now: datetime.datetime) -> Book:
    """Return the log of a transaction's entity.

    Raises:
        VerifactuSchemeProblem: It keeps no records as Spanish law wants them.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    return book_of(tx, chosen_by(tx), _who(entity.seller), for_purpose, now)


def follow_settings(
    tx: TenantTransaction,
    before: Entity,
    after: Entity,
    for_purpose: ForPurpose,
    now: datetime.datetime,
) -> None:
    """Let the log end where a change of settings has records sent again.

    It begins with the first record that is kept: the key that signs may come after the settings.

    Args:
        tx: Of the entity.
        before: The entity before the change.
        after: And after it.
        for_purpose: The vault.
        now: When.

    Raises:
        VerifactuYearProblem: It sent records this year, and has to go on.
        FiscalKeyProblem, EventUnsignedProblem: The log cannot be signed.
    """
    was, is_now = _verifactu(before.settings), _verifactu(after.settings)
    if was is None or was == is_now:
        return
    day = now.astimezone(MADRID).date()
    keeps = is_now is not None and not is_now.sends(day)
    if keeps and was.sends(day) and _sent_in(tx, day.year):
        raise VerifactuYearProblem(day.year)
    if keeps and is_now is not None and is_now.installation == was.installation:
        return
    book = book_of(tx, was, _who(before.seller), for_purpose, now)
    log.follow(tx, book, now, sends=True)


def _who(seller: Mapping[str, Any]) -> Seller:
    return Seller.model_validate(without_blanks(seller))


def _verifactu(settings: Mapping[str, Any]) -> VerifactuFiscalization | None:
    chosen = settings.get("fiscalization") or {}
    if chosen.get("scheme") != "es-verifactu":
        return None
    return VerifactuFiscalization.model_validate(chosen)


def _sent_in(tx: TenantTransaction, year: int) -> bool:
    """Tell whether a record was queued for the AEAT since a year began in Spain."""
    began = datetime.datetime(year, 1, 1, tzinfo=MADRID)
    channel = "es-verifactu" if tx.tenant.environment == "live" else "es-verifactu-test"
    return transmissions.queued_since(tx, channel, began)
