"""What an entity and a stored document hold, as values."""

from countries.registry import COUNTRIES
from formats.en16931 import Invoice
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.documents.repository import DocumentRow
from gateway.documents.seat import Seat
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import service as tenants


def seat_of(tx: TenantTransaction) -> Seat:
    """Return what preparation must know of the transaction's entity."""
    entity = tenants.get_entity(tx, tx.entity_id)
    return Seat(
        seller=Seller.model_validate(without_blanks(entity.seller)),
        country=COUNTRIES.get(entity.country_code),
        country_code=entity.country_code,
        default_profile=entity.settings.get("default_profile"),
        settings=entity.settings,
        environment=tx.tenant.environment,
    )


def invoice_of(row: DocumentRow) -> Invoice:
    """Return the invoice that a document holds, as issued or last computed.

    Raises:
        AssertionError: It holds none; the database does not let that happen.
    """
    if row.invoice is None:
        raise AssertionError("a document without its invoice")
    return Invoice.model_validate(row.invoice)
