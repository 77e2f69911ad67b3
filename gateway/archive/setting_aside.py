"""Making room for bytes that lie there already, sealed with a key that is lost.

An entity's key is made with its first evidence. Where that came after the backup which was
restored, the key is lost and the files stay: the same bytes could never be archived again, because
nothing is ever written over what is there.
"""

from itertools import islice

from gateway.archive import scrub_repository as repository
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.archive.stores.protocol import Place, Store
from gateway.kit.database import Database

_STEP = 500  # files


def set_aside_unreadable(database: Database, store: Store) -> list[Place]:
    """Set aside what no entry names and nobody can open, and return what it was.

    Call it while no gateway runs: what is being archived has no entry yet. It may be called again.

    Args:
        database: Knows what entries name.
        store: Keeps what is set aside; a newer database may be found that has the key.

    Raises:
        ArchiveUnavailableProblem: The store does not answer; some may be set aside.
        KeyEncryptionError: Keys cannot be unwrapped now.
        UnsealError: A key is there and is another master key's.
    """
    done: list[Place] = []
    every = store.walk()
    while places := list(islice(every, _STEP)):
        with database.worker_transaction() as tx:
            unnamed = repository.unnamed(tx, places)
        for place in unnamed:
            try:
                store.get(*place)
            except EvidenceDamagedProblem:
                store.set_aside(*place)
                done.append(place)
    return done
