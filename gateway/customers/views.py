"""Customers as the API shows them."""

from collections.abc import Mapping
from typing import Any

from gateway.customers.repository import CustomerRow
from gateway.customers.schemas import CustomerDetails
from gateway.kit.clock import written
from gateway.kit.ids import public_id

_DETAILS = tuple(CustomerDetails.model_fields)


def customer(row: CustomerRow, vat_check: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a customer as JSON (`CustomerView`), with the last check of its VAT number."""
    buyer = row.buyer
    address, contact = buyer.get("postal_address") or {}, buyer.get("contact") or {}
    return {
        "id": public_id("cus", row.id),
        "object": "customer",
        "entity_id": public_id("ent", row.entity_id),
        "contact_type": row.contact_type,
        "reference": row.reference,
        "name": row.name,
        "email": contact.get("email_address"),
        "phone": contact.get("telephone_number"),
        "contact_name": contact.get("point"),
        "address": address.get("line_1"),
        "address_2": address.get("line_2"),
        "city": address.get("city"),
        "post_code": address.get("post_code"),
        "country_code": address.get("country_code"),
        "vat_id": buyer.get("vat_identifier"),
        "peppol_id": _participant(buyer.get("electronic_address")),
        "buyer": dict(buyer),
        **{name: row.details.get(name) for name in _DETAILS},
        "checks": [dict(check) for check in row.checks],
        "vat_check": None if vat_check is None else dict(vat_check),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "deleted_at": row.deleted_at and written(row.deleted_at),
        "erased_at": row.erased_at and written(row.erased_at),
    }


def _participant(address: dict[str, Any] | None) -> str | None:
    """Write an electronic address (BT-49) as one text: `9930:DE123456788`."""
    if address is None:
        return None
    scheme = address.get("scheme_identifier")
    return f"{scheme}:{address['value']}" if scheme else str(address["value"])
