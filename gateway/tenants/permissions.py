"""Permissions: their names, which role has which, and the one table of what each call needs.

An operation is found by its method and the path of its route. Whatever stands below an address
needs the permission of the longest address named here: to read it for GET, to write it for every
other method. What differs is named one by one. An operation that none of it covers is refused to
everybody, and a test fails.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from types import MappingProxyType

from gateway.kinds import DocumentKind

_RESOURCES = (
    *("documents", "customers", "items", "taxes", "templates", "payments", "inbox", "exports"),
    *("reports", "settings", "webhooks", "users", "keys", "signing", "retention"),
    *("entities", "exits"),
)
_ONLY_READ = ("events", "activity", "certificates")

READING = frozenset(f"{name}:read" for name in (*_RESOURCES, *_ONLY_READ))
PERMISSIONS = READING | {
    *(f"{name}:write" for name in _RESOURCES),
    "documents:issue",
    "documents:send",
    "users:invite",
    "documents:retrieve",
    "inbox:retrieve",
}
"""Every permission there is."""

_AUDITOR = READING - {"signing:read", "exits:read"}  # what keys are for, and an entity that goes
_VIEWER = _AUDITOR - {"users:read", "keys:read", "activity:read", "webhooks:read"}
_EDITOR = _VIEWER | {
    *("documents:write", "documents:issue", "documents:send", "payments:write"),
    *("customers:write", "items:write", "taxes:write", "inbox:write", "exports:write"),
    *("reports:write", "documents:retrieve", "inbox:retrieve"),
}
_ADMIN = _EDITOR | {
    *("entities:write", "settings:write", "templates:write", "webhooks:read", "webhooks:write"),
    *("users:read", "users:write", "users:invite", "activity:read"),
    *("signing:read", "signing:write", "retention:write"),
}

ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "writer": PERMISSIONS,
        "auditor": _AUDITOR,
        "viewer": _VIEWER,
        "editor": _EDITOR,
        "admin": _ADMIN,
    }
)
"""What each role may do. `writer` is a key's, `viewer`, `editor` and `admin` are people's."""

INVITED: Mapping[str, str] = MappingProxyType(
    {"issued": "documents:read", "received": "inbox:read"}
)
"""What an auditor whom an entity invites may read, by which way documents went."""

RETRIEVE: Mapping[str, str] = MappingProxyType(
    {"issued": "documents:retrieve", "received": "inbox:retrieve"}
)
"""What it takes to have many documents' evidence put into one file: that is read, and work."""

ANYBODY = ""
"""Needs a good key or session, and no permission: it concerns nobody's data."""

BY_KIND = "by kind"
"""Needs what a job of its kind needs: see `job_resources`. Who has none of that is refused."""

JOBS: Mapping[str, str] = MappingProxyType(
    {
        "bulk_documents": "documents",
        "bulk_finalize": "documents",
        "bulk_send": "documents",
        "exit": "exits",
        "export": "exports",
        "revalidation": "exports",
        "issued_evidence": "documents",
        "received_evidence": "inbox",
        "vat_batch": "customers",
        "recurring_send": "documents",
        "release_held": "documents",
        "retention_extension": "retention",
        "retention_destruction": "retention",
    }
)
"""Kind of job -> resource: whoever may read that reads the job, who may write it takes it back."""

OTHER_JOBS = "exports"
"""The resource of a kind that is not named in `JOBS`."""

_PLACES: Mapping[str, str] = MappingProxyType(
    {
        **{f"/v1/{kind.collection}": "documents" for kind in DocumentKind},
        **{f"/v1/{kind.collection}/{{document_id}}/payments": "payments" for kind in DocumentKind},
        "/v1/documents/{document_id}/payments": "payments",
        "/v1/documents": "documents",
        "/v1/recurring-invoices": "documents",
        "/v1/attachments": "documents",
        "/v1/transmissions": "documents",
        "/v1/deadlines": "documents",
        "/v1/chains": "documents",
        "/v1/emails": "documents",
        "/v1/shares": "documents",
        "/v1/share-links": "documents",
        "/v1/bulk": "documents",
        "/v1/intake": "documents",
        "/v1/evidence": "documents",
        "/v1/evidence-sets/issued": "documents",
        "/v1/evidence-sets/received": "inbox",
        "/v1/log/entity": "documents",
        "/v1/customers": "customers",
        "/v1/vat-checks": "customers",
        "/v1/items": "items",
        "/v1/taxes": "taxes",
        "/v1/templates": "templates",
        "/v1/pdf-templates": "templates",
        "/v1/series": "settings",
        "/v1/premises": "settings",
        "/v1/verifactu": "settings",
        "/v1/payments": "payments",
        "/v1/exits": "exits",
        "/v1/exports": "exports",
        "/v1/archive/revalidations": "exports",
        "/v1/imports": "exports",
        "/v1/reports": "reports",
        "/v1/board": "reports",
        "/v1/compliance": "reports",
        "/v1/inbox": "inbox",
        "/v1/pickups": "inbox",
        "/v1/webhooks": "webhooks",
        "/v1/webhook-endpoints": "webhooks",
        "/v1/webhook-deliveries": "webhooks",
        "/v1/events": "events",
        "/v1/activity": "activity",
        "/v1/account": "entities",
        "/v1/entities": "entities",
        "/v1/entities/{entity_id}/settings": "settings",
        "/v1/entities/{entity_id}/users": "users",
        "/v1/entities/{entity_id}/users/{user_id}/tokens": "keys",
        "/v1/entities/{entity_id}/users/{user_id}/sessions": "users",
        "/v1/entities/{entity_id}/invitations": "users",
        "/v1/users": "users",
        "/v1/auditors": "users",
        "/v1/api-keys": "keys",
        "/v1/signing-keys": "signing",
        "/v1/secrets": "signing",
        "/v1/ksef": "signing",
        "/v1/certificates": "certificates",
        "/v1/retention": "retention",
    }
)
"""Address -> resource."""

_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "finalize": "documents:issue",
        "issue": "documents:issue",
        "void": "documents:issue",  # takes back what issuing did, and cannot be taken back
        "fiscal-records": "documents:issue",  # an authority is told, as by issuing
        "send": "documents:send",
        "remind": "documents:send",
        "retry": "documents:send",
        "share-links": "documents:send",  # whoever has the link reads the document
    }
)
"""Last segment of an address below documents -> permission."""

_SINGLE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("POST", "/v1/entities/{entity_id}/users"): "users:invite",
        ("POST", "/v1/entities/{entity_id}/users/{user_id}/invitations"): "users:invite",
        ("DELETE", "/v1/entities/{entity_id}/invitations/{invitation_id}"): "users:invite",
        ("POST", "/v1/evidence-sets/issued/bundles"): RETRIEVE["issued"],
        ("POST", "/v1/evidence-sets/received/bundles"): RETRIEVE["received"],
        ("POST", "/v1/auditors"): "users:invite",
        ("DELETE", "/v1/auditors/{auditor_id}"): "users:invite",
        ("POST", "/v1/transmissions/{transmission_id}/cancel"): "documents:send",
        ("POST", "/v1/transmissions/{transmission_id}/retry"): "documents:send",
        ("GET", "/v1/sessions/current"): ANYBODY,
        ("DELETE", "/v1/sessions/current"): ANYBODY,
        ("GET", "/v1/event-types"): ANYBODY,
        ("GET", "/v1/log/anchors"): ANYBODY,
        ("GET", "/v1/log/checkpoint"): ANYBODY,
        ("GET", "/v1/log/consistency"): ANYBODY,
        ("GET", "/v1/log/key"): ANYBODY,
        ("GET", "/v1/log/tile/{level}/{tile}"): ANYBODY,
        ("GET", "/v1/profiles"): ANYBODY,
        ("GET", "/v1/vat-services"): ANYBODY,
        ("POST", "/v1/convert"): ANYBODY,
        ("POST", "/v1/diff"): ANYBODY,
        ("POST", "/v1/explain"): ANYBODY,
        ("POST", "/v1/inspect"): ANYBODY,
        ("POST", "/v1/render"): ANYBODY,
        ("POST", "/v1/signatures/verify"): ANYBODY,
        ("POST", "/v1/tax/determine"): ANYBODY,
        ("POST", "/v1/validate"): ANYBODY,
    }
)
"""Operations that differ from what their address says."""


_JOB_PLACE = "/v1/jobs"


@cache
def required(method: str, path: str) -> str | None:
    """Return the permission that an operation needs, None if undeclared.

    `ANYBODY` for none, `BY_KIND` where the kind of job says which.
    """
    if (single := _SINGLE.get((method, path))) is not None:
        return single
    if path == _JOB_PLACE or path.startswith(f"{_JOB_PLACE}/"):
        return BY_KIND
    place = path
    while place and place not in _PLACES:
        place = place.rpartition("/")[0]
    resource = _PLACES.get(place)
    if resource is None:
        return None
    ending = _ENDINGS.get(path.rpartition("/")[2]) if resource == "documents" else None
    if method in {"GET", "HEAD"}:
        return f"{resource}:read"
    permission = ending or f"{resource}:write"
    return permission if permission in PERMISSIONS else None


def job_resources(method: str, held: AbstractSet[str]) -> frozenset[str]:
    """Return the resources whose jobs may be read, or taken back, with these permissions."""
    verb = "read" if method in {"GET", "HEAD"} else "write"
    return frozenset(one for one in JOBS.values() if f"{one}:{verb}" in held)


def job_resource(kind: str) -> str:
    """Return the resource that a kind of job belongs to."""
    return JOBS.get(kind, OTHER_JOBS)


def missing(held: AbstractSet[str], wanted: AbstractSet[str]) -> list[str]:
    """Return what is wanted and not held, in order."""
    return sorted(wanted - held)
