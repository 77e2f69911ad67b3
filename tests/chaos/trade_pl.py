"""Polish invoices, numbered by the local KSeF."""

import random
from collections.abc import Iterator

from typing_extensions import override

from tests.chaos.trades import Order, Sold, Trade
from tests.gateway import ksef
from tests.gateway.documents.test_ksef_storm import agrees
from tests.gateway.houses import House, Json


class Poland(Trade):
    """Two sellers of one NIP: what the second numbers, the first has numbered before."""

    channel = ksef.TEST
    places = ("access", "invoices", "enquiries")
    verdict = ("cleared", "duplicate_of_accepted")

    @override
    def open(self, house: House) -> None:
        number = ksef.a_nip()
        self._market = ksef.Market(house, self.url, house.client)
        self._shop, self._double = self._market.shop(number), self._market.shop(number)

    @override
    def prepare(self) -> None:
        self.tell("script", {"rate_limits": "off", "delay_seconds": 0})

    @override
    def vex(self, chance: random.Random) -> None:
        gives_up = [chance.choice((550, 405, 500))] if chance.random() < 0.15 else []
        self.tell("script", {"verdicts": gives_up})

    @override
    def orders(self, turn: int) -> list[Order]:
        sale = self._order()
        if turn % 4 == 1:
            body = ksef.sale(**self.crediting())
            return [Order(self._shop, "/v1/credit-notes?finalize=true", body), sale]
        if turn % 4 == 2:
            body = ksef.sale(buyer_reference="double")
            path = "/v1/invoices?finalize=true"
            return [Order(self._double, path, body, taken=False), sale]
        return [sale, self._order(buyer={"name": "Konsument"})]

    def _order(self, **changes: object) -> Order:
        body = ksef.sale(**changes)
        body["lines"][0]["item_net_price"] = f"{100 + len(self.sold)}.00"
        return Order(self._shop, "/v1/invoices?finalize=true", body)

    @override
    def rows(self) -> list[Json]:
        return self._market.ledger(self._shop)

    @override
    def booked(self, rows: list[Json]) -> Iterator[str]:
        yield from super().booked([row for row in rows if row["status"] == 200])

    @override
    def differs(self, sold: Sold, shown: Json, rows: list[Json]) -> Iterator[str]:
        try:
            agrees(sold.order.shop, shown, rows)
        except AssertionError as error:
            yield f"number or UPO are not KSeF's: {error}"
