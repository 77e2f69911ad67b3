"""Croatian cash invoices, told to the local CIS."""

import json
from collections.abc import Iterator
from datetime import datetime

from typing_extensions import override

from formats.xml import parse
from tests.chaos.trades import Order, Sold, Trade, apart, inner, marks
from tests.gateway import hr_cis
from tests.gateway.houses import House, Json


class Croatia(Trade):
    """One seller with two tills, who also credits."""

    channel = hr_cis.TEST
    places = ("racuni",)

    @override
    def open(self, house: House) -> None:
        self._oib = hr_cis.an_oib()
        self._market = hr_cis.Market(house, self.url)
        self._shop = self._market.shop(self._oib)
        self._market.till(self._shop, "BACK", "2")

    @override
    def orders(self, turn: int) -> list[Order]:
        sale = self._order("invoices", series="TILL")
        if turn % 3 == 1:
            return [self._order("credit-notes", **self.crediting(), series="BACK"), sale]
        return [sale, self._order("invoices", series=("TILL", "BACK")[turn % 2])]

    def _order(self, kind: str, **changes: object) -> Order:
        body = hr_cis.sale(**changes)
        if "corrects" not in changes:
            body["lines"][0]["item_net_price"] = f"{100 + len(self.sold)}.00"
        return Order(self._shop, f"/v1/{kind}?finalize=true", body)

    @override
    def rows(self) -> list[Json]:
        return self._market.ledger(self._oib)

    @override
    def counted(self, number: str) -> tuple[str, int]:
        place, _, till = number.partition("/")
        return till, int(place)

    @override
    def booked(self, rows: list[Json]) -> Iterator[str]:
        yield from super().booked(rows)
        for one in self.ask("ledger")["series"]:
            if one["missing"]:
                yield f"CIS misses {one['missing']} of {one['premise']}/{one['device']}"

    @override
    def differs(self, sold: Sold, shown: Json, rows: list[Json]) -> Iterator[str]:
        own = [row for row in rows if self.named(row) == sold.number]
        (content,) = sold.kept("fiscal-record")
        record, stamped = parse(content), marks(shown)
        yield from apart("the ZKI on paper", stamped.get("zki"), inner(record, "ZastKod"))
        for row in own:
            known = json.loads(row["remark"])
            at = f"{datetime.fromisoformat(known['at']):%d.%m.%YT%H:%M:%S}"
            yield from apart("the JIR", stamped.get("jir"), row["answer"])
            yield from apart("the ZKI", inner(record, "ZastKod"), known["zki"])
            yield from apart("the moment", inner(record, "DatVrijeme"), at)
            yield from apart("the total", inner(record, "IznosUkupno"), known["total"])
