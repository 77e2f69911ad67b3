"""Spanish invoices, whose records are chained and told to the local AEAT."""

from collections.abc import Iterator
from typing import cast

from typing_extensions import override

from gateway.sandbox.verifactu.office import Office
from tests.chaos.trades import Order, Sold, Trade, apart, marks
from tests.gateway.documents import test_verifactu as verifactu
from tests.gateway.documents.test_verifactu_storm import archived, chained
from tests.gateway.houses import House, Json


class Spain(Trade):
    """One seller, who also credits, and cancels what should never have been issued."""

    channel = verifactu.TEST
    places = ("submissions", "queries")
    verdict = ("reported",)

    @override
    def open(self, house: House) -> None:
        nobody = cast("Office", None)  # it is in another process
        self._market = verifactu.Market(house, self.url, nobody)
        self._shop = self._market.shop()

    @override
    def orders(self, turn: int) -> list[Order]:
        sale = self._order("invoices")
        if turn % 4 == 1:
            return [self._order("credit-notes", **self.crediting()), sale]
        if turn % 4 == 2:
            gone = self.standing()[0]
            self._shop.take_back(gone.id, but=self.channel)
            path = f"/v1/documents/{gone.id}/void"
            return [Order(self._shop, path, {"reason": "Prueba"}, gone=gone.id), sale]
        return [sale, self._order("invoices")]

    def _order(self, kind: str, **changes: object) -> Order:
        return Order(self._shop, f"/v1/{kind}?finalize=true", verifactu.sale(**changes))

    @override
    def rows(self) -> list[Json]:
        return self._market.ledger(self._shop)

    @override
    def booked(self, rows: list[Json]) -> Iterator[str]:
        """Walk the chain by the published rule, and compare it with the order it came in."""
        records = [record for one in self.sold for record in archived(self._shop, {"id": one.id})]
        try:
            order = chained(records)
        except AssertionError as error:
            yield f"the chain does not hold: {error}"
        else:
            came = sorted(rows, key=lambda row: int(row["position"]))
            yield from apart("the chain", order, [row["digest"] for row in came])
        for row in rows:
            if row["state"] != "accepted":
                yield f"the AEAT refused a record of {row['number']}: {row['reason']}"
            if row["repeats"]:
                yield f"a record of {row['number']} was sent {row['repeats']} times too often"

    @override
    def differs(self, sold: Sold, shown: Json, rows: list[Json]) -> Iterator[str]:
        voided = sold.id in self.gone
        own = [row["digest"] for row in rows if row["number"] == sold.number]
        stamped = marks(shown)
        kinds = ("huella", "huella-anulacion") if voided else ("huella",)
        yield from apart("what is stamped", [stamped.get(kind) for kind in kinds], own)
        yield from apart("whether it stands", shown["state"] == "voided", voided)
        named = [one for one in self.ask("ledger")["invoices"] if one["number"] == sold.number]
        state = "Anulada" if voided else "Correcta"
        yield from apart("the invoice", [state], [one["state"] for one in named])
