"""`gateway doctor`, `migrate`, `api-keys` and `fsck`, over a database of their own."""

import re
from pathlib import Path

import pytest

from gateway.kit import clock
from gateway.kit.ids import new_id, public_id
from gateway.sandbox.kit.certificates import new_ca
from gateway.tenants.keys import Key
from tests.gateway.cli.conftest import Gateway


def test_doctor_says_what_is_there_and_what_is_missing(gateway: Gateway) -> None:
    done = gateway("doctor", "--json")
    assert done.code == 0, done.out + done.err
    checks = {(one["area"], one["name"]): one for one in done.json}
    assert checks["database", "embedded"]["state"] == "ok"
    assert checks["artefact", "eu.cen.en16931:ubl:1.3.16"]["state"] == "ok"
    peppol = checks["artefact", "eu.peppol.bis3:invoice:2026.5"]
    assert peppol["state"] == "missing"
    assert peppol["fix"]
    assert all(one["state"] == "ok" or one["fix"] for one in done.json)
    assert {"python", "package", "artefact", "database", "disk"} <= {area for area, _ in checks}


@pytest.mark.official
def test_doctor_finds_what_a_directory_adds(gateway: Gateway, official: Path) -> None:
    done = gateway("doctor", "--json", GATEWAY_SCHEMAS_DIR=str(official))
    states = {one["name"]: one["state"] for one in done.json}
    assert states["eu.peppol.bis3:invoice:2026.5"] == "ok"


def test_doctor_names_what_looks_like_a_setting_and_is_none(gateway: Gateway) -> None:
    done = gateway("doctor", "--json", GATEWAY_ARCHIVE_ENCRYPTD="1", GATEWAY_XYZ="1")
    found = {
        check["name"]: check["fix"]
        for check in done.json
        if check["state"] == "ignored" and "OFFICIAL" not in check["name"]
    }
    assert found == {
        "GATEWAY_ARCHIVE_ENCRYPTD": "unset it; GATEWAY_ARCHIVE_ENCRYPTED is meant?",
        "GATEWAY_XYZ": "unset it",
    }


def test_doctor_says_when_the_database_is_out_of_reach(gateway: Gateway) -> None:
    url = "postgresql://nobody:secret-word@127.0.0.1:1/none"
    done = gateway("doctor", "--json", DATABASE_URL=url)
    assert done.code == 1, done.out + done.err
    broken = [one for one in done.json if one["state"] == "broken"]
    assert [one["area"] for one in broken] == ["database"]
    assert "secret-word" not in done.out + done.err


def test_migrating_again_changes_nothing(gateway: Gateway) -> None:
    for _ in range(2):
        done = gateway("migrate")
        assert done.code == 0, done.err


@pytest.mark.parametrize("environment", ["sandbox", "live"])
def test_keys_are_made_shown_once_listed_and_revoked(gateway: Gateway, environment: str) -> None:
    where = ("--environment", environment)
    made = gateway("api-keys", "create", "--account", f"Shop {environment}", *where)
    assert made.code == 0, made.err
    key = made.out.strip().splitlines()[-1]
    assert Key.parse(key) is not None
    assert key.startswith(f"gw_{environment}_")
    account = re.findall(r"acc_\w{26}", made.err)[0]
    more = ("--account", account, *where)
    second = gateway.within("api-keys", "create", *more, "--role", "auditor", "--name", "Revision")
    assert second.code == 0, second.err
    listed = gateway("api-keys", "list", *more, "--json")
    assert listed.code == 0, listed.err
    assert [(one["name"], one["role"]) for one in listed.json] == [
        ("Revision", "auditor"),
        ("command line", "writer"),
    ]
    assert key not in listed.out
    table = gateway.within("api-keys", "list", *more)
    assert table.code == 0
    assert "Revision" in table.out
    first = listed.json[1]["id"]
    assert gateway("api-keys", "revoke", first, *more).code == 0
    left = gateway.within("api-keys", "list", *more, "--json").json
    again = {one["id"]: one["revoked_at"] for one in left}
    assert [id_ for id_, revoked in again.items() if revoked] == [first]


def test_what_does_not_exist_is_said_without_a_traceback(gateway: Gateway) -> None:
    account = public_id("acc", new_id())
    calls = [
        ("api-keys", "list", "--account", "acc_x"),
        ("api-keys", "revoke", public_id("key", new_id()), "--account", account),
        ("api-keys", "revoke", "key_x", "--account", account),
        ("api-keys", "create", "--account", account),
        ("api-keys", "create", "--account", account, "--entity", public_id("ent", new_id())),
        ("api-keys", "create", "--account", "New", "--name", ""),
        ("api-keys", "create", "--account", ""),
    ]
    started = [(calls[0], gateway(*calls[0]))]  # nothing catches there what nothing expects
    for call, done in [*started, *((call, gateway.within(*call)) for call in calls)]:
        assert done.code != 0, call
        assert done.err.strip(), call
        assert "Traceback" not in done.err, f"{call}: {done.err}"


def test_fsck_is_clean_over_a_new_installation(gateway: Gateway) -> None:
    gateway("migrate")
    done = gateway("fsck", "--json")
    assert done.code == 0, done.out + done.err
    report = done.json
    assert {f"INV{number}" for number in range(1, 11)} <= {
        one["id"] for one in report["invariants"]
    }
    assert gateway("fsck").code == 0


def test_help_needs_neither_database_nor_settings(gateway: Gateway) -> None:
    done = gateway("--help", GATEWAY_PORT="nonsense")
    assert done.code == 0
    for command in ("serve", "worker", "demo", "validate", "convert", "verify", "fsck", "doctor"):
        assert command in done.out


@pytest.mark.parametrize("command", [("worker",), ("serve", "--no-worker")])
def test_an_authority_that_nobody_vouches_for_is_said_at_the_start(
    gateway: Gateway, command: tuple[str, ...]
) -> None:
    chosen = {
        "GATEWAY_SI_FURS_URL": "https://furs.example",
        "GATEWAY_SANDBOX_NETWORK_URL": "http://network.example",
        "GATEWAY_SANDBOX_VIES_URL": "http://127.0.0.1:1",
        "GATEWAY_PORT": "0",
    }
    network = gateway.home / "network.pem"
    new_ca("network", clock.now()).save(gateway.home, "network")
    done = gateway(*command, **chosen, GATEWAY_SANDBOX_NETWORK_TRUST=str(network))
    assert done.code == 1, done.err
    assert "GATEWAY_SI_FURS_TRUST is not set" in done.err
    assert "Traceback" not in done.err


def test_a_setting_that_cannot_be_read_is_named(gateway: Gateway) -> None:
    done = gateway("doctor", GATEWAY_PORT="nonsense")
    assert done.code != 0
    assert "port" in (done.out + done.err).lower()
