"""What an entity still needs, over HTTP; and for many at once."""

from typing import Any

from gateway.compliance.profiles import DEFAULT
from gateway.demo.companies import SELLERS
from gateway.kit import clock
from gateway.kit.tenancy import Tenant
from gateway.readiness.service import Inspector
from gateway.tenants import service as tenants
from tests.gateway.conftest import Account


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
    assert found["mandate_1"] == "unknown"  # e-SLOG is not written here yet
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
    body = {"name": "Sklep", "country": "Polska", "address": "ul. Długa 1", "city": "Kraków"}
    entity = account.call("POST", "/v1/entities", body | {"tax_number": "5260001246"}).json()["id"]
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
        found = Inspector(missing, clock.now()).of_many(rows)
    assert len(found) == 3
    assert len(looks) == 1
