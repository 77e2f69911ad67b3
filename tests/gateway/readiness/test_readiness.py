"""What an entity still needs, over HTTP; and for many at once."""

import datetime
from typing import Any

import psycopg
import pytest

from gateway.compliance.profiles import DEFAULT
from gateway.demo.companies import SELLERS
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Environment, Tenant
from gateway.readiness.channel import channel
from gateway.readiness.service import Inspector, inspected
from gateway.signing import outlook
from gateway.tenants import service as tenants
from gateway.tenants.settings import EntitySettings
from tests.gateway.conftest import Account
from tests.gateway.signing.authority import p256
from tests.gateway.signing.test_endpoints import ISSUER, p12


def readiness(account: Account, entity: str, **more: str) -> dict[str, Any]:
    answer = account.call("GET", f"/v1/entities/{entity}/readiness", **more)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def states(shown: dict[str, Any]) -> dict[str, str]:
    return {item["id"]: item["state"] for item in shown["items"]}


def test_a_bare_entity_is_told_all_it_needs(account: Account) -> None:
    shown = readiness(account, account.new_entity())
    assert (shown["ready_for_sandbox"], shown["ready_for_live"]) == (False, False)
    assert {"address", "tax_number", "electronic_address"} <= set(shown["missing"])
    address = next(item for item in shown["items"] if item["id"] == "address")
    assert address["fields"] == ["/seller/postal_address/line_1", "/seller/postal_address/city"]
    assert address["required_for"] == ["sandbox", "live"]
    assert address["source"]


def test_a_complete_entity_is_ready(account: Account) -> None:
    body = {**SELLERS["SI"], "settings": {"bank_accounts": [{"iban": "SI56263300012039086"}]}}
    entity = account.call("POST", "/v1/entities", body).json()["id"]
    shown = readiness(account, entity)
    assert shown["ready_for_sandbox"]
    assert shown["profile"] == DEFAULT
    found = states(shown)
    assert found["tax_number"] == found["bank_account"] == found["electronic_address"] == "done"
    assert found["mandate_1"] == "missing"  # e-SLOG, which it does not choose: good advice
    assert found["fiscalization"] == "unknown"
    assert shown["ready_for_live"] == (found["validation_layers"] == "done")


def test_a_wrong_number_and_a_placeholder_are_seen(account: Account) -> None:
    body = {"name": "Your company", "country": "DE", "vat_id": "DE129261943", "city": "Köln"}
    entity = account.call("POST", "/v1/entities", body | {"address": "Uferweg 12"}).json()["id"]
    shown = readiness(account, entity)
    assert states(shown)["tax_number"] == "missing"
    assert states(shown)["placeholders"] == "missing"
    assert not shown["ready_for_live"]


def test_a_country_that_is_not_declared_is_not_ready_for_live(account: Account) -> None:
    body = {"name": "Bolt", "country": "Hungary", "address": "Fő utca 1", "city": "Győr"}
    entity = account.call("POST", "/v1/entities", body | {"tax_number": "12892312"}).json()["id"]
    shown = readiness(account, entity)
    assert shown["ready_for_sandbox"]
    assert not shown["ready_for_live"]
    assert states(shown)["country"] == "missing"


def test_an_entity_key_reads_its_own_and_no_other(account: Account) -> None:
    mine, other = account.new_entity(), account.new_entity()
    key = account.entity_key(mine)
    assert readiness(account, mine, key=key)["entity_id"] == mine
    path = f"/v1/entities/{other}/readiness"
    assert account.call("GET", path, key=key).status_code == 404


def test_many_are_judged_with_one_look_at_the_installed_files(account: Account) -> None:
    for _ in range(3):
        account.new_entity()
    looks = []

    def missing(*asked: object) -> tuple[str, ...]:
        looks.append(asked)
        return ()

    tenant = Tenant(account.id, (), "sandbox", account_wide=True)
    with account.runtime.database.transaction(tenant, read_only=True) as tx:
        rows = tenants.entity_page(tx, limit=10)
        found = inspected(tx, rows, missing, clock.now())
    assert len(found) == 3
    assert len(looks) == 1


def brings(account: Account, entity: str, days: float) -> str:
    """Bring a key that records are signed with, whose certificate ends in so many days."""
    key, now = p256(), clock.now()
    ends = now + datetime.timedelta(days=days)
    certificate = ISSUER.issue(key, begins=now - datetime.timedelta(days=1), ends=ends)
    given = p12(key, certificate) | {"purposes": ["fiscal-signature"]}
    answer = account.call("POST", "/v1/signing-keys/import", given, Entity_Id=entity)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def recorded(account: Account) -> str:
    """Return an entity that needs such a key."""
    body = {**SELLERS["SI"], "settings": {"fiscalization": {"scheme": "sandbox-authority"}}}
    answer = account.call("POST", "/v1/entities", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("environment", ["live", "sandbox"])
def test_a_channel_that_leads_nowhere_is_missing_for_live(environment: Environment) -> None:
    chosen = {"fiscalization": {"scheme": "si-furs", "numbering": "B"}}
    settings = EntitySettings.model_validate(chosen)

    def lost(nowhere: str | None) -> list[tuple[str, tuple[str, ...]]]:
        items = channel(settings, environment, lambda _: nowhere)
        return [(one.state, one.required_for) for one in items]

    found = [("missing", ("live",))] if environment == "live" else []
    assert lost("set GATEWAY_SI_FURS_URL") == found
    assert lost(None) == []


SCHEMES = {
    "SI": {"scheme": "si-furs", "numbering": "B"},
    "PL": {"scheme": "pl-ksef"},
}


def fiscal(account: Account, entity: str) -> dict[str, tuple[str, list[str]]]:
    """Return the items of fiscal verification: the state, and what each is in the way of."""
    items = readiness(account, entity)["items"]
    return {
        one["id"]: (one["state"], one["required_for"])
        for one in items
        if one["id"] == "fiscalization" or one["id"].startswith("certificate:")
    }


@pytest.mark.parametrize(
    ("country", "needs"),
    [
        ("SI", {"certificate:fiscal-signature": ("missing", ["sandbox"])}),
        ("PL", {"certificate:authentication": ("missing", ["sending"])}),
    ],
)
def test_the_checklist_leads_to_a_scheme_and_to_its_keys(
    account: Account, country: str, needs: dict[str, tuple[str, list[str]]]
) -> None:
    body = {"name": "Pek", "country": country}
    entity = account.call("POST", "/v1/entities", body).json()["id"]
    (found,) = [one for one in readiness(account, entity)["items"] if one["id"] == "fiscalization"]
    assert found["state"] == "unknown"
    assert SCHEMES[country]["scheme"] in found["fix"]
    settings = {"settings": {"fiscalization": SCHEMES[country]}}
    answer = account.call("PATCH", f"/v1/entities/{entity}", settings)
    assert answer.status_code == 200, answer.text
    assert fiscal(account, entity) == {"fiscalization": ("done", []), **needs}
    if country == "SI":
        brings(account, entity, days=90)
        assert fiscal(account, entity)["certificate:fiscal-signature"] == ("done", ["sandbox"])


def of_certificate(account: Account, entity: str) -> tuple[str, int | None] | None:
    """Return state and days left of its certificate on the checklist."""
    for item in readiness(account, entity)["items"]:
        if item["id"] == "certificate:fiscal-signature":
            return item["state"], item["days_left"]
    return None


def on_board(account: Account, entity: str) -> list[tuple[str, str, int]]:
    rows = account.call("GET", "/v1/reports/compliance").json()["data"]
    (row,) = [one for one in rows if one["entity_id"] == entity]
    return [(one["purpose"], one["state"], one["days_left"]) for one in row["certificates"]]


def revoked_at(admin_url: str) -> None:
    """Let all certificates be revoked."""
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "update signing_certificate set revocation = 'revoked', revoked_at = now()"
        )


def test_a_certificate_that_ends_soon_is_a_warning(account: Account) -> None:
    entity = recorded(account)
    assert of_certificate(account, entity) == ("missing", None)
    brings(account, entity, days=30.5)
    assert of_certificate(account, entity) == ("done", 30)
    assert on_board(account, entity) == []
    brings(account, entity, days=29.5)  # it became active last, so it signs
    brings(account, entity, days=9.5)
    assert of_certificate(account, entity) == ("done", 9)  # the next key goes on by itself


def test_days_left_are_told_where_nothing_follows(account: Account) -> None:
    entity = recorded(account)
    brings(account, entity, days=29.5)
    assert of_certificate(account, entity) == ("warning", 29)
    assert on_board(account, entity) == [("fiscal-signature", "ending", 29)]
    shown = readiness(account, entity)
    assert shown["ready_for_sandbox"]
    assert "certificate:fiscal-signature" not in shown["missing"]


def test_one_that_ended_or_was_revoked_is_in_the_way(account: Account, admin_url: str) -> None:
    entity = recorded(account)
    brings(account, entity, days=29.5)
    tenant = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox")
    later = clock.now() + datetime.timedelta(days=31)
    with account.runtime.database.transaction(tenant) as tx:
        (told,) = outlook.of_entities(tx, tenant.entity_ids, later)[tenant.entity_ids[0]]
        found = Inspector(lambda *_: (), later).of(
            tenants.get_entity(tx, tenant.entity_ids[0]), [told]
        )
    assert (told.state, told.days_left) == ("expired", -2)
    item = found.items[-1]
    assert (item.id, item.state) == ("certificate:fiscal-signature", "failing")
    assert (found.ready_for_sandbox, "certificate:fiscal-signature" in found.missing) == (
        False,
        True,
    )
    revoked_at(admin_url)
    assert of_certificate(account, entity) == ("failing", 29)
    assert on_board(account, entity) == [("fiscal-signature", "revoked", 29)]
    shown = readiness(account, entity)
    assert not shown["ready_for_sandbox"]
    assert "certificate:fiscal-signature" in shown["missing"]


@pytest.mark.parametrize(("bic", "state"), [("SZKBSI2X", "done"), (None, "missing")])
def test_what_ujp_needs_is_on_the_checklist(account: Account, bic: str | None, state: str) -> None:
    own = {"iban": "SI56263300012039086"} | ({} if bic is None else {"bic": bic})
    chosen = {"bank_accounts": [own], "default_profile": "eslog-2"}
    body = {**SELLERS["SI"], "settings": chosen}
    shown = readiness(account, account.call("POST", "/v1/entities", body).json()["id"])
    assert states(shown)["portal:si-ujp"] == state
    assert states(shown)["mandate_1"] == "done"
    assert shown["ready_for_sandbox"]  # good advice


def test_one_that_ended_and_that_nothing_uses_does_not_fail(
    account: Account, admin_url: str
) -> None:
    entity = recorded(account)
    brings(account, entity, days=29.5)
    revoked_at(admin_url)
    assert of_certificate(account, entity) == ("failing", 29)
    settings = {"settings": {"fiscalization": None}}
    answer = account.call("PATCH", f"/v1/entities/{entity}", settings)
    assert answer.status_code == 200, answer.text
    assert of_certificate(account, entity) == ("not_applicable", 29)
    assert on_board(account, entity) == []
    assert "certificate:fiscal-signature" not in readiness(account, entity)["missing"]


def test_one_that_ends_and_that_nothing_uses_is_no_warning(account: Account) -> None:
    entity = str(account.call("POST", "/v1/entities", SELLERS["SI"]).json()["id"])
    brings(account, entity, days=29.5)
    assert of_certificate(account, entity) == ("not_applicable", 29)
    assert on_board(account, entity) == []


def test_one_that_can_be_done_without_is_a_warning(account: Account, admin_url: str) -> None:
    settings = {"fiscalization": SCHEMES["PL"]}
    body = {"name": "Piekarnia", "country": "PL", "settings": settings}
    entity = str(account.call("POST", "/v1/entities", body).json()["id"])
    brings(account, entity, days=90)  # an Offline certificate of KSeF
    assert of_certificate(account, entity) == ("done", 89)
    revoked_at(admin_url)
    assert of_certificate(account, entity) == ("warning", 89)
    assert on_board(account, entity) == [("fiscal-signature", "revoked", 89)]
    assert "certificate:fiscal-signature" not in readiness(account, entity)["missing"]
