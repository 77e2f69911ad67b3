"""HTTP for what is checked again and again: `/v1/customers/{customer_id}/vat-watch`."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import JsonContent, parse_json, validated
from gateway.openapi import takes
from gateway.tenants.access import ReaderTransaction, WriterTransaction
from gateway.vies import watches
from gateway.vies.schemas import VatWatchInput, VatWatchView
from gateway.vies.watches import Watch

router = APIRouter(prefix="/v1/customers/{customer_id}/vat-watch", tags=["VAT checks"])


@router.put(
    "",
    response_model=VatWatchView,
    openapi_extra=takes(VatWatchInput),
    summary="Watch a customer's VAT number",
)
def put_vat_watch(tx: WriterTransaction, customer_id: str, content: JsonContent) -> dict[str, Any]:
    """Have a customer's number checked every so many days, or expressly not.

    `vat_number.changed` tells when it comes into force or goes out of it, and when name or address
    change. The first check is made at once.
    """
    found = parse_id(customer_id, "cus")
    given = validated(VatWatchInput, parse_json(content))
    made = watches.put(
        tx, found, enabled=given.enabled, every_days=given.every_days, now=clock.now()
    )
    return _json(made)


@router.get("", response_model=VatWatchView, summary="Read a customer's watch")
def read_vat_watch(tx: ReaderTransaction, customer_id: str) -> dict[str, Any]:
    """Read what was said about this customer; 404 where the entity's setting alone holds."""
    return _json(watches.get(tx, parse_id(customer_id, "cus")))


@router.delete("", status_code=HTTPStatus.NO_CONTENT, summary="Forget a customer's watch")
def delete_vat_watch(tx: WriterTransaction, customer_id: str) -> Response:
    """Forget what was said about this customer: the entity's setting holds again."""
    watches.remove(tx, parse_id(customer_id, "cus"), clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _json(watch: Watch) -> dict[str, Any]:
    return {
        "object": "vat_watch",
        "customer_id": public_id("cus", watch.customer_id),
        "enabled": watch.enabled,
        "every_days": watch.every_days,
        "created_at": written(watch.created_at),
        "updated_at": written(watch.updated_at),
    }
