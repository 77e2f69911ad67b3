"""Every table, and who notices when somebody changes a row of it behind our back.

A table that nobody has decided about fails a test; what nothing guards stands in docs/fsck.md.
"""

from collections.abc import Mapping

DAMAGES: Mapping[str, tuple[str, ...]] = {
    "archive_entry": (
        "delete from archive_entry where log_index = 19",
        "update archive_entry set media_type = 'text/html' where log_index = 0",
        "update archive_entry set (received_id, document_id) = (id, null) where log_index = 0",
    ),
    "log_node": (
        "delete from log_node where (level, index) = (0, 19)",
        "update log_node set hash = sha256('x') where (level, index) = (4, 0)",
        "insert into log_node values (0, 20, sha256('x'))",
    ),
    "log_head": ("delete from log_head", "update log_head set root = sha256('x')"),
    "log_checkpoint": (
        "delete from log_checkpoint where size = 20",
        "update log_checkpoint set note = replace(note, '10', '11') where size = 10",
    ),
    "entity_log": ("delete from entity_log", "update entity_log set edge = edge || sha256('x')"),
    "entity_log_node": (
        "delete from entity_log_node where (level, index) = (0, 19)",
        "update entity_log_node set hash = sha256('x') where (level, index) = (1, 0)",
    ),
    "document": (
        "delete from document where sequence = 1",
        "update document set number = 'R-9' where sequence = 2",
        "update document set issue_date = issue_date - 5 where sequence = 3",
        "update document set content_sha256 = sha256('x') where sequence = 1",
    ),
    "received_document": (
        (
            "insert into received_document (account_id, entity_id, id, media_type, size, sha256,"
            " retain_until, created_at, updated_at) select account_id, entity_id, id, 'text/xml',"
            " 1, sha256('x'), now(), now(), now() from document limit 1"
        ),
    ),
    "series": ("delete from series", "update series set next_number = 3, places = 2"),
    "transmission": (
        "delete from transmission where transport = 'delivered'",
        "update transmission set payload = 'x', payload_sha256 = sha256('x')",
        "update transmission set message_id = 'other' where transport = 'delivered'",
    ),
    "event": (
        'delete from event where data @> \'{"transport": "delivered"}\'',
        "update event set data = '{}' where data @> '{\"transport\": \"submitted\"}'",
    ),
    "outbox": ("delete from outbox where state = 'sent'", "update outbox set lane = 'other'"),
    "correlation": ("delete from correlation",),
    "idempotency": (
        (
            "update idempotency set body ="
            " convert_to(replace(convert_from(body, 'UTF8'), 'R-1', 'R-9'), 'UTF8')"
        ),
    ),
}
"""Table -> what is done to its rows in the house of these tests; each must be found."""

ELSEWHERE: Mapping[str, str] = {
    "archive_key": "tests/gateway/archive/stores/test_entity_keys.py",
    "attempt": "tests/gateway/fsck/plants.py",
    "chain": "tests/gateway/fsck/test_chains.py",
    "chain_foreign": "tests/gateway/fsck/test_chains.py",
    "chain_record": "tests/gateway/fsck/test_chains.py",
    "document_relation": "tests/gateway/reports/test_credits.py",
    "document_vat": "tests/gateway/fsck/plants.py",
    "early_signal": "tests/gateway/fsck/plants.py",
    "entity_move": "tests/gateway/exits/test_moving.py",
    "exchange": "tests/gateway/fsck/plants.py#bytes were not kept",
    "lane": "tests/gateway/fsck/plants.py",
    "log_anchor": "tests/gateway/archive/test_anchors.py",
    "log_cosignature": "tests/gateway/archive/test_anchors.py",
    "payment": "tests/gateway/payments/test_checked.py",
    "retention_hold": "tests/gateway/fsck/test_holds.py",
    "series_skip": "tests/gateway/reconciling/test_restored.py",
    "webhook_delivery": "tests/gateway/webhooks/test_checked.py",
    "webhook_queue": "tests/gateway/webhooks/test_checked.py",
}
"""Table -> the tests that damage its rows for the checker, and what names it there."""

_MASTER = "it may change at any time; each document holds what it was issued with"
_LETS_IN = "it says who may come in, not what was issued; the activity log has its changes"
_WORK = "work that is done again, or not; what it leads to is checked"
_PACE = "how fast others are asked; at worst too fast or too slow"
_KEY = "a key or what is sealed with one: changed, it does not open, and nothing is signed"
_DECIDED = "what people decided; what was destroyed has its certificate in the log"
_TOLD = "what was told; no leaf of the log holds it yet"

UNGUARDED: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("account", "account_settings", "customer", "entity", "entity_address", "item"),
            *("premise", "tax", "template", "recurring_invoice", "fetched_logo", "pickup"),
            *("webhook_endpoint", "trust_anchor"),
        ),
        _MASTER,
    ),
    **dict.fromkeys(
        (
            *(
                "api_key",
                "auditor",
                "auditor_visit",
                "invitation",
                "magic_link",
                "membership",
                "person",
            ),
            *("share_link", "user_session"),
        ),
        _LETS_IN,
    ),
    **dict.fromkeys(
        (
            *("archive_scrub", "archive_told", "bulk_item", "email_queue", "inbox_work", "intake"),
            *("job", "periodic", "recurring_due", "recurring_occurrence", "vat_batch_item"),
            *("vat_flight", "vat_lane", "vat_question", "vat_round", "vat_watch"),
            *("webhook_message", "retention_round", "authority_wait", "reminder", "deadline"),
        ),
        _WORK,
    ),
    **dict.fromkeys(
        ("breaker", "bucket", "channel_outage", "channel_pace", "channel_pause", "ticket"), _PACE
    ),
    **dict.fromkeys(
        (
            *("held_secret", "held_secret_value", "secret", "signing_certificate", "signing_key"),
            *("signing_secret", "signing_token_key", "revocation_answer"),
        ),
        _KEY,
    ),
    **dict.fromkeys(
        (
            *("activity", "auditor_access", "email", "stamp", "premise_report", "vat_check"),
            *("received_arrival", "received_likeness", "document_version"),
        ),
        _TOLD,
    ),
    **dict.fromkeys(("destruction", "destruction_item", "erasure"), _DECIDED),
    "retention_subject": "it made the last day later; that day is checked",
    "webhook_feed": "moved back, events are told again under their ids; moved on, INV7 has them",
    "number_floor": "only numbers of series to come begin lower; each is checked then",
    "log_reconciliation": "without it heads of the former name fail, which is found",
    "log_witnessed": "heads of other logs; they hold their own",
}
"""Table -> why nothing notices a changed row."""
