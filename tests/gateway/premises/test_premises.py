"""Premises are declared here, told to the authority, and closed; every telling is kept."""

import base64
import json
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.furs import TEST, Market, furs_market
from tests.gateway.houses import Json, Shop, invoice

pytestmark = pytest.mark.timeout(300)

ESTATE = {
    "property": {"cadastral_community": 365, "building": 12, "section": 3},
    "address": {
        "street": "Tržaška cesta",
        "house_number": "24",
        "house_number_addition": "B",
        "community": "Ljubljana",
        "city": "Ljubljana",
        "postal_code": "1000",
    },
}
SUPPLIER = {"foreign_name": "Gateway"}


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with furs_market(postgres, tmp_path_factory.mktemp("market")) as found:
        yield found


@pytest.fixture
def shop(market: Market, request: pytest.FixtureRequest) -> Iterator[Shop]:
    del request
    yield market.shop(premise=None)
    market.fails()


def reports(shop: Shop, premise: Json) -> list[Json]:
    listed: list[Json] = shop.get(f"/v1/premises/{premise['id']}/reports")["data"]
    return listed


def told(report: Json) -> Json:
    """Return what FURS was told, out of the exact bytes."""
    head, _, body = base64.b64decode(report["request"]).partition(b"\r\n\r\n")
    assert head.startswith(b"POST https://")
    part = json.loads(body)["token"].split(".")[1]
    found: Json = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found["BusinessPremiseRequest"]["BusinessPremise"]  # type: ignore[no-any-return]


def events(shop: Shop) -> list[str]:
    found = shop.get("/v1/events?limit=200")["data"]
    return [one["type"] for one in found if one["type"].startswith("premise.")]


def transmissions(shop: Shop) -> list[Json]:
    found = shop.get("/v1/transmissions")["data"]
    return [one for one in reversed(found) if one["channel"] == TEST]


def state(shop: Shop, premise: Json) -> str:
    return str(shop.get(f"/v1/premises/{premise['id']}")["state"])


def test_a_premise_in_a_building_is_told_as_it_is_and_closed_for_good(
    market: Market, shop: Shop
) -> None:
    content = {"scheme": "si-furs", "real_estate": ESTATE, "software_supplier": SUPPLIER}
    made = market.declared(shop, "HIS1", content=content | {"special_notes": "First floor"})
    assert made["state"] == "declared"
    assert made["registered_at"] is None
    place = f"/v1/premises/{made['id']}"
    answer = shop.call("POST", f"{place}/register", Idempotency_Key="open")
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "registered"
    assert answer.json()["registered_at"] is not None
    again = shop.call("POST", f"{place}/register", Idempotency_Key="open")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == answer.content
    (report,) = reports(shop, made)
    assert (report["action"], report["outcome"], report["channel"]) == (
        "register",
        "accepted",
        TEST,
    )
    said = told(report)
    assert said["BPIdentifier"]["RealEstateBP"]["PropertyID"]["BuildingNumber"] == 12
    assert said["BPIdentifier"]["RealEstateBP"]["Address"]["HouseNumberAdditional"] == "B"
    assert said["BusinessPremiseID"] == "HIS1"
    assert said["SpecialNotes"] == "First floor"
    assert "token" in json.loads(base64.b64decode(report["answer"]))
    assert shop.call("PATCH", place, {"code": "X"}).json()["type"] == "/problems/premise-state"
    assert shop.call("POST", f"{place}/close").json()["state"] == "closed"
    assert told(reports(shop, made)[0])["ClosingTag"] == "Z"
    for action in ("register", "close"):
        refused = shop.call("POST", f"{place}/{action}")
        assert (refused.status_code, refused.json()["state"]) == (409, "closed")
    assert events(shop) == ["premise.created", "premise.registered", "premise.closed"]


def test_what_is_declared_may_change_and_its_code_is_its_own(market: Market, shop: Shop) -> None:
    one = market.declared(shop, "A1")
    two = market.declared(shop, "A2")
    place = f"/v1/premises/{two['id']}"
    taken = shop.call("PATCH", place, {"code": "A1"})
    assert taken.json()["type"] == "/problems/premise-exists"
    assert taken.json()["premise_id"] == one["id"]
    changed = shop.call("PATCH", place, {"content": {"premise_type": "B"}}).json()
    assert changed["content"]["premise_type"] == "B"
    assert changed["content"]["software_supplier"] == SUPPLIER | {"tax_number": None}
    assert [row["code"] for row in shop.get("/v1/premises")["data"]] == ["A2", "A1"]
    assert shop.get("/v1/premises?state=registered")["data"] == []
    page = shop.get("/v1/premises?limit=1")
    after = shop.get(f"/v1/premises?limit=1&cursor={page['next_cursor']}")
    assert [row["code"] for row in page["data"] + after["data"]] == ["A2", "A1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"premise_type": "A", "real_estate": ESTATE},
        {"premise_type": None},
        {"premise_type": "D"},
        {"software_supplier": {}},
        {"software_supplier": {"foreign_name": "Gateway", "tax_number": "12345678"}},
        {"scheme": "hr-fisk"},
    ],
)
def test_what_furs_cannot_be_told_is_refused(shop: Shop, wrong: Json) -> None:
    content = {"scheme": "si-furs", "premise_type": "A", "software_supplier": SUPPLIER} | wrong
    body = {"code": "A1", "valid_from": "2026-01-01", "content": content}
    answer = shop.call("POST", "/v1/premises", body)
    assert answer.status_code == 422, answer.text
    assert all(one["pointer"].startswith("/content") for one in answer.json()["errors"])


def test_premises_of_furs_are_in_slovenia(market: Market) -> None:
    abroad = Shop.opened(market.house, "DE")
    content = {"scheme": "si-furs", "premise_type": "A", "software_supplier": SUPPLIER}
    body = {"code": "A1", "valid_from": "2026-01-01", "content": content}
    answer = abroad.call("POST", "/v1/premises", body)
    assert answer.json()["type"] == "/problems/premise-scheme"


def test_who_chose_no_scheme_or_has_no_key_tells_nothing(market: Market) -> None:
    bare = Shop.opened(market.house)
    made = market.declared(bare, "A1")
    place = f"/v1/premises/{made['id']}/register"
    assert bare.call("POST", place).json()["type"] == "/problems/premise-scheme"
    chosen = {"fiscalization": {"scheme": "si-furs", "operator_tax_number": "12345678"}}
    entity = bare.call("PATCH", f"/v1/entities/{bare.entity}", {"settings": chosen})
    assert entity.status_code == 200, entity.text
    assert bare.call("POST", place).json()["type"] == "/problems/key-unusable"
    assert (state(bare, made), reports(bare, made)) == ("declared", [])


def test_a_refusal_is_furss_own_word_and_changes_nothing(market: Market, shop: Shop) -> None:
    made = market.declared(shop, "A1")
    market.fails({"fault": "protocol_fault", "word": "S003", "nth": 1})
    answer = shop.call("POST", f"/v1/premises/{made['id']}/register")
    assert (answer.status_code, answer.json()["code"]) == (409, "S003")
    (report,) = reports(shop, made)
    assert answer.json()["report_id"] == report["id"]
    assert (report["outcome"], report["reason"]) == ("refused", "S003")
    assert report["answer"] is not None
    assert state(shop, made) == "declared"


def test_what_was_not_taken_is_told_again_later(market: Market, shop: Shop) -> None:
    made = market.declared(shop, "A1")
    market.fails({"fault": "protocol_fault", "word": "S100", "nth": 1})
    answer = shop.call("POST", f"/v1/premises/{made['id']}/register")
    assert (answer.status_code, answer.json()["reason"]) == (503, "s100")
    assert int(answer.headers["Retry-After"]) >= 1
    assert [one["outcome"] for one in reports(shop, made)] == ["not_taken"]
    assert state(shop, made) == "declared"


@pytest.mark.parametrize("action", ["register", "close"])
def test_an_unknown_outcome_is_a_state_and_telling_again_settles_it(
    market: Market, shop: Shop, action: str
) -> None:
    made = market.declared(shop, f"U{action}")
    place = f"/v1/premises/{made['id']}"
    if action == "close":
        assert shop.call("POST", f"{place}/register").status_code == 200
    market.fails({"fault": "drop_after_accept", "nth": 1})
    key = uuid4().hex
    answer = shop.call("POST", f"{place}/{action}", Idempotency_Key=key)
    assert answer.status_code == 504, answer.text
    assert answer.json()["type"] == "/problems/premise-unknown"
    assert state(shop, made) == "unknown"
    report = reports(shop, made)[0]
    assert (report["outcome"], report["answer"]) == ("unknown", None)
    other = {"register": "close", "close": "register"}[action]
    refused = shop.call("POST", f"{place}/{other}")
    assert refused.json()["type"] == "/problems/premise-state"
    market.fails()
    settled = shop.call("POST", f"{place}/{action}", Idempotency_Key=key)
    assert settled.status_code == 200, settled.text
    assert settled.json()["state"] == {"register": "registered", "close": "closed"}[action]
    assert [one["outcome"] for one in reports(shop, made)][:2] == ["accepted", "unknown"]


@pytest.mark.parametrize(
    ("word", "after"), [("S001", "declared"), ("S002", "declared"), ("S003", "unknown")]
)
def test_a_refused_content_after_a_lost_answer_may_be_mended(
    market: Market, shop: Shop, word: str, after: str
) -> None:
    made = market.declared(shop, f"L{word}")
    place = f"/v1/premises/{made['id']}"
    market.fails({"fault": "drop_before_accept", "nth": 1})
    assert shop.call("POST", f"{place}/register").status_code == 504
    assert state(shop, made) == "unknown"
    market.fails({"fault": "protocol_fault", "word": word, "nth": 1})
    answer = shop.call("POST", f"{place}/register")
    assert (answer.status_code, answer.json()["code"]) == (409, word)
    assert state(shop, made) == after
    market.fails()
    changed = shop.call("PATCH", place, {"content": {"premise_type": "B"}})
    assert changed.status_code == (200 if after == "declared" else 409)
    assert shop.call("POST", f"{place}/register").json()["state"] == "registered"


def test_a_closing_that_was_refused_after_a_lost_answer_is_none(
    market: Market, shop: Shop
) -> None:
    made = market.registered(shop, "CLOSING")
    place = f"/v1/premises/{made['id']}"
    market.fails({"fault": "drop_before_accept", "nth": 1})
    assert shop.call("POST", f"{place}/close").status_code == 504
    assert state(shop, made) == "unknown"
    market.fails({"fault": "protocol_fault", "word": "S002", "nth": 1})
    assert shop.call("POST", f"{place}/close").json()["code"] == "S002"
    assert state(shop, made) == "registered"
    market.fails()
    assert shop.call("POST", f"{place}/close").json()["state"] == "closed"


def test_a_premise_stays_open_until_its_invoices_are_told(market: Market) -> None:
    shop = market.shop("SI15012557")
    place = f"/v1/premises/{shop.get('/v1/premises')['data'][0]['id']}"
    other = market.registered(shop, "TRG")  # what its code begins with is another's
    sold = [shop.issued(invoice(series="TILL")) for _ in range(2)]
    sent = [one["id"] for one in transmissions(shop)]
    refused = shop.call("POST", f"{place}/close")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/premise-unsettled")
    assert (refused.json()["count"], refused.json()["transmission_ids"]) == (2, sent)
    assert shop.get(place)["state"] == "registered"
    assert shop.call("POST", f"/v1/premises/{other['id']}/close").json()["state"] == "closed"
    with market.working():
        for _ in range(300):
            if all(one["regulatory"] == "cleared" for one in transmissions(shop)):
                break
            time.sleep(0.1)
    assert shop.call("POST", f"{place}/close").json()["state"] == "closed"
    assert events(shop).count("premise.closed") == 2
    assert len(sold) == len(market.ledger("SI15012557"))
