"""What documents take from customers, items and other documents, and what that does to these."""

from concurrent.futures import ThreadPoolExecutor

from httpx2 import Response

from gateway.kinds import DocumentKind
from tests.gateway.documents.bodies import series_for
from tests.gateway.houses import Json, Shop, invoice, kind, line


def test_an_inline_customer_is_created_once_and_linked(shop: Shop) -> None:
    body = {
        "customer": {"name": "Kavarna Rožle", "email": "racuni@rozle.example"},
        "items": [{"name": "Kruh", "quantity": 1, "price": 3}],
    }
    first, second = shop.draft(body), shop.draft(body)
    assert first["customer_id"] == second["customer_id"]
    [customer] = shop.get("/v1/customers")["data"]
    assert (customer["id"], customer["name"]) == (first["customer_id"], "Kavarna Rožle")
    listed = shop.get(f"/v1/invoices?customer_id={customer['id']}")["data"]
    assert {one["id"] for one in listed} == {first["id"], second["id"]}


def test_a_customer_by_id_fills_what_the_body_leaves_out(shop: Shop) -> None:
    given = {
        "name": "Kavarna",
        "vat_id": "SI50223054",
        "address": "Trg 1",
        "city": "Ljubljana",
        "country": "Slovenia",
    }
    customer = shop.call("POST", "/v1/customers", given).json()
    body = {"customer_id": customer["id"], "items": [{"name": "Kruh", "quantity": 1, "price": 3}]}
    issued = shop.issued({**body, "customer": {"name": "Kavarna II"}})
    buyer = issued["invoice"]["buyer"]
    assert (buyer["name"], buyer["vat_identifier"]) == ("Kavarna II", "SI50223054")
    assert buyer["postal_address"]["city"] == "Ljubljana"
    assert issued["customer_id"] == customer["id"]


def test_an_item_by_id_fills_its_line(shop: Shop) -> None:
    item = shop.call("POST", "/v1/items", {"name": "Kruh", "price": "3.20", "unit": "kg"}).json()
    body = {
        "customer": {"name": "Kavarna"},
        "items": [{"item_id": item["id"], "quantity": 2}, {"item_id": item["id"], "price": 3}],
    }
    lines = shop.draft(body)["invoice"]["lines"]
    assert [one["item_name"] for one in lines] == ["Kruh", "Kruh"]
    assert [one["item_net_price"] for one in lines] == ["3.20", "3"]
    assert lines[0]["unit_code"] == "KGM"


def test_a_link_that_leads_nowhere_names_its_place(shop: Shop, another: Shop) -> None:
    foreign = another.draft()
    for member, value, place in (
        ("customer_id", "cus_00000000000000000000000000", "/customer_id"),
        ("corrects", foreign["id"], "/corrects"),
        ("settles", [foreign["id"]], "/settles/0"),
        ("derived_from", "nonsense", "/derived_from"),
    ):
        answer = shop.call("POST", "/v1/invoices", invoice(**{member: value}))
        assert answer.status_code == 404, answer.text
        assert [part["pointer"] for part in answer.json()["errors"]] == [place]


def test_a_credit_note_takes_back_a_part_then_the_rest_and_no_more(shop: Shop) -> None:
    original = shop.issued(invoice(lines=[line(invoiced_quantity="10")]))
    [credited] = original["invoice"]["lines"]
    part = _corrected(shop, original, lines=[{"line": credited["identifier"], "quantity": 4}])
    assert part["object"] == "credit_note"
    assert part["invoice"]["lines"][0]["invoiced_quantity"] == "4"
    assert part["invoice"]["preceding_invoice_references"][0]["reference"] == original["number"]
    _finalized(shop, part)
    now = shop.get(f"/v1/invoices/{original['id']}")
    assert (now["state"], now["amount_credited"]) == ("issued", part["total_with_vat"])

    whole = _corrected(shop, original)
    refused = shop.call("POST", f"/v1/credit-notes/{whole['id']}/finalize")
    assert kind(refused) == "credit-exceeds"
    rest = _corrected(shop, original, lines=[{"line": credited["identifier"], "quantity": 6}])
    _finalized(shop, rest)
    now = shop.get(f"/v1/invoices/{original['id']}")
    assert (now["state"], now["open_amount"]) == ("corrected", "0")
    relations = shop.get(f"/v1/documents/{original['id']}/relations")["data"]
    assert [(one["relation"], one["effective"]) for one in relations] == [
        ("corrects", True),
        ("corrects", False),
        ("corrects", True),
    ]


def test_a_credit_note_that_would_add_is_refused(shop: Shop) -> None:
    original = shop.issued()
    body = invoice(lines=[line(invoiced_quantity="-1")], corrects=original["id"])
    refused = shop.issue(body, "credit-notes")
    assert refused.status_code == 422, refused.text
    assert shop.get(f"/v1/invoices/{original['id']}")["amount_credited"] == "0"


def test_two_credit_notes_at_once_do_not_credit_twice(shop: Shop) -> None:
    original = shop.issued()
    drafts = [_corrected(shop, original) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: _finalize(shop, one).status_code, drafts))
    assert sorted(answers) == [200, 422, 422, 422]
    now = shop.get(f"/v1/invoices/{original['id']}")
    assert now["amount_credited"] == original["total_with_vat"]


def test_a_corrective_invoice_takes_the_place_of_the_first(shop: Shop) -> None:
    original = shop.issued()
    draft = _corrected(shop, original, method="corrective_invoice")
    assert (draft["object"], draft["invoice"]["type_code"]) == ("invoice", "380")
    _finalized(shop, draft)
    assert shop.get(f"/v1/invoices/{original['id']}")["state"] == "corrected"


def test_a_line_that_is_not_there_cannot_be_credited(shop: Shop) -> None:
    original = shop.issued()
    body = {"reason": "broken", "lines": [{"line": "7"}]}
    answer = shop.call("POST", f"/v1/documents/{original['id']}/corrections", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/lines/0/line"


def test_an_advance_is_settled_once_and_its_vat_with_it(shop: Shop) -> None:
    series_for(shop, DocumentKind.ADVANCE_INVOICE)
    advance = shop.issued(invoice(lines=[line(invoiced_quantity="1")]), "advance-invoices")
    final = invoice(lines=[line(invoiced_quantity="10")], settles=[advance["id"]])
    issued = shop.issued(final)
    assert issued["total_without_vat"] == "9.90"
    references = issued["invoice"]["preceding_invoice_references"]
    assert [one["reference"] for one in references] == [advance["number"]]
    again = shop.issue(final)
    assert (again.status_code, kind(again)) == (409, "already-settled")
    happened = [one["type"] for one in shop.get("/v1/events")["data"]]
    assert happened.count("advance_invoice.applied") == 1


def test_an_estimate_is_accepted_by_the_invoice_that_continues_it(shop: Shop) -> None:
    series_for(shop, DocumentKind.ESTIMATE)
    estimate = shop.issued(invoice(metadata={"deal": "7"}), "estimates")
    answer = shop.call("POST", f"/v1/documents/{estimate['id']}/convert", {"to": "invoice"})
    assert answer.status_code == 201, answer.text
    draft = answer.json()
    assert (draft["total_with_vat"], draft["metadata"]) == ("3.61", {"deal": "7"})
    assert shop.get(f"/v1/estimates/{estimate['id']}")["decision"] is None
    _finalized(shop, draft)
    assert shop.get(f"/v1/estimates/{estimate['id']}")["decision"] == "accepted"
    wrong = shop.call("POST", f"/v1/documents/{draft['id']}/convert", {"to": "estimate"})
    assert wrong.json()["errors"][0]["pointer"] == "/to"


def test_what_was_rejected_is_not_continued(shop: Shop) -> None:
    series_for(shop, DocumentKind.ESTIMATE)
    estimate = shop.issued(invoice(), "estimates")
    path = f"/v1/documents/{estimate['id']}"
    rejected = shop.call("POST", f"{path}/reject", {"reason": "too dear"})
    assert (rejected.json()["decision"], rejected.json()["decision_reason"]) == (
        "rejected",
        "too dear",
    )
    assert shop.call("POST", f"{path}/reject", {}).status_code == 200
    assert kind(shop.call("POST", f"{path}/accept", {})) == "document-state"
    assert kind(shop.call("POST", f"{path}/convert", {"to": "invoice"})) == "document-state"


def test_an_invoice_on_its_way_is_not_voided(shop: Shop) -> None:
    issued = shop.issued()
    answer = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "mistake"})
    assert (answer.status_code, kind(answer)) == (409, "void-refused")
    assert shop.get(f"/v1/invoices/{issued['id']}")["state"] == "issued"


def test_what_nobody_received_is_voided_and_keeps_its_number(shop: Shop) -> None:
    issued = shop.issued()
    shop.house.sql("update transmission set transport = 'failed_permanent'")
    answer = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "mistake"})
    assert answer.status_code == 200, answer.text
    voided = answer.json()
    assert (voided["state"], voided["status"], voided["void_reason"]) == (
        "voided",
        "voided",
        "mistake",
    )
    assert voided["number"] == issued["number"]
    assert voided["sha256"] == issued["sha256"]
    assert shop.issued()["number"] != issued["number"]


def _corrected(shop: Shop, original: Json, **more: object) -> Json:
    body = {"reason": "returned", **more}
    answer = shop.call("POST", f"/v1/documents/{original['id']}/corrections", body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def _finalize(shop: Shop, draft: Json) -> Response:
    collection = draft["object"].replace("_", "-") + "s"
    return shop.call("POST", f"/v1/{collection}/{draft['id']}/finalize")


def _finalized(shop: Shop, draft: Json) -> None:
    answer = _finalize(shop, draft)
    assert answer.status_code == 200, answer.text
