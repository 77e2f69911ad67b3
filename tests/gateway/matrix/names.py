"""Which names of parameters and members hold an id, and of what.

A name that nobody has decided about is an error, so that a new endpoint cannot be forgotten by
those who test all of them.
"""

from collections.abc import Mapping

ID_NAMES: Mapping[str, str] = {
    "auditor_id": "auditor",
    "batch_id": "batch",
    "certificate_id": "certificate",
    "chain_id": "chain",
    "check_id": "check",
    "corrects": "document",
    "customer_id": "customer",
    "delivery_id": "delivery",
    "destroyed_id": "destroyed",
    "destruction_id": "destruction",
    "derived_from": "document",
    "document_id": "document",
    "erasure_id": "erasure",
    "endpoint_id": "endpoint",
    "email_id": "email",
    "entity_id": "entity",
    "Entity-Id": "entity",
    "entry_id": "entry",
    "hold_id": "hold",
    "intake_id": "intake",
    "invitation_id": "invitation",
    "exit_id": "exit",
    "export_id": "export",
    "item_id": "item",
    "job_id": "job",
    "key_id": "key",
    "link_id": "link",
    "retrieval_id": "retrieval",
    "received_id": "received",
    "payment_id": "payment",
    "premise_id": "premise",
    "related": "document",
    "recurring_id": "recurring",
    "revalidation_id": "revalidation",
    "secret_id": "secret",
    "series_id": "series",
    "session_id": "session",
    "signing_key_id": "signing_key",
    "successor_id": "successor",
    "template_id": "template",
    "share_link_id": "share_link",
    "settles": "document",
    "tax_id": "tax",
    "transmission_id": "transmission",
    "user_id": "user",
}
"""Names that hold an id, and of what."""

LINKS: Mapping[str, str] = {
    "corrects": "corrects",
    "customer_id": "customer_id",
    "derived_from": "derived_from",
    "item_id": "lines/0/item_id",
    "related": "related/0",
    "settles": "settles/0",
    "tax_id": "lines/0/tax_id",
}
"""Members of the body of a document that lead to other things, and where they stand in it; it
does without them."""

NUMBERS_OF_OTHERS = frozenset(
    {"authority_id", "peppol_id", "vat_id", "brak_id", "nr_id", "uu_id", "system_id"}
)
"""Members that end like an id of ours and are none."""

OTHER_NAMES = frozenset(
    {
        "action",
        "active",
        "action_required",
        "adopted_on",
        "actor",  # a filter, like the next two
        "after",  # a place in the caller's own feed
        "apply",
        "as_of",
        "authority_id",  # what somebody else calls a document of the caller's
        "business",
        "color",
        "change_reason",
        "channel",
        "contact_type",
        "currency",
        "cosigned",
        "count",
        "cursor",  # a place in the caller's own list
        "date",
        "decimal",
        "deleted",
        "document_kind",
        "dry_run",
        "email",
        "async",
        "expires_before",
        "exchange",  # which request of an attempt
        "finalize",
        "first",  # a place in the entity's own log
        "format",
        "fresh",  # ask, whatever is known
        "from",
        "group_by",
        "delivery-statement",  # signed; what it names is told by its signer
        "filename",
        "gtin",
        "idempotency-key",  # of the entity or account that calls
        "issued_from",
        "issued_until",
        "if-none-match",
        "index",  # a place in the entity's own log
        "kind",
        "language",
        "level",  # of the log's tree
        "limit",
        "locale",
        "misaddressed",
        "mode",
        "name",  # of a kind of problem
        "new",
        "number",
        "old",
        "outcome",
        "overdue",
        "party",
        "payment_status",
        "permission",  # KSeF's name for what it granted
        "profile",  # of the software
        "purpose",
        "regulatory",
        "reference",  # the caller's own name for a customer
        "rules",  # ids or families of official files, the same for everyone
        "search",
        "since",
        "sha256",
        "size",  # of a log
        "sku",
        "state",
        "strict",
        "supplier",
        "template",
        "tile",  # of the log's tree
        "to",
        "total_from",
        "total_until",
        "transport",
        "until",
        "vat_id",
        "verdict",
        "wait",
        "xml",
    }
)
"""Names that hold none."""
