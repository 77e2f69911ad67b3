"""Invoices as a Spanish seller issues them to the administration, and what the schema says."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from formats.en16931.draft import InvoiceDraft, complete
from formats.en16931.model import Invoice, ProcessControl
from formats.en16931.party import Seller
from formats.facturae.names import NAMESPACE
from formats.findings import Finding
from formats.validation import xsd
from schemas import Artefact, Catalog
from tests.formats.samples import DAY

Json = dict[str, Any]

SELLER: Json = {
    "name": "Suministros Duero S.L.",
    "trading_name": "Duero",
    "vat_identifier": "ESB12345674",
    "postal_address": {
        "line_1": "Calle Mayor 1",
        "line_2": "2º B",
        "city": "Valladolid",
        "post_code": "47001",
        "country_code": "ES",
    },
    "contact": {"email_address": "ventas@example.es", "telephone_number": "983000000"},
}
CENTRES = [
    {"centre_code": "L01280796", "role_code": "01", "description": "Intervención"},
    {"centre_code": "L01280796", "role_code": "02"},
    {
        "centre_code": "LA0002340",
        "role_code": "03",
        "address": "Plaza Mayor 3",
        "post_code": "28012",
        "town": "Madrid",
    },
]
DRAFT: Json = {
    "currency_code": "EUR",
    "payment_due_date": "2026-12-20",
    "purchase_order_reference": "PED-2026/17",
    "contract_reference": "CONT-9",
    "tender_or_lot_reference": "300/2026/00123",
    "buyer_reference": "Lote 4",
    "notes": [{"note": "Gracias por su pedido."}],
    "buyer": {
        "name": "Ayuntamiento de Madrid",
        "vat_identifier": "ESP2807900B",
        "postal_address": {
            "line_1": "Calle Montalbán 1",
            "city": "Madrid",
            "post_code": "28014",
            "country_code": "ES",
        },
    },
    "payment_instructions": [
        {
            "payment_means_type_code": "58",
            "credit_transfers": [
                {
                    "payment_account_identifier": "ES9121000418450200051332",
                    "payment_service_provider_identifier": "CAIXESBB",
                }
            ],
        }
    ],
    "lines": [
        {
            "invoiced_quantity": "3",
            "unit_code": "HUR",
            "item_net_price": "33.335",
            "vat_category_code": "S",
            "vat_rate": "21",
            "item_name": "Consultoría",
            "item_description": "Análisis",
            "note": "Fase 1",
        },
        {
            "invoiced_quantity": "0.5",
            "unit_code": "TNE",
            "item_net_price": "10.12345678",
            "vat_category_code": "S",
            "vat_rate": "10",
            "item_name": "Grava",
            "allowances": [{"amount": "0.06", "percentage": "1", "reason": "Descuento"}],
            "charges": [{"amount": "2", "reason": "Porte"}],
        },
    ],
    "extensions": {"facturae": {"administrative_centres": CENTRES}},
}
_CONTROL = ProcessControl(specification_identifier=NAMESPACE)


def ordinary(type_code: str = "380", seller: Json | None = None, **changes: object) -> Invoice:
    """Return an ordinary invoice with some fields of its draft changed."""
    return complete(
        InvoiceDraft.model_validate(DRAFT | changes),
        seller=Seller.model_validate(SELLER | (seller or {})),
        number="F2026/00017",
        issue_date=DAY,
        type_code=type_code,
        process_control=_CONTROL,
    ).invoice


@cache
def _schema(official: Path) -> Artefact:
    return Catalog((official,)).resolve("es.gob.facturae:facturae", datetime.date(2026, 11, 1))


def violations(official: Path, content: bytes) -> list[Finding]:
    """Return what the ministry's schema finds wrong with a document."""
    return list(xsd.check(_schema(official), content))
