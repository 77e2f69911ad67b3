"""Whatever order things are done in: no document and no payment comes to an illegal state."""

from decimal import Decimal
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Shop, invoice, line

REFUSED = {404, 409, 422}
STATES = {"draft", "issued", "voided", "corrected"}
PAYMENTS = {"unpaid", "partially_paid", "paid", "reversed"}
MOVES = {
    "draft": {"draft", "issued"},
    "issued": {"issued", "voided", "corrected"},
    "voided": {"voided"},
    "corrected": {"corrected"},
}
"""How a state may follow another."""


def test_no_order_of_events_reaches_a_state_that_may_not_be(
    house: House, request: pytest.FixtureRequest
) -> None:
    full = request.config.getoption("--full")
    examples, steps = (300, 40) if full else (8, 20)

    class Machine(Documents):
        shop_of = house

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class Documents(RuleBasedStateMachine):
    """A shop whose documents are issued, paid, credited and voided in any order."""

    shop_of: House
    documents = Bundle("documents")
    payments = Bundle("payments")

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop.opened(self.shop_of)
        self.seen: dict[str, dict[str, Any]] = {}

    @rule(target=documents, quantity=st.integers(1, 5), advance=st.booleans())
    def drafted(self, quantity: int, advance: bool) -> str:  # noqa: FBT001
        body = invoice(lines=[line(invoiced_quantity=str(quantity), item_net_price="10")])
        kind = "advance-invoices" if advance else "invoices"
        return str(self.shop.draft(body, kind)["id"])

    @rule(document=documents)
    def issued(self, document: str) -> None:
        collection = self._read(document)["object"].replace("_", "-") + "s"
        self._said(self.shop.call("POST", f"/v1/{collection}/{document}/finalize"))

    @rule(target=documents, document=documents, part=st.none() | st.integers(1, 5))
    def credited(self, document: str, part: int | None) -> str:
        body: dict[str, object] = {"reason": "returned"}
        if part is not None:
            body["lines"] = [{"line": "1", "quantity": part}]
        answer = self._said(self.shop.call("POST", f"/v1/documents/{document}/corrections", body))
        return str(answer["id"]) if answer else document

    @rule(target=documents, advance=documents, quantity=st.integers(1, 9))
    def settled(self, advance: str, quantity: int) -> str:
        lines = [line(invoiced_quantity=str(quantity), item_net_price="10")]
        body = invoice(lines=lines, settles=[advance])
        answer = self._said(self.shop.call("POST", "/v1/invoices", body))
        return str(answer["id"]) if answer else advance

    @rule(target=payments, document=documents, amount=st.integers(1, 6000))
    def paid(self, document: str, amount: int) -> str | None:
        body = {"amount": str(Decimal(amount) / 100)}
        answer = self._said(self.shop.call("POST", f"/v1/documents/{document}/payments", body))
        return str(answer["id"]) if answer else None

    @rule(payment=payments)
    def reversed(self, payment: str | None) -> None:
        if payment is not None:
            body = {"reason": "chargeback"}
            self._said(self.shop.call("POST", f"/v1/payments/{payment}/reverse", body))

    @rule(document=documents, lost=st.booleans())
    def voided(self, document: str, lost: bool) -> None:  # noqa: FBT001
        if lost:  # nothing of it came to the other side
            self.shop.house.sql(
                "update transmission set transport = 'failed_permanent' where entity_id = %s",
                parse_id(self.shop.entity, "ent"),
            )
        body = {"reason": "mistake"}
        self._said(self.shop.call("POST", f"/v1/documents/{document}/void", body))

    @rule(document=documents)
    def deleted_and_back(self, document: str) -> None:
        collection = self._read(document)["object"].replace("_", "-") + "s"
        answer = self.shop.call("DELETE", f"/v1/{collection}/{document}")
        assert answer.status_code in {204, 409}, answer.text
        assert self.shop.call("POST", f"/v1/documents/{document}/restore").status_code == 200

    @invariant()
    def every_document_is_in_a_state_it_may_have(self) -> None:
        for document in self.shop.documents():
            before = self.seen.get(document["id"])
            self._check(document)
            if before is not None:
                assert document["state"] in MOVES[before["state"]]
                if before["state"] != "draft":
                    for frozen in ("number", "sha256", "total_with_vat", "issue_date"):
                        assert document[frozen] == before[frozen]
            self.seen[document["id"]] = document

    @invariant()
    def money_adds_up(self) -> None:
        received: dict[str, Decimal] = {}
        for payment in self.shop.get("/v1/payments?limit=200")["data"]:
            if payment["state"] == "received":
                known = received.get(payment["document_id"], Decimal(0))
                received[payment["document_id"]] = known + Decimal(payment["amount"])
        for document in self.seen.values():
            assert Decimal(document["amount_paid"]) == received.get(document["id"], Decimal(0))

    @invariant()
    def what_is_credited_is_what_credit_notes_take_back(self) -> None:
        credited: dict[str, Decimal] = {}
        for note in self.seen.values():
            if note["object"] == "credit_note" and note["state"] in {"issued", "corrected"}:
                [named] = note["invoice"]["preceding_invoice_references"]
                known = credited.get(named["reference"], Decimal(0))
                credited[named["reference"]] = known + Decimal(note["total_with_vat"])
        for document in self.seen.values():
            taken = credited.get(document["number"], Decimal(0))
            assert Decimal(document["amount_credited"]) == taken
            if document["state"] == "corrected":
                assert taken == Decimal(document["total_with_vat"])

    @invariant()
    def numbers_have_no_gap(self) -> None:
        for prefix in ("INV", "CRN", "ADV"):
            issued = [
                one for one in self.seen.values() if (one["number"] or "").startswith(prefix)
            ]
            counted = sorted(int(one["number"].rpartition("-")[2]) for one in issued)
            assert counted == list(range(1, len(counted) + 1))

    def _check(self, document: dict[str, Any]) -> None:
        assert document["state"] in STATES
        paid, credited = Decimal(document["amount_paid"]), Decimal(document["amount_credited"])
        if document["state"] == "draft":
            assert not paid
            assert not credited
            assert document["number"] is None
            assert document["payment_status"] is None
            return
        due, total = Decimal(document["amount_due"]), Decimal(document["total_with_vat"])
        assert document["number"] is not None
        assert 0 <= credited <= total
        assert paid >= 0
        if document["state"] == "issued":
            assert Decimal(document["open_amount"]) == max(due - credited - paid, Decimal(0))
            assert document["payment_status"] in PAYMENTS
        if document["payment_status"] == "paid":
            assert Decimal(document["open_amount"]) == 0
        if document["payment_status"] == "unpaid":
            assert paid == 0
        if document["state"] == "voided":
            assert not paid
            assert not credited

    def _read(self, document: str) -> dict[str, Any]:
        return self.shop.get(f"/v1/documents/{document}")

    def _said(self, answer: Response) -> dict[str, Any] | None:
        if answer.status_code in REFUSED:
            assert answer.headers["content-type"] == "application/problem+json"
            return None
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, Any] = answer.json()
        return found
