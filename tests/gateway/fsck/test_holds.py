"""What keeps documents is in the log: holds, and the last day of each document."""

from collections.abc import Iterator
from functools import partial

import pytest

from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.fsck.house import damaged
from tests.gateway.houses import House, Shop, invoice, opened
from tests.gateway.matrix.bodies import SELLER

HOLDS = "/v1/retention/holds"


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("held")) as made:
        yield made


@pytest.fixture(scope="module")
def shop(house: House) -> Shop:
    """Return a shop with a document that came and one it issued, two holds, and one that ended."""
    made = Shop.opened(house)
    came = made.call("POST", "/v1/inbox", invoice(seller=SELLER, number="R-1"))
    assert came.status_code == 201, came.text
    for limits in (
        {"document_id": came.json()["id"]},
        {"kinds": ["invoice"], "issued_from": "2026-01-01", "issued_until": "2026-12-31"},
        {},
    ):
        answer = made.call("POST", HOLDS, {"reason": "audit", **limits})
        assert answer.status_code == 201, answer.text
    last = made.get(HOLDS)["data"][0]["id"]
    ended = made.call("POST", f"{HOLDS}/{last}/end", {"reason": "over"})
    assert ended.status_code == 200, ended.text
    made.issued()
    return made


def test_what_is_as_it_was_said_to_be_is_sound(shop: Shop) -> None:
    house = shop.house
    report = check(house.admin_url, house.runtime.settings.data)
    assert report.problems == ()
    seen = report.invariants["INV5"].examined
    assert (seen["holds"], seen["last days"]) == (3, 2)
    leaves = house.sql("select name from archive_entry where role = 'legal-hold' order by 1")
    assert [name for (name,) in leaves] == [
        "legal-hold-ended.json",
        *["legal-hold-placed.json"] * 3,
    ]


DAMAGES = {
    "delete from retention_hold where document is not null": "is not there",
    """update retention_hold set (ended_at, ended_by_kind, end_reason) = (now(), 'system', 'x')
        where kinds is not null""": "does not say so",
    "update retention_hold set document = 'rcv_x' where document is not null": "has document",
    """update retention_hold h set (document_id, received_id) =
          ((select id from document d where d.entity_id = h.entity_id limit 1), null)
        where document is not null""": "it is about",
    "update retention_hold set kinds = '{order}' where kinds is not null": "has kinds",
    """update retention_hold set issued_from = '2026-12-30'
        where kinds is not null""": "has issued_from",
    """update retention_hold set issued_until = '2026-01-02'
        where kinds is not null""": "has issued_until",
    "update document set retain_until = retain_until - 1": "was to be kept until",
    "update received_document set retain_until = retain_until - 1": "was to be kept until",
    """insert into event (account_id, entity_id, id, document_id, type, data, at)
       select account_id, entity_id, gen_random_uuid(), id, 'retention.extended',
              '{"until": "2999-12-31"}', now() from document""": "was to be kept until 2999-12-31",
    """insert into event (account_id, entity_id, id, subject_id, type, data, at)
       select account_id, entity_id, gen_random_uuid(), document, 'retention.extended',
              '{"until": "2998-12-31"}', now() from retention_hold
        where document is not null""": "was to be kept until 2998-12-31",
}
"""What is done behind our back, and what the checker says of it."""


@pytest.mark.parametrize(("damage", "what"), DAMAGES.items())
def test_nothing_is_kept_shorter_unnoticed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, damage: str, what: str
) -> None:
    monkeypatch.setattr("gateway.fsck.service.snapshot", partial(damaged, damage))
    report = check(shop.house.admin_url, shop.house.runtime.settings.data)
    said = [one.what for one in report.invariants["INV5"].problems]
    assert len(said) == 1
    assert what in said[0]


def test_what_was_extended_is_not_kept_shorter_although_its_event_went(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="R-2")).json()["id"]
    issued = shop.issued()["id"]
    for place in (f"received/{came}", f"documents/{issued}"):
        body = {"subjects": ["immovable_property"], "reason": "a house"}
        answer = shop.call("POST", f"/v1/retention/{place}/subjects", body)
        assert answer.status_code == 200, answer.text
    report = check(shop.house.admin_url, shop.house.runtime.settings.data)
    assert not report.invariants["INV5"].problems
    assert report.invariants["INV5"].examined["extensions"] == 2
    damage = """
    delete from event where type = 'retention.extended';
    delete from retention_subject;
    update document set retain_until = retain_until - interval '10 years'
     where extract(year from retain_until) > 2040;
    update received_document set retain_until = retain_until - interval '10 years'
     where extract(year from retain_until) > 2040"""
    monkeypatch.setattr("gateway.fsck.service.snapshot", partial(damaged, damage))
    problems = check(shop.house.admin_url, shop.house.runtime.settings.data)
    said = [one.what for one in problems.invariants["INV5"].problems]
    assert ["the log says: kept until" in one for one in said] == [True, True]
