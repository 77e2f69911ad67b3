"""Whoever holds a key is told that its certificate ends: once at each step, and in time."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from gateway.kit.ids import public_id
from gateway.signing import lifecycle, making, notices, watch
from gateway.signing.making import Brought, NewKey
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import RotationInput
from gateway.signing.watch import Watch
from tests.gateway.houses import Json, Shop
from tests.gateway.signing.authority import DAY, NOW, Authority, p256
from tests.gateway.signing.conftest import tenant_of

ROOT = Authority.root()
ENDS = NOW + 90 * DAY
SECOND = datetime.timedelta(seconds=1)


@dataclass
class Desk:
    """A shop whose keys are watched."""

    shop: Shop

    @property
    def watch(self) -> Watch:
        return Watch(self.shop.house.runtime.database)

    def key(self, ends: datetime.datetime = ENDS, now: datetime.datetime = NOW) -> KeyRow:
        key = p256()
        leaf = ROOT.issue(key, ends=ends)
        with self.shop.house.runtime.database.transaction(tenant_of(self.shop)) as tx:
            by = self.shop.house.runtime.vault.encryption
            given = NewKey("Seal", ["document-seal"])
            return making.bring(tx, by, given, Brought(key, (leaf,)), now)

    def told(self) -> list[tuple[str, int]]:
        listed: list[Json] = self.shop.get("/v1/events?limit=200")["data"]
        return [
            (one["type"], one["data"]["days"])
            for one in listed
            if one["type"].startswith("certificate.")
        ]


@pytest.fixture
def desk(shop: Shop) -> Iterator[Desk]:
    yield Desk(shop)
    with shop.house.runtime.database.worker_transaction() as tx:
        tx.connection.exec_driver_sql("update signing_certificate set notice_at = null")


def test_each_step_is_told_once(desk: Desk) -> None:
    desk.key()
    day = NOW
    while day <= ENDS + 3 * DAY:
        for _ in range(2):
            desk.watch.look(day)
        day += DAY / 2
    assert desk.told() == [
        ("certificate.expiring", 60),
        ("certificate.expiring", 30),
        ("certificate.expiring", 14),
        ("certificate.expiring", 7),
        ("certificate.expiring", 1),
        ("certificate.expired", 0),
    ]


def test_who_slept_tells_the_step_that_is_reached_and_not_all_before(desk: Desk) -> None:
    desk.key()
    desk.watch.look(ENDS - 10 * DAY)
    assert desk.told() == [("certificate.expiring", 14)]
    desk.watch.look(ENDS + DAY)
    assert desk.told()[1:] == [("certificate.expired", 0)]


def test_what_comes_in_late_is_told_at_once(desk: Desk) -> None:
    desk.key(ends=NOW + 5 * DAY)
    desk.watch.look(NOW + SECOND)
    assert desk.told() == [("certificate.expiring", 7)]


def test_a_round_that_died_is_made_again_and_tells_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.key(ends=NOW + 5 * DAY)
    with monkeypatch.context() as broken:
        broken.setattr(watch, "tell", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.watch.look(NOW + SECOND)
    desk.watch.look(NOW + SECOND)
    assert desk.told() == []
    for minutes in (11, 12, 30):
        desk.watch.look(NOW + minutes * 60 * SECOND)
    assert desk.told() == [("certificate.expiring", 7)]


def test_who_prepared_is_left_in_peace(desk: Desk) -> None:
    retired, renewed, replaced = desk.key(), desk.key(), desk.key()
    successor = desk.key(ends=ENDS + 1000 * DAY)
    with desk.shop.house.runtime.database.transaction(tenant_of(desk.shop)) as tx:
        lifecycle.retire(tx, retired.id, NOW)
        given = RotationInput(successor_id=public_id("sgk", successor.id), at=ENDS - 70 * DAY)
        lifecycle.rotate(tx, replaced.id, given, NOW)
        public = load_der_public_key(renewed.public_key)
        leaf = ROOT.issue(public, begins=ENDS - 20 * DAY, ends=ENDS + 300 * DAY)
        making.add_certificate(tx, renewed, [leaf], NOW)
    desk.watch.look(ENDS - 5 * DAY)
    assert desk.told() == []


@pytest.mark.parametrize(
    ("left", "step"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 14), (7, 7), (2, 7), (1, 1), (0, 0), (-9, 0)],
)
def test_steps(left: float, step: int | None) -> None:
    assert notices.step(NOW + left * DAY, NOW) == step


def test_the_next_moment_is_the_next_step() -> None:
    assert notices.first(ENDS, NOW) == ENDS - 60 * DAY
    assert notices.first(NOW, NOW) is None
    assert notices.first(NOW + 3 * DAY, NOW) == NOW
    assert notices.after(NOW + 3 * DAY, NOW) == NOW + 2 * DAY
    assert notices.after(NOW, NOW) is None
