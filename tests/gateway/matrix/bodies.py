"""Good bodies: one for each model that an operation takes."""

from collections.abc import Mapping
from typing import Any

from tests.gateway.houses import invoice
from tests.gateway.matrix.keys import BROUGHT, HELD

SELLER = {
    "name": "Bakery d.o.o.",
    "vat_identifier": "SI50223054",
    "postal_address": {"city": "Ljubljana", "country_code": "SI"},
}

BODIES: Mapping[str, Mapping[str, Any]] = {
    "ApiKeyInput": {"name": "matrix", "role": "auditor"},
    "AuditorInput": {
        "name": "Matrix",
        "purpose": "matrix",
        "expires_at": "2030-01-01T00:00:00Z",
    },
    "RetrievalInput": {},
    "CustomerChange": {"metadata": {"changed": "yes"}},
    "CustomerInput": {"name": "Matrix", "email": "matrix@example.com"},
    "ConversionInput": {"to": "receipt"},
    "CorrectionInput": {"reason": "matrix"},
    "Decision": {},
    "MendingInput": {"reason": "matrix"},
    "ReceivedPaymentInput": {},
    "BulkDocumentsInput": {"documents": [{"body": invoice(profile="en16931-ubl")}]},
    "BulkIdsInput": {"ids": ["inv_x"]},
    "DiffInput": {"old": {**invoice(), "seller": SELLER}, "new": {**invoice(), "seller": SELLER}},
    "DocumentInput": invoice(profile="en16931-ubl"),  # whose layers run everywhere, also live
    "DocumentWithSeller": invoice(seller=SELLER),
    "EntityChange": {"metadata": {"changed": "yes"}},
    "AccountChange": {"metadata": {"changed": "yes"}},
    "EntityBody": {"name": "Matrix", "country": "Slovenia"},
    "ExitInput": {"leaving": False},
    "MoveInput": {"to": "b.example/log+62b5df31+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    "ExportInput": {"format": "csv"},
    "RevalidationInput": {"directions": ["received"]},
    "ExplainInput": {"codes": ["BR-CO-15"], "document": {**invoice(), "seller": SELLER}},
    "DetermineInput": {
        "day": "2026-11-21",
        "seller": {"country": "SI", "vat_id": "SI50223054"},
        "buyer": {"country": "IT", "kind": "consumer"},
        "lines": [{"kind": "goods", "net": "10.00"}],
    },
    "ReplayInput": {"which": "failed", "since": "2026-01-01T00:00:00Z"},
    "SecretRotation": {"overlap_hours": 1},
    "ReceivedChange": {"metadata": {"changed": "yes"}},
    "RejectionInput": {"reason": "matrix"},
    "RemindInput": {"to": ["matrix@example.com"]},
    "SendInput": {"to": ["matrix@example.com"]},
    "SigningKeyInput": {"name": "Matrix", "purposes": ["document-seal"]},
    "SigningKeyImport": BROUGHT.body,
    "SigningKeyChange": {"metadata": {"changed": "yes"}},
    "CertificateInput": {"certificate": HELD.certificate},
    "CertificateRequestInput": {"subject": {"common_name": "Matrix"}},
    "RotationInput": {},
    "SecretInput": {"kind": "ksef-token", "name": "Matrix", "value": "matrix-matrix-matrix"},
    "GrantInput": {
        "to": "authorization",
        "identifier": "5260250274",
        "permissions": ["SelfInvoicing"],
        "description": "Matrix",
        "full_name": "Matrix d.o.o.",
    },
    "KsefTokenInput": {"name": "Matrix"},
    "KeyRevocationInput": {},
    "DestructionDecisionInput": {"reason": "matrix"},
    "DestructionInput": {"reason": "matrix"},
    "ErasureDecisionInput": {"reason": "matrix"},
    "ErasureInput": {"reason": "matrix"},
    "HoldEndInput": {"reason": "matrix"},
    "HoldInput": {"reason": "matrix"},
    "ItemChange": {"metadata": {"changed": "yes"}},
    "ItemInput": {"name": "Matrix", "price": "1.10"},
    "PreviewInput": {"body": "Hello {{ customer }}"},
    "SubjectsInput": {"subjects": ["capital_goods"], "reason": "matrix"},
    "TaxChange": {"metadata": {"changed": "yes"}},
    "TaxInput": {"name": "Matrix", "rate": "22"},
    "TemplateChange": {"metadata": {"changed": "yes"}},
    "TemplateInput": {"name": "Matrix", "purpose": "text", "body": "Thank you, {{ customer }}."},
    "PaymentInput": {"amount": "0.01"},
    "PremiseChange": {"code": "TRG2"},
    "PremiseInput": {
        "code": "TRG1",
        "valid_from": "2026-01-01",
        "content": {
            "scheme": "si-furs",
            "premise_type": "A",
            "software_supplier": {"foreign_name": "Gateway"},
        },
    },
    "SpanInput": {"from": "2026-01-01", "to": "2026-01-31"},
    "DemandInput": {"reference": "REQ1", "from": "2026-01-01", "to": "2026-01-31"},
    "Reason": {"reason": "matrix"},
    "ReversalInput": {"reason": "matrix"},
    "RecurringChange": {"name": "changed"},
    "RecurringInput": {
        "document": invoice(profile="en16931-ubl"),
        "schedule": {"frequency": "monthly", "start_date": "2999-01-31"},
    },
    "SeriesChange": {"archived": False},
    "SeriesInput": {"code": "M", "pattern": "{code}/{seq}"},
    "ShareLinkInput": {"metadata": {"for": "matrix"}},
    "VatBatchInput": {"vat_ids": ["NO974760673MVA"]},
    "VatWatchInput": {"every_days": 30},
    "VerificationInput": {"content": "PEludm9pY2UvPg=="},
    "VatCheckInput": {"vat_id": "NO974760673MVA"},  # nobody is asked about these
    "WebhookEndpointChange": {"metadata": {"changed": "yes"}},
    "WebhookEndpointInput": {"url": "https://hooks.example/", "event_types": ["invoice.*"]},
    "LinkInput": {"expires_in": 60},
    "MemberChange": {"may_invite": False},
    "MemberInput": {"email": "matrix@example.com", "role": "viewer", "send_invite": True},
    "TokenInput": {"token": "gw_link_none"},
    "UserChange": {"name": "Matrix"},
    "UserInput": {"email": "matrix@example.com"},
}
"""A good body for each model that an operation takes."""

FILES: Mapping[str, tuple[bytes, str]] = {
    "/v1/customers/import": (b"name,reference\nMatrix,M-1\n", "text/csv"),
    "/v1/items/import": (b"name,sku\nMatrix,M-1\n", "text/csv"),
}
"""A good file, and its type, for operations whose body is one."""

QUERIES: Mapping[str, Mapping[str, str]] = {
    "/v1/convert": {"to": "en16931-ubl"},
    "/v1/log/consistency": {"old": "0", "new": "1"},
    "/v1/log/entity/consistency": {"old": "0", "new": "1"},
    "/v1/log/entity/proof": {"index": "0"},
}
"""Parameters that an operation cannot do without."""


def self_billed(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body in which the entity buys from the one who would have bought."""
    written = {name: value for name, value in body.items() if name != "buyer"}
    return {**written, "seller": {**SELLER, "name": "Supplier d.o.o."}}
