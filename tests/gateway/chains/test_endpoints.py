"""Reading chains over HTTP and with `gateway chain`."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.chains import service
from gateway.cli import chains as commands
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.transmissions.journal import Journal
from tests.gateway.documents.fiscal import keyed, recorded_shop
from tests.gateway.houses import House, Shop, invoice, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house, keyed(house):
        yield house


@pytest.fixture
def shop(house: House, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop with three links, in a house that the commands find."""
    settings = house.runtime.settings
    monkeypatch.setattr(commands, "Settings", lambda: settings)
    shop = recorded_shop(house)
    for _ in range(3):
        shop.issued()
    return shop


def test_chains_and_their_records_are_read_page_by_page(shop: Shop) -> None:
    (chain,) = shop.get("/v1/chains")["data"]
    assert (chain["key"], chain["state"]) == (f"sandbox-authority/{shop.entity}", "open")
    assert (chain["generation"], chain["next_sequence"]) == (1, 4)
    assert shop.get(f"/v1/chains/{chain['id']}") == chain
    path = f"/v1/chains/{chain['id']}/records?limit=2"
    page = shop.get(path)
    rest = shop.get(f"{path}&cursor={page['next_cursor']}")
    records = [*page["data"], *rest["data"]]
    assert rest["next_cursor"] is None
    assert [one["sequence"] for one in records] == [1, 2, 3]
    assert records[-1]["digest"] == chain["last_digest"]
    for one in records:
        content = base64.b64decode(one["record"])
        assert one["digest"] == hashlib.sha256(content).hexdigest()
        document = shop.get(f"/v1/documents/{one['document_id']}")
        assert json.loads(content)["number"] == document["number"]


def test_a_chain_is_verified_and_shown(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    key = f"sandbox-authority/{shop.entity}"
    assert commands.verify(key, None, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "chains": [{"chain": key, "generation": 1, "state": "open", "links": 3, "broken": None}]
    }
    assert commands.show(None, as_json=True) == 0
    assert key in {one["chain_key"] for one in json.loads(capsys.readouterr().out)}


def test_from_where_on_a_chain_is_void_is_shown(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    (chain,) = shop.get("/v1/chains")["data"]
    assert chain["void_from"] is None
    records = shop.get(f"/v1/chains/{chain['id']}/records")["data"]
    refused = parse_id(records[1]["document_id"], "inv")
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    with shop.house.runtime.database.worker_transaction(tenant) as tx:
        assert service.broken(tx, refused, "It was refused.", clock.now())
    chain = shop.get(f"/v1/chains/{chain['id']}")
    assert (chain["state"], chain["void_from"]) == ("halted", 2)
    capsys.readouterr()
    assert commands.show(chain["key"], as_json=True) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["void_from"] == 2


def test_the_first_broken_link_is_named(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    key = f"sandbox-authority/{shop.entity}"
    shop.house.sql("alter table chain_record disable trigger chain_record_frozen")
    for place in (2, 3):
        shop.house.sql(
            "update chain_record set record = record || ' '"
            " where chain_key = %s and sequence = %s",
            key,
            place,
        )
    shop.house.sql("alter table chain_record enable trigger chain_record_frozen")
    assert commands.verify(key, None, as_json=True) == 1
    (chain,) = json.loads(capsys.readouterr().out)["chains"]
    assert chain["broken"]["sequence"] == 2
    assert "canonically" in chain["broken"]["why"]


def test_what_the_authority_has_halts_a_chain_and_a_successor_follows_it(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, ledger = f"sandbox-authority/{shop.entity}", tmp_path / "ledger.json"
    newest = shop.issued()["number"]
    series = shop.series("INV")
    following = newest[: -len(str(series["next_number"] - 1))] + str(series["next_number"])
    head = shop.get("/v1/chains")["data"][0]["last_digest"]
    lost = {"sequence": 5, "digest": "d" * 64, "number": following}
    ledger.write_text(json.dumps([{"sequence": 4, "digest": head}, lost]))
    capsys.readouterr()  # requests are logged there
    assert commands.verify(key, ledger, as_json=True) == 3
    assert shop.get("/v1/chains")["data"][0]["state"] == "open"  # it was only shown
    capsys.readouterr()
    assert commands.verify(key, ledger, as_json=True, halt=True) == 3
    told = json.loads(capsys.readouterr().out)["authority"]
    assert (told["agrees"], told["ours"], told["theirs"]) == (False, 4, 5)
    assert shop.issue().json()["type"] == "/problems/chain-halted"
    assert commands.reseed(key, "an old backup", ledger, empty=False) == 0
    first, second = shop.get("/v1/chains")["data"]
    assert (first["state"], first["closed_because"]) == ("closed", "an old backup")
    assert (second["first_sequence"], second["first_previous"]) == (6, "d" * 64)
    refused = shop.issue()  # the number that the authority knows is not used again
    assert refused.status_code == 409, refused.text
    assert refused.json()["type"] == "/problems/number-known-to-authority"
    other = {"code": "NEW", "pattern": "{code}-{seq}"}
    assert shop.call("POST", "/v1/series", other).status_code == 201
    assert shop.issued(invoice(series="NEW"))["number"] == "NEW-1"
    assert shop.get("/v1/chains")["data"][1]["next_sequence"] == 7
    assert commands.verify(key, None, as_json=True) == 0


def test_a_successor_and_a_late_verdict_do_not_wait_for_each_other(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, ledger, house = f"sandbox-authority/{shop.entity}", tmp_path / "ledger.json", shop.house
    (chain,) = shop.get("/v1/chains")["data"]
    ledger.write_text(json.dumps([{"sequence": 3, "digest": chain["last_digest"]}]))
    first = shop.get(f"/v1/chains/{chain['id']}/records")["data"][0]["document_id"]
    document = parse_id(first, "inv")
    ((transmission,),) = house.sql(
        "select id from transmission where document_id = %s and channel = 'sandbox-authority'",
        document,
    )
    house.sql(
        "update outbox set state = 'stuck', reason = 'chain_halted', due_at = null"
        " where transmission_id = %s",
        transmission,
    )
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    holding = threading.Event()

    def refuse() -> bool:
        """Record a verdict as the journal does: the transmission is held, then the chain."""
        with house.runtime.database.worker_transaction(tenant) as tx:
            Journal(house.runtime.archive).hold(tx, transmission)
            holding.set()
            for _ in range(200):
                if house.sql("select 1 from pg_locks where not granted"):
                    break
                time.sleep(0.05)
            return service.broken(tx, document, "It was refused.", clock.now())

    with ThreadPoolExecutor(1) as pool:
        verdict = pool.submit(refuse)
        assert holding.wait(10)
        assert commands.reseed(key, "a new one", ledger, empty=False) == 0
        assert verdict.result(10)
    assert "never left" in capsys.readouterr().err
    chains = shop.get("/v1/chains")["data"]
    assert [(one["state"], one["first_sequence"]) for one in chains] == [
        ("closed", 1),
        ("open", 4),
    ]
    assert house.sql("select state from outbox where transmission_id = %s", transmission) == [
        ("queued",)
    ]


def test_what_is_another_seller_s_is_not_believed_and_can_be_taken_back(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, ledger = f"sandbox-authority/{shop.entity}", tmp_path / "ledger.json"
    (before,) = shop.house.sql("select count(*) from chain_foreign where withdrawn_at is null")
    place = shop.get("/v1/chains")["data"][-1]["next_sequence"] + 1
    ledger.write_text(json.dumps([{"sequence": place, "digest": "e" * 64, "number": "WRONG-1"}]))
    refusals: tuple[Callable[[], int], ...] = (
        lambda: commands.verify(key, ledger, as_json=True, halt=True),
        lambda: commands.reseed(key, "wrong", ledger, empty=False),
        lambda: commands.withdraw(key, "it is open"),
    )
    for refused in refusals:
        capsys.readouterr()
        with pytest.raises(SystemExit):
            refused()
        said = capsys.readouterr().err
        assert "another seller" in said or "The chain is open" in said
    assert shop.get("/v1/chains")["data"][-1]["state"] == "open"
    assert commands.verify(key, ledger, as_json=True, halt=True, force=True) == 3
    assert shop.get("/v1/chains")["data"][-1]["state"] == "halted"
    assert commands.withdraw(key, "it was the file of another seller") == 0
    assert shop.get("/v1/chains")["data"][-1]["state"] == "open"
    assert shop.house.sql("select count(*) from chain_foreign where withdrawn_at is null") == [
        before
    ]
    kept = shop.house.sql("select withdrawn_because from chain_foreign where number = 'WRONG-1'")
    assert kept == [("it was the file of another seller",)]
    told = [one["type"] for one in shop.get("/v1/events?limit=100")["data"]]
    assert told.count("chain.reopened") == 1


def test_no_chain_is_said(shop: Shop) -> None:
    assert shop.entity
    with pytest.raises(SystemExit):
        commands.verify("sandbox-authority/none", None, as_json=True)


def test_an_auditor_of_a_period_is_not_told_how_far_a_chain_is(shop: Shop) -> None:
    (chain,) = shop.get("/v1/chains")["data"]
    until = {"since": "2025-01-01", "until": "2025-12-31"}
    keys = []
    for more in ({}, {"period": until}):
        body = {"name": "Revizor", "role": "auditor", **more}
        keys.append(shop.account.call("POST", "/v1/api-keys", body, key=shop.key).json()["key"])
    unlimited, limited = keys
    path = f"/v1/chains/{chain['id']}"
    for rest in ("", "/records"):
        assert shop.call("GET", path + rest, key=unlimited).status_code == 200
        assert shop.call("GET", path + rest, key=limited).status_code == 404
    assert shop.call("GET", "/v1/chains", key=unlimited).json()["data"] == [chain]
    assert shop.call("GET", "/v1/chains", key=limited).json()["data"] == []
    rows = shop.house.sql(
        "select tablename from pg_policies where policyname = 'period'"
        " and tablename in ('chain', 'chain_foreign', 'chain_record')"
    )
    assert {name for (name,) in rows} == {"chain", "chain_foreign", "chain_record"}
