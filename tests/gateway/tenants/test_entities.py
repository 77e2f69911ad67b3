import json

import pytest

from gateway.kit.ids import new_id, public_id
from tests.gateway.conftest import Account


def test_an_entity_shows_what_it_was_made_of_with_the_seller_completed(account: Account) -> None:
    body = {
        "name": "Kranjska pekarna d.o.o.",
        "country_code": "SI",
        "seller": {"vat_identifier": "SI27289877", "postal_address": {"city": "Škofja Loka"}},
        "settings": {"default_profile": "peppol-bis-3"},
        "metadata": {"customer": "42"},
    }
    made = account.call("POST", "/v1/entities", body)
    assert made.status_code == 201
    shown = made.json()
    assert shown["seller"]["name"] == "Kranjska pekarna d.o.o."
    assert shown["seller"]["postal_address"] == {"city": "Škofja Loka", "country_code": "SI"}
    assert shown["environment"] == "sandbox"
    assert shown["metadata"] == {"customer": "42"}
    read = account.call("GET", f"/v1/entities/{shown['id']}")
    assert read.status_code == 200
    assert read.json() == shown


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Slovenia", "SI"),
        ("slovenia", "SI"),
        ("si", "SI"),
        ("The Netherlands", "NL"),
        ("JP", "JP"),
    ],
)
def test_a_country_is_a_code_or_an_english_name(account: Account, written: str, code: str) -> None:
    made = account.call("POST", "/v1/entities", {"name": "x", "country_code": written})
    assert made.json()["country_code"] == code


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/name", "/country_code"}),
        ({"name": "x", "country_code": "Atlantis"}, {"/country_code"}),
        ({"name": "", "country_code": "SI"}, {"/name"}),
        ({"name": "x\u0000", "country_code": "SI"}, {"/name"}),
        ({"name": "x", "country_code": "SI", "sellers": {}}, {"/sellers"}),
        ({"name": "x", "country_code": "SI", "seller": {"vat": "1"}}, {"/seller/vat"}),
        (
            {"name": "x", "country_code": "SI", "settings": {"default_profile": "fax"}},
            {"/settings/default_profile"},
        ),
        ({"name": "x", "country_code": "SI", "metadata": {"a": 1}}, {"/metadata/a"}),
        ({"name": "x", "country_code": "SI", "metadata": {"a\u0000": "1"}}, None),
        ([], {""}),
    ],
)
def test_what_is_wrong_is_pointed_at(
    account: Account, body: object, pointers: set[str] | None
) -> None:
    answer = account.call("POST", "/v1/entities", body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problems/request-invalid"
    if pointers is not None:
        assert {error["pointer"] for error in problem["errors"]} == pointers


def test_a_merge_patch_changes_what_it_names_and_null_takes_away(account: Account) -> None:
    entity_id = account.new_entity(
        seller={"vat_identifier": "DE129261942", "contact": {"point": "Buchhaltung"}},
        metadata={"a": "1", "b": "2"},
    )
    answer = account.call(
        "PATCH",
        f"/v1/entities/{entity_id}",
        {
            "name": "Muster SE",
            "seller": {"contact": None, "trading_name": "Muster"},
            "metadata": {"a": None},
        },
    )
    assert answer.status_code == 200
    changed = answer.json()
    assert changed["name"] == changed["seller"]["name"] == "Muster SE"
    assert changed["seller"]["vat_identifier"] == "DE129261942"
    assert changed["seller"]["trading_name"] == "Muster"
    assert "contact" not in changed["seller"]
    assert changed["metadata"] == {"b": "2"}
    assert account.call("GET", f"/v1/entities/{entity_id}").json() == changed


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"environment": "live"}, "/environment"),
        ({"name": None}, "/name"),
        ({"seller": {"colour": "red"}}, "/seller/colour"),
        ({"metadata": {"a": {"b": "c"}}}, "/metadata/a"),
    ],
)
def test_a_patch_that_would_break_the_entity_changes_nothing(
    account: Account, patch: object, pointer: str
) -> None:
    entity_id = account.new_entity()
    before = account.call("GET", f"/v1/entities/{entity_id}").json()
    answer = account.call("PATCH", f"/v1/entities/{entity_id}", patch)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert account.call("GET", f"/v1/entities/{entity_id}").json() == before


def test_a_list_pages_through_everything_once_newest_first(account: Account) -> None:
    ids = [account.new_entity(f"E{number}") for number in range(5)]
    seen: list[str] = []
    cursor, page = "", {"next_cursor": "none yet"}
    for _ in range(3):
        page = account.call("GET", f"/v1/entities?limit=2{cursor}").json()
        seen += [item["id"] for item in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == ids[::-1]
    assert page["next_cursor"] is None


@pytest.mark.parametrize("cursor", ["x", "W10", "WzFd", "%00", "W3t9XQ", "A" * 200])
def test_a_cursor_that_is_not_ours_is_refused(account: Account, cursor: str) -> None:
    answer = account.call("GET", f"/v1/entities?cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1e1"])
def test_a_limit_out_of_bounds_is_refused(account: Account, limit: str) -> None:
    answer = account.call("GET", f"/v1/entities?limit={limit}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "limit"


def test_a_list_is_narrowed_by_metadata(account: Account) -> None:
    wanted = account.new_entity(metadata={"tier": "gold", "region": "south"})
    account.new_entity(metadata={"tier": "gold"})
    page = account.call("GET", "/v1/entities?metadata[tier]=gold&metadata[region]=south").json()
    assert [item["id"] for item in page["data"]] == [wanted]


def test_sandbox_and_live_do_not_see_each_other(account: Account) -> None:
    live = account.new_key(environment="live")
    sandbox_entity = account.new_entity()
    made = account.call("POST", "/v1/entities", {"name": "x", "country_code": "SI"}, key=live)
    live_entity = made.json()["id"]
    assert made.json()["environment"] == "live"
    assert account.call("GET", f"/v1/entities/{sandbox_entity}", key=live).status_code == 404
    assert account.call("GET", f"/v1/entities/{live_entity}").status_code == 404
    listed = account.call("GET", "/v1/entities", key=live).json()["data"]
    assert [item["id"] for item in listed] == [live_entity]


def test_an_entity_key_sees_its_entity_only(account: Account) -> None:
    mine, sister = account.new_entity("mine"), account.new_entity("sister")
    key = account.entity_key(mine)
    listed = account.call("GET", "/v1/entities", key=key).json()["data"]
    assert [item["id"] for item in listed] == [mine]
    assert account.call("GET", f"/v1/entities/{mine}", key=key).status_code == 200
    assert account.call("GET", f"/v1/entities/{sister}", key=key).status_code == 404
    patch = {"name": "other"}
    assert account.call("PATCH", f"/v1/entities/{sister}", patch, key=key).status_code == 404
    assert account.call("PATCH", f"/v1/entities/{mine}", patch, key=key).status_code == 200
    body = {"name": "new", "country_code": "SI"}
    assert account.call("POST", "/v1/entities", body, key=key).status_code == 403


def test_repeating_a_request_makes_one_entity(account: Account) -> None:
    body = {"name": "x", "country_code": "SI"}
    first = account.call("POST", "/v1/entities", body, Idempotency_Key="once")
    again = account.call("POST", "/v1/entities", body, Idempotency_Key="once")
    alias = account.call("POST", "/v1/entities", body, X_Request_Id="once")
    assert first.status_code == again.status_code == alias.status_code == 201
    assert first.content == again.content == alias.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(account.call("GET", "/v1/entities").json()["data"]) == 1
    other = account.call("POST", "/v1/entities", {**body, "name": "y"}, Idempotency_Key="once")
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-mismatch"


def test_a_refused_request_may_be_corrected_under_the_same_key(account: Account) -> None:
    wrong = {"name": "x", "country_code": "Atlantis"}
    right = {"name": "x", "country_code": "SI"}
    assert account.call("POST", "/v1/entities", wrong, Idempotency_Key="k").status_code == 422
    assert account.call("POST", "/v1/entities", right, Idempotency_Key="k").status_code == 201


@pytest.mark.parametrize(
    "key", ["", " ", "x" * 256, "tab\there", "ключ".encode().decode("latin-1")]
)
def test_a_key_that_cannot_be_a_key_is_refused(account: Account, key: str) -> None:
    answer = account.client.post(
        "/v1/entities",
        content=json.dumps({"name": "x", "country_code": "SI"}),
        headers=[
            (b"Authorization", f"Bearer {account.key}".encode()),
            (b"Content-Type", b"application/json"),
            (b"Idempotency-Key", key.encode("latin-1")),
        ],
    )
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/malformed-request"


def test_foreign_entities_answer_exactly_like_unknown_ones(
    account: Account, other_account: Account
) -> None:
    foreign = other_account.new_entity()
    unknown = public_id("ent", new_id())
    for method, body in (("GET", None), ("PATCH", {"name": "mine now"})):
        answers = [
            account.call(method, f"/v1/entities/{identifier}", body)
            for identifier in (foreign, unknown)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace(foreign, "") == answers[1].text.replace(unknown, "")
    assert other_account.call("GET", f"/v1/entities/{foreign}").json()["name"] == "Muster GmbH"
