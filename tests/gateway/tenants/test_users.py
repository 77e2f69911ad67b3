import datetime

import pytest

from gateway.kit.ids import new_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.mail import Message
from tests.gateway.conftest import Account
from tests.gateway.tenants.people import added, came_in, link


def test_a_user_is_added_read_changed_and_removed(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, email="ana@example.com", name="Ana", role="viewer")
    place = f"/v1/entities/{entity}/users/{user['id']}"
    assert account.call("GET", place).json()["role"] == "viewer"
    changed = account.call("PATCH", place, {"role": "admin"}).json()
    assert (changed["role"], changed["may_invite"]) == ("admin", True)
    person = account.call("GET", f"/v1/users/{user['id']}").json()
    assert person["entities"] == [{"entity_id": entity, "role": "admin"}]
    assert account.call("DELETE", place).status_code == 204
    assert account.call("GET", place).status_code == 404
    assert account.call("GET", f"/v1/users/{user['id']}").json()["entities"] == []


def test_one_person_may_be_in_several_entities(account: Account) -> None:
    one, two = account.new_entity(), account.new_entity()
    first = added(account, one, email="ana@example.com", role="viewer")
    second = added(account, two, email="Ana@Example.com", role="admin")
    assert first["id"] == second["id"]
    again = account.call("POST", f"/v1/entities/{one}/users", {"email": "ana@example.com"})
    assert again.status_code == 409
    found = account.call("GET", "/v1/users?email=ANA@example.com").json()["data"]
    assert [one["id"] for one in found] == [first["id"]]


def test_people_of_the_account_are_kept_apart_by_environment(account: Account) -> None:
    made = account.call("POST", "/v1/users", {"email": "a@example.com", "metadata": {"x": "1"}})
    assert made.status_code == 201
    assert account.call("POST", "/v1/users", {"email": "A@example.com"}).status_code == 409
    live = account.new_key(environment="live")
    assert account.call("GET", "/v1/users", key=live).json()["data"] == []
    place = f"/v1/users/{made.json()['id']}"
    assert account.call("GET", place, key=live).status_code == 404
    changed = account.call("PATCH", place, {"name": "A", "metadata": {"x": None, "y": "2"}}).json()
    assert (changed["name"], changed["metadata"]) == ("A", {"y": "2"})
    assert len(account.call("GET", "/v1/users?metadata[y]=2").json()["data"]) == 1
    assert account.call("DELETE", place).status_code == 204
    assert account.call("GET", place).status_code == 404
    assert account.call("POST", "/v1/users", {"email": "a@example.com"}).status_code == 201


@pytest.mark.parametrize("email", ["", "a", "a@", "a b@example.com", "a@b\r\nBcc: c@d", "a@b,c@d"])
def test_what_is_no_address_is_refused(account: Account, email: str) -> None:
    assert account.call("POST", "/v1/users", {"email": email}).status_code == 422


def test_an_invitation_is_accepted_once_and_begins_a_session(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, role="viewer", send_invite=True)
    token = user["invitation"]["token"]
    assert user["invitation"]["sent"] is False
    body = {"token": token}
    accepted = account.client.post("/v1/invitations/accept", json=body)
    assert accepted.status_code == 201
    key = accepted.json()["token"]
    assert account.call("GET", "/v1/sessions/current", key=key).json()["user_id"] == user["id"]
    assert account.client.post("/v1/invitations/accept", json=body).status_code == 401
    member = account.call("GET", f"/v1/entities/{entity}/users/{user['id']}").json()
    assert member["accepted_at"] is not None
    assert account.client.post("/v1/sessions", json=body).status_code == 401, "another purpose"
    wrong = {"token": link(account, user)["token"]}
    assert account.client.post("/v1/invitations/accept", json=wrong).status_code == 401


def test_a_new_invitation_ends_the_one_before(account: Account) -> None:
    entity = account.new_entity()
    user = added(account, entity, send_invite=True)
    place = f"/v1/entities/{entity}/users/{user['id']}/invitations"
    second = account.call("POST", place).json()
    third = account.call("POST", place).json()
    account.call("DELETE", f"/v1/entities/{entity}/invitations/{third['id']}")
    for one in (user["invitation"], second, third):
        answer = account.client.post("/v1/invitations/accept", json={"token": one["token"]})
        assert answer.status_code == 401
    listed = account.call("GET", f"/v1/entities/{entity}/invitations").json()["data"]
    assert [one["state"] for one in listed] == ["revoked"] * 3


def test_what_an_email_carries_the_answer_does_not_show(account: Account) -> None:
    class Box:
        def __init__(self) -> None:
            self.messages: list[Message] = []

        def send(self, _: TenantTransaction, message: Message, now: datetime.datetime) -> bool:
            assert now.tzinfo is not None
            self.messages.append(message)
            return True

    box = Box()
    account.runtime.notices = box  # type: ignore[assignment] # a stand-in for the post office
    entity = account.new_entity("Pekarna\r\nBcc: x")
    user = added(account, entity, email="ana@example.com", send_invite=True)
    invitation = user["invitation"]
    assert (invitation["sent"], invitation["token"], invitation["url"]) == (True, None, None)
    (message,) = box.messages
    assert message.to == "ana@example.com"
    assert "\n" not in message.subject
    assert "http://gateway.test/embed?token=gw_invitation_" in message.text


def test_nobody_gives_away_what_they_may_not_do(account: Account) -> None:
    entity = account.new_entity()
    admin = added(account, entity, "admin")
    editor = came_in(account, entity, "editor", may_invite=True)
    place = f"/v1/entities/{entity}/users"
    refused = account.call("POST", place, {"email": "x@example.com", "role": "admin"}, key=editor)
    assert refused.status_code == 403
    assert "users:write" in refused.json()["missing"]
    viewer = account.call("POST", place, {"email": "y@example.com", "role": "viewer"}, key=editor)
    assert viewer.status_code == 201
    invited = account.call("POST", f"{place}/{admin['id']}/invitations", key=editor)
    assert invited.status_code == 403, "or the editor would come in as the admin"
    plain = came_in(account, entity, "editor")
    answer = account.call("POST", place, {"email": "z@example.com"}, key=plain)
    assert answer.json()["missing"] == ["users:invite"]


def test_users_of_somebody_else_answer_like_unknown_ones(
    account: Account, other_account: Account
) -> None:
    foreign = added(other_account, other_account.new_entity())
    entity, sister = account.new_entity(), account.new_entity()
    sisters = added(account, sister)
    unknown = public_id("usr", new_id())
    texts = set()
    for one in (foreign["id"], sisters["id"], unknown, "usr_x"):
        answer = account.call("GET", f"/v1/entities/{entity}/users/{one}")
        assert answer.status_code == 404
        texts.add(answer.text.replace(one, ""))
    assert len(texts) == 1
