"""Slovenian cash invoices, told to the local FURS."""

import json
from collections.abc import Iterator

from typing_extensions import override

from tests.chaos.trades import Order, Sold, Trade, apart, marks
from tests.gateway import furs
from tests.gateway.houses import House, Json, invoice


class Slovenia(Trade):
    """One seller with two tills, who also credits."""

    channel = furs.TEST
    places = ("invoices",)

    @override
    def open(self, house: House) -> None:
        self._market = furs.Market(house, self.url)
        self._shop = self._market.shop()
        series = {"pattern": "{premise}-{device}-{seq}", "premise": "TRG1", "device": "B2"}
        made = self._shop.call("POST", "/v1/series", {"code": "BACK", **series})
        assert made.status_code == 201, made.text

    @override
    def orders(self, turn: int) -> list[Order]:
        sale = self._order("invoices", series="TILL")
        if turn % 3 == 1:
            return [self._order("credit-notes", **self.crediting(), series="BACK"), sale]
        return [sale, self._order("invoices", series=("TILL", "BACK")[turn % 2])]

    def _order(self, kind: str, **changes: object) -> Order:
        body = invoice(**changes)
        if "corrects" not in changes:
            body["lines"][0]["invoiced_quantity"] = str(len(self.sold) + 1)
        return Order(self._shop, f"/v1/{kind}?finalize=true", body)

    @override
    def rows(self) -> list[Json]:
        return self._market.ledger()

    @override
    def named(self, row: Json) -> str:
        return str(row["number"]).replace("/", "-")

    @override
    def booked(self, rows: list[Json]) -> Iterator[str]:
        yield from super().booked(rows)
        for one in self.ask("ledger")["series"]:
            if one["missing"]:
                yield f"FURS misses {one['missing']} of {one['premise']}-{one['device']}"

    @override
    def differs(self, sold: Sold, shown: Json, rows: list[Json]) -> Iterator[str]:
        own = [row for row in rows if self.named(row) == sold.number]
        (content,) = sold.kept("fiscal-record")
        record = json.loads(content)["InvoiceRequest"]["Invoice"]
        stamped = marks(shown)
        yield from apart("the ZOI on paper", stamped.get("zoi"), record["ProtectedID"])
        for row in own:
            known = json.loads(row["remark"])
            yield from apart("the EOR", stamped.get("eor"), row["answer"])
            yield from apart("the ZOI", record["ProtectedID"], known["zoi"])
            yield from apart("the moment", record["IssueDateTime"], known["at"])
