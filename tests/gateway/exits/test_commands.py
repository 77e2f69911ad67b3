"""`gateway exit`: from one installation's file to another's database."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.background import running
from gateway.cli import exits
from gateway.demo.companies import SELLERS
from gateway.jobs.worker import JobWorker
from gateway.kit.ids import new_id, public_id
from tests.gateway.houses import House, Shop, invoice


@pytest.fixture
def there(new: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The other installation, as its operator's environment says."""
    settings = new.runtime.settings
    assert settings.database_url is not None
    monkeypatch.setenv("DATABASE_URL", settings.database_url.get_secret_value())
    monkeypatch.setenv("GATEWAY_DATA", str(settings.data))
    return new


@pytest.fixture
def http(house: House) -> Iterator[tuple[httpx2.Client, Shop]]:
    """Who speaks for a seller that issued one invoice."""
    shop = Shop.opened(house)
    shop.take_back(shop.issued()["id"], but="")
    client = house.client
    client.headers |= {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    with running([JobWorker(house.runtime.jobs)]):
        yield client, shop
    del client.headers["Authorization"], client.headers["Entity-Id"]


def last(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the last line that was printed; logs come before it."""
    return capsys.readouterr().out.splitlines()[-1]


def test_an_entity_moves_by_four_commands(
    http: tuple[httpx2.Client, Shop],
    there: House,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client, shop = http
    shop.draft(invoice(metadata={"note": "one\u2028two\x85three"}))  # ends of lines to Python
    file, key, said = tmp_path / "exit.zip", tmp_path / "log.key", tmp_path / "moved.txt"
    assert exits.make(client, file, leaving=True) == 0
    asked = next(one for one in capsys.readouterr().out.split() if one.startswith("job_"))
    key.write_text(client.get("/v1/log/key").text)
    taking = there.account()  # something happened in it before
    assert taking.call("POST", "/v1/entities", SELLERS["SI"]).status_code == 201
    account = public_id("acc", taking.id)

    nobody = public_id("acc", new_id())
    assert exits.take_in(file, nobody, str(key), None) == 1
    assert "no such account" in capsys.readouterr().err
    assert exits.take_in(file, account, str(key), None) == 0
    assert "waits for the statement" in capsys.readouterr().out
    assert exits.status(account, shop.entity, "sandbox") == 0
    assert last(capsys) == "arriving"

    taker = str(there.runtime.settings.data / "log" / "key")
    assert exits.move(client, asked, taker, said) == 0
    for _ in range(2):
        assert exits.take_in(file, account, key.read_text(), said) == 0
        assert last(capsys) == "the entity is here"
    exits.status(account, shop.entity, "sandbox")
    assert last(capsys) == "here"

    file.write_bytes(file.read_bytes().replace(b'"INV-000001"', b'"INV-000009"'))
    assert exits.take_in(file, account, str(key), None) == 1
    assert "exit/document/0000001.jsonl" in capsys.readouterr().err


def test_what_is_not_finished_is_told(
    http: tuple[httpx2.Client, Shop], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client, shop = http
    sent = shop.issued()["transmissions"][0]["id"]
    assert exits.make(client, tmp_path / "exit.zip", leaving=True) == 2
    assert sent in capsys.readouterr().err
    assert not (tmp_path / "exit.zip").exists()
