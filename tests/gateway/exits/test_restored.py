"""An older database is restored, there or here: no two installations issue for an entity."""

from pathlib import Path

import pytest

from gateway.archive.continuity import LogRewoundError
from gateway.archive.notes import Verifier
from gateway.exits.arriving import Import
from gateway.exits.file import Arrived
from gateway.fsck.service import check
from gateway.kit import clock
from tests.gateway.exits.conftest import Leaver
from tests.gateway.houses import House, Shop, invoice, kind
from tests.gateway.reconciling.test_restored import Site, again, issued, site

__all__ = ["site"]


def moved(house: House, shop: Shop, to: Verifier) -> tuple[bytes, str]:
    """Return the exit of an entity that moves, and the statement."""
    leaver = Leaver(again(shop, house))
    job = leaver.ask(leaving=True)
    answer = leaver.shop.call("POST", f"/v1/exits/{job['id']}/move", {"to": str(to)})
    assert answer.status_code == 200, answer.text
    return leaver.fetch(job), answer.json()["statement"]


def gone_on_with(site: Site, copy: str, *more: str) -> None:
    """Restore a database that knows nothing of the move; the log's head knows of it."""
    site.restore(copy)
    with pytest.raises(LogRewoundError), site.running():
        pass
    code, told = site.reconcile("--proceed", "--reason", "lost", *more)
    assert code == 0, told


def test_who_has_moved_does_not_come_back_with_an_older_database(site: Site) -> None:
    with site.running() as house:
        shop = Shop.opened(house)
        shop.take_back(shop.issued()["id"], but="")
    copy = site.backup()
    with site.running() as house:
        _, statement = moved(house, shop, Verifier("b.example/log", bytes(32)))
    gone_on_with(site, copy)
    for _ in range(2):
        with site.running() as house:
            refused = again(shop, house).issue(invoice())
            assert (kind(refused), refused.json()["state"]) == ("moved", "moved")
            assert house.sql("select statement from entity_move") == [(statement,)]
    (kept,) = (site.data / "log" / "moved").iterdir()
    kept.chmod(0o600)
    kept.write_text(kept.read_text().replace(shop.entity, f"{shop.entity[:-1]}0"))
    gone_on_with(site, copy, "--more", "100")
    with site.running() as house:
        issued(again(shop, house), 1)  # it says nothing of this entity any more


@pytest.fixture
def arrived(site: Site, house: House, tmp_path: Path) -> tuple[Path, str, Shop, str]:
    """What a seller brings who issued one invoice elsewhere; and who is at the site already."""
    with site.running() as here:
        to = here.runtime.archive.verifier
        other = Shop.opened(here).entity
    shop = Shop.opened(house)
    shop.take_back(shop.issued()["id"], but="")
    content, statement = moved(house, shop, to)
    file = tmp_path / "exit.zip"
    file.write_bytes(content)
    return file, statement, shop, other


def test_who_is_taken_in_again_after_a_loss_uses_no_number_twice(
    site: Site, arrived: tuple[Path, str, Shop, str]
) -> None:
    file, statement, shop, other = arrived
    key = str(shop.house.runtime.archive.verifier)
    copy = site.backup()

    def take_in(house: House) -> Shop:
        account = house.account()
        runtime = house.runtime
        arrival = Import(
            runtime.database,
            runtime.archive,
            Arrived.open(file, key),
            account.id,
            clock.now,
            runtime.vault.encryption,
        )
        arrival.run(lambda *_: None)
        arrival.activate(statement)
        return Shop(house, account, shop.entity, account.key)

    with site.running() as house:
        first = issued(take_in(house), 2)
    assert first == ["INV-000002", "INV-000003"]
    site.restore(copy)
    code, told = site.reconcile("--proceed", "--reason", "lost")
    assert (code, [one["entity_id"] for one in told["entities"]]) == (0, [other])
    with site.running() as house:
        second = issued(take_in(house), 1)
        assert not set(first) & set(second)
        lost = "select abandoned_size - size from log_reconciliation"
        assert [(int(second[0].removeprefix("INV-")) - 2,)] == house.sql(lost)
    assert check(site.postgres.url(site.name), site.data).problems == ()
