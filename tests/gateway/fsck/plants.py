"""Damage to a sound house, by name: how it is done, and what the checker says of it."""

from collections.abc import Callable

from tests.gateway.fsck.house import House, answer, content

Damage = Callable[[House], object]


def attempt(house: House, number: int, outcome: str | None, ended: str | None) -> None:
    house.sql(
        "insert into attempt select account_id, entity_id, gen_random_uuid(), id, 1, 'send',"
        " %s, 'host:1', null, now(), %s::timestamptz, %s, null, '{}', '0'"
        " from transmission where id = %s",
        number,
        ended,
        outcome,
        house.sent[0],
    )


def register_twice(house: House) -> None:
    house.book(REGISTERED_AGAIN)
    house.sql(
        "insert into transmission select account_id, entity_id, gen_random_uuid(), document_id,"
        " channel, lane, 'another', sender, receiver, payload, payload_sha256, transport,"
        " regulatory, business, action_required, attempts, created_at, updated_at"
        " from transmission where id = %s",
        house.sent[0],
    )


REGISTERED_AGAIN = (
    "insert into message select 'another', digest, sender, receiver, seller, number, type_code,"
    " state, status, answer, reason, flagged, duplicates, received_at, payload from message"
    " where number = 'R-1'"
)

PLANTS: dict[str, tuple[str, str, Damage]] = {
    # what was done: the invariant that must break, what must be named, the damage
    "answered document gone": (
        "INV1",
        "'k1'",
        lambda h: h.sql("delete from document where id = %s", h.documents[0]),
    ),
    "answer with other bytes": (
        "INV1",
        "'k1'",
        lambda h: h.sql("update idempotency set body = %s", answer(h, 0, sha256="00" * 32)),
    ),
    "gap": (
        "INV2",
        "gap: 2-2",
        lambda h: h.sql("delete from document where sequence = 2"),
    ),
    "last number given back": (
        "INV2",
        "the next number is 3",
        lambda h: h.sql("update series set next_number = 3"),
    ),
    "number twice": (
        "INV2",
        "R-1",
        lambda h: (
            h.sql("alter table document drop constraint document_entity_id_number_key"),
            h.sql("update document set number = 'R-1' where sequence = 2"),
        ),
    ),
    "place twice": (
        "INV2",
        "taken twice",
        lambda h: (
            h.sql(
                "alter table document drop constraint document_entity_id_series_id_sequence_key"
            ),
            h.sql("update document set sequence = 1 where sequence = 2"),
        ),
    ),
    "dates out of order": (
        "INV2",
        "follows one of",
        lambda h: h.sql("update document set issue_date = '2020-01-01' where sequence = 2"),
    ),
    "registered without us": (
        "INV4",
        "it was accepted, and we know nothing",
        lambda h: h.book(REGISTERED_AGAIN),
    ),
    "registered twice": (
        "INV4",
        "and as another",
        register_twice,
    ),
    "accepted and unknown here": (
        "INV4",
        "we know nothing",
        lambda h: h.book("update message set message_id = 'x' where number = 'R-1'"),
    ),
    "refused there, submitted here": (
        "INV4",
        "refused it",
        lambda h: h.book("update message set state = 'refused' where number = 'R-2'"),
    ),
    "accepted there, failed here": (
        "INV4",
        "the receiver accepted it",
        lambda h: h.sql("update transmission set transport = 'failed_permanent'"),
    ),
    "never seen there": (
        "INV4",
        "never saw",
        lambda h: h.book("delete from message where number = 'R-2'"),
    ),
    "other bytes there": (
        "INV4",
        "other bytes",
        lambda h: h.book("update message set payload = x'00' where number = 'R-1'"),
    ),
    "another verdict there": (
        "INV4",
        "network said RE",
        lambda h: h.book("update signal set code = 'RE' where id = 'network-0'"),
    ),
    "another buyer's answer there": (
        "INV4",
        "buyer said UQ",
        lambda h: h.book("update signal set code = 'UQ' where id = 'buyer-0'"),
    ),
    "no ledger": ("INV4", "no ledger", lambda h: h.ledger.unlink()),
    "ledger destroyed": ("INV4", "cannot be read", lambda h: h.ledger.write_bytes(b"x" * 5000)),
    "blob flipped": (
        "INV5",
        "has other bytes",
        lambda h: h.overwrite(content(1), content(2)),
    ),
    "blob cut": (
        "INV5",
        "bytes, the entry says",
        lambda h: h.overwrite(content(1), b""),
    ),
    "blob missing": ("INV5", "cannot be read", lambda h: h.blob(content(1)).unlink()),
    "entry edited": (
        "INV5",
        "the row says name",
        lambda h: h.sql("update archive_entry set name = 'other.txt' where log_index = 3"),
    ),
    "entry moved to another document": (
        "INV5",
        "the row says document",
        lambda h: h.sql(
            "update archive_entry set document_id = %s where log_index = 3", h.documents[1]
        ),
    ),
    "entry back-dated": (
        "INV5",
        "the row says at",
        lambda h: h.sql("update archive_entry set at = '2020-01-01Z' where log_index = 3"),
    ),
    "rendition missing": (
        "INV5",
        "no rendition",
        lambda h: h.sql("delete from archive_entry where role = 'rendition'"),
    ),
    "receipt missing": (
        "INV5",
        "neither receipt nor signal",
        lambda h: h.sql("delete from archive_entry where role = 'receipt'"),
    ),
    "request missing": (
        "INV5",
        "no request",
        lambda h: h.sql("delete from archive_entry where role = 'request'"),
    ),
    "evidence of an event missing": (
        "INV5",
        "does not exist",
        lambda h: h.sql("delete from archive_entry where role = 'signal'"),
    ),
    "document content changed": (
        "INV5",
        "not the one that was issued",
        lambda h: h.sql("update document set content_sha256 = sha256('x') where sequence = 1"),
    ),
    "payload changed": (
        "INV5",
        "other bytes were sent",
        lambda h: h.sql(
            "update transmission set payload = 'x', payload_sha256 = sha256('x') where id = %s",
            h.sent[0],
        ),
    ),
    "leaf edited": (
        "INV6",
        "the leaves make another",
        lambda h: h.sql(
            "update archive_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'),"
            " 'rendition', 'renditiom'), 'UTF8') where log_index = 4"
        ),
    ),
    "leaf dropped": (
        "INV6",
        "leaf 3 is missing",
        lambda h: h.sql("delete from archive_entry where log_index = 3"),
    ),
    "last leaf dropped": (
        "INV6",
        "log_checkpoint 20",
        lambda h: h.sql("delete from archive_entry where log_index = 19"),
    ),
    "leaves swapped": (
        "INV6",
        "log_checkpoint 5",
        lambda h: (
            h.sql("update archive_entry set log_index = 1000 where log_index = 2"),
            h.sql("update archive_entry set log_index = 2 where log_index = 3"),
            h.sql("update archive_entry set log_index = 3 where log_index = 1000"),
        ),
    ),
    "node edited": (
        "INV6",
        "log_node (2, 1)",
        lambda h: h.sql("update log_node set hash = sha256('x') where (level, index) = (2, 1)"),
    ),
    "node dropped": (
        "INV6",
        "log_node (0, 5): it is missing",
        lambda h: h.sql("delete from log_node where (level, index) = (0, 5)"),
    ),
    "head rewound": ("INV6", "log_head", lambda h: h.sql("update log_head set size = 19")),
    "checkpoint edited": (
        "INV6",
        "log_checkpoint 10",
        lambda h: h.sql("update log_checkpoint set root = sha256('x') where size = 10"),
    ),
    "newest checkpoint dropped": (
        "INV6",
        "the newest has 18 leaves, the archive makes 20",
        lambda h: h.sql("delete from log_checkpoint where size = 20"),
    ),
    "checkpoint signature edited": (
        "INV6",
        "log_checkpoint 10",
        lambda h: h.sql(
            "update log_checkpoint set note = (select note from log_checkpoint where size = 5)"
            " where size = 10"
        ),
    ),
    "published checkpoint altered": (
        "INV6",
        "<data>/log/checkpoint: its signature is wrong",
        lambda h: (h.data / "log" / "checkpoint").write_text(
            (h.data / "log" / "checkpoint").read_text().replace("\n20\n", "\n19\n")
        ),
    ),
    "published checkpoint removed": (
        "INV6",
        "nothing is published",
        lambda h: (h.data / "log" / "checkpoint").unlink(),
    ),
    "key of another log": (
        "INV6",
        "log key",
        lambda h: (h.data / "log" / "key").write_text("x+00000000+AQ=="),
    ),
    "issued twice": (
        "INV8",
        "issued 2 times",
        lambda h: [
            h.sql(
                "insert into event (account_id, entity_id, id, document_id, type, data, at) values"
                " (%s, %s, gen_random_uuid(), %s, 'invoice.finalized', '{}', now())",
                h.owner.account_id,
                h.owner.entity_ids[0],
                h.documents[0],
            )
            for _ in range(2)
        ],
    ),
    "key with two outcomes": (
        "INV8",
        "2 outcomes",
        lambda h: (
            h.sql("alter table idempotency drop constraint idempotency_pkey"),
            h.sql("insert into idempotency select * from idempotency"),
        ),
    ),
    "another state beside it": (
        "INV9",
        "the facts kept beside it make another state than its events",
        lambda h: h.sql(
            'update transmission set facts = \'[{"transport": "queued"}]\' where id = %s',
            h.sent[0],
        ),
    ),
    "transport changed": (
        "INV9",
        "transport queued, its events make it submitted",
        lambda h: h.sql(
            "update transmission set transport = 'queued' where transport = 'submitted'"
        ),
    ),
    "regulatory changed": (
        "INV9",
        "regulatory rejected",
        lambda h: h.sql(
            "update transmission set regulatory = 'rejected' where id = %s", h.sent[0]
        ),
    ),
    "business changed": (
        "INV9",
        "business paid",
        lambda h: h.sql("update transmission set business = 'paid' where id = %s", h.sent[0]),
    ),
    "attempts changed": (
        "INV9",
        "attempts 7",
        lambda h: h.sql("update transmission set attempts = 7 where id = %s", h.sent[0]),
    ),
    "event dropped": (
        "INV9",
        "its events make it submitting",
        lambda h: h.sql('delete from event where data @> \'{"transport": "submitted"}\''),
    ),
    "no due time": (
        "INV10",
        "queued without a due time",
        lambda h: (
            h.sql("alter table outbox drop constraint outbox_check"),
            h.sql("update outbox set due_at = null where state = 'queued'"),
        ),
    ),
    "forgotten in the queue": (
        "INV10",
        "no row in the queue",
        lambda h: h.sql("delete from outbox where state = 'queued'"),
    ),
    "queue row of nothing": (
        "INV10",
        "its transmission does not exist",
        lambda h: h.sql("delete from transmission where id = %s", h.sent[0]),
    ),
    "closed too early": (
        "INV10",
        "closed, but",
        lambda h: h.sql("update outbox set state = 'closed', due_at = null"),
    ),
    "stuck in silence": (
        "INV10",
        "nobody is asked",
        lambda h: h.sql("update outbox set state = 'stuck' where state = 'sent'"),
    ),
    "nobody finds who must act": (
        "INV10",
        "asks for reissue",
        lambda h: h.sql("update outbox set action_required = 'reissue' where state = 'sent'"),
    ),
    "put aside for nothing": (
        "INV10",
        "deferred, but",
        lambda h: h.sql("update outbox set state = 'deferred' where state = 'queued'"),
    ),
    "found by no signal": (
        "INV10",
        "no signal would find it",
        lambda h: h.sql("delete from correlation where transmission_id = %s", h.sent[1]),
    ),
    "a signal nobody gave out": (
        "INV10",
        "it waits, but it is about",
        lambda h: h.sql(
            "insert into early_signal select channel, 's', array['x=1', kind || '=' || value],"
            " '{}', '', now(), now() from correlation limit 1"
        ),
    ),
    "an attempt that is not recorded": (
        "INV10",
        "1 attempts, 1 recorded",
        lambda h: attempt(h, number=2, outcome="retry", ended="now"),
    ),
    "an attempt without an end": (
        "INV10",
        "it has no end",
        lambda h: attempt(h, number=1, outcome=None, ended=None),
    ),
    "a send whose bytes were not kept": (
        "INV10",
        "what was to be sent was not kept",
        lambda h: attempt(h, number=1, outcome="retry", ended="now"),
    ),
    "in the wrong lane": (
        "INV10",
        "lane, message or account",
        lambda h: h.sql("update outbox set lane = 'other' where state = 'sent'"),
    ),
    "reported and not so": (
        "INV11",
        "reported and not on the document",
        lambda h: h.sql(
            "insert into document_vat select account_id, entity_id, id, 9, kind, issue_date,"
            " 'EUR', 'S', 22, 100, 22 from document where id = %s",
            h.documents[0],
        ),
    ),
    "owner without lease": (
        "INV10",
        "lane l",
        lambda h: h.sql("insert into lane (key, owner) values ('l', gen_random_uuid())"),
    ),
}
