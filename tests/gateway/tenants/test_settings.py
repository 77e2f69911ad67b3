"""Settings of entities and accounts, over HTTP."""

import base64
import struct
import zlib

import pytest

from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.tenants import service
from gateway.tenants.service import Entity
from tests.gateway.conftest import Account


def png() -> bytes:
    """Return the smallest PNG there is: one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


LOGO = base64.b64encode(png()).decode()


def entity_row(account: Account, entity_id: str) -> Entity:
    tenant = Tenant(account.id, (), "sandbox", account_wide=True)
    with account.runtime.database.transaction(tenant, read_only=True) as tx:
        return service.get_entity(tx, parse_id(entity_id, "ent"))


def logo_of(account: Account, entity_id: str) -> bytes | None:
    tenant = Tenant(account.id, (), "sandbox", account_wide=True)
    with account.runtime.database.transaction(tenant, read_only=True) as tx:
        return service.logo_of(tx, service.get_entity(tx, parse_id(entity_id, "ent")))


def test_settings_merge_deep_and_null_takes_away(account: Account) -> None:
    path = f"/v1/entities/{account.new_entity()}"
    first = {
        "pdf_template": {"logo_url": "https://example.com/l.png", "primary_color": "#AA00ff"},
        "email_defaults": {"sender_name": "Muster", "invoice": {"subject": "Rechnung"}},
        "tax_rules": {"eu": {"auto_reverse_charge": True}},
        "due_days": 14,
    }
    assert account.call("PATCH", path, {"settings": first}).json()["settings"] == first
    second = {
        "pdf_template": {"primary_color": "#000000"},
        "email_defaults": {"invoice": {"body": "Guten Tag"}},
        "due_days": None,
    }
    shown = account.call("PATCH", path, {"settings": second}).json()["settings"]
    assert shown == {
        "pdf_template": {"logo_url": "https://example.com/l.png", "primary_color": "#000000"},
        "email_defaults": {
            "sender_name": "Muster",
            "invoice": {"subject": "Rechnung", "body": "Guten Tag"},
        },
        "tax_rules": {"eu": {"auto_reverse_charge": True}},
    }


def test_a_template_is_an_object_or_a_name_that_keeps_the_rest(account: Account) -> None:
    settings = {"pdf_template": "modern"}
    entity_id = account.new_entity(settings=settings)
    path = f"/v1/entities/{entity_id}"
    assert account.call("GET", path).json()["settings"] == {"pdf_template": {"name": "modern"}}
    account.call("PATCH", path, {"settings": {"pdf_template": {"primary_color": "#123456"}}})
    shown = account.call("PATCH", path, {"settings": {"pdf_template": "condensed"}}).json()
    assert shown["settings"]["pdf_template"] == {"name": "condensed", "primary_color": "#123456"}


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"nonsense": 1}, "/settings/nonsense"),
        ({"pdf_template": "baroque"}, "/settings/pdf_template/name"),
        ({"pdf_template": {"primary_color": "red"}}, "/settings/pdf_template/primary_color"),
        ({"pdf_template": {"logo_url": "http://x.example/l"}}, "/settings/pdf_template/logo_url"),
        ({"pdf_template": {"logo": "?"}}, "/settings/pdf_template/logo"),
        ({"pdf_template": {"logo": "AAAA"}}, "/settings/pdf_template/logo"),
        (
            {"pdf_template": {"logo": LOGO, "logo_url": "https://x.example/l"}},
            "/settings/pdf_template/logo",
        ),
        ({"email_defaults": {"reply_to": "nobody"}}, "/settings/email_defaults/reply_to"),
        (
            {"email_defaults": {"sender_name": "a\r\nBcc: b"}},
            "/settings/email_defaults/sender_name",
        ),
        ({"tax_rules": {"us": {}}}, "/settings/tax_rules/us"),
        ({"number_formats": {"invoice": "INV"}}, "/settings/number_formats/invoice"),
        ({"number_formats": {"bill": "{seq}"}}, None),
        ({"bank_accounts": [{"iban": "DE00"}]}, "/settings/bank_accounts/0/iban"),
        ({"locale": "klingon"}, "/settings/locale"),
        ({"currency_code": "EURO"}, "/settings/currency_code"),
        ({"due_days": -1}, "/settings/due_days"),
        ({"due_days": "14"}, "/settings/due_days"),
        ({"default_profile": "fax"}, "/settings/default_profile"),
    ],
)
def test_what_is_wrong_in_settings_is_pointed_at(
    account: Account, given: object, pointer: str | None
) -> None:
    path = f"/v1/entities/{account.new_entity()}"
    answer = account.call("PATCH", path, {"settings": given})
    assert answer.status_code == 422, answer.text
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointer is None or pointers == {pointer}
    assert account.call("GET", path).json()["settings"] == {}


def test_an_uploaded_logo_is_kept_beside_the_settings(account: Account) -> None:
    entity_id = account.new_entity(settings={"pdf_template": {"logo": LOGO}})
    path = f"/v1/entities/{entity_id}"
    settings = account.call("GET", path).json()["settings"]
    assert settings["pdf_template"]["logo"].startswith("sha256:")
    assert logo_of(account, entity_id) == png()
    account.call("PATCH", path, {"settings": settings})  # what was read may be sent back
    account.call("PATCH", path, {"name": "Other"})
    assert logo_of(account, entity_id) == png()
    away = {"settings": {"pdf_template": {"logo_url": "https://example.com/l.png"}}}
    shown = account.call("PATCH", path, away).json()["settings"]
    assert shown["pdf_template"] == {"logo_url": "https://example.com/l.png"}
    assert logo_of(account, entity_id) is None


def test_what_an_account_settles_holds_where_its_entities_are_silent(account: Account) -> None:
    entity_id = account.new_entity(settings={"pdf_template": {"primary_color": "#111111"}})
    given = {
        "pdf_template": {"logo": LOGO, "primary_color": "#222222"},
        "email_defaults": {"sender_name": "Plattform"},
    }
    changed = account.call("PATCH", "/v1/account", {"settings": given, "metadata": {"a": "1"}})
    assert changed.status_code == 200, changed.text
    assert account.call("GET", "/v1/account").json() == changed.json()
    settings = service.settings_of(entity_row(account, entity_id))
    assert settings.pdf_template is not None
    assert settings.pdf_template.primary_color == "#111111"
    assert settings.email_defaults is not None
    assert settings.email_defaults.sender_name == "Plattform"
    assert logo_of(account, entity_id) == png()
    own_key = account.entity_key(entity_id)
    seen = account.call("GET", f"/v1/entities/{entity_id}", key=own_key).json()
    assert seen["inherited_settings"]["email_defaults"] == {"sender_name": "Plattform"}
    own = {"settings": {"pdf_template": {"logo_url": "https://example.com/own.png"}}}
    account.call("PATCH", f"/v1/entities/{entity_id}", own)
    template = service.settings_of(entity_row(account, entity_id)).pdf_template
    assert template is not None
    assert (template.logo, template.logo_url) == (None, "https://example.com/own.png")
    assert logo_of(account, entity_id) is None


def test_settings_of_an_account_are_apart_in_sandbox_and_live(account: Account) -> None:
    live = account.new_key(environment="live")
    account.call("PATCH", "/v1/account", {"settings": {"due_days": 3}})
    assert account.call("GET", "/v1/account", key=live).json()["settings"] == {}
    account.call("PATCH", "/v1/account", {"name": "Neu"}, key=live)
    assert account.call("GET", "/v1/account").json()["name"] == "Neu"


def test_an_account_settles_nothing_that_is_one_entitys(account: Account) -> None:
    given = {"settings": {"bank_accounts": [{"iban": "DE89370400440532013000"}]}}
    answer = account.call("PATCH", "/v1/account", given)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/settings/bank_accounts"]


def test_an_account_is_none_of_its_entities_business(account: Account) -> None:
    key = account.entity_key(account.new_entity())
    assert account.call("GET", "/v1/account", key=key).status_code == 403
    assert account.call("PATCH", "/v1/account", {"name": "x"}, key=key).status_code == 403


def test_the_default_bank_account_is_the_one_that_says_so_or_the_first(account: Account) -> None:
    accounts: list[dict[str, object]] = [
        {"iban": "DE89 3704 0044 0532 0130 00", "bic": "cobadeffxxx"},
        {"iban": "SI56263300012039086", "name": "Muster", "default": True},
    ]
    entity_id = account.new_entity(settings={"bank_accounts": accounts})
    chosen = service.settings_of(entity_row(account, entity_id)).bank_account
    assert chosen is not None
    assert chosen.iban == "SI56263300012039086"
    accounts[0]["default"] = True
    body = {"settings": {"bank_accounts": accounts}}
    answer = account.call("PATCH", f"/v1/entities/{entity_id}", body)
    assert answer.json()["errors"][0]["pointer"] == "/settings/bank_accounts"
