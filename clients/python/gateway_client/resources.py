"""Every operation of the API, by resource.

Generated from openapi.json: change scripts/client_writing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, cast
from urllib.parse import quote

from gateway_client import types
from gateway_client.transport import Pages, Transport


class Account:
    """`/v1/account`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> types.AccountView:
        """Read Account: GET /v1/account."""
        return cast("types.AccountView", self._transport.json("GET", "/v1/account"))

    def update(self, body: types.AccountChange) -> types.AccountView:
        """Change Account: PATCH /v1/account."""
        return cast("types.AccountView", self._transport.json("PATCH", "/v1/account", body=body))


class Activity:
    """`/v1/activity`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        actor: str | None = None,
        action: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.ActivityView]:
        """List Activity: GET /v1/activity."""
        return Pages(
            self._transport,
            "/v1/activity",
            {
                "actor": actor,
                "action": action,
                "from": from_,
                "until": until,
                "limit": limit,
                "metadata": metadata,
            },
            None,
        )


class AdvanceInvoices:
    """`/v1/advance-invoices`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List advance invoices, newest first: GET /v1/advance-invoices."""
        return Pages(
            self._transport,
            "/v1/advance-invoices",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a advance invoice: POST /v1/advance-invoices."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/advance-invoices",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a advance invoice: POST /v1/advance-invoices/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/advance-invoices/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft advance invoice: DELETE /v1/advance-invoices/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/advance-invoices/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a advance invoice: GET /v1/advance-invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/advance-invoices/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft advance invoice: PUT /v1/advance-invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/advance-invoices/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a advance invoice: POST /v1/advance-invoices/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/advance-invoices/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the advance invoice as PDF: GET /v1/advance-invoices/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/advance-invoices/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the advance invoice by e-mail: POST /v1/advance-invoices/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/advance-invoices/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a advance invoice is taxed as it is: GET /v1/advance-invoices/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET",
                f"/v1/advance-invoices/{quote(document_id, safe='')}/tax-decision",
                entity=entity,
            ),
        )


class ApiKeys:
    """`/v1/api-keys`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self, *, limit: int | None = None, metadata: Mapping[str, str] | None = None
    ) -> Pages[types.ApiKeyView]:
        """List Api Keys: GET /v1/api-keys."""
        return Pages(self._transport, "/v1/api-keys", {"limit": limit, "metadata": metadata}, None)

    def create(
        self, body: types.ApiKeyInput, *, idempotency_key: str | None = None
    ) -> types.NewApiKeyView:
        """Create Api Key: POST /v1/api-keys."""
        return cast(
            "types.NewApiKeyView",
            self._transport.json(
                "POST", "/v1/api-keys", body=body, idempotency_key=idempotency_key
            ),
        )

    def delete(self, key_id: str) -> None:
        """Revoke Api Key: DELETE /v1/api-keys/{key_id}."""
        self._transport.json("DELETE", f"/v1/api-keys/{quote(key_id, safe='')}")

    def get(self, key_id: str) -> types.ApiKeyView:
        """Read Api Key: GET /v1/api-keys/{key_id}."""
        return cast(
            "types.ApiKeyView",
            self._transport.json("GET", f"/v1/api-keys/{quote(key_id, safe='')}"),
        )


class Archive:
    """`/v1/archive`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def revalidations(
        self,
        body: types.RevalidationInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Judge archived documents again: POST /v1/archive/revalidations."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/archive/revalidations",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get_revalidation(self, revalidation_id: str) -> types.JobView:
        """Read a revalidation: GET /v1/archive/revalidations/{revalidation_id}."""
        return cast(
            "types.JobView",
            self._transport.json(
                "GET", f"/v1/archive/revalidations/{quote(revalidation_id, safe='')}"
            ),
        )

    def revalidations_report(
        self, revalidation_id: str, *, format: Literal["json", "csv"] | None = None
    ) -> Any:
        """Download the report of a revalidation: GET /v1/archive/revalidations/{revalidation_id}/report."""
        return cast(
            "Any",
            self._transport.json(
                "GET",
                f"/v1/archive/revalidations/{quote(revalidation_id, safe='')}/report",
                query={"format": format},
            ),
        )


class Auditors:
    """`/v1/auditors`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.AuditorView]:
        """List invited auditors: GET /v1/auditors."""
        return Pages(
            self._transport, "/v1/auditors", {"limit": limit, "metadata": metadata}, entity
        )

    def create(
        self,
        body: types.AuditorInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.NewAuditorView:
        """Invite an auditor: POST /v1/auditors."""
        return cast(
            "types.NewAuditorView",
            self._transport.json(
                "POST", "/v1/auditors", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def delete(self, auditor_id: str, *, entity: str | None = None) -> None:
        """End an auditor's access: DELETE /v1/auditors/{auditor_id}."""
        self._transport.json("DELETE", f"/v1/auditors/{quote(auditor_id, safe='')}", entity=entity)

    def get(self, auditor_id: str, *, entity: str | None = None) -> types.AuditorView:
        """Read an invited auditor: GET /v1/auditors/{auditor_id}."""
        return cast(
            "types.AuditorView",
            self._transport.json(
                "GET", f"/v1/auditors/{quote(auditor_id, safe='')}", entity=entity
            ),
        )

    def accesses(
        self,
        auditor_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.gateway__auditors__schemas__AccessView]:
        """List what an auditor asked for: GET /v1/auditors/{auditor_id}/accesses."""
        return Pages(
            self._transport,
            f"/v1/auditors/{quote(auditor_id, safe='')}/accesses",
            {"limit": limit, "metadata": metadata},
            entity,
        )


class Bulk:
    """`/v1/bulk`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def documents(
        self,
        body: types.BulkDocumentsInput,
        *,
        wait: int | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Create Documents: POST /v1/bulk/documents."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/bulk/documents",
                query={"wait": wait},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def finalize(
        self,
        body: types.BulkIdsInput,
        *,
        wait: int | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Finalize Documents: POST /v1/bulk/finalize."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/bulk/finalize",
                query={"wait": wait},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def send(
        self,
        body: types.BulkIdsInput,
        *,
        wait: int | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Send Documents: POST /v1/bulk/send."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/bulk/send",
                query={"wait": wait},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def items(
        self,
        job_id: str,
        *,
        state: Literal["queued", "succeeded", "failed"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.BulkItemView]:
        """List Items: GET /v1/bulk/{job_id}/items."""
        return Pages(
            self._transport,
            f"/v1/bulk/{quote(job_id, safe='')}/items",
            {"state": state, "limit": limit, "metadata": metadata},
            None,
        )


class Certificates:
    """`/v1/certificates`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        expires_before: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.CertificateView]:
        """List Certificates: GET /v1/certificates."""
        return Pages(
            self._transport,
            "/v1/certificates",
            {"expires_before": expires_before, "limit": limit, "metadata": metadata},
            entity,
        )

    def get(self, certificate_id: str, *, entity: str | None = None) -> types.CertificateView:
        """Read Certificate: GET /v1/certificates/{certificate_id}."""
        return cast(
            "types.CertificateView",
            self._transport.json(
                "GET", f"/v1/certificates/{quote(certificate_id, safe='')}", entity=entity
            ),
        )


class Chains:
    """`/v1/chains`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self, *, metadata: Mapping[str, str] | None = None, entity: str | None = None
    ) -> Pages[types.ChainView]:
        """List Chains: GET /v1/chains."""
        return Pages(self._transport, "/v1/chains", {"metadata": metadata}, entity)

    def get(self, chain_id: str, *, entity: str | None = None) -> types.ChainView:
        """Read Chain: GET /v1/chains/{chain_id}."""
        return cast(
            "types.ChainView",
            self._transport.json("GET", f"/v1/chains/{quote(chain_id, safe='')}", entity=entity),
        )

    def records(
        self,
        chain_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ChainRecordView]:
        """List Chain Records: GET /v1/chains/{chain_id}/records."""
        return Pages(
            self._transport,
            f"/v1/chains/{quote(chain_id, safe='')}/records",
            {"limit": limit, "metadata": metadata},
            entity,
        )


class CreditNotes:
    """`/v1/credit-notes`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List credit notes, newest first: GET /v1/credit-notes."""
        return Pages(
            self._transport,
            "/v1/credit-notes",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a credit note: POST /v1/credit-notes."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/credit-notes",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a credit note: POST /v1/credit-notes/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/credit-notes/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft credit note: DELETE /v1/credit-notes/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/credit-notes/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a credit note: GET /v1/credit-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/credit-notes/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft credit note: PUT /v1/credit-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/credit-notes/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a credit note: POST /v1/credit-notes/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/credit-notes/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the credit note as PDF: GET /v1/credit-notes/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/credit-notes/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the credit note by e-mail: POST /v1/credit-notes/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/credit-notes/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a credit note is taxed as it is: GET /v1/credit-notes/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET",
                f"/v1/credit-notes/{quote(document_id, safe='')}/tax-decision",
                entity=entity,
            ),
        )


class Customers:
    """`/v1/customers`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        search: str | None = None,
        email: str | None = None,
        vat_id: str | None = None,
        reference: str | None = None,
        contact_type: Literal["buyer", "supplier", "both"] | None = None,
        deleted: bool | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.CustomerView]:
        """List Customers: GET /v1/customers."""
        return Pages(
            self._transport,
            "/v1/customers",
            {
                "search": search,
                "email": email,
                "vat_id": vat_id,
                "reference": reference,
                "contact_type": contact_type,
                "deleted": deleted,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.CustomerInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.CustomerView:
        """Create Customer: POST /v1/customers."""
        return cast(
            "types.CustomerView",
            self._transport.json(
                "POST", "/v1/customers", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def import_(
        self,
        body: bytes,
        content_type: str = "text/csv",
        *,
        dry_run: bool | None = None,
        mode: Literal["all", "each"] | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ImportReport:
        """Import Customers: POST /v1/customers/import."""
        return cast(
            "types.ImportReport",
            self._transport.json(
                "POST",
                "/v1/customers/import",
                query={"dry_run": dry_run, "mode": mode},
                body=body,
                content_type=content_type,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, customer_id: str, *, entity: str | None = None) -> None:
        """Delete Customer: DELETE /v1/customers/{customer_id}."""
        self._transport.json(
            "DELETE", f"/v1/customers/{quote(customer_id, safe='')}", entity=entity
        )

    def get(self, customer_id: str, *, entity: str | None = None) -> types.CustomerView:
        """Read Customer: GET /v1/customers/{customer_id}."""
        return cast(
            "types.CustomerView",
            self._transport.json(
                "GET", f"/v1/customers/{quote(customer_id, safe='')}", entity=entity
            ),
        )

    def update(
        self, customer_id: str, body: types.CustomerChange, *, entity: str | None = None
    ) -> types.CustomerView:
        """Change Customer: PATCH /v1/customers/{customer_id}."""
        return cast(
            "types.CustomerView",
            self._transport.json(
                "PATCH", f"/v1/customers/{quote(customer_id, safe='')}", body=body, entity=entity
            ),
        )

    def restore(
        self, customer_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.CustomerView:
        """Restore Customer: POST /v1/customers/{customer_id}/restore."""
        return cast(
            "types.CustomerView",
            self._transport.json(
                "POST",
                f"/v1/customers/{quote(customer_id, safe='')}/restore",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete_vat_watch(self, customer_id: str, *, entity: str | None = None) -> None:
        """Forget a customer's watch: DELETE /v1/customers/{customer_id}/vat-watch."""
        self._transport.json(
            "DELETE", f"/v1/customers/{quote(customer_id, safe='')}/vat-watch", entity=entity
        )

    def vat_watch(self, customer_id: str, *, entity: str | None = None) -> types.VatWatchView:
        """Read a customer's watch: GET /v1/customers/{customer_id}/vat-watch."""
        return cast(
            "types.VatWatchView",
            self._transport.json(
                "GET", f"/v1/customers/{quote(customer_id, safe='')}/vat-watch", entity=entity
            ),
        )

    def replace_vat_watch(
        self, customer_id: str, body: types.VatWatchInput, *, entity: str | None = None
    ) -> types.VatWatchView:
        """Watch a customer's VAT number: PUT /v1/customers/{customer_id}/vat-watch."""
        return cast(
            "types.VatWatchView",
            self._transport.json(
                "PUT",
                f"/v1/customers/{quote(customer_id, safe='')}/vat-watch",
                body=body,
                entity=entity,
            ),
        )


class Deadlines:
    """`/v1/deadlines`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["open", "met", "missed", "ended"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DeadlineView]:
        """List deadlines: GET /v1/deadlines."""
        return Pages(
            self._transport,
            "/v1/deadlines",
            {"state": state, "limit": limit, "metadata": metadata},
            entity,
        )


class DeliveryNotes:
    """`/v1/delivery-notes`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List delivery notes, newest first: GET /v1/delivery-notes."""
        return Pages(
            self._transport,
            "/v1/delivery-notes",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a delivery note: POST /v1/delivery-notes."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/delivery-notes",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a delivery note: POST /v1/delivery-notes/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/delivery-notes/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft delivery note: DELETE /v1/delivery-notes/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/delivery-notes/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a delivery note: GET /v1/delivery-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/delivery-notes/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft delivery note: PUT /v1/delivery-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/delivery-notes/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a delivery note: POST /v1/delivery-notes/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/delivery-notes/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the delivery note as PDF: GET /v1/delivery-notes/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/delivery-notes/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the delivery note by e-mail: POST /v1/delivery-notes/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/delivery-notes/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a delivery note is taxed as it is: GET /v1/delivery-notes/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET",
                f"/v1/delivery-notes/{quote(document_id, safe='')}/tax-decision",
                entity=entity,
            ),
        )


class Documents:
    """`/v1/documents`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List documents, newest first: GET /v1/documents."""
        return Pages(
            self._transport,
            "/v1/documents",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a document: GET /v1/documents/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def accept(
        self,
        document_id: str,
        body: types.Decision,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Accept an estimate, proforma or order: POST /v1/documents/{document_id}/accept."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/accept",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def bundle(
        self, document_id: str, *, since: Sequence[int] | None = None, entity: str | None = None
    ) -> bytes:
        """Export the evidence bundle: GET /v1/documents/{document_id}/bundle."""
        return self._transport.content(
            "GET",
            f"/v1/documents/{quote(document_id, safe='')}/bundle",
            query={"since": since},
            entity=entity,
        )

    def cancel(
        self,
        document_id: str,
        body: types.Decision,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Cancel an estimate, proforma or order: POST /v1/documents/{document_id}/cancel."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/cancel",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def convert(
        self,
        document_id: str,
        body: types.ConversionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Continue a document by another one: POST /v1/documents/{document_id}/convert."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/convert",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def corrections(
        self,
        document_id: str,
        body: types.CorrectionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Correct an issued document: POST /v1/documents/{document_id}/corrections."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/corrections",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def evidence(self, document_id: str, *, entity: str | None = None) -> types.EvidenceList:
        """List the evidence: GET /v1/documents/{document_id}/evidence."""
        return cast(
            "types.EvidenceList",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/evidence", entity=entity
            ),
        )

    def get_evidence(self, document_id: str, entry_id: str, *, entity: str | None = None) -> bytes:
        """Download evidence: GET /v1/documents/{document_id}/evidence/{entry_id}."""
        return self._transport.content(
            "GET",
            f"/v1/documents/{quote(document_id, safe='')}/evidence/{quote(entry_id, safe='')}",
            entity=entity,
        )

    def evidence_proof(
        self,
        document_id: str,
        entry_id: str,
        *,
        cosigned: bool | None = None,
        entity: str | None = None,
    ) -> str:
        """Prove that evidence is in the log: GET /v1/documents/{document_id}/evidence/{entry_id}/proof."""
        return self._transport.content(
            "GET",
            f"/v1/documents/{quote(document_id, safe='')}/evidence/{quote(entry_id, safe='')}/proof",
            query={"cosigned": cosigned},
            entity=entity,
        ).decode()

    def fiscal_records(
        self, document_id: str, *, entity: str | None = None
    ) -> types.FiscalRecordList:
        """List the fiscal records: GET /v1/documents/{document_id}/fiscal-records."""
        return cast(
            "types.FiscalRecordList",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/fiscal-records", entity=entity
            ),
        )

    def create_fiscal_record(
        self,
        document_id: str,
        body: types.MendingInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Tell the authority anew of a document: POST /v1/documents/{document_id}/fiscal-records."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/fiscal-records",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def payments(
        self,
        document_id: str,
        body: types.PaymentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.PaymentView:
        """Record a payment: POST /v1/documents/{document_id}/payments."""
        return cast(
            "types.PaymentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/payments",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the document as PDF: GET /v1/documents/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/documents/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def preflight(self, document_id: str, *, entity: str | None = None) -> types.PreflightView:
        """Preflight a draft: GET /v1/documents/{document_id}/preflight."""
        return cast(
            "types.PreflightView",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/preflight", entity=entity
            ),
        )

    def reject(
        self,
        document_id: str,
        body: types.Decision,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Reject an estimate, proforma or order: POST /v1/documents/{document_id}/reject."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/reject",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def relations(self, document_id: str, *, entity: str | None = None) -> types.RelationList:
        """List related documents: GET /v1/documents/{document_id}/relations."""
        return cast(
            "types.RelationList",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/relations", entity=entity
            ),
        )

    def restore(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Restore a deleted draft: POST /v1/documents/{document_id}/restore."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/restore",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the document by e-mail: POST /v1/documents/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def share_links(
        self,
        document_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ShareLinkView]:
        """List Share Links: GET /v1/documents/{document_id}/share-links."""
        return Pages(
            self._transport,
            f"/v1/documents/{quote(document_id, safe='')}/share-links",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def create_share_link(
        self,
        document_id: str,
        body: types.ShareLinkInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.NewShareLinkView:
        """Create Share Link: POST /v1/documents/{document_id}/share-links."""
        return cast(
            "types.NewShareLinkView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/share-links",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def status(
        self, document_id: str, *, wait: int | None = None, entity: str | None = None
    ) -> types.StatusView:
        """Read Status: GET /v1/documents/{document_id}/status."""
        return cast(
            "types.StatusView",
            self._transport.json(
                "GET",
                f"/v1/documents/{quote(document_id, safe='')}/status",
                query={"wait": wait},
                entity=entity,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a document is taxed as it is: GET /v1/documents/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/documents/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )

    def versions(
        self,
        document_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.VersionView]:
        """List earlier versions of a draft: GET /v1/documents/{document_id}/versions."""
        return Pages(
            self._transport,
            f"/v1/documents/{quote(document_id, safe='')}/versions",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def void(
        self,
        document_id: str,
        body: types.Reason,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Void an issued document: POST /v1/documents/{document_id}/void."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/documents/{quote(document_id, safe='')}/void",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def xml(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the issued bytes: GET /v1/documents/{document_id}/xml."""
        return self._transport.content(
            "GET", f"/v1/documents/{quote(document_id, safe='')}/xml", entity=entity
        )


class Emails:
    """`/v1/emails`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["queued", "sending", "sent", "failed", "unknown", "captured"] | None = None,
        document_id: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.EmailView]:
        """List Emails: GET /v1/emails."""
        return Pages(
            self._transport,
            "/v1/emails",
            {"state": state, "document_id": document_id, "limit": limit, "metadata": metadata},
            entity,
        )

    def get(self, email_id: str, *, entity: str | None = None) -> types.EmailView:
        """Read Email: GET /v1/emails/{email_id}."""
        return cast(
            "types.EmailView",
            self._transport.json("GET", f"/v1/emails/{quote(email_id, safe='')}", entity=entity),
        )

    def message(self, email_id: str, *, entity: str | None = None) -> bytes:
        """Read Email Message: GET /v1/emails/{email_id}/message."""
        return self._transport.content(
            "GET", f"/v1/emails/{quote(email_id, safe='')}/message", entity=entity
        )

    def retry(
        self, email_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.EmailView:
        """Retry Email: POST /v1/emails/{email_id}/retry."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/emails/{quote(email_id, safe='')}/retry",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Entities:
    """`/v1/entities`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.EntityView]:
        """List Entities: GET /v1/entities."""
        return Pages(
            self._transport,
            "/v1/entities",
            {"search": search, "limit": limit, "metadata": metadata},
            None,
        )

    def create(
        self, body: types.EntityBody, *, idempotency_key: str | None = None
    ) -> types.EntityView:
        """Create Entity: POST /v1/entities."""
        return cast(
            "types.EntityView",
            self._transport.json(
                "POST", "/v1/entities", body=body, idempotency_key=idempotency_key
            ),
        )

    def delete(self, entity_id: str) -> None:
        """Delete Entity: DELETE /v1/entities/{entity_id}."""
        self._transport.json("DELETE", f"/v1/entities/{quote(entity_id, safe='')}")

    def get(self, entity_id: str) -> types.EntityView:
        """Read Entity: GET /v1/entities/{entity_id}."""
        return cast(
            "types.EntityView",
            self._transport.json("GET", f"/v1/entities/{quote(entity_id, safe='')}"),
        )

    def update(self, entity_id: str, body: types.EntityChange) -> types.EntityView:
        """Change Entity: PATCH /v1/entities/{entity_id}."""
        return cast(
            "types.EntityView",
            self._transport.json("PATCH", f"/v1/entities/{quote(entity_id, safe='')}", body=body),
        )

    def invitations(
        self,
        entity_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.InvitationView]:
        """List Invitations: GET /v1/entities/{entity_id}/invitations."""
        return Pages(
            self._transport,
            f"/v1/entities/{quote(entity_id, safe='')}/invitations",
            {"limit": limit, "metadata": metadata},
            None,
        )

    def delete_invitation(self, entity_id: str, invitation_id: str) -> None:
        """Revoke Invitation: DELETE /v1/entities/{entity_id}/invitations/{invitation_id}."""
        self._transport.json(
            "DELETE",
            f"/v1/entities/{quote(entity_id, safe='')}/invitations/{quote(invitation_id, safe='')}",
        )

    def readiness(self, entity_id: str) -> types.ReadinessView:
        """Read Readiness: GET /v1/entities/{entity_id}/readiness."""
        return cast(
            "types.ReadinessView",
            self._transport.json("GET", f"/v1/entities/{quote(entity_id, safe='')}/readiness"),
        )

    def users(
        self,
        entity_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.MemberView]:
        """List Entity Users: GET /v1/entities/{entity_id}/users."""
        return Pages(
            self._transport,
            f"/v1/entities/{quote(entity_id, safe='')}/users",
            {"limit": limit, "metadata": metadata},
            None,
        )

    def create_user(
        self, entity_id: str, body: types.MemberInput, *, idempotency_key: str | None = None
    ) -> types.NewMemberView:
        """Add Entity User: POST /v1/entities/{entity_id}/users."""
        return cast(
            "types.NewMemberView",
            self._transport.json(
                "POST",
                f"/v1/entities/{quote(entity_id, safe='')}/users",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def delete_user(self, entity_id: str, user_id: str) -> None:
        """Remove Entity User: DELETE /v1/entities/{entity_id}/users/{user_id}."""
        self._transport.json(
            "DELETE", f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}"
        )

    def get_user(self, entity_id: str, user_id: str) -> types.MemberView:
        """Read Entity User: GET /v1/entities/{entity_id}/users/{user_id}."""
        return cast(
            "types.MemberView",
            self._transport.json(
                "GET", f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}"
            ),
        )

    def update_user(
        self, entity_id: str, user_id: str, body: types.MemberChange
    ) -> types.MemberView:
        """Change Entity User: PATCH /v1/entities/{entity_id}/users/{user_id}."""
        return cast(
            "types.MemberView",
            self._transport.json(
                "PATCH",
                f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}",
                body=body,
            ),
        )

    def invitations_user(
        self, entity_id: str, user_id: str, *, idempotency_key: str | None = None
    ) -> types.NewInvitationView:
        """Invite Entity User: POST /v1/entities/{entity_id}/users/{user_id}/invitations."""
        return cast(
            "types.NewInvitationView",
            self._transport.json(
                "POST",
                f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/invitations",
                idempotency_key=idempotency_key,
            ),
        )

    def users_sessions(
        self,
        entity_id: str,
        user_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.SessionView]:
        """List User Sessions: GET /v1/entities/{entity_id}/users/{user_id}/sessions."""
        return Pages(
            self._transport,
            f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/sessions",
            {"limit": limit, "metadata": metadata},
            None,
        )

    def delete_session(self, entity_id: str, user_id: str, session_id: str) -> None:
        """Revoke User Session: DELETE /v1/entities/{entity_id}/users/{user_id}/sessions/{session_id}."""
        self._transport.json(
            "DELETE",
            f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/sessions/{quote(session_id, safe='')}",
        )

    def users_tokens(
        self,
        entity_id: str,
        user_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.LinkView]:
        """List Magic Links: GET /v1/entities/{entity_id}/users/{user_id}/tokens."""
        return Pages(
            self._transport,
            f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/tokens",
            {"limit": limit, "metadata": metadata},
            None,
        )

    def create_token(
        self,
        entity_id: str,
        user_id: str,
        body: types.LinkInput,
        *,
        idempotency_key: str | None = None,
    ) -> types.NewLinkView:
        """Create Magic Link: POST /v1/entities/{entity_id}/users/{user_id}/tokens."""
        return cast(
            "types.NewLinkView",
            self._transport.json(
                "POST",
                f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/tokens",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def delete_token(self, entity_id: str, user_id: str, link_id: str) -> None:
        """Revoke Magic Link: DELETE /v1/entities/{entity_id}/users/{user_id}/tokens/{link_id}."""
        self._transport.json(
            "DELETE",
            f"/v1/entities/{quote(entity_id, safe='')}/users/{quote(user_id, safe='')}/tokens/{quote(link_id, safe='')}",
        )


class Estimates:
    """`/v1/estimates`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List estimates, newest first: GET /v1/estimates."""
        return Pages(
            self._transport,
            "/v1/estimates",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a estimate: POST /v1/estimates."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/estimates",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a estimate: POST /v1/estimates/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/estimates/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft estimate: DELETE /v1/estimates/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/estimates/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a estimate: GET /v1/estimates/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/estimates/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft estimate: PUT /v1/estimates/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/estimates/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a estimate: POST /v1/estimates/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/estimates/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the estimate as PDF: GET /v1/estimates/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/estimates/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the estimate by e-mail: POST /v1/estimates/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/estimates/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a estimate is taxed as it is: GET /v1/estimates/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/estimates/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )


class EventTypes:
    """`/v1/event-types`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, metadata: Mapping[str, str] | None = None) -> Pages[types.EventTypeView]:
        """List Event Types: GET /v1/event-types."""
        return Pages(self._transport, "/v1/event-types", {"metadata": metadata}, None)


class Events:
    """`/v1/events`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        after: str | None = None,
        limit: int | None = None,
        wait: int | None = None,
        entity: str | None = None,
    ) -> types.EventFeed:
        """Follow what happens: GET /v1/events."""
        return cast(
            "types.EventFeed",
            self._transport.json(
                "GET",
                "/v1/events",
                query={"after": after, "limit": limit, "wait": wait},
                entity=entity,
            ),
        )


class EvidenceSets:
    """`/v1/evidence-sets`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def issued(
        self,
        *,
        limit: int | None = None,
        number: str | None = None,
        party: str | None = None,
        vat_id: str | None = None,
        issued_from: str | None = None,
        issued_until: str | None = None,
        currency: str | None = None,
        total_from: str | None = None,
        total_until: str | None = None,
        authority_id: str | None = None,
        sha256: str | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.EvidenceSetView]:
        """Find issued documents: GET /v1/evidence-sets/issued."""
        return Pages(
            self._transport,
            "/v1/evidence-sets/issued",
            {
                "limit": limit,
                "number": number,
                "party": party,
                "vat_id": vat_id,
                "issued_from": issued_from,
                "issued_until": issued_until,
                "currency": currency,
                "total_from": total_from,
                "total_until": total_until,
                "authority_id": authority_id,
                "sha256": sha256,
                "metadata": metadata,
            },
            entity,
        )

    def issued_bundles(
        self,
        body: types.RetrievalInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Retrieve evidence of issued documents: POST /v1/evidence-sets/issued/bundles."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/evidence-sets/issued/bundles",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def issued_bundles_file(self, retrieval_id: str, *, entity: str | None = None) -> bytes:
        """Download evidence of issued documents: GET /v1/evidence-sets/issued/bundles/{retrieval_id}/file."""
        return self._transport.content(
            "GET",
            f"/v1/evidence-sets/issued/bundles/{quote(retrieval_id, safe='')}/file",
            entity=entity,
        )

    def received(
        self,
        *,
        limit: int | None = None,
        number: str | None = None,
        party: str | None = None,
        vat_id: str | None = None,
        issued_from: str | None = None,
        issued_until: str | None = None,
        currency: str | None = None,
        total_from: str | None = None,
        total_until: str | None = None,
        authority_id: str | None = None,
        sha256: str | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.EvidenceSetView]:
        """Find received documents: GET /v1/evidence-sets/received."""
        return Pages(
            self._transport,
            "/v1/evidence-sets/received",
            {
                "limit": limit,
                "number": number,
                "party": party,
                "vat_id": vat_id,
                "issued_from": issued_from,
                "issued_until": issued_until,
                "currency": currency,
                "total_from": total_from,
                "total_until": total_until,
                "authority_id": authority_id,
                "sha256": sha256,
                "metadata": metadata,
            },
            entity,
        )

    def received_bundles(
        self,
        body: types.RetrievalInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Retrieve evidence of received documents: POST /v1/evidence-sets/received/bundles."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/evidence-sets/received/bundles",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def received_bundles_file(self, retrieval_id: str, *, entity: str | None = None) -> bytes:
        """Download evidence of received documents: GET /v1/evidence-sets/received/bundles/{retrieval_id}/file."""
        return self._transport.content(
            "GET",
            f"/v1/evidence-sets/received/bundles/{quote(retrieval_id, safe='')}/file",
            entity=entity,
        )


class Exits:
    """`/v1/exits`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        body: types.ExitInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Export a whole entity: POST /v1/exits."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST", "/v1/exits", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def get(self, exit_id: str) -> types.JobView:
        """Read an exit: GET /v1/exits/{exit_id}."""
        return cast(
            "types.JobView", self._transport.json("GET", f"/v1/exits/{quote(exit_id, safe='')}")
        )

    def file(self, exit_id: str) -> bytes:
        """Download an exit: GET /v1/exits/{exit_id}/file."""
        return self._transport.content("GET", f"/v1/exits/{quote(exit_id, safe='')}/file")

    def move(
        self,
        exit_id: str,
        body: types.MoveInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__exits__schemas__MoveView:
        """Move an entity: POST /v1/exits/{exit_id}/move."""
        return cast(
            "types.gateway__exits__schemas__MoveView",
            self._transport.json(
                "POST",
                f"/v1/exits/{quote(exit_id, safe='')}/move",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def stay(
        self, exit_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.gateway__exits__schemas__MoveView:
        """Keep an entity after all: POST /v1/exits/{exit_id}/stay."""
        return cast(
            "types.gateway__exits__schemas__MoveView",
            self._transport.json(
                "POST",
                f"/v1/exits/{quote(exit_id, safe='')}/stay",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Exports:
    """`/v1/exports`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        body: types.ExportInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Export documents: POST /v1/exports."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST", "/v1/exports", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def get(self, export_id: str) -> types.JobView:
        """Read an export: GET /v1/exports/{export_id}."""
        return cast(
            "types.JobView",
            self._transport.json("GET", f"/v1/exports/{quote(export_id, safe='')}"),
        )

    def file(self, export_id: str) -> bytes:
        """Download an export: GET /v1/exports/{export_id}/file."""
        return self._transport.content("GET", f"/v1/exports/{quote(export_id, safe='')}/file")

    def manifest(self, export_id: str) -> bytes:
        """Download a manifest: GET /v1/exports/{export_id}/manifest."""
        return self._transport.content("GET", f"/v1/exports/{quote(export_id, safe='')}/manifest")


class Inbox:
    """`/v1/inbox`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["received", "readable", "unreadable"] | None = None,
        verdict: Literal["valid", "invalid", "not_judged"] | None = None,
        business: Literal["new", "accepted", "rejected", "paid"] | None = None,
        misaddressed: bool | None = None,
        supplier: str | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        search: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ReceivedSummary]:
        """List received documents, newest first: GET /v1/inbox."""
        return Pages(
            self._transport,
            "/v1/inbox",
            {
                "state": state,
                "verdict": verdict,
                "business": business,
                "misaddressed": misaddressed,
                "supplier": supplier,
                "number": number,
                "from": from_,
                "until": until,
                "search": search,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def upload(
        self,
        body: bytes | types.DocumentWithSeller,
        content_type: str = "application/xml",
        *,
        filename: str | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ReceivedView:
        """Put a document into the inbox: POST /v1/inbox."""
        return cast(
            "types.ReceivedView",
            self._transport.json(
                "POST",
                "/v1/inbox",
                query={"filename": filename, "metadata": metadata},
                body=body,
                content_type=content_type,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get(self, received_id: str, *, entity: str | None = None) -> types.ReceivedView:
        """Read a received document: GET /v1/inbox/{received_id}."""
        return cast(
            "types.ReceivedView",
            self._transport.json("GET", f"/v1/inbox/{quote(received_id, safe='')}", entity=entity),
        )

    def update(
        self, received_id: str, body: types.ReceivedChange, *, entity: str | None = None
    ) -> types.ReceivedView:
        """Label a received document: PATCH /v1/inbox/{received_id}."""
        return cast(
            "types.ReceivedView",
            self._transport.json(
                "PATCH", f"/v1/inbox/{quote(received_id, safe='')}", body=body, entity=entity
            ),
        )

    def accept(
        self, received_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.ReceivedView:
        """Accept a received document: POST /v1/inbox/{received_id}/accept."""
        return cast(
            "types.ReceivedView",
            self._transport.json(
                "POST",
                f"/v1/inbox/{quote(received_id, safe='')}/accept",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def bundle(
        self, received_id: str, *, since: Sequence[int] | None = None, entity: str | None = None
    ) -> bytes:
        """Export the evidence bundle of a received document: GET /v1/inbox/{received_id}/bundle."""
        return self._transport.content(
            "GET",
            f"/v1/inbox/{quote(received_id, safe='')}/bundle",
            query={"since": since},
            entity=entity,
        )

    def document(self, received_id: str, *, entity: str | None = None) -> bytes:
        """Download what was received: GET /v1/inbox/{received_id}/document."""
        return self._transport.content(
            "GET", f"/v1/inbox/{quote(received_id, safe='')}/document", entity=entity
        )

    def evidence(
        self, received_id: str, *, entity: str | None = None
    ) -> types.ReceivedEvidenceList:
        """List the evidence of a received document: GET /v1/inbox/{received_id}/evidence."""
        return cast(
            "types.ReceivedEvidenceList",
            self._transport.json(
                "GET", f"/v1/inbox/{quote(received_id, safe='')}/evidence", entity=entity
            ),
        )

    def get_evidence(self, received_id: str, entry_id: str, *, entity: str | None = None) -> bytes:
        """Download evidence of a received document: GET /v1/inbox/{received_id}/evidence/{entry_id}."""
        return self._transport.content(
            "GET",
            f"/v1/inbox/{quote(received_id, safe='')}/evidence/{quote(entry_id, safe='')}",
            entity=entity,
        )

    def paid(
        self,
        received_id: str,
        body: types.ReceivedPaymentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ReceivedView:
        """Mark a received document as paid: POST /v1/inbox/{received_id}/paid."""
        return cast(
            "types.ReceivedView",
            self._transport.json(
                "POST",
                f"/v1/inbox/{quote(received_id, safe='')}/paid",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(
        self,
        received_id: str,
        *,
        template: Literal["classic", "modern", "condensed"] | None = None,
        locale: str | None = None,
        entity: str | None = None,
    ) -> bytes:
        """Show a received document as pages: GET /v1/inbox/{received_id}/pdf."""
        return self._transport.content(
            "GET",
            f"/v1/inbox/{quote(received_id, safe='')}/pdf",
            query={"template": template, "locale": locale},
            entity=entity,
        )

    def reject(
        self,
        received_id: str,
        body: types.RejectionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ReceivedView:
        """Reject a received document: POST /v1/inbox/{received_id}/reject."""
        return cast(
            "types.ReceivedView",
            self._transport.json(
                "POST",
                f"/v1/inbox/{quote(received_id, safe='')}/reject",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Intake:
    """`/v1/intake`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["queued", "succeeded", "failed"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.IntakeView]:
        """List what was handed in: GET /v1/intake."""
        return Pages(
            self._transport,
            "/v1/intake",
            {"state": state, "limit": limit, "metadata": metadata},
            entity,
        )

    def get(self, intake_id: str, *, entity: str | None = None) -> types.IntakeView:
        """Get what was handed in: GET /v1/intake/{intake_id}."""
        return cast(
            "types.IntakeView",
            self._transport.json("GET", f"/v1/intake/{quote(intake_id, safe='')}", entity=entity),
        )


class Invitations:
    """`/v1/invitations`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def accept(
        self, body: types.TokenInput, *, idempotency_key: str | None = None
    ) -> types.NewSessionView:
        """Accept Invitation: POST /v1/invitations/accept."""
        return cast(
            "types.NewSessionView",
            self._transport.json(
                "POST", "/v1/invitations/accept", body=body, idempotency_key=idempotency_key
            ),
        )


class Invoices:
    """`/v1/invoices`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List invoices, newest first: GET /v1/invoices."""
        return Pages(
            self._transport,
            "/v1/invoices",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a invoice: POST /v1/invoices."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/invoices",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a invoice: POST /v1/invoices/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/invoices/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft invoice: DELETE /v1/invoices/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/invoices/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a invoice: GET /v1/invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/invoices/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft invoice: PUT /v1/invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/invoices/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a invoice: POST /v1/invoices/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/invoices/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the invoice as PDF: GET /v1/invoices/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/invoices/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def remind(
        self,
        document_id: str,
        body: types.RemindInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Remind Of Invoice: POST /v1/invoices/{document_id}/remind."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/invoices/{quote(document_id, safe='')}/remind",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the invoice by e-mail: POST /v1/invoices/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/invoices/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a invoice is taxed as it is: GET /v1/invoices/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/invoices/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )


class Items:
    """`/v1/items`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        search: str | None = None,
        sku: str | None = None,
        gtin: str | None = None,
        deleted: bool | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ItemView]:
        """List Items: GET /v1/items."""
        return Pages(
            self._transport,
            "/v1/items",
            {
                "search": search,
                "sku": sku,
                "gtin": gtin,
                "deleted": deleted,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.ItemInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ItemView:
        """Create Item: POST /v1/items."""
        return cast(
            "types.ItemView",
            self._transport.json(
                "POST", "/v1/items", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def import_(
        self,
        body: bytes,
        content_type: str = "text/csv",
        *,
        dry_run: bool | None = None,
        mode: Literal["all", "each"] | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ImportReport:
        """Import Items: POST /v1/items/import."""
        return cast(
            "types.ImportReport",
            self._transport.json(
                "POST",
                "/v1/items/import",
                query={"dry_run": dry_run, "mode": mode},
                body=body,
                content_type=content_type,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, item_id: str, *, entity: str | None = None) -> None:
        """Delete Item: DELETE /v1/items/{item_id}."""
        self._transport.json("DELETE", f"/v1/items/{quote(item_id, safe='')}", entity=entity)

    def get(self, item_id: str, *, entity: str | None = None) -> types.ItemView:
        """Read Item: GET /v1/items/{item_id}."""
        return cast(
            "types.ItemView",
            self._transport.json("GET", f"/v1/items/{quote(item_id, safe='')}", entity=entity),
        )

    def update(
        self, item_id: str, body: types.ItemChange, *, entity: str | None = None
    ) -> types.ItemView:
        """Change Item: PATCH /v1/items/{item_id}."""
        return cast(
            "types.ItemView",
            self._transport.json(
                "PATCH", f"/v1/items/{quote(item_id, safe='')}", body=body, entity=entity
            ),
        )

    def restore(
        self, item_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.ItemView:
        """Restore Item: POST /v1/items/{item_id}/restore."""
        return cast(
            "types.ItemView",
            self._transport.json(
                "POST",
                f"/v1/items/{quote(item_id, safe='')}/restore",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Jobs:
    """`/v1/jobs`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["queued", "running", "succeeded", "failed", "cancelled"] | None = None,
        kind: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.JobView]:
        """List Jobs: GET /v1/jobs."""
        return Pages(
            self._transport,
            "/v1/jobs",
            {"state": state, "kind": kind, "limit": limit, "metadata": metadata},
            None,
        )

    def delete(self, job_id: str) -> types.JobView:
        """Cancel Job: DELETE /v1/jobs/{job_id}."""
        return cast(
            "types.JobView", self._transport.json("DELETE", f"/v1/jobs/{quote(job_id, safe='')}")
        )

    def get(self, job_id: str, *, wait: int | None = None) -> types.JobView:
        """Read Job: GET /v1/jobs/{job_id}."""
        return cast(
            "types.JobView",
            self._transport.json(
                "GET", f"/v1/jobs/{quote(job_id, safe='')}", query={"wait": wait}
            ),
        )


class Ksef:
    """`/v1/ksef`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def access(
        self, *, fresh: bool | None = None, entity: str | None = None
    ) -> types.gateway__ksef_access__schemas__AccessView:
        """Say what the entity may do at KSeF: GET /v1/ksef/access."""
        return cast(
            "types.gateway__ksef_access__schemas__AccessView",
            self._transport.json("GET", "/v1/ksef/access", query={"fresh": fresh}, entity=entity),
        )

    def grants(
        self, *, metadata: Mapping[str, str] | None = None, entity: str | None = None
    ) -> Pages[types.GrantView]:
        """List permissions at KSeF: GET /v1/ksef/grants."""
        return Pages(self._transport, "/v1/ksef/grants", {"metadata": metadata}, entity)

    def create_grant(
        self,
        body: types.GrantInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.OperationView:
        """Grant a permission at KSeF: POST /v1/ksef/grants."""
        return cast(
            "types.OperationView",
            self._transport.json(
                "POST",
                "/v1/ksef/grants",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete_grant(
        self,
        permission: str,
        *,
        to: Literal["person", "authorization"] | None = None,
        entity: str | None = None,
    ) -> types.OperationView:
        """Revoke a permission at KSeF: DELETE /v1/ksef/grants/{permission}."""
        return cast(
            "types.OperationView",
            self._transport.json(
                "DELETE",
                f"/v1/ksef/grants/{quote(permission, safe='')}",
                query={"to": to},
                entity=entity,
            ),
        )

    def tokens(
        self, *, metadata: Mapping[str, str] | None = None, entity: str | None = None
    ) -> Pages[types.KsefTokenView]:
        """List KSeF tokens: GET /v1/ksef/tokens."""
        return Pages(self._transport, "/v1/ksef/tokens", {"metadata": metadata}, entity)

    def create_token(
        self,
        body: types.KsefTokenInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SecretView:
        """Make a KSeF token: POST /v1/ksef/tokens."""
        return cast(
            "types.SecretView",
            self._transport.json(
                "POST",
                "/v1/ksef/tokens",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete_token(self, secret_id: str, *, entity: str | None = None) -> None:
        """Revoke a KSeF token: DELETE /v1/ksef/tokens/{secret_id}."""
        self._transport.json(
            "DELETE", f"/v1/ksef/tokens/{quote(secret_id, safe='')}", entity=entity
        )


class Log:
    """`/v1/log`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def anchors(self, *, limit: int | None = None) -> types.LogAnchorList:
        """List where heads of the log are: GET /v1/log/anchors."""
        return cast(
            "types.LogAnchorList",
            self._transport.json("GET", "/v1/log/anchors", query={"limit": limit}),
        )

    def checkpoint(self, *, cosigned: bool | None = None) -> str:
        """Read the newest checkpoint: GET /v1/log/checkpoint."""
        return self._transport.content(
            "GET", "/v1/log/checkpoint", query={"cosigned": cosigned}
        ).decode()

    def consistency(self, *, old: int, new: int) -> types.ConsistencyProof:
        """Prove that the log only grew: GET /v1/log/consistency."""
        return cast(
            "types.ConsistencyProof",
            self._transport.json("GET", "/v1/log/consistency", query={"old": old, "new": new}),
        )

    def entity_checkpoint(self, *, size: int | None = None, entity: str | None = None) -> str:
        """Read a checkpoint of the entity: GET /v1/log/entity/checkpoint."""
        return self._transport.content(
            "GET", "/v1/log/entity/checkpoint", query={"size": size}, entity=entity
        ).decode()

    def entity_consistency(
        self, *, old: int, new: int, entity: str | None = None
    ) -> types.ConsistencyProof:
        """Prove that the entity's log only grew: GET /v1/log/entity/consistency."""
        return cast(
            "types.ConsistencyProof",
            self._transport.json(
                "GET", "/v1/log/entity/consistency", query={"old": old, "new": new}, entity=entity
            ),
        )

    def entity_key(self, *, entity: str | None = None) -> str:
        """Read the entity log's verifier key: GET /v1/log/entity/key."""
        return self._transport.content("GET", "/v1/log/entity/key", entity=entity).decode()

    def entity_leaves(
        self, *, first: int | None = None, limit: int | None = None, entity: str | None = None
    ) -> types.EntityLogLeaves:
        """List the leaves of the entity: GET /v1/log/entity/leaves."""
        return cast(
            "types.EntityLogLeaves",
            self._transport.json(
                "GET",
                "/v1/log/entity/leaves",
                query={"first": first, "limit": limit},
                entity=entity,
            ),
        )

    def entity_proof(self, *, index: int, entity: str | None = None) -> str:
        """Prove that a leaf is the entity's: GET /v1/log/entity/proof."""
        return self._transport.content(
            "GET", "/v1/log/entity/proof", query={"index": index}, entity=entity
        ).decode()

    def key(self) -> str:
        """Read the log's verifier key: GET /v1/log/key."""
        return self._transport.content("GET", "/v1/log/key").decode()

    def get_tile(self, level: str, tile: str) -> bytes:
        """Read a tile of hashes: GET /v1/log/tile/{level}/{tile}."""
        return self._transport.content(
            "GET", f"/v1/log/tile/{quote(level, safe='')}/{quote(tile, safe='')}"
        )


class Orders:
    """`/v1/orders`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List orders, newest first: GET /v1/orders."""
        return Pages(
            self._transport,
            "/v1/orders",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a order: POST /v1/orders."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/orders",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a order: POST /v1/orders/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/orders/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft order: DELETE /v1/orders/{document_id}."""
        self._transport.json("DELETE", f"/v1/orders/{quote(document_id, safe='')}", entity=entity)

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a order: GET /v1/orders/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/orders/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft order: PUT /v1/orders/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/orders/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a order: POST /v1/orders/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/orders/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the order as PDF: GET /v1/orders/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/orders/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the order by e-mail: POST /v1/orders/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/orders/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a order is taxed as it is: GET /v1/orders/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/orders/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )


class Payments:
    """`/v1/payments`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        document_id: str | None = None,
        reference: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.PaymentView]:
        """List payments, newest first: GET /v1/payments."""
        return Pages(
            self._transport,
            "/v1/payments",
            {
                "document_id": document_id,
                "reference": reference,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def get(self, payment_id: str, *, entity: str | None = None) -> types.PaymentView:
        """Read a payment: GET /v1/payments/{payment_id}."""
        return cast(
            "types.PaymentView",
            self._transport.json(
                "GET", f"/v1/payments/{quote(payment_id, safe='')}", entity=entity
            ),
        )

    def reverse(
        self,
        payment_id: str,
        body: types.ReversalInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.PaymentView:
        """Reverse a payment: POST /v1/payments/{payment_id}/reverse."""
        return cast(
            "types.PaymentView",
            self._transport.json(
                "POST",
                f"/v1/payments/{quote(payment_id, safe='')}/reverse",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Pickups:
    """`/v1/pickups`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, entity: str | None = None) -> types.PickupList:
        """List what is fetched into the inbox: GET /v1/pickups."""
        return cast("types.PickupList", self._transport.json("GET", "/v1/pickups", entity=entity))

    def run(
        self, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.PickupList:
        """Fetch into the inbox now: POST /v1/pickups/run."""
        return cast(
            "types.PickupList",
            self._transport.json(
                "POST", "/v1/pickups/run", entity=entity, idempotency_key=idempotency_key
            ),
        )


class Premises:
    """`/v1/premises`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["declared", "registered", "closed", "unknown"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.PremiseView]:
        """List business premises: GET /v1/premises."""
        return Pages(
            self._transport,
            "/v1/premises",
            {"state": state, "limit": limit, "metadata": metadata},
            entity,
        )

    def create(
        self,
        body: types.PremiseInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.PremiseView:
        """Declare a business premise: POST /v1/premises."""
        return cast(
            "types.PremiseView",
            self._transport.json(
                "POST", "/v1/premises", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def internal_act(self, *, adopted_on: str | None = None, entity: str | None = None) -> bytes:
        """Download the internal act: GET /v1/premises/internal-act."""
        return self._transport.content(
            "GET", "/v1/premises/internal-act", query={"adopted_on": adopted_on}, entity=entity
        )

    def get(self, premise_id: str, *, entity: str | None = None) -> types.PremiseView:
        """Read a business premise: GET /v1/premises/{premise_id}."""
        return cast(
            "types.PremiseView",
            self._transport.json(
                "GET", f"/v1/premises/{quote(premise_id, safe='')}", entity=entity
            ),
        )

    def update(
        self, premise_id: str, body: types.PremiseChange, *, entity: str | None = None
    ) -> types.PremiseView:
        """Change a declared premise: PATCH /v1/premises/{premise_id}."""
        return cast(
            "types.PremiseView",
            self._transport.json(
                "PATCH", f"/v1/premises/{quote(premise_id, safe='')}", body=body, entity=entity
            ),
        )

    def close(
        self, premise_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.PremiseView:
        """Close a premise: POST /v1/premises/{premise_id}/close."""
        return cast(
            "types.PremiseView",
            self._transport.json(
                "POST",
                f"/v1/premises/{quote(premise_id, safe='')}/close",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def register(
        self, premise_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.PremiseView:
        """Register a premise: POST /v1/premises/{premise_id}/register."""
        return cast(
            "types.PremiseView",
            self._transport.json(
                "POST",
                f"/v1/premises/{quote(premise_id, safe='')}/register",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def reports(
        self,
        premise_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.PremiseReportView]:
        """List what the authority was told: GET /v1/premises/{premise_id}/reports."""
        return Pages(
            self._transport,
            f"/v1/premises/{quote(premise_id, safe='')}/reports",
            {"limit": limit, "metadata": metadata},
            entity,
        )


class Profiles:
    """`/v1/profiles`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> types.ProfileList:
        """List the profiles: GET /v1/profiles."""
        return cast("types.ProfileList", self._transport.json("GET", "/v1/profiles"))


class Proformas:
    """`/v1/proformas`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List proformas, newest first: GET /v1/proformas."""
        return Pages(
            self._transport,
            "/v1/proformas",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a proforma: POST /v1/proformas."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/proformas",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a proforma: POST /v1/proformas/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/proformas/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft proforma: DELETE /v1/proformas/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/proformas/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a proforma: GET /v1/proformas/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/proformas/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft proforma: PUT /v1/proformas/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/proformas/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a proforma: POST /v1/proformas/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/proformas/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the proforma as PDF: GET /v1/proformas/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/proformas/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the proforma by e-mail: POST /v1/proformas/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/proformas/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a proforma is taxed as it is: GET /v1/proformas/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/proformas/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )


class Receipts:
    """`/v1/receipts`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List receipts, newest first: GET /v1/receipts."""
        return Pages(
            self._transport,
            "/v1/receipts",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a receipt: POST /v1/receipts."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/receipts",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a receipt: POST /v1/receipts/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/receipts/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft receipt: DELETE /v1/receipts/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/receipts/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a receipt: GET /v1/receipts/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/receipts/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft receipt: PUT /v1/receipts/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/receipts/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a receipt: POST /v1/receipts/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/receipts/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the receipt as PDF: GET /v1/receipts/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/receipts/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the receipt by e-mail: POST /v1/receipts/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/receipts/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a receipt is taxed as it is: GET /v1/receipts/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET", f"/v1/receipts/{quote(document_id, safe='')}/tax-decision", entity=entity
            ),
        )


class RecurringInvoices:
    """`/v1/recurring-invoices`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        state: Literal["active", "paused", "completed", "failed"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.RecurringView]:
        """List Recurring Invoices: GET /v1/recurring-invoices."""
        return Pages(
            self._transport,
            "/v1/recurring-invoices",
            {"state": state, "limit": limit, "metadata": metadata},
            entity,
        )

    def create(
        self,
        body: types.RecurringInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.RecurringView:
        """Create Recurring Invoice: POST /v1/recurring-invoices."""
        return cast(
            "types.RecurringView",
            self._transport.json(
                "POST",
                "/v1/recurring-invoices",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, recurring_id: str, *, entity: str | None = None) -> None:
        """Delete Recurring Invoice: DELETE /v1/recurring-invoices/{recurring_id}."""
        self._transport.json(
            "DELETE", f"/v1/recurring-invoices/{quote(recurring_id, safe='')}", entity=entity
        )

    def get(self, recurring_id: str, *, entity: str | None = None) -> types.RecurringView:
        """Read Recurring Invoice: GET /v1/recurring-invoices/{recurring_id}."""
        return cast(
            "types.RecurringView",
            self._transport.json(
                "GET", f"/v1/recurring-invoices/{quote(recurring_id, safe='')}", entity=entity
            ),
        )

    def update(
        self, recurring_id: str, body: types.RecurringChange, *, entity: str | None = None
    ) -> types.RecurringView:
        """Change Recurring Invoice: PATCH /v1/recurring-invoices/{recurring_id}."""
        return cast(
            "types.RecurringView",
            self._transport.json(
                "PATCH",
                f"/v1/recurring-invoices/{quote(recurring_id, safe='')}",
                body=body,
                entity=entity,
            ),
        )

    def occurrences(
        self,
        recurring_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.OccurrenceView]:
        """List Occurrences: GET /v1/recurring-invoices/{recurring_id}/occurrences."""
        return Pages(
            self._transport,
            f"/v1/recurring-invoices/{quote(recurring_id, safe='')}/occurrences",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def pause(
        self, recurring_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.RecurringView:
        """Pause Recurring Invoice: POST /v1/recurring-invoices/{recurring_id}/pause."""
        return cast(
            "types.RecurringView",
            self._transport.json(
                "POST",
                f"/v1/recurring-invoices/{quote(recurring_id, safe='')}/pause",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self, recurring_id: str, *, count: int | None = None, entity: str | None = None
    ) -> types.gateway__recurring__schemas__PreviewView:
        """Preview Recurring Invoice: GET /v1/recurring-invoices/{recurring_id}/preview."""
        return cast(
            "types.gateway__recurring__schemas__PreviewView",
            self._transport.json(
                "GET",
                f"/v1/recurring-invoices/{quote(recurring_id, safe='')}/preview",
                query={"count": count},
                entity=entity,
            ),
        )

    def resume(
        self, recurring_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.RecurringView:
        """Resume Recurring Invoice: POST /v1/recurring-invoices/{recurring_id}/resume."""
        return cast(
            "types.RecurringView",
            self._transport.json(
                "POST",
                f"/v1/recurring-invoices/{quote(recurring_id, safe='')}/resume",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Reports:
    """`/v1/reports`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def compliance(
        self,
        *,
        state: Literal["pending", "failed", "unknown", "action_required"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ComplianceRow]:
        """The compliance board: GET /v1/reports/compliance."""
        return Pages(
            self._transport,
            "/v1/reports/compliance",
            {"state": state, "limit": limit, "metadata": metadata},
            entity,
        )

    def receivables(
        self,
        *,
        group_by: str | None = None,
        as_of: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        kind: Sequence[types.DocumentKind] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ReceivablesRow]:
        """Receivables by age: GET /v1/reports/receivables."""
        return Pages(
            self._transport,
            "/v1/reports/receivables",
            {
                "group_by": group_by,
                "as_of": as_of,
                "from": from_,
                "to": to,
                "kind": kind,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def totals(
        self,
        *,
        group_by: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        kind: Sequence[types.DocumentKind] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.TotalsRow]:
        """Totals of issued documents: GET /v1/reports/totals."""
        return Pages(
            self._transport,
            "/v1/reports/totals",
            {
                "group_by": group_by,
                "from": from_,
                "to": to,
                "kind": kind,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def usage(
        self,
        *,
        from_: str | None = None,
        to: str | None = None,
        group_by: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.UsageRow]:
        """Documents issued each month: GET /v1/reports/usage."""
        return Pages(
            self._transport,
            "/v1/reports/usage",
            {"from": from_, "to": to, "group_by": group_by, "limit": limit, "metadata": metadata},
            entity,
        )

    def vat(
        self,
        *,
        group_by: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        kind: Sequence[types.DocumentKind] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.VatRow]:
        """VAT by category and rate: GET /v1/reports/vat."""
        return Pages(
            self._transport,
            "/v1/reports/vat",
            {
                "group_by": group_by,
                "from": from_,
                "to": to,
                "kind": kind,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )


class Retention:
    """`/v1/retention`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_certificate(
        self, destroyed_id: str, *, entity: str | None = None
    ) -> types.DestructionCertificateView:
        """Read the certificate of a destruction: GET /v1/retention/certificates/{destroyed_id}."""
        return cast(
            "types.DestructionCertificateView",
            self._transport.json(
                "GET", f"/v1/retention/certificates/{quote(destroyed_id, safe='')}", entity=entity
            ),
        )

    def destructions(
        self,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DestructionView]:
        """List destructions: GET /v1/retention/destructions."""
        return Pages(
            self._transport,
            "/v1/retention/destructions",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def create_destruction(
        self,
        body: types.DestructionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DestructionDetailView:
        """Propose to destroy documents: POST /v1/retention/destructions."""
        return cast(
            "types.DestructionDetailView",
            self._transport.json(
                "POST",
                "/v1/retention/destructions",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get_destruction(
        self, destruction_id: str, *, entity: str | None = None
    ) -> types.DestructionDetailView:
        """Read a destruction: GET /v1/retention/destructions/{destruction_id}."""
        return cast(
            "types.DestructionDetailView",
            self._transport.json(
                "GET",
                f"/v1/retention/destructions/{quote(destruction_id, safe='')}",
                entity=entity,
            ),
        )

    def approve_destruction(
        self,
        destruction_id: str,
        body: types.DestructionDecisionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DestructionView:
        """Approve a destruction: POST /v1/retention/destructions/{destruction_id}/approve."""
        return cast(
            "types.DestructionView",
            self._transport.json(
                "POST",
                f"/v1/retention/destructions/{quote(destruction_id, safe='')}/approve",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def reject_destruction(
        self,
        destruction_id: str,
        body: types.DestructionDecisionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DestructionView:
        """Reject a destruction: POST /v1/retention/destructions/{destruction_id}/reject."""
        return cast(
            "types.DestructionView",
            self._transport.json(
                "POST",
                f"/v1/retention/destructions/{quote(destruction_id, safe='')}/reject",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def documents(
        self,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.OverView]:
        """List documents whose last day is past: GET /v1/retention/documents."""
        return Pages(
            self._transport,
            "/v1/retention/documents",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def get_document(
        self, document_id: str, *, as_of: str | None = None, entity: str | None = None
    ) -> types.RetentionView:
        """Read how long a document is kept: GET /v1/retention/documents/{document_id}."""
        return cast(
            "types.RetentionView",
            self._transport.json(
                "GET",
                f"/v1/retention/documents/{quote(document_id, safe='')}",
                query={"as_of": as_of},
                entity=entity,
            ),
        )

    def subjects_document(
        self,
        document_id: str,
        body: types.SubjectsInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.RetentionView:
        """Note what a document is about: POST /v1/retention/documents/{document_id}/subjects."""
        return cast(
            "types.RetentionView",
            self._transport.json(
                "POST",
                f"/v1/retention/documents/{quote(document_id, safe='')}/subjects",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def erasures(
        self,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ErasureView]:
        """List erasures: GET /v1/retention/erasures."""
        return Pages(
            self._transport,
            "/v1/retention/erasures",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def create_erasure(
        self,
        body: types.ErasureInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ErasureView:
        """Ask for the erasure of a customer: POST /v1/retention/erasures."""
        return cast(
            "types.ErasureView",
            self._transport.json(
                "POST",
                "/v1/retention/erasures",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get_erasure(self, erasure_id: str, *, entity: str | None = None) -> types.ErasureView:
        """Read an erasure: GET /v1/retention/erasures/{erasure_id}."""
        return cast(
            "types.ErasureView",
            self._transport.json(
                "GET", f"/v1/retention/erasures/{quote(erasure_id, safe='')}", entity=entity
            ),
        )

    def approve_erasure(
        self,
        erasure_id: str,
        body: types.ErasureDecisionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ErasureView:
        """Approve an erasure: POST /v1/retention/erasures/{erasure_id}/approve."""
        return cast(
            "types.ErasureView",
            self._transport.json(
                "POST",
                f"/v1/retention/erasures/{quote(erasure_id, safe='')}/approve",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def erasures_documents(
        self,
        erasure_id: str,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.ErasureDocumentView]:
        """List the documents that name the customer: GET /v1/retention/erasures/{erasure_id}/documents."""
        return Pages(
            self._transport,
            f"/v1/retention/erasures/{quote(erasure_id, safe='')}/documents",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def reject_erasure(
        self,
        erasure_id: str,
        body: types.ErasureDecisionInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ErasureView:
        """Reject an erasure: POST /v1/retention/erasures/{erasure_id}/reject."""
        return cast(
            "types.ErasureView",
            self._transport.json(
                "POST",
                f"/v1/retention/erasures/{quote(erasure_id, safe='')}/reject",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def extensions(
        self, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.JobView:
        """Keep documents as long as today's law says: POST /v1/retention/extensions."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST", "/v1/retention/extensions", entity=entity, idempotency_key=idempotency_key
            ),
        )

    def holds(
        self,
        *,
        active: bool | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.HoldView]:
        """List legal holds: GET /v1/retention/holds."""
        return Pages(
            self._transport,
            "/v1/retention/holds",
            {"active": active, "limit": limit, "metadata": metadata},
            entity,
        )

    def create_hold(
        self,
        body: types.HoldInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.HoldView:
        """Place a legal hold: POST /v1/retention/holds."""
        return cast(
            "types.HoldView",
            self._transport.json(
                "POST",
                "/v1/retention/holds",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get_hold(self, hold_id: str, *, entity: str | None = None) -> types.HoldView:
        """Read a legal hold: GET /v1/retention/holds/{hold_id}."""
        return cast(
            "types.HoldView",
            self._transport.json(
                "GET", f"/v1/retention/holds/{quote(hold_id, safe='')}", entity=entity
            ),
        )

    def end_hold(
        self,
        hold_id: str,
        body: types.HoldEndInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.HoldView:
        """End a legal hold: POST /v1/retention/holds/{hold_id}/end."""
        return cast(
            "types.HoldView",
            self._transport.json(
                "POST",
                f"/v1/retention/holds/{quote(hold_id, safe='')}/end",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def received(
        self,
        *,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.OverView]:
        """List received documents whose last day is past: GET /v1/retention/received."""
        return Pages(
            self._transport,
            "/v1/retention/received",
            {"limit": limit, "metadata": metadata},
            entity,
        )

    def get_received(
        self, received_id: str, *, as_of: str | None = None, entity: str | None = None
    ) -> types.RetentionView:
        """Read how long a received document is kept: GET /v1/retention/received/{received_id}."""
        return cast(
            "types.RetentionView",
            self._transport.json(
                "GET",
                f"/v1/retention/received/{quote(received_id, safe='')}",
                query={"as_of": as_of},
                entity=entity,
            ),
        )

    def subjects_received(
        self,
        received_id: str,
        body: types.SubjectsInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.RetentionView:
        """Note what a received document is about: POST /v1/retention/received/{received_id}/subjects."""
        return cast(
            "types.RetentionView",
            self._transport.json(
                "POST",
                f"/v1/retention/received/{quote(received_id, safe='')}/subjects",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Secrets:
    """`/v1/secrets`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        kind: Literal["ksef-token"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.SecretView]:
        """List secrets: GET /v1/secrets."""
        return Pages(
            self._transport,
            "/v1/secrets",
            {"kind": kind, "limit": limit, "metadata": metadata},
            entity,
        )

    def create(
        self,
        body: types.SecretInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SecretView:
        """Put a secret into the vault: POST /v1/secrets."""
        return cast(
            "types.SecretView",
            self._transport.json(
                "POST", "/v1/secrets", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def delete(self, secret_id: str, *, entity: str | None = None) -> None:
        """Wipe a secret from the vault: DELETE /v1/secrets/{secret_id}."""
        self._transport.json("DELETE", f"/v1/secrets/{quote(secret_id, safe='')}", entity=entity)

    def get(self, secret_id: str, *, entity: str | None = None) -> types.SecretView:
        """Read what is known of a secret: GET /v1/secrets/{secret_id}."""
        return cast(
            "types.SecretView",
            self._transport.json("GET", f"/v1/secrets/{quote(secret_id, safe='')}", entity=entity),
        )


class SelfBilledCreditNotes:
    """`/v1/self-billed-credit-notes`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List self billed credit notes, newest first: GET /v1/self-billed-credit-notes."""
        return Pages(
            self._transport,
            "/v1/self-billed-credit-notes",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a self billed credit note: POST /v1/self-billed-credit-notes."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/self-billed-credit-notes",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a self billed credit note: POST /v1/self-billed-credit-notes/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/self-billed-credit-notes/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft self billed credit note: DELETE /v1/self-billed-credit-notes/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a self billed credit note: GET /v1/self-billed-credit-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft self billed credit note: PUT /v1/self-billed-credit-notes/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a self billed credit note: POST /v1/self-billed-credit-notes/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the self billed credit note as PDF: GET /v1/self-billed-credit-notes/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the self billed credit note by e-mail: POST /v1/self-billed-credit-notes/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a self billed credit note is taxed as it is: GET /v1/self-billed-credit-notes/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET",
                f"/v1/self-billed-credit-notes/{quote(document_id, safe='')}/tax-decision",
                entity=entity,
            ),
        )


class SelfBilledInvoices:
    """`/v1/self-billed-invoices`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "issued", "voided", "corrected"] | None = None,
        number: str | None = None,
        from_: str | None = None,
        until: str | None = None,
        customer_id: str | None = None,
        currency: str | None = None,
        payment_status: Literal["unpaid", "partially_paid", "paid", "reversed"] | None = None,
        overdue: bool | None = None,
        deleted: bool | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.DocumentView]:
        """List self billed invoices, newest first: GET /v1/self-billed-invoices."""
        return Pages(
            self._transport,
            "/v1/self-billed-invoices",
            {
                "limit": limit,
                "state": state,
                "number": number,
                "from": from_,
                "until": until,
                "customer_id": customer_id,
                "currency": currency,
                "payment_status": payment_status,
                "overdue": overdue,
                "deleted": deleted,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.DocumentInput,
        *,
        finalize: bool | None = None,
        async_: bool | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DocumentView:
        """Create a self billed invoice: POST /v1/self-billed-invoices."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                "/v1/self-billed-invoices",
                query={"finalize": finalize, "async": async_},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def preview(
        self,
        body: types.DocumentInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__documents__schemas__PreviewView:
        """Preview a self billed invoice: POST /v1/self-billed-invoices/preview."""
        return cast(
            "types.gateway__documents__schemas__PreviewView",
            self._transport.json(
                "POST",
                "/v1/self-billed-invoices/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, document_id: str, *, entity: str | None = None) -> None:
        """Delete a draft self billed invoice: DELETE /v1/self-billed-invoices/{document_id}."""
        self._transport.json(
            "DELETE", f"/v1/self-billed-invoices/{quote(document_id, safe='')}", entity=entity
        )

    def get(self, document_id: str, *, entity: str | None = None) -> types.DocumentView:
        """Read a self billed invoice: GET /v1/self-billed-invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "GET", f"/v1/self-billed-invoices/{quote(document_id, safe='')}", entity=entity
            ),
        )

    def replace(
        self,
        document_id: str,
        body: types.DocumentInput,
        *,
        change_reason: str | None = None,
        entity: str | None = None,
    ) -> types.DocumentView:
        """Replace a draft self billed invoice: PUT /v1/self-billed-invoices/{document_id}."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "PUT",
                f"/v1/self-billed-invoices/{quote(document_id, safe='')}",
                query={"change_reason": change_reason},
                body=body,
                entity=entity,
            ),
        )

    def finalize(
        self, document_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.DocumentView:
        """Issue a self billed invoice: POST /v1/self-billed-invoices/{document_id}/finalize."""
        return cast(
            "types.DocumentView",
            self._transport.json(
                "POST",
                f"/v1/self-billed-invoices/{quote(document_id, safe='')}/finalize",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def pdf(self, document_id: str, *, entity: str | None = None) -> bytes:
        """Download the self billed invoice as PDF: GET /v1/self-billed-invoices/{document_id}/pdf."""
        return self._transport.content(
            "GET", f"/v1/self-billed-invoices/{quote(document_id, safe='')}/pdf", entity=entity
        )

    def send(
        self,
        document_id: str,
        body: types.SendInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.EmailView:
        """Send the self billed invoice by e-mail: POST /v1/self-billed-invoices/{document_id}/send."""
        return cast(
            "types.EmailView",
            self._transport.json(
                "POST",
                f"/v1/self-billed-invoices/{quote(document_id, safe='')}/send",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def tax_decision(
        self, document_id: str, *, entity: str | None = None
    ) -> types.TaxDecisionView:
        """Read why a self billed invoice is taxed as it is: GET /v1/self-billed-invoices/{document_id}/tax-decision."""
        return cast(
            "types.TaxDecisionView",
            self._transport.json(
                "GET",
                f"/v1/self-billed-invoices/{quote(document_id, safe='')}/tax-decision",
                entity=entity,
            ),
        )


class Series:
    """`/v1/series`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self, *, metadata: Mapping[str, str] | None = None, entity: str | None = None
    ) -> Pages[types.SeriesView]:
        """List Series: GET /v1/series."""
        return Pages(self._transport, "/v1/series", {"metadata": metadata}, entity)

    def create(
        self,
        body: types.SeriesInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SeriesView:
        """Create Series: POST /v1/series."""
        return cast(
            "types.SeriesView",
            self._transport.json(
                "POST", "/v1/series", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def get(self, series_id: str, *, entity: str | None = None) -> types.SeriesView:
        """Read Series: GET /v1/series/{series_id}."""
        return cast(
            "types.SeriesView",
            self._transport.json("GET", f"/v1/series/{quote(series_id, safe='')}", entity=entity),
        )

    def update(
        self, series_id: str, body: types.SeriesChange, *, entity: str | None = None
    ) -> types.SeriesView:
        """Change Series: PATCH /v1/series/{series_id}."""
        return cast(
            "types.SeriesView",
            self._transport.json(
                "PATCH", f"/v1/series/{quote(series_id, safe='')}", body=body, entity=entity
            ),
        )

    def preview(
        self,
        series_id: str,
        *,
        date: str | None = None,
        count: int | None = None,
        entity: str | None = None,
    ) -> types.SeriesPreview:
        """Preview Series: GET /v1/series/{series_id}/preview."""
        return cast(
            "types.SeriesPreview",
            self._transport.json(
                "GET",
                f"/v1/series/{quote(series_id, safe='')}/preview",
                query={"date": date, "count": count},
                entity=entity,
            ),
        )

    def report(self, series_id: str, *, entity: str | None = None) -> types.SeriesReport:
        """Report Series: GET /v1/series/{series_id}/report."""
        return cast(
            "types.SeriesReport",
            self._transport.json(
                "GET", f"/v1/series/{quote(series_id, safe='')}/report", entity=entity
            ),
        )


class Sessions:
    """`/v1/sessions`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self, body: types.TokenInput, *, idempotency_key: str | None = None
    ) -> types.NewSessionView:
        """Create Session: POST /v1/sessions."""
        return cast(
            "types.NewSessionView",
            self._transport.json(
                "POST", "/v1/sessions", body=body, idempotency_key=idempotency_key
            ),
        )

    def delete_current(self) -> None:
        """End Current Session: DELETE /v1/sessions/current."""
        self._transport.json("DELETE", "/v1/sessions/current")

    def current(self) -> types.CurrentSessionView:
        """Read Current Session: GET /v1/sessions/current."""
        return cast(
            "types.CurrentSessionView", self._transport.json("GET", "/v1/sessions/current")
        )


class ShareLinks:
    """`/v1/share-links`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def delete(self, share_link_id: str, *, entity: str | None = None) -> None:
        """Revoke Share Link: DELETE /v1/share-links/{share_link_id}."""
        self._transport.json(
            "DELETE", f"/v1/share-links/{quote(share_link_id, safe='')}", entity=entity
        )

    def get(self, share_link_id: str, *, entity: str | None = None) -> types.ShareLinkView:
        """Read Share Link: GET /v1/share-links/{share_link_id}."""
        return cast(
            "types.ShareLinkView",
            self._transport.json(
                "GET", f"/v1/share-links/{quote(share_link_id, safe='')}", entity=entity
            ),
        )


class Signatures:
    """`/v1/signatures`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def verify(
        self, body: types.VerificationInput, *, idempotency_key: str | None = None
    ) -> types.VerificationView:
        """Verify signatures: POST /v1/signatures/verify."""
        return cast(
            "types.VerificationView",
            self._transport.json(
                "POST", "/v1/signatures/verify", body=body, idempotency_key=idempotency_key
            ),
        )


class SigningKeys:
    """`/v1/signing-keys`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        purpose: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.SigningKeyView]:
        """List Signing Keys: GET /v1/signing-keys."""
        return Pages(
            self._transport,
            "/v1/signing-keys",
            {"purpose": purpose, "limit": limit, "metadata": metadata},
            entity,
        )

    def create(
        self,
        body: types.SigningKeyInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SigningKeyView:
        """Create Signing Key: POST /v1/signing-keys."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                "/v1/signing-keys",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def import_(
        self,
        body: types.SigningKeyImport,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SigningKeyView:
        """Import Signing Key: POST /v1/signing-keys/import."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                "/v1/signing-keys/import",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, signing_key_id: str, *, entity: str | None = None) -> None:
        """Destroy Signing Key: DELETE /v1/signing-keys/{signing_key_id}."""
        self._transport.json(
            "DELETE", f"/v1/signing-keys/{quote(signing_key_id, safe='')}", entity=entity
        )

    def get(self, signing_key_id: str, *, entity: str | None = None) -> types.SigningKeyView:
        """Read Signing Key: GET /v1/signing-keys/{signing_key_id}."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "GET", f"/v1/signing-keys/{quote(signing_key_id, safe='')}", entity=entity
            ),
        )

    def update(
        self, signing_key_id: str, body: types.SigningKeyChange, *, entity: str | None = None
    ) -> types.SigningKeyView:
        """Change Signing Key: PATCH /v1/signing-keys/{signing_key_id}."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "PATCH",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}",
                body=body,
                entity=entity,
            ),
        )

    def certificates(
        self,
        signing_key_id: str,
        body: types.CertificateInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SigningKeyView:
        """Add Certificate: POST /v1/signing-keys/{signing_key_id}/certificates."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}/certificates",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def csr(
        self,
        signing_key_id: str,
        body: types.CertificateRequestInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.CertificateRequestView:
        """Request Certificate: POST /v1/signing-keys/{signing_key_id}/csr."""
        return cast(
            "types.CertificateRequestView",
            self._transport.json(
                "POST",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}/csr",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def retire(
        self, signing_key_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.SigningKeyView:
        """Retire Signing Key: POST /v1/signing-keys/{signing_key_id}/retire."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}/retire",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def revoke(
        self,
        signing_key_id: str,
        body: types.KeyRevocationInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SigningKeyView:
        """Revoke Signing Key: POST /v1/signing-keys/{signing_key_id}/revoke."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}/revoke",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def rotate(
        self,
        signing_key_id: str,
        body: types.RotationInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.SigningKeyView:
        """Rotate Signing Key: POST /v1/signing-keys/{signing_key_id}/rotate."""
        return cast(
            "types.SigningKeyView",
            self._transport.json(
                "POST",
                f"/v1/signing-keys/{quote(signing_key_id, safe='')}/rotate",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Tax:
    """`/v1/tax`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def determine(
        self, body: types.DetermineInput, *, idempotency_key: str | None = None
    ) -> types.DeterminationView:
        """Determine the VAT of a sale, and say why: POST /v1/tax/determine."""
        return cast(
            "types.DeterminationView",
            self._transport.json(
                "POST", "/v1/tax/determine", body=body, idempotency_key=idempotency_key
            ),
        )


class Taxes:
    """`/v1/taxes`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        deleted: bool | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.TaxView]:
        """List Taxes: GET /v1/taxes."""
        return Pages(
            self._transport,
            "/v1/taxes",
            {"deleted": deleted, "limit": limit, "metadata": metadata},
            entity,
        )

    def create(
        self,
        body: types.TaxInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.TaxView:
        """Create Tax: POST /v1/taxes."""
        return cast(
            "types.TaxView",
            self._transport.json(
                "POST", "/v1/taxes", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def suggested(
        self,
        *,
        date: str | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.Suggestion]:
        """Suggest Taxes: GET /v1/taxes/suggested."""
        return Pages(
            self._transport, "/v1/taxes/suggested", {"date": date, "metadata": metadata}, entity
        )

    def delete(self, tax_id: str, *, entity: str | None = None) -> None:
        """Delete Tax: DELETE /v1/taxes/{tax_id}."""
        self._transport.json("DELETE", f"/v1/taxes/{quote(tax_id, safe='')}", entity=entity)

    def get(self, tax_id: str, *, entity: str | None = None) -> types.TaxView:
        """Read Tax: GET /v1/taxes/{tax_id}."""
        return cast(
            "types.TaxView",
            self._transport.json("GET", f"/v1/taxes/{quote(tax_id, safe='')}", entity=entity),
        )

    def update(
        self, tax_id: str, body: types.TaxChange, *, entity: str | None = None
    ) -> types.TaxView:
        """Change Tax: PATCH /v1/taxes/{tax_id}."""
        return cast(
            "types.TaxView",
            self._transport.json(
                "PATCH", f"/v1/taxes/{quote(tax_id, safe='')}", body=body, entity=entity
            ),
        )

    def restore(
        self, tax_id: str, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.TaxView:
        """Restore Tax: POST /v1/taxes/{tax_id}/restore."""
        return cast(
            "types.TaxView",
            self._transport.json(
                "POST",
                f"/v1/taxes/{quote(tax_id, safe='')}/restore",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )


class Templates:
    """`/v1/templates`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        purpose: Literal["text", "email", "document"] | None = None,
        document_kind: types.DocumentKind | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.TemplateView]:
        """List Templates: GET /v1/templates."""
        return Pages(
            self._transport,
            "/v1/templates",
            {
                "purpose": purpose,
                "document_kind": document_kind,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.TemplateInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.TemplateView:
        """Create Template: POST /v1/templates."""
        return cast(
            "types.TemplateView",
            self._transport.json(
                "POST", "/v1/templates", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def preview(
        self,
        body: types.PreviewInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.Preview:
        """Preview Template: POST /v1/templates/preview."""
        return cast(
            "types.Preview",
            self._transport.json(
                "POST",
                "/v1/templates/preview",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def delete(self, template_id: str, *, entity: str | None = None) -> None:
        """Delete Template: DELETE /v1/templates/{template_id}."""
        self._transport.json(
            "DELETE", f"/v1/templates/{quote(template_id, safe='')}", entity=entity
        )

    def get(self, template_id: str, *, entity: str | None = None) -> types.TemplateView:
        """Read Template: GET /v1/templates/{template_id}."""
        return cast(
            "types.TemplateView",
            self._transport.json(
                "GET", f"/v1/templates/{quote(template_id, safe='')}", entity=entity
            ),
        )

    def update(
        self, template_id: str, body: types.TemplateChange, *, entity: str | None = None
    ) -> types.TemplateView:
        """Change Template: PATCH /v1/templates/{template_id}."""
        return cast(
            "types.TemplateView",
            self._transport.json(
                "PATCH", f"/v1/templates/{quote(template_id, safe='')}", body=body, entity=entity
            ),
        )


class Transmissions:
    """`/v1/transmissions`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        document_id: str | None = None,
        channel: str | None = None,
        transport: types.Transport | None = None,
        regulatory: types.Regulatory | None = None,
        business: types.Business | None = None,
        action_required: bool | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.Transmission]:
        """List transmissions: GET /v1/transmissions."""
        return Pages(
            self._transport,
            "/v1/transmissions",
            {
                "document_id": document_id,
                "channel": channel,
                "transport": transport,
                "regulatory": regulatory,
                "business": business,
                "action_required": action_required,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def get(self, transmission_id: str, *, entity: str | None = None) -> types.Transmission:
        """Get a transmission: GET /v1/transmissions/{transmission_id}."""
        return cast(
            "types.Transmission",
            self._transport.json(
                "GET", f"/v1/transmissions/{quote(transmission_id, safe='')}", entity=entity
            ),
        )

    def attempts(self, transmission_id: str, *, entity: str | None = None) -> types.AttemptList:
        """List attempts: GET /v1/transmissions/{transmission_id}/attempts."""
        return cast(
            "types.AttemptList",
            self._transport.json(
                "GET",
                f"/v1/transmissions/{quote(transmission_id, safe='')}/attempts",
                entity=entity,
            ),
        )

    def attempts_request(
        self,
        transmission_id: str,
        number: str,
        *,
        exchange: int | None = None,
        entity: str | None = None,
    ) -> bytes:
        """Get the bytes that were sent: GET /v1/transmissions/{transmission_id}/attempts/{number}/request."""
        return self._transport.content(
            "GET",
            f"/v1/transmissions/{quote(transmission_id, safe='')}/attempts/{quote(number, safe='')}/request",
            query={"exchange": exchange},
            entity=entity,
        )

    def attempts_response(
        self,
        transmission_id: str,
        number: str,
        *,
        exchange: int | None = None,
        entity: str | None = None,
    ) -> bytes:
        """Get the bytes that came back: GET /v1/transmissions/{transmission_id}/attempts/{number}/response."""
        return self._transport.content(
            "GET",
            f"/v1/transmissions/{quote(transmission_id, safe='')}/attempts/{quote(number, safe='')}/response",
            query={"exchange": exchange},
            entity=entity,
        )

    def cancel(
        self,
        transmission_id: str,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.Transmission:
        """Take it back before it is sent: POST /v1/transmissions/{transmission_id}/cancel."""
        return cast(
            "types.Transmission",
            self._transport.json(
                "POST",
                f"/v1/transmissions/{quote(transmission_id, safe='')}/cancel",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def replay(self, transmission_id: str, *, entity: str | None = None) -> types.Replay:
        """Put it to today's code: GET /v1/transmissions/{transmission_id}/replay."""
        return cast(
            "types.Replay",
            self._transport.json(
                "GET", f"/v1/transmissions/{quote(transmission_id, safe='')}/replay", entity=entity
            ),
        )

    def retry(
        self,
        transmission_id: str,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.Transmission:
        """Try it again now: POST /v1/transmissions/{transmission_id}/retry."""
        return cast(
            "types.Transmission",
            self._transport.json(
                "POST",
                f"/v1/transmissions/{quote(transmission_id, safe='')}/retry",
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def why(self, transmission_id: str, *, entity: str | None = None) -> types.Why:
        """Why it stands so: GET /v1/transmissions/{transmission_id}/why."""
        return cast(
            "types.Why",
            self._transport.json(
                "GET", f"/v1/transmissions/{quote(transmission_id, safe='')}/why", entity=entity
            ),
        )


class Users:
    """`/v1/users`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        email: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.UserView]:
        """List Users: GET /v1/users."""
        return Pages(
            self._transport,
            "/v1/users",
            {"email": email, "limit": limit, "metadata": metadata},
            None,
        )

    def create(
        self, body: types.UserInput, *, idempotency_key: str | None = None
    ) -> types.UserView:
        """Create User: POST /v1/users."""
        return cast(
            "types.UserView",
            self._transport.json("POST", "/v1/users", body=body, idempotency_key=idempotency_key),
        )

    def delete(self, user_id: str) -> None:
        """Remove User: DELETE /v1/users/{user_id}."""
        self._transport.json("DELETE", f"/v1/users/{quote(user_id, safe='')}")

    def get(self, user_id: str) -> types.UserView:
        """Read User: GET /v1/users/{user_id}."""
        return cast(
            "types.UserView", self._transport.json("GET", f"/v1/users/{quote(user_id, safe='')}")
        )

    def update(self, user_id: str, body: types.UserChange) -> types.UserView:
        """Change User: PATCH /v1/users/{user_id}."""
        return cast(
            "types.UserView",
            self._transport.json("PATCH", f"/v1/users/{quote(user_id, safe='')}", body=body),
        )


class VatChecks:
    """`/v1/vat-checks`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        vat_id: str | None = None,
        outcome: types.Outcome | None = None,
        customer_id: str | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
        entity: str | None = None,
    ) -> Pages[types.gateway__vies__schemas__VatCheckView]:
        """List checks of VAT numbers: GET /v1/vat-checks."""
        return Pages(
            self._transport,
            "/v1/vat-checks",
            {
                "vat_id": vat_id,
                "outcome": outcome,
                "customer_id": customer_id,
                "limit": limit,
                "metadata": metadata,
            },
            entity,
        )

    def create(
        self,
        body: types.VatCheckInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.gateway__vies__schemas__VatCheckView:
        """Check a VAT number: POST /v1/vat-checks."""
        return cast(
            "types.gateway__vies__schemas__VatCheckView",
            self._transport.json(
                "POST", "/v1/vat-checks", body=body, entity=entity, idempotency_key=idempotency_key
            ),
        )

    def batch(
        self,
        body: types.VatBatchInput,
        *,
        wait: int | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.JobView:
        """Check many VAT numbers: POST /v1/vat-checks/batch."""
        return cast(
            "types.JobView",
            self._transport.json(
                "POST",
                "/v1/vat-checks/batch",
                query={"wait": wait},
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def get_batch(
        self,
        batch_id: str,
        *,
        outcome: types.Outcome | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.VatBatchItem]:
        """Read the report of a batch: GET /v1/vat-checks/batch/{batch_id}."""
        return Pages(
            self._transport,
            f"/v1/vat-checks/batch/{quote(batch_id, safe='')}",
            {"outcome": outcome, "limit": limit, "metadata": metadata},
            None,
        )

    def batch_file(self, batch_id: str, *, format: Literal["csv", "xlsx"] | None = None) -> bytes:
        """Download the report of a batch: GET /v1/vat-checks/batch/{batch_id}/file."""
        return self._transport.content(
            "GET",
            f"/v1/vat-checks/batch/{quote(batch_id, safe='')}/file",
            query={"format": format},
        )

    def get(
        self, check_id: str, *, entity: str | None = None
    ) -> types.gateway__vies__schemas__VatCheckView:
        """Read a check: GET /v1/vat-checks/{check_id}."""
        return cast(
            "types.gateway__vies__schemas__VatCheckView",
            self._transport.json(
                "GET", f"/v1/vat-checks/{quote(check_id, safe='')}", entity=entity
            ),
        )

    def evidence(self, check_id: str, *, entity: str | None = None) -> types.VatCheckEvidence:
        """Read the bytes of a check: GET /v1/vat-checks/{check_id}/evidence."""
        return cast(
            "types.VatCheckEvidence",
            self._transport.json(
                "GET", f"/v1/vat-checks/{quote(check_id, safe='')}/evidence", entity=entity
            ),
        )


class VatServices:
    """`/v1/vat-services`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> types.VatServiceList:
        """List how the authorities answer: GET /v1/vat-services."""
        return cast("types.VatServiceList", self._transport.json("GET", "/v1/vat-services"))


class Verifactu:
    """`/v1/verifactu`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def checks(
        self, *, entity: str | None = None, idempotency_key: str | None = None
    ) -> types.gateway__verifactu__kept_schemas__CheckView:
        """Look for anomalies: POST /v1/verifactu/checks."""
        return cast(
            "types.gateway__verifactu__kept_schemas__CheckView",
            self._transport.json(
                "POST", "/v1/verifactu/checks", entity=entity, idempotency_key=idempotency_key
            ),
        )

    def declaration(self, *, entity: str | None = None) -> types.DeclarationView:
        """Read the declaración responsable: GET /v1/verifactu/declaration."""
        return cast(
            "types.DeclarationView",
            self._transport.json("GET", "/v1/verifactu/declaration", entity=entity),
        )

    def declaration_pdf(self, *, entity: str | None = None) -> bytes:
        """Download the declaración responsable: GET /v1/verifactu/declaration/pdf."""
        return self._transport.content("GET", "/v1/verifactu/declaration/pdf", entity=entity)

    def demands(
        self,
        body: types.DemandInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.DemandView:
        """Send the records that the AEAT demanded: POST /v1/verifactu/demands."""
        return cast(
            "types.DemandView",
            self._transport.json(
                "POST",
                "/v1/verifactu/demands",
                body=body,
                entity=entity,
                idempotency_key=idempotency_key,
            ),
        )

    def demands_files(
        self,
        body: types.DemandInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> bytes:
        """Write the records that the AEAT demanded: POST /v1/verifactu/demands/files."""
        return self._transport.content(
            "POST",
            "/v1/verifactu/demands/files",
            body=body,
            entity=entity,
            idempotency_key=idempotency_key,
        )

    def exports(
        self,
        body: types.SpanInput,
        *,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> bytes:
        """Export records and events: POST /v1/verifactu/exports."""
        return self._transport.content(
            "POST",
            "/v1/verifactu/exports",
            body=body,
            entity=entity,
            idempotency_key=idempotency_key,
        )


class WebhookEndpoints:
    """`/v1/webhook-endpoints`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self, *, limit: int | None = None, metadata: Mapping[str, str] | None = None
    ) -> Pages[types.WebhookEndpointView]:
        """List Webhook Endpoints: GET /v1/webhook-endpoints."""
        return Pages(
            self._transport, "/v1/webhook-endpoints", {"limit": limit, "metadata": metadata}, None
        )

    def create(
        self, body: types.WebhookEndpointInput, *, idempotency_key: str | None = None
    ) -> types.NewWebhookEndpointView:
        """Create Webhook Endpoint: POST /v1/webhook-endpoints."""
        return cast(
            "types.NewWebhookEndpointView",
            self._transport.json(
                "POST", "/v1/webhook-endpoints", body=body, idempotency_key=idempotency_key
            ),
        )

    def delete(self, endpoint_id: str) -> None:
        """Delete Webhook Endpoint: DELETE /v1/webhook-endpoints/{endpoint_id}."""
        self._transport.json("DELETE", f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}")

    def get(self, endpoint_id: str) -> types.WebhookEndpointView:
        """Read Webhook Endpoint: GET /v1/webhook-endpoints/{endpoint_id}."""
        return cast(
            "types.WebhookEndpointView",
            self._transport.json("GET", f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}"),
        )

    def update(
        self, endpoint_id: str, body: types.WebhookEndpointChange
    ) -> types.WebhookEndpointView:
        """Change Webhook Endpoint: PATCH /v1/webhook-endpoints/{endpoint_id}."""
        return cast(
            "types.WebhookEndpointView",
            self._transport.json(
                "PATCH", f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}", body=body
            ),
        )

    def deliveries(
        self,
        endpoint_id: str,
        *,
        state: Literal["pending", "delivered", "failed"] | None = None,
        limit: int | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Pages[types.WebhookDeliveryView]:
        """List Webhook Deliveries: GET /v1/webhook-endpoints/{endpoint_id}/deliveries."""
        return Pages(
            self._transport,
            f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/deliveries",
            {"state": state, "limit": limit, "metadata": metadata},
            None,
        )

    def get_delivery(self, endpoint_id: str, delivery_id: str) -> types.WebhookDeliveryDetail:
        """Read Webhook Delivery: GET /v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}."""
        return cast(
            "types.WebhookDeliveryDetail",
            self._transport.json(
                "GET",
                f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/deliveries/{quote(delivery_id, safe='')}",
            ),
        )

    def replay_delivery(
        self, endpoint_id: str, delivery_id: str, *, idempotency_key: str | None = None
    ) -> types.WebhookDeliveryView:
        """Replay Webhook Delivery: POST /v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay."""
        return cast(
            "types.WebhookDeliveryView",
            self._transport.json(
                "POST",
                f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/deliveries/{quote(delivery_id, safe='')}/replay",
                idempotency_key=idempotency_key,
            ),
        )

    def replay(
        self, endpoint_id: str, body: types.ReplayInput, *, idempotency_key: str | None = None
    ) -> types.ReplayView:
        """Replay Webhook Events: POST /v1/webhook-endpoints/{endpoint_id}/replay."""
        return cast(
            "types.ReplayView",
            self._transport.json(
                "POST",
                f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/replay",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def rotate_secret(
        self, endpoint_id: str, body: types.SecretRotation, *, idempotency_key: str | None = None
    ) -> types.NewWebhookEndpointView:
        """Rotate Webhook Secret: POST /v1/webhook-endpoints/{endpoint_id}/rotate-secret."""
        return cast(
            "types.NewWebhookEndpointView",
            self._transport.json(
                "POST",
                f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/rotate-secret",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def test(
        self, endpoint_id: str, *, idempotency_key: str | None = None
    ) -> types.WebhookDeliveryView:
        """Test Webhook Endpoint: POST /v1/webhook-endpoints/{endpoint_id}/test."""
        return cast(
            "types.WebhookDeliveryView",
            self._transport.json(
                "POST",
                f"/v1/webhook-endpoints/{quote(endpoint_id, safe='')}/test",
                idempotency_key=idempotency_key,
            ),
        )


class Resources:
    """Everything a key can do."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.account = Account(transport)
        self.activity = Activity(transport)
        self.advance_invoices = AdvanceInvoices(transport)
        self.api_keys = ApiKeys(transport)
        self.archive = Archive(transport)
        self.auditors = Auditors(transport)
        self.bulk = Bulk(transport)
        self.certificates = Certificates(transport)
        self.chains = Chains(transport)
        self.credit_notes = CreditNotes(transport)
        self.customers = Customers(transport)
        self.deadlines = Deadlines(transport)
        self.delivery_notes = DeliveryNotes(transport)
        self.documents = Documents(transport)
        self.emails = Emails(transport)
        self.entities = Entities(transport)
        self.estimates = Estimates(transport)
        self.event_types = EventTypes(transport)
        self.events = Events(transport)
        self.evidence_sets = EvidenceSets(transport)
        self.exits = Exits(transport)
        self.exports = Exports(transport)
        self.inbox = Inbox(transport)
        self.intake = Intake(transport)
        self.invitations = Invitations(transport)
        self.invoices = Invoices(transport)
        self.items = Items(transport)
        self.jobs = Jobs(transport)
        self.ksef = Ksef(transport)
        self.log = Log(transport)
        self.orders = Orders(transport)
        self.payments = Payments(transport)
        self.pickups = Pickups(transport)
        self.premises = Premises(transport)
        self.profiles = Profiles(transport)
        self.proformas = Proformas(transport)
        self.receipts = Receipts(transport)
        self.recurring_invoices = RecurringInvoices(transport)
        self.reports = Reports(transport)
        self.retention = Retention(transport)
        self.secrets = Secrets(transport)
        self.self_billed_credit_notes = SelfBilledCreditNotes(transport)
        self.self_billed_invoices = SelfBilledInvoices(transport)
        self.series = Series(transport)
        self.sessions = Sessions(transport)
        self.share_links = ShareLinks(transport)
        self.signatures = Signatures(transport)
        self.signing_keys = SigningKeys(transport)
        self.tax = Tax(transport)
        self.taxes = Taxes(transport)
        self.templates = Templates(transport)
        self.transmissions = Transmissions(transport)
        self.users = Users(transport)
        self.vat_checks = VatChecks(transport)
        self.vat_services = VatServices(transport)
        self.verifactu = Verifactu(transport)
        self.webhook_endpoints = WebhookEndpoints(transport)

    def convert(
        self,
        body: bytes | types.DocumentWithSeller,
        content_type: str = "application/xml",
        *,
        to: str,
        strict: bool | None = None,
        xml: bool | None = None,
        template: Literal["classic", "modern", "condensed"] | None = None,
        locale: str | None = None,
        color: str | None = None,
        decimal: Literal[".", ","] | None = None,
        idempotency_key: str | None = None,
    ) -> types.ConversionView:
        """Convert a document to another profile: POST /v1/convert."""
        return cast(
            "types.ConversionView",
            self._transport.json(
                "POST",
                "/v1/convert",
                query={
                    "to": to,
                    "strict": strict,
                    "xml": xml,
                    "template": template,
                    "locale": locale,
                    "color": color,
                    "decimal": decimal,
                },
                body=body,
                content_type=content_type,
                idempotency_key=idempotency_key,
            ),
        )

    def diff(self, body: types.DiffInput, *, idempotency_key: str | None = None) -> types.DiffView:
        """Compare two documents: POST /v1/diff."""
        return cast(
            "types.DiffView",
            self._transport.json("POST", "/v1/diff", body=body, idempotency_key=idempotency_key),
        )

    def explain(
        self,
        body: types.ExplainInput,
        *,
        apply: bool | None = None,
        idempotency_key: str | None = None,
    ) -> types.ExplanationsView:
        """Explain a rejection or a report, and mend the document: POST /v1/explain."""
        return cast(
            "types.ExplanationsView",
            self._transport.json(
                "POST",
                "/v1/explain",
                query={"apply": apply},
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def inspect(
        self,
        body: bytes | types.DocumentWithSeller,
        content_type: str = "application/xml",
        *,
        decimal: Literal[".", ","] | None = None,
        idempotency_key: str | None = None,
    ) -> types.InspectionView:
        """Read a document: POST /v1/inspect."""
        return cast(
            "types.InspectionView",
            self._transport.json(
                "POST",
                "/v1/inspect",
                query={"decimal": decimal},
                body=body,
                content_type=content_type,
                idempotency_key=idempotency_key,
            ),
        )

    def render(
        self,
        body: bytes | types.DocumentWithSeller,
        content_type: str = "application/xml",
        *,
        template: Literal["classic", "modern", "condensed"] | None = None,
        locale: str | None = None,
        color: str | None = None,
        decimal: Literal[".", ","] | None = None,
        idempotency_key: str | None = None,
    ) -> bytes:
        """Show a document as pages: POST /v1/render."""
        return self._transport.content(
            "POST",
            "/v1/render",
            query={"template": template, "locale": locale, "color": color, "decimal": decimal},
            body=body,
            content_type=content_type,
            idempotency_key=idempotency_key,
        )

    def validate(
        self,
        body: bytes | types.DocumentWithSeller,
        content_type: str = "application/xml",
        *,
        rules: Sequence[str] | None = None,
        profile: str | None = None,
        as_of: str | None = None,
        language: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.ValidationView:
        """Judge a document: POST /v1/validate."""
        return cast(
            "types.ValidationView",
            self._transport.json(
                "POST",
                "/v1/validate",
                query={"rules": rules, "profile": profile, "as_of": as_of, "language": language},
                body=body,
                content_type=content_type,
                idempotency_key=idempotency_key,
            ),
        )
