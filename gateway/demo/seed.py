"""A realistic sandbox in an account: who sells to whom, in every state a document can be in.

Everything follows from the seed: the same requests in the same order, each with an idempotency key
of its own. Sellers and their buyers are entities of the account, so what the one sends arrives in
the inbox of the other.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from gateway.demo.api import Answer, Api
from gateway.demo.companies import BUYERS, SELLERS

T = TypeVar("T")

_GOOD = range(200, 300)
_GOODS = (
    ("Consulting", "HUR", "95.00"),
    ("Monthly subscription", "C62", "49.90"),
    ("Delivery", "C62", "12.50"),
    ("Maintenance", "HUR", "72.00"),
    ("Spare part", "H87", "3.95"),
    ("Training day", "DAY", "640.00"),
)
_STATES = ("draft", "issued", "issued", "issued", "issued", "credited")
_BROKEN = (
    ("scan.pdf", "application/pdf", b"%PDF-1.4\nno invoice in here\n"),
    ("cut.xml", "application/xml", b"<Invoice xmlns='urn:oasis:names:specification:ubl:"),
)


class SeedError(Exception):
    """The account cannot be filled; the message says why."""


@dataclass
class Seeding:
    """One run.

    Attributes:
        api: Calls in the name of an account's sandbox key.
        seed: What the run is called, and all it does follows from.
        documents: How many each seller gets.
        say: Told of progress.
        made: How many of each thing were made.
    """

    api: Api
    seed: int
    documents: int
    say: Callable[[str], None]
    made: dict[str, int] = field(default_factory=dict)

    def run(self) -> Mapping[str, int]:
        """Fill the account and return how much was made.

        Raises:
            SeedError: It was done before, or the gateway refuses something.
        """
        label = {"seed": str(self.seed)}
        found = self.api.get("/v1/entities", **{"metadata[seed]": str(self.seed)})
        if found.status not in _GOOD:
            raise SeedError(f"the key cannot be used: {found.body}")
        if found.body["data"]:
            raise SeedError(
                f"seed {self.seed} was sown in this account before; take another --seed, or "
                "another account"
            )
        buyers = {
            country: self._entity(f"buyer {country}", _buyer(country, label)) for country in BUYERS
        }
        for country, seller in SELLERS.items():
            entity = self._entity(f"seller {country}", {**seller, "metadata": label})
            items = self._catalogue(entity, country)
            self._documents(entity, country, items)
            self._subscription(entity, country, items[1])
            self._received(buyers[country], country)
            self.say(f"{seller['name']} sells to {BUYERS[country]['name']}")
        return self.made

    def _entity(self, name: str, body: Mapping[str, Any]) -> str:
        return str(self._post("entities", "/v1/entities", body, name)["id"])

    def _catalogue(self, entity: str, country: str) -> list[str]:
        """Give a seller a customer, its country's taxes and what it sells; return the items."""
        buyer = {k: v for k, v in BUYERS[country].items() if k in {"name", "vat_identifier"}}
        body = {**buyer, "email": f"office@buyer-{country.lower()}.example"}
        self._post("customers", "/v1/customers", body, f"customer {country}", entity)
        suggested = self.api.get("/v1/taxes/suggested", entity=entity).body["data"]
        taxes = [
            self._post("taxes", "/v1/taxes", _known(tax), f"{country} {place}", entity)
            for place, tax in enumerate(suggested)
        ]
        standard = [tax["id"] for tax in taxes if tax["category_code"] == "S"]
        usual = {"tax_id": standard[0]} if standard else {}
        made = []
        for place, (name, unit, price) in enumerate(_GOODS, 1):
            item = {"name": name, "unit": unit, "price": price, "sku": f"G-{place}", **usual}
            made.append(self._post("items", "/v1/items", item, f"{country} {place}", entity)["id"])
        return made

    def _documents(self, entity: str, country: str, items: Sequence[str]) -> None:
        for number in range(self.documents):
            name = f"{country} {number}"
            state = self._pick(f"state {name}", _STATES)
            body = {
                "buyer": BUYERS[country],
                "buyer_reference": f"PO-{self._number(f'order {name}', 9000) + 1000}",
                "payment_terms": "30 days net",
                "items": self._items(name, items),
                "metadata": {"seed": str(self.seed), "state": state},
            }
            query = "" if state == "draft" else "?finalize=true"
            made = self._post("invoices", f"/v1/invoices{query}", body, name, entity)
            if state == "issued":
                self._payment(entity, name, made)
            if state == "credited":
                credit = {**body, "preceding_invoice_references": [{"reference": made["number"]}]}
                path = "/v1/credit-notes?finalize=true"
                self._post("credit notes", path, credit, f"credit {name}", entity)

    def _items(self, name: str, items: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {
                "item_id": self._pick(f"good {name} {place}", items),
                "quantity": 1 + self._number(f"quantity {name} {place}", 20),
            }
            for place in range(1 + self._number(f"count {name}", 3))
        ]

    def _payment(self, entity: str, name: str, document: Mapping[str, Any]) -> None:
        """Have a document paid: not at all, a third of it, or all of it."""
        due = Decimal(document["amount_due"])
        share = self._pick(f"paid {name}", (Decimal(0), due / 3, due))
        if amount := share.quantize(Decimal("0.01"), ROUND_HALF_UP):
            body = {
                "amount": str(amount),
                "method": "bank_transfer",
                "reference": self._key(f"payment {name}"),
            }
            path = f"/v1/documents/{document['id']}/payments"
            self._post("payments", path, body, name, entity)

    def _subscription(self, entity: str, country: str, item: str) -> None:
        """Let a seller bill its buyer every month, beginning with the first of the next."""
        body = {
            "name": "Monthly subscription",
            "document": {
                "buyer": BUYERS[country],
                "buyer_reference": "subscription",
                "payment_terms": "30 days net",
                "items": [
                    {
                        "item_id": item,
                        "quantity": 1,
                        "name": "Subscription {{month_name}} {{year}}",
                    }
                ],
            },
            "schedule": {"frequency": "monthly", "day_of_month": 1},
            "metadata": {"seed": str(self.seed)},
        }
        self._post("recurring invoices", "/v1/recurring-invoices", body, country, entity)

    def _received(self, entity: str, country: str) -> None:
        """Give a buyer what comes by mail: things no machine can read."""
        for filename, kind, content in _BROKEN:
            headers = {"Content-Type": kind, "Entity-Id": entity}
            answer = self.api.http.post(
                f"/v1/inbox?filename={filename}",
                content=content,
                headers=headers | {"Idempotency-Key": self._key(f"{country} {filename}")},
            )
            self._counted("received documents", Answer(answer.status_code, None, {}))

    def _post(
        self,
        what: str,
        path: str,
        body: Mapping[str, Any],
        name: str,
        entity: str | None = None,
    ) -> dict[str, Any]:
        answer = self.api.post(path, body, entity=entity, key=self._key(f"{what} {name}"))
        self._counted(what, answer)
        found: dict[str, Any] = answer.body
        return found

    def _counted(self, what: str, answer: Answer) -> None:
        if answer.status not in _GOOD:
            raise SeedError(f"{what}: the gateway refuses ({answer.status}): {answer.body}")
        self.made[what] = self.made.get(what, 0) + 1

    def _key(self, name: str) -> str:
        return f"seed-{self.seed}-{hashlib.sha256(name.encode()).hexdigest()[:24]}"

    def _number(self, name: str, below: int) -> int:
        digest = hashlib.sha256(f"{self.seed} {name}".encode()).digest()
        return int.from_bytes(digest[:8]) % below

    def _pick(self, name: str, among: Sequence[T]) -> T:
        return among[self._number(name, len(among))]


def _buyer(country: str, label: Mapping[str, str]) -> dict[str, Any]:
    buyer = BUYERS[country]
    return {"name": buyer["name"], "country_code": country, "seller": buyer, "metadata": label}


def _known(suggested: Mapping[str, Any]) -> dict[str, Any]:
    """Return a suggested tax as one is posted."""
    names = ("name", "category_code", "rate", "exemption_reason_code")
    return {name: suggested[name] for name in names if suggested[name] is not None}
