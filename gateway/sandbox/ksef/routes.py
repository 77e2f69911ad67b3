"""Every operation of the OpenAPI: who may call it, how often, and what it is called here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from gateway.sandbox.kit.call import Call

Bearer = Literal["access", "auth", "refresh"]

LIMITS: Mapping[str, tuple[int, int | None, int | None]] = MappingProxyType(
    {
        "onlineSession": (10, 30, 120),
        "batchSession": (10, 20, 60),
        "invoiceSend": (10, 30, 180),
        "invoiceStatus": (30, 120, 1200),
        "sessionList": (5, 10, 60),
        "sessionInvoiceList": (10, 20, 200),
        "sessionMisc": (10, 120, 1200),
        "invoiceMetadata": (8, 16, 20),
        "invoiceExport": (8, 16, 20),
        "invoiceExportStatus": (10, 60, 600),
        "invoiceDownload": (8, 16, 64),
        "other": (10, 30, 120),
        "open": (60, None, None),
    }
)
"""Calls per second, minute and hour of production, by group (`x-rate-limits`)."""

ENQUIRIES = "enquiries"
SENDING = "invoices"


@dataclass(frozen=True, slots=True)
class Route:
    """One operation.

    Attributes:
        method: Of HTTP.
        path: As in the OpenAPI.
        name: What decides it.
        group: Of its limits.
        bearer: Which token it wants; None: none.
        needs: One of these permissions.
        place: Where faults happen; those that carry no invoice are asked for by name.
    """

    method: str
    path: str
    name: str
    group: str = "other"
    bearer: Bearer | None = "access"
    needs: tuple[str, ...] = ()
    place: str = "access"

    def match(self, method: str, parts: list[str]) -> dict[str, str] | None:
        """Return the values of a path, if it is of this operation."""
        own = self.path.split("/")[1:]
        if method != self.method or len(own) != len(parts):
            return None
        found = {}
        for mine, theirs in zip(own, parts, strict=True):
            if mine.startswith("{"):
                found[mine[1:-1]] = theirs
            elif mine != theirs:
                return None
        return found


_WRITE = ("InvoiceWrite", "PefInvoiceWrite", "EnforcementOperations")
_BATCH = ("InvoiceWrite", "EnforcementOperations")
_SEE = ("InvoiceWrite", "Introspection", "PefInvoiceWrite", "EnforcementOperations")
_LIST = ("Introspection", "EnforcementOperations", "InvoiceWrite")
_READ = ("InvoiceRead",)
_GRANT = ("CredentialsManage",)
_KNOW = ("CredentialsManage", "CredentialsRead")
_SUB = ("CredentialsManage", "CredentialsRead", "SubunitManage")
_S = "/sessions/{referenceNumber}"
_I = f"{_S}/invoices"

ROUTES = (
    Route("POST", "/auth/challenge", "challenge", "open", None),
    Route("POST", "/auth/xades-signature", "xades", "open", None),
    Route("POST", "/auth/ksef-token", "ksef_token", "open", None),
    Route("POST", "/auth/token/redeem", "redeem", "open", "auth"),
    Route("POST", "/auth/token/refresh", "refresh", "open", "refresh"),
    Route("GET", "/auth/sessions", "logins"),
    Route("DELETE", "/auth/sessions/current", "end_own_login"),
    Route("DELETE", "/auth/sessions/{referenceNumber}", "end_login"),
    Route("GET", "/auth/{referenceNumber}", "login_status", "open", "auth"),
    Route("GET", "/security/public-key-certificates", "public_keys", "open", None),
    Route("POST", "/sessions/online", "open_online", "onlineSession", needs=_WRITE),
    Route(
        "POST",
        "/sessions/online/{referenceNumber}/invoices",
        "send",
        "invoiceSend",
        needs=_WRITE,
        place=SENDING,
    ),
    Route(
        "POST",
        "/sessions/online/{referenceNumber}/close",
        "close_online",
        "onlineSession",
        needs=_WRITE,
    ),
    Route("POST", "/sessions/batch", "open_batch", "batchSession", needs=_BATCH, place="batches"),
    Route(
        "POST",
        "/sessions/batch/{referenceNumber}/close",
        "close_batch",
        "batchSession",
        needs=_BATCH,
        place="batches",
    ),
    Route("GET", "/sessions", "sessions", "sessionList", needs=_LIST, place=ENQUIRIES),
    Route("GET", _S, "session", "sessionMisc", needs=_SEE, place=ENQUIRIES),
    Route("GET", _I, "invoices", "sessionInvoiceList", needs=_SEE, place=ENQUIRIES),
    Route("GET", f"{_I}/failed", "failed", "sessionInvoiceList", needs=_SEE, place=ENQUIRIES),
    Route(
        "GET",
        _I + "/{invoiceReferenceNumber}",
        "invoice",
        "invoiceStatus",
        needs=_SEE,
        place=ENQUIRIES,
    ),
    Route(
        "GET",
        _I + "/ksef/{ksefNumber}/upo",
        "upo_of_number",
        "sessionMisc",
        needs=_SEE,
        place=ENQUIRIES,
    ),
    Route(
        "GET",
        _I + "/{invoiceReferenceNumber}/upo",
        "upo_of_invoice",
        "sessionMisc",
        needs=_SEE,
        place=ENQUIRIES,
    ),
    Route(
        "GET",
        _S + "/upo/{upoReferenceNumber}",
        "upo_of_session",
        "sessionMisc",
        needs=_SEE,
        place=ENQUIRIES,
    ),
    Route("GET", "/invoices/ksef/{ksefNumber}", "download", "invoiceDownload", needs=_READ),
    Route("POST", "/invoices/query/metadata", "metadata", "invoiceMetadata", needs=_READ),
    Route("POST", "/invoices/exports", "export", "invoiceExport", needs=_READ),
    Route(
        "GET",
        "/invoices/exports/{referenceNumber}",
        "export_status",
        "invoiceExportStatus",
        needs=_READ,
    ),
    Route("POST", "/tokens", "new_token"),
    Route("GET", "/tokens", "tokens"),
    Route("GET", "/tokens/{referenceNumber}", "token"),
    Route("DELETE", "/tokens/{referenceNumber}", "revoke_token"),
    Route("GET", "/certificates/limits", "certificate_limits"),
    Route("GET", "/certificates/enrollments/data", "enrolment_data"),
    Route("POST", "/certificates/enrollments", "enrol"),
    Route("GET", "/certificates/enrollments/{referenceNumber}", "enrolment"),
    Route("POST", "/certificates/retrieve", "retrieve_certificates"),
    Route("POST", "/certificates/query", "query_certificates"),
    Route("POST", "/certificates/{certificateSerialNumber}/revoke", "revoke_certificate"),
    Route("GET", "/limits/context", "context_limits"),
    Route("GET", "/limits/subject", "subject_limits"),
    Route("GET", "/rate-limits", "rate_limits"),
    Route("POST", "/testdata/subject", "add_subject", "open", None),
    Route("POST", "/testdata/subject/remove", "remove_subject", "open", None),
    Route("POST", "/testdata/person", "add_person", "open", None),
    Route("POST", "/testdata/person/remove", "remove_person", "open", None),
    Route("POST", "/testdata/permissions", "add_permissions", "open", None),
    Route("POST", "/testdata/permissions/revoke", "remove_permissions", "open", None),
    Route("POST", "/testdata/attachment", "allow_attachments", "open", None),
    Route("POST", "/testdata/attachment/revoke", "forbid_attachments", "open", None),
    Route("POST", "/testdata/context/block", "block", bearer=None),
    Route("POST", "/testdata/context/unblock", "unblock", bearer=None),
    Route("POST", "/testdata/limits/context/session", "set_session_limits"),
    Route("DELETE", "/testdata/limits/context/session", "unset_session_limits"),
    Route("POST", "/testdata/limits/subject/certificate", "set_subject_limits"),
    Route("DELETE", "/testdata/limits/subject/certificate", "unset_subject_limits"),
    Route("POST", "/testdata/rate-limits", "set_rate_limits"),
    Route("DELETE", "/testdata/rate-limits", "unset_rate_limits"),
    Route("POST", "/testdata/rate-limits/production", "production_rate_limits"),
    Route("POST", "/permissions/persons/grants", "grant_person", needs=_GRANT),
    Route("POST", "/permissions/entities/grants", "grant_entity", needs=_GRANT),
    Route("POST", "/permissions/authorizations/grants", "grant_authorization", needs=_GRANT),
    Route("POST", "/permissions/indirect/grants", "grant_indirect", needs=_GRANT),
    Route("POST", "/permissions/subunits/grants", "grant_subunit", needs=("SubunitManage",)),
    Route("POST", "/permissions/eu-entities/administration/grants", "grant_eu", needs=_GRANT),
    Route("POST", "/permissions/eu-entities/grants", "grant_in_eu", needs=("VatUeManage",)),
    Route(
        "DELETE",
        "/permissions/common/grants/{permissionId}",
        "revoke_grant",
        needs=("CredentialsManage", "VatUeManage", "SubunitManage"),
    ),
    Route(
        "DELETE",
        "/permissions/authorizations/grants/{permissionId}",
        "revoke_authorization",
        needs=_GRANT,
    ),
    Route("GET", "/permissions/operations/{referenceNumber}", "operation_status"),
    Route("GET", "/permissions/attachments/status", "attachments", needs=_KNOW),
    Route("POST", "/permissions/query/personal/grants", "query_own"),
    Route("POST", "/permissions/query/persons/grants", "query_persons", needs=_SUB),
    Route("POST", "/permissions/query/subunits/grants", "query_subunits", needs=_SUB),
    Route("POST", "/permissions/query/entities/grants", "query_entities", needs=_KNOW),
    Route("GET", "/permissions/query/entities/roles", "query_roles", needs=_KNOW),
    Route(
        "POST", "/permissions/query/subordinate-entities/roles", "query_subordinates", needs=_SUB
    ),
    Route(
        "POST",
        "/permissions/query/authorizations/grants",
        "query_authorizations",
        needs=(*_KNOW, "PefInvoiceWrite"),
    ),
    Route(
        "POST", "/permissions/query/eu-entities/grants", "query_eu", needs=(*_KNOW, "VatUeManage")
    ),
    Route("GET", "/peppol/query", "peppol", "open", None),
)
"""In this order they are looked at: fixed parts before those that may be anything."""


def parts_of(call: Call) -> list[str]:
    """Return the parts of a path; clients of the real system put `/v2` before it."""
    return call.parts[1:] if call.parts[0] == "v2" else call.parts


def find(method: str, parts: list[str]) -> tuple[Route, dict[str, str]] | None:
    """Return the operation of a call, and the values of its path."""
    for route in ROUTES:
        if (found := route.match(method, parts)) is not None:
            return route, found
    return None
