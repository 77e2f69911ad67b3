"""Tokens and permissions at KSeF: given, made, shown by the wire, granted, looked at, revoked."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from gateway.cli import ksef as cli
from gateway.cli import listing
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import Json, Shop
from tests.gateway.ksef import SCHEME, Market, a_nip, ksef_market, nip_of, sale
from tests.gateway.sandbox.ksef.api import certified

pytestmark = pytest.mark.timeout(300)

ACCESS, GRANTS, TOKENS = "/v1/ksef/access", "/v1/ksef/grants", "/v1/ksef/tokens"


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("market"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> Iterator[None]:
    offices = market.house.runtime.ksef_access.offices
    usual = offices.pause
    offices.pause = lambda _: None
    yield
    offices.pause = usual
    market.tell("script", {"rate_limits": "off", "verdicts": [], "grant_seconds": 0})
    market.tell("clock", {})
    market.tell("faults", {"rules": []})


def shown_of(shop: Shop, document: Json) -> Json:
    """Return how a document travels."""
    (sent,) = shop.get(f"/v1/documents/{document['id']}")["transmissions"]
    found: Json = sent
    return found


def judged(shop: Shop, document: Json) -> Json:
    """Wait until KSeF has judged a document, or lets nobody in, and return how it travels."""
    sent: Json = {}
    for _ in range(600):
        sent = shown_of(shop, document)
        waits = sent["waiting"] or {}
        turned_away = waits.get("reason") == "credential_refused"
        if sent["regulatory"] != "pending" or (
            turned_away and sent["transport"] != "submitting"  # it is being tried once more
        ):
            return sent
        time.sleep(0.05)
    pytest.fail(f"it is {sent}")


def credentials(shop: Shop, sent: Json) -> set[str]:
    """Return by what kinds of credentials a transmission was sent and asked about."""
    attempts = shop.get(f"/v1/transmissions/{sent['id']}/attempts")["data"]
    return {str(one["credential"])[:3] for one in attempts}


def brought(shop: Shop, token: str) -> Json:
    body = {"kind": "ksef-token", "name": "Sending", "value": token}
    answer = shop.call("POST", "/v1/secrets", body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def light(shop: Shop, check: str) -> tuple[str, str] | None:
    """Return what the preflight of a draft says of something."""
    draft = shop.draft(sale())
    found = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    return next(((one["light"], one["reason"]) for one in found if one["id"] == check), None)


def test_with_a_revoked_token_nothing_is_sent_and_it_is_told_beforehand(market: Market) -> None:
    shop = market.shop(keyless=True)
    value = market.token(nip_of(shop))
    brought(shop, value)
    reference = value.partition("|")[0]
    assert market.caller(nip_of(shop)).call("DELETE", f"/tokens/{reference}").status_code == 204
    found = light(shop, "permission")
    assert found is not None
    assert found[0] == "red"
    assert "450 " in found[1]
    issued = shop.issued(sale())
    with market.working():
        sent = judged(shop, issued)
        assert (sent["regulatory"], sent["transport"]) == ("pending", "failed_retryable")
        assert asked_for(shop, issued) == "stuck"
    assert market.ledger(shop) == []
    (told,) = [
        one["data"]["reason"]
        for one in shop.get("/v1/events")["data"]
        if one["type"] == "transmission.action_required"
    ]
    assert told == "credential_refused"


def asked_for(shop: Shop, document: Json) -> str | None:
    """Wait until a person is asked about a document, and return why."""
    found: str | None = None
    for _ in range(200):
        found = shown_of(shop, document)["action_required"]
        if found is not None:
            return found
        time.sleep(0.05)
    return found


def test_a_token_of_another_is_refused_by_ksef(market: Market) -> None:
    shop = market.shop(keyless=True)
    other = market.token(a_nip())
    reference, _, secret = other.split("|")
    brought(shop, f"{reference}|{secret}")  # it does not say whose it is
    told = shop.get(ACCESS)
    assert (told["state"], told["permissions"]) == ("may_not", None)
    assert "450 " in told["reason"]


def test_a_token_is_made_kept_unseen_used_and_revoked(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"grant_seconds": 0.3})
    market.house.runtime.ksef_access.offices.pause = time.sleep
    answer = shop.call("POST", TOKENS, {"name": "Made here"})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["status"], made["about"]["context"]) == ("active", f"Nip:{nip_of(shop)}")
    assert made["about"]["permissions"] == ["InvoiceRead", "InvoiceWrite"]
    assert "|nip-" not in answer.text
    (listed,) = shop.get(TOKENS)["data"]
    assert (listed["status"], listed["secret_id"]) == ("Active", made["id"])
    assert shop.get(ACCESS)["credential_id"] == made["id"]
    assert shop.get(ACCESS)["permissions"] == ["InvoiceRead", "InvoiceWrite"]
    issued = shop.issued(sale())
    with market.working():
        sent = judged(shop, issued)
    assert (sent["regulatory"], credentials(shop, sent)) == ("cleared", {"sct"})
    assert shop.call("DELETE", f"{TOKENS}/{made['id']}").status_code == 204
    assert shop.call("GET", f"/v1/secrets/{made['id']}").status_code == 404
    (listed,) = shop.get(TOKENS)["data"]
    assert (listed["status"], listed["secret_id"]) == ("Revoked", None)


def test_a_token_that_ksef_is_still_making_is_not_used_yet(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"grant_seconds": 600})
    made = shop.call("POST", TOKENS, {"name": "Slow"}, Idempotency_Key="slow").json()
    assert made["status"] == "pending"
    assert shop.get(ACCESS)["credential_id"].startswith("sgk_")
    again = shop.call("POST", TOKENS, {"name": "Slow"}, Idempotency_Key="slow").json()
    assert again["id"] == made["id"]
    market.tell("clock", {"ahead": 700})
    (listed,) = shop.get(TOKENS)["data"]
    assert listed["status"] == "Active"
    assert shop.get(f"/v1/secrets/{made['id']}")["status"] == "active"


@pytest.mark.parametrize("header", [{"Idempotency_Key": "one"}, {}])
def test_what_is_asked_for_twice_at_the_same_time_is_one_token(
    market: Market, header: dict[str, str]
) -> None:
    shop = market.shop()
    market.tell("script", {"grant_seconds": 1})
    market.house.runtime.ksef_access.offices.pause = lambda _: time.sleep(0.2)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shop.call, "POST", TOKENS, {"name": "One"}, **header) for _ in "1234"]
        answers = [one.result() for one in asked]
    made = [one.json()["id"] for one in answers if one.status_code == 201]
    others = [one.json()["type"] for one in answers if one.status_code != 201]
    assert set(others) <= {"/problems/idempotency-in-flight"}
    assert others
    assert len(set(made)) == 1
    assert [one["secret_id"] for one in shop.get(TOKENS)["data"]] == made[:1]
    if header:
        again = shop.call("POST", TOKENS, {"name": "One"}, **header)
        assert (again.status_code, again.json()["id"]) == (201, made[0])


def test_a_token_gives_no_more_than_its_maker_has(market: Market) -> None:
    owner = a_nip()
    shop = guest_of(market, owner, "InvoiceRead")
    answer = shop.call("POST", TOKENS, {"name": "Too much"})
    assert (answer.status_code, answer.json()["code"]) == (409, "ksef_26001")
    assert shop.get("/v1/secrets")["data"] == []


def guest_of(market: Market, owner: str, *permissions: str) -> Shop:
    """Return a shop of a NIP whose key is another's, who was granted permissions there."""
    guest = a_nip()
    shop = market.shop(owner, keyless=True)
    if permissions:
        body = {
            "subjectIdentifier": {"type": "Nip", "value": guest},
            "permissions": list(permissions),
            "description": "Tests",
            "subjectDetails": {
                "subjectDetailsType": "PersonByIdentifier",
                "personById": {"firstName": "Anna", "lastName": "Testowa"},
            },
        }
        answer = market.caller(owner).call("POST", "/permissions/persons/grants", body)
        assert answer.status_code == 202, answer.text
    market.give(shop, certified(market.url, market.client, nip=guest), "authentication")
    return shop


def test_the_owner_may_and_a_stranger_may_not(market: Market) -> None:
    told = market.shop().get(ACCESS)
    assert (told["state"], told["owner"], told["fix"]) == ("may", True, None)
    assert "InvoiceWrite" in told["permissions"]
    stranger = guest_of(market, a_nip())
    told = stranger.get(ACCESS)
    assert (told["state"], told["owner"]) == ("may_not", None)
    assert "415 " in told["reason"]
    assert light(stranger, "permission")[0] == "red"  # type: ignore[index]


def test_who_lacks_invoice_write_is_told_before_a_number_is_used(market: Market) -> None:
    owner = a_nip()
    shop = guest_of(market, owner, "InvoiceRead")
    told = shop.get(ACCESS)
    assert (told["state"], told["owner"], told["permissions"]) == (
        "may_not",
        False,
        ["InvoiceRead"],
    )
    found = light(shop, "permission")
    assert found is not None
    assert found[0] == "red"
    assert "POST /v1/ksef/grants" in found[1]
    body = grant(nip=_holder(market, shop), permissions=["InvoiceWrite"])
    answer = market.shop(owner).call("POST", GRANTS, body)
    assert answer.json()["state"] == "done", answer.text
    assert shop.get(ACCESS)["state"] == "may"
    assert light(shop, "permission") == ("green", f"Invoices may be issued for {owner}.")


def _holder(market: Market, shop: Shop) -> str:
    """Return the NIP to which the owner of a shop's NIP granted something."""
    owner = nip_of(shop)
    query = {"queryType": "PermissionsInCurrentContext"}
    found = market.caller(owner).call("POST", "/permissions/query/persons/grants", query)
    return str(found.json()["permissions"][0]["authorizedIdentifier"]["value"])


def test_what_was_asked_is_relied_on_for_a_while(market: Market) -> None:
    shop = guest_of(market, a_nip(), "InvoiceRead")
    first = shop.get(ACCESS)
    assert shop.get(ACCESS)["asked_at"] == first["asked_at"]
    assert shop.get(f"{ACCESS}?fresh=true")["asked_at"] > first["asked_at"]


def test_a_token_made_for_reading_alone_sends_nothing(market: Market) -> None:
    shop = market.shop(keyless=True)
    brought(shop, market.token(nip_of(shop), "InvoiceRead"))
    told = shop.get(ACCESS)
    assert (told["state"], told["owner"], told["permissions"]) == (
        "may_not",
        True,
        ["InvoiceRead"],
    )
    assert TOKENS in told["fix"]


def test_what_ksef_does_not_say_is_unknown(market: Market) -> None:
    shop = market.shop()
    rule = {"fault": "http_503_before_accept", "nth": 1, "where": "access"}
    market.tell("faults", {"rules": [rule]})
    told = shop.get(ACCESS)
    assert (told["state"], told["permissions"]) == ("unknown", None)
    assert light(shop, "permission")[0] == "amber"  # type: ignore[index]
    answer = shop.call("GET", GRANTS)
    assert answer.status_code in {503, 504}


def grant(*, nip: str, permissions: list[str], to: str = "person") -> Json:
    named: Json = (
        {"first_name": "Anna", "last_name": "Testowa"}
        if to == "person"
        else {"full_name": "Biuro sp. z o.o."}
    )
    return {
        "to": to,
        "identifier": nip,
        "permissions": permissions,
        "description": "Tests",
        **named,
    }


@pytest.mark.parametrize(
    ("to", "permission"), [("person", "CredentialsRead"), ("authorization", "SelfInvoicing")]
)
def test_a_permission_is_granted_listed_and_revoked(
    market: Market, to: str, permission: str
) -> None:
    shop, guest = market.shop(), a_nip()
    market.tell("script", {"grant_seconds": 0.3})
    market.house.runtime.ksef_access.offices.pause = time.sleep
    body = grant(nip=guest, permissions=[permission], to=to)
    done = shop.call("POST", GRANTS, body).json()
    assert (done["state"], done["code"]) == ("done", 200)
    (listed,) = shop.get(GRANTS)["data"]
    assert (listed["to"], listed["identifier"], listed["permission"]) == (to, guest, permission)
    gone = shop.call("DELETE", f"{GRANTS}/{listed['id']}?to={to}").json()
    assert (gone["state"], gone["code"]) == ("done", 200)
    assert shop.get(GRANTS)["data"] == []
    again = shop.call("DELETE", f"{GRANTS}/{listed['id']}?to={to}")
    assert (again.status_code, again.json()["code"]) == (409, "ksef_400")


def test_a_grant_that_takes_long_is_pending(market: Market) -> None:
    shop = market.shop()
    market.tell("script", {"grant_seconds": 600})
    done = shop.call("POST", GRANTS, grant(nip=a_nip(), permissions=["InvoiceRead"])).json()
    assert (done["state"], done["code"]) == ("pending", 100)


def test_an_accountant_works_for_the_entity(market: Market) -> None:
    shop, bureau = market.shop(), a_nip()
    body = grant(nip=bureau, permissions=["InvoiceWrite"], to="entity")
    assert shop.call("POST", GRANTS, body).json()["state"] == "done"
    own = market.shop(nip_of(shop), keyless=True)
    market.give(own, certified(market.url, market.client, nip=bureau), "authentication")
    assert own.get(ACCESS)["state"] == "may"


def test_who_may_not_grant_is_told_so(market: Market) -> None:
    shop = guest_of(market, a_nip(), "InvoiceWrite")
    answer = shop.call("POST", GRANTS, grant(nip=a_nip(), permissions=["InvoiceRead"]))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "missing-permissions")
    assert "CredentialsManage" in told["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"permissions": ["SelfInvoicing"]},
        {"to": "entity", "full_name": "Biuro", "permissions": ["CredentialsManage"]},
        {"to": "authorization", "full_name": "Biuro sp.", "permissions": ["InvoiceRead"]},
        {"identifier_type": "PeppolId"},
        {"first_name": None},
        {"identifier": "../../tokens"},
        {"description": "abc"},
    ],
)
def test_what_ksef_has_no_call_for_is_refused_here(market: Market, wrong: Json) -> None:
    shop = Shop.opened(market.house, "PL", name="Bez klucza")
    body = {**grant(nip=a_nip(), permissions=["InvoiceRead"]), **wrong}
    assert shop.call("POST", GRANTS, body).status_code == 422


def test_who_is_not_at_ksef_is_told_so(market: Market) -> None:
    shop = Shop.opened(market.house)
    for method, path in (("GET", ACCESS), ("GET", GRANTS), ("GET", TOKENS)):
        answer = shop.call(method, path)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/ksef-scheme")
    keyless = Shop.opened(
        market.house,
        "PL",
        name="Bez klucza",
        settings={"fiscalization": SCHEME},
        seller={
            "name": "Bez klucza",
            "vat_identifier": f"PL{a_nip()}",
            "postal_address": {"line_1": "x", "city": "y", "post_code": "00-001"},
        },
    )
    answer = keyless.call("GET", ACCESS)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-unusable")
    assert light(keyless, "permission") is None


def test_from_the_command_line(market: Market, capsys: pytest.CaptureFixture[str]) -> None:
    shop, guest = market.shop(), a_nip()
    headers = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    http = market.house.client
    before = dict(http.headers)
    http.headers.update(headers)
    try:
        assert cli.access(http, fresh=False, as_json=False) == 0
        body = grant(nip=guest, permissions=["InvoiceRead"])
        assert cli.asked(http, "POST", GRANTS, body) == 0
        assert listing.show(http, GRANTS, ("identifier", "permission"), as_json=False) == 0
        assert cli.asked(http, "POST", TOKENS, {"name": "Terminal"}) == 0
        assert (
            listing.show(http, TOKENS, ("status", "permissions", "secret_id"), as_json=True) == 0
        )
        (secret,) = shop.get("/v1/secrets")["data"]
        assert cli.asked(http, "DELETE", f"{TOKENS}/{secret['id']}") == 0
        assert cli.asked(http, "DELETE", f"{GRANTS}/{'0' * 36}") == 2
    finally:
        for name in headers:
            del http.headers[name]
        http.headers.update({name: before[name] for name in headers if name in before})
    told = capsys.readouterr()
    assert guest in told.out
    assert secret["id"] in told.out
    assert "|nip-" not in told.out + told.err
    assert isinstance(http, httpx2.Client)
