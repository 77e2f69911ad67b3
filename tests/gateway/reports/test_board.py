"""The compliance board."""

from typing import Any

import pytest

from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Shop

_STATES = {
    "pending": ("submitted", "pending"),
    "failed": ("failed_permanent", "pending"),
    "unknown": ("outcome_unknown", "pending"),
}


@pytest.fixture
def board(house: House) -> Shop:
    """An account whose one entity has three transmissions, each in trouble of its own."""
    shop = Shop.opened(house)
    for transport, regulatory in _STATES.values():
        made = shop.issued(Idempotency_Key=transport)
        house.sql(
            "update transmission set transport = %s, regulatory = %s where document_id = %s",
            transport,
            regulatory,
            parse_id(made["id"], "inv"),
        )
    return shop


def _read(shop: Shop, query: str = "", **headers: str) -> list[dict[str, Any]]:
    answer = shop.account.call("GET", f"/v1/reports/compliance{query}", key=shop.key, **headers)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["data"]
    return rows


def test_the_board_says_what_needs_looking_after(board: Shop) -> None:
    quiet = board.account.new_entity("Quiet")
    first, second = _read(board)
    assert first["entity_id"] == quiet
    assert first["transmissions"] == {
        "pending": 0, "failed": 0, "unknown": 0, "action_required": 0
    }  # fmt: skip
    assert first["oldest_pending_at"] is None
    assert first["last_issued_at"] is None
    assert second["transmissions"] == {
        "pending": 1, "failed": 1, "unknown": 1, "action_required": 0
    }  # fmt: skip
    assert second["oldest_pending_at"] <= second["last_issued_at"]
    assert _read(board, Entity_Id=quiet) == [first]


def test_drafts_are_counted(board: Shop) -> None:
    board.draft()
    assert _read(board)[0]["drafts"] == 1


def test_the_board_shows_only_entities_in_a_state(board: Shop) -> None:
    board.account.new_entity("Quiet")
    for state in _STATES:
        assert [row["entity_id"] for row in _read(board, f"?state={state}")] == [board.entity]
    assert _read(board, "?state=action_required") == []


def test_the_board_says_what_an_entity_lacks_as_its_readiness_does(board: Shop) -> None:
    quiet = board.account.new_entity("Quiet")
    readiness = board.get(f"/v1/entities/{quiet}/readiness")
    assert readiness["missing"]
    assert _read(board)[0]["missing_setup"] == readiness["missing"]


def test_the_board_comes_in_pages(board: Shop) -> None:
    for place in range(3):
        board.account.new_entity(f"Quiet {place}")
    whole = _read(board)
    seen: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        path = f"/v1/reports/compliance?limit=2{cursor and f'&cursor={cursor}'}"
        page = board.account.call("GET", path, key=board.key).json()
        seen += page["data"]
        cursor = page["next_cursor"]
    assert seen == whole
    assert len(seen) == 4
