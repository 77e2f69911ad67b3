"""What retention does in the background."""

from functools import partial
from typing import Protocol

from gateway.archive.destroyed_list import DestroyedList
from gateway.archive.service import Archive
from gateway.archive.stores.composition import opened
from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.retention import destructions, erasure_rounds, extension, rounds, telling
from gateway.retention.destroying import Destroyer
from gateway.settings import Settings


class Doors(Protocol):
    """What it needs of the runtime."""

    @property
    def jobs(self) -> Jobs:
        """Where handlers are named."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def archive(self) -> Archive:
        """Has the bytes, and takes the certificates."""

    @property
    def settings(self) -> Settings:
        """Say where the store is."""

    @property
    def master_key(self) -> MasterKey:
        """Opens what is encrypted."""


def arrange_rounds(doors: Doors) -> None:
    """Have documents kept longer where law changed, and destroyed or erased where approved.

    A store that locks evidence is told how long; see `telling`.
    """
    doors.jobs.handler(rounds.KIND, partial(extension.run, doors.archive))
    doors.jobs.every(rounds.SECONDS, "retention.rounds", rounds.Rounds(doors.database).look)
    doors.jobs.every(
        erasure_rounds.SECONDS,
        "retention.erasures",
        erasure_rounds.ErasureRounds(doors.database).look,
    )
    listed = DestroyedList(doors.settings.data / "log", doors.settings.log_anchor_directory)
    doors.jobs.handler(destructions.KIND, Destroyer(doors.archive, listed).run)
    store = opened(doors.settings, doors.database, doors.master_key)
    if store.locks:
        look = telling.Telling(doors.database, store).look
        doors.jobs.every(telling.SECONDS, "retention.telling", look)
