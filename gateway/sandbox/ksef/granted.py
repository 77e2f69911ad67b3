"""Who may do what in whose name."""

import datetime

from gateway.sandbox.ksef.identity import Subject
from gateway.sandbox.ksef.office import Office
from gateway.sandbox.ksef.shelf import Json

OWNER = frozenset(
    {
        "CredentialsManage",
        "CredentialsRead",
        "EnforcementOperations",
        "Introspection",
        "InvoiceRead",
        "InvoiceWrite",
        "PefInvoiceWrite",
        "SubunitManage",
    }
)
"""What comes with being the one whose number the context is."""


def nip_of(context: str) -> str:
    """Return the NIP of a context: alone, before an internal id, or before a VAT number."""
    kind, _, value = context.partition(":")
    return value[:10] if kind in {"Nip", "InternalId", "NipVatUe"} else ""


def permissions(office: Office, context: str, subject: Subject) -> set[str]:
    """Return what somebody may do in a context."""
    if subject[0] == "Nip" and subject[1] == nip_of(context):
        return set(OWNER)
    for person in office.shelf.all("person"):
        linked = (person["nip"], person["pesel"])
        if subject[1] in linked and nip_of(context) == person["nip"]:
            return set() if person.get("isDeceased") else set(OWNER)
    grants = [one for one in office.shelf.all("grant", context) if one["to"] == list(subject)]
    return {one["permission"] for one in grants}


def token_status(token: Json, now: datetime.datetime) -> str:
    """Return how a token stands: what was made a moment ago may still be in the making."""
    pending = token["status"] == "Active" and now.timestamp() < token["due"]
    return "Pending" if pending else str(token["status"])


def may_issue(office: Office, context: str, seller: str) -> bool:
    """Tell whether invoices of a seller may be issued in a context."""
    if nip_of(context) == seller:
        return True
    allowed: list[Json] = office.shelf.all("authorization", f"Nip:{seller}")
    return any(
        one["permission"] in {"SelfInvoicing", "TaxRepresentative", "PefInvoicing", "RRInvoicing"}
        and one["to"][1] == context.partition(":")[2]
        for one in allowed
    )
