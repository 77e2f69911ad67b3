"""What `gateway fsck` says of payments (INV12)."""

from gateway.fsck.report import InvariantReport
from gateway.fsck.service import check
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Shop


def told(house: House) -> InvariantReport:
    return check(house.admin_url, house.runtime.settings.data).invariants["INV12"]


def test_what_is_paid_is_what_payments_add_up_to(shop: Shop) -> None:
    house, issued = shop.house, shop.issued()
    path = f"/v1/documents/{issued['id']}/payments"
    paid = [shop.call("POST", path, {"amount": amount}).json() for amount in ("0.01", "0.02")]
    assert (
        shop.call("POST", f"/v1/payments/{paid[0]['id']}/reverse", {"reason": "x"}).status_code
        == 200
    )
    assert told(house).outcome == "holds"
    assert told(house).examined["payments"] >= 2
    document = parse_id(issued["id"], "inv")
    house.sql("update document set amount_paid = 0.03 where id = %s", document)
    (problem,) = told(house).problems
    assert problem.where == f"document {document}"
    assert problem.what == "0.03 is paid, and payments add up to 0.02"
    house.sql("update document set amount_paid = 0.02 where id = %s", document)
    assert told(house).outcome == "holds"
