"""An installation with documents, and a backup of it that was made while it went on issuing."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gateway.backups.drill import Asked, Drilled, examine
from gateway.backups.making import back_up
from gateway.backups.manifest import Manifest
from gateway.backups.restoring import Restored, restored_database
from gateway.backups.steps import Steps
from gateway.kit import clock
from gateway.kit.bootstrap import Storage
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened

DOCUMENTS = 30
FULL = 500


def silent(_step: str, _done: int, _total: int | None) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Works:
    """An installation, a backup, and a place for drills.

    Attributes:
        before: Documents that were issued before the backup began.
        after: Documents there are now.
    """

    house: House
    shop: Shop
    backup: Path
    manifest: Manifest
    before: int
    after: int
    folder: Path

    @property
    def data(self) -> Path:
        return self.house.runtime.settings.data

    def asked(self, name: str, **changes: object) -> Asked:
        """Return what is asked of a drill in a place of its own."""
        place = self.folder / name
        place.mkdir(mode=0o711)
        given = {
            "backup": self.backup,
            "place": place,
            "live": self.data,
            "master_key": self.house.runtime.master_key,
            "copy": False,
        }
        return Asked(**(given | changes))  # type: ignore[arg-type] # names are checked


@dataclass(frozen=True)
class Stage:
    """A backup whose database is restored once; archives and questions vary.

    Attributes:
        restored: The database.
    """

    works: Works
    restored: Restored

    def drilled(self, name: str, **changes: object) -> Drilled:
        asked = self.works.asked(name, **changes)
        drilled = Drilled(Manifest.read(asked.backup))
        examine(asked, replace(self.restored, data=asked.place / "data"), drilled, Steps(silent))
        return drilled


def spoiled(works: Works, name: str) -> Path:
    """Return a copy of the backup that a test may spoil."""
    copy = works.folder / f"backup-{name}"
    shutil.copytree(works.backup, copy)
    return copy


def backed_up(house: House, target: Path, **changes: object) -> Manifest:
    settings = house.runtime.settings
    storage = Storage(settings.database_url.get_secret_value(), house.admin_url)  # type: ignore[union-attr] # set
    given = {"how": "dump", "clock": clock.now} | changes
    return back_up(settings, storage, house.runtime.master_key, target, **given)  # type: ignore[arg-type] # the same


@pytest.fixture(scope="package")
def works(
    postgres: EmbeddedPostgres,
    open_directory: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Works]:
    folder = open_directory / "backups"
    folder.mkdir(mode=0o711)
    before = FULL if request.config.getoption("--full") else DOCUMENTS
    with opened(postgres, tmp_path_factory.mktemp("data")) as house:
        shop = Shop.opened(house)
        for _ in range(before):
            shop.issued()
        going, made = threading.Event(), []

        def go_on() -> None:
            while not going.is_set():
                made.append(shop.issued()["id"])

        issuing = threading.Thread(target=go_on)
        issuing.start()
        try:
            manifest = backed_up(house, folder / "backup")
        finally:
            going.set()
            issuing.join()
        after = before + len(made)
        yield Works(house, shop, folder / "backup", manifest, before, after, folder)


@pytest.fixture(scope="module")
def stage(works: Works) -> Iterator[Stage]:
    place = works.folder / "restored"
    place.mkdir(mode=0o711)
    with restored_database(works.backup, works.manifest, place) as restored:
        yield Stage(works, restored)
