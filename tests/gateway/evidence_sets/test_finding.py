"""Evidence sets are found by whatever is known of a document, and by nothing that is another's."""

import hashlib
from collections.abc import Iterator

import pytest

from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from tests.gateway.auditors.invited import ids, invited
from tests.gateway.houses import Json, Shop, invoice, line, opened

SELLER = {
    "name": "Mlin d.o.o.",
    "vat_identifier": "SI50223054",
    "postal_address": {"city": "Kranj", "country_code": "SI"},
}
ISSUED, RECEIVED = "/v1/evidence-sets/issued", "/v1/evidence-sets/received"


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a house that these tests share: they only read."""
    with opened(postgres, tmp_path_factory.mktemp("finding") / "data") as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def two(shop: Shop) -> tuple[Json, Json]:
    """Two issued invoices: 3.61 EUR to the usual buyer, and more to somebody else."""
    body = invoice(profile="en16931-ubl")
    other = {**body["buyer"], "name": "Žaga d.o.o.", "vat_identifier": "SI15012557"}
    dear = invoice(profile="en16931-ubl", buyer=other, lines=[line(item_net_price="100.00")])
    return shop.issued(body), shop.issued(dear)


@pytest.fixture(scope="module")
def came(shop: Shop) -> Json:
    """What a mill sent."""
    answer = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="M-2026/1"))
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def _found(shop: Shop, path: str, **asked: str) -> set[str]:
    answer = shop.account.client.get(
        path, params=asked, headers={"Authorization": shop.key, "Entity-Id": shop.entity}
    )
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["data"]}


def test_by_what_stands_in_an_issued_document(shop: Shop, two: tuple[Json, Json]) -> None:
    cheap, dear = (one["id"] for one in two)
    number = two[1]["number"]
    day = two[0]["issue_date"]
    total = two[0]["total_with_vat"]
    for asked, expected in (
        ({}, {cheap, dear}),
        ({"number": number}, {dear}),
        ({"number": number[:-1]}, {cheap, dear}),
        ({"number": f"{number}0"}, set[str]()),
        ({"party": "žaga"}, {dear}),
        ({"party": "aga"}, set[str]()),
        ({"vat_id": "si 1501 2557"}, {dear}),
        ({"issued_from": day, "issued_until": day}, {cheap, dear}),
        ({"issued_until": "2020-01-01"}, set[str]()),
        ({"currency": "EUR", "total_from": total, "total_until": total}, {cheap}),
        ({"currency": "EUR", "total_from": "3.62"}, {dear}),
        ({"currency": "EUR", "total_until": "3.60"}, set[str]()),
        ({"currency": "USD", "total_from": "0"}, set[str]()),
        ({"party": "žaga", "currency": "EUR", "total_until": "10"}, set[str]()),
    ):
        assert _found(shop, ISSUED, **asked) == expected, asked


def test_by_what_stands_in_a_received_document(shop: Shop, came: Json) -> None:
    for asked in (
        {"number": "M-2026"},
        {"party": "MLIN"},
        {"vat_id": "SI50223054"},
        {"currency": "EUR", "total_from": "3.61", "total_until": "3.61"},
    ):
        assert _found(shop, RECEIVED, **asked) == {came["id"]}, asked
    for asked in ({"number": "-2026"}, {"vat_id": "SI50223055"}):
        assert _found(shop, RECEIVED, **asked) == set(), asked


def test_by_the_digest_of_any_file(shop: Shop, two: tuple[Json, Json], came: Json) -> None:
    files = shop.get(f"/v1/documents/{two[0]['id']}/evidence")["data"]
    others = {one["sha256"] for one in shop.get(f"/v1/documents/{two[1]['id']}/evidence")["data"]}
    both = {one["id"] for one in two}
    assert len({one["sha256"] for one in files} - others) > 1
    for digest in {one["sha256"] for one in files}:
        holders = both if digest in others else {two[0]["id"]}
        assert _found(shop, ISSUED, sha256=digest.upper()) == holders
        assert _found(shop, RECEIVED, sha256=digest) == set()
    content = shop.call("GET", f"/v1/inbox/{came['id']}/document").content
    digest = hashlib.sha256(content).hexdigest()
    assert _found(shop, RECEIVED, sha256=digest) == {came["id"]}
    assert _found(shop, ISSUED, sha256="0" * 64) == set()


def test_by_what_an_authority_calls_it(shop: Shop, two: tuple[Json, Json]) -> None:
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    given = Stamp(authority="furs", kind="eor", identifier="eor-1", at=clock.now())
    with shop.house.runtime.database.transaction(tenant) as tx:
        stamps.put(tx, parse_id(two[1]["id"], "inv"), given, now=clock.now())
    assert _found(shop, ISSUED, authority_id="eor-1") == {two[1]["id"]}
    assert _found(shop, ISSUED, authority_id="eor") == set()
    digest = two[0]["sha256"]
    assert _found(shop, ISSUED, authority_id="eor-1", sha256=digest) == set()


def test_pages_follow_one_another(shop: Shop, two: tuple[Json, Json]) -> None:
    first = shop.get(f"{ISSUED}?limit=1")
    second = shop.get(f"{ISSUED}?limit=1&cursor={first['next_cursor']}")
    assert [one["data"][0]["id"] for one in (first, second)] == [two[1]["id"], two[0]["id"]]
    assert second["next_cursor"] is None


def test_what_is_found_leads_to_its_evidence(shop: Shop, two: tuple[Json, Json]) -> None:
    one = shop.get(f"{ISSUED}?number={two[0]['number']}")["data"][0]
    assert (one["kind"], one["direction"], one["sha256"]) == (
        "invoice",
        "issued",
        two[0]["sha256"],
    )
    for name in ("evidence_url", "bundle_url"):
        assert shop.call("GET", one[name]).status_code == 200, name


def test_drafts_and_what_is_others_are_not_found(shop: Shop, two: tuple[Json, Json]) -> None:
    draft = shop.draft(invoice(profile="en16931-ubl"))
    other = Shop.opened(shop.house)
    assert draft["id"] not in _found(shop, ISSUED)
    assert _found(other, ISSUED, sha256=two[0]["sha256"]) == set()
    assert _found(other, ISSUED, number=two[0]["number"]) == set()


def test_an_auditor_finds_what_is_in_scope(shop: Shop, two: tuple[Json, Json], came: Json) -> None:
    every = invited(shop)["token"]
    before = invited(shop, period={"until": "2020-12-31"})["token"]
    incoming = invited(shop, directions=["received"])["token"]
    assert ids(shop, ISSUED, every) == {one["id"] for one in two}
    assert ids(shop, RECEIVED, incoming) == {came["id"]}
    assert shop.call("GET", ISSUED, key=incoming).status_code == 403
    digest = two[0]["sha256"]
    for path in (ISSUED, RECEIVED, f"{ISSUED}?sha256={digest}"):
        assert ids(shop, path, before) == set()


@pytest.mark.parametrize("asked", ["total_from=1", "total_from=x&currency=EUR", "sha256=00"])
def test_what_makes_no_sense_is_refused(shop: Shop, asked: str) -> None:
    assert shop.call("GET", f"{ISSUED}?{asked}").status_code == 422
