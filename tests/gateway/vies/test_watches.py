"""Numbers that are checked again and again, by an entity's setting or a customer's watch."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from freezegun import freeze_time

from gateway.kit import clock
from gateway.vies.watches import Rounds
from tests.gateway.vies.conftest import Office
from tests.gateway.vies.registry import clear, down, some

ONE, TWO, THREE, *_ = some(6, seed=9)
START = datetime.fromisoformat("2026-11-20T08:00:00+00:00")


class Board(Office):
    """An office whose rounds are made by the day."""

    def days(self, count: int) -> Iterator[int]:
        """Make a round each day and ask what waits; yield the day."""
        with freeze_time(START, tick=False) as time:
            for day in range(count):
                Rounds(self.checks).look(clock.now())
                clerk = self.clerk()
                while clerk.work_once():
                    pass
                yield day
                time.move_to(START + timedelta(days=day + 1))

    def numbers(self) -> list[str]:
        return [one.number.written for one in self.register.asked]

    def customer(self, vat_id: str) -> str:
        body = {"name": f"Customer {vat_id}", "vat_id": vat_id}
        return str(self.shop.call("POST", "/v1/customers", body).json()["id"])

    def set(self, rechecks: object) -> None:
        path = f"/v1/entities/{self.shop.entity}"
        answer = self.shop.call("PATCH", path, {"settings": {"vat_rechecks": rechecks}})
        assert answer.status_code == 200, answer.text

    def watch(self, customer: str, **said: object) -> None:
        path = f"/v1/customers/{customer}/vat-watch"
        assert self.shop.call("PUT", path, said).status_code == 200


@pytest.fixture
def board(desk: Office) -> Iterator[Board]:
    made = Board(desk.shop, desk.register, desk.checks)
    made.register.holders |= {one: (f"Holder {one}", "Street") for one in (ONE, TWO, THREE)}
    with freeze_time(START, tick=False):
        yield made


def test_nobody_is_checked_unless_it_is_switched_on(board: Board) -> None:
    board.customer(ONE)
    assert list(board.days(3)) == [0, 1, 2]
    assert board.numbers() == []


def test_customers_are_checked_every_thirty_days_by_default(board: Board) -> None:
    board.customer(ONE)
    board.customer(TWO)
    board.shop.call("POST", "/v1/customers", {"name": "Without a number"})
    board.set({})
    asked = {day: sorted(board.numbers()) for day in board.days(61)}
    both = sorted([ONE, TWO])
    assert asked[0] == asked[29] == both
    assert asked[30] == asked[59] == sorted(both * 2)
    assert asked[60] == sorted(both * 3)


def test_a_watch_of_a_customer_wins_over_the_entitys_setting(board: Board) -> None:
    one, two, _ = (board.customer(number) for number in (ONE, TWO, THREE))
    board.set({"days": 5})
    board.watch(one, every_days=2)
    board.watch(two, enabled=False)
    list(board.days(5))
    assert sorted(board.numbers()) == sorted([ONE, ONE, ONE, THREE])
    path = f"/v1/customers/{two}/vat-watch"
    assert board.shop.get(path)["enabled"] is False
    assert board.shop.call("DELETE", path).status_code == 204
    assert board.shop.call("GET", path).status_code == 404
    list(board.days(1))
    assert TWO in board.numbers()


def test_a_watch_is_enough_and_its_end_ends_it(board: Board) -> None:
    customer = board.customer(ONE)
    board.watch(customer, every_days=1)
    list(board.days(2))
    assert board.numbers() == [ONE, ONE]
    board.shop.call("DELETE", f"/v1/customers/{customer}/vat-watch")
    list(board.days(4))
    assert board.numbers() == [ONE, ONE]


def test_a_number_that_goes_out_of_force_is_told_though_an_outage_lies_between(
    board: Board,
) -> None:
    customer = board.customer(ONE)
    board.set({"days": 1})
    for day in board.days(4):
        if day == 0:
            board.register.weather = down("SI")
            del board.register.holders[ONE]
        if day == 1:
            assert board.events("vat_number.changed") == []
            board.register.weather = clear
    told = board.events("vat_number.changed")
    assert [one["data"]["changes"] for one in told] == [
        {"outcome": {"old": "valid", "new": "invalid"}}
    ]
    assert [one["data"]["customer_id"] for one in told] == [customer]


def test_a_deleted_customer_and_a_switched_off_entity_are_left_alone(board: Board) -> None:
    customer = board.customer(ONE)
    board.customer(TWO)
    board.set({"days": 1})
    board.shop.call("DELETE", f"/v1/customers/{customer}")
    list(board.days(1))
    assert board.numbers() == [TWO]
    board.set({"enabled": False})
    list(board.days(3))
    assert board.numbers() == [TWO]
