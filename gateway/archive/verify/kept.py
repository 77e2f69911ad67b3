"""Older heads that the reader kept, of the log or of one entity's, compared with the bundle."""

from .canonical import MalformedError
from .container import Container
from .content import Reading
from .signed import Checkpoint, Key, SignedError, read_checkpoint
from .span import root_then, under_name


def compared(
    reading: Reading, container: Container, kept: str, trusted: Key | None, remarks: list[str]
) -> bool | None:
    """Tell whether the bundle continues a head; None: the bundle does not show it.

    Args:
        reading: The bundle, checked.
        container: The same, as members.
        kept: The checkpoint that the reader kept, of the log or of an entity's log.
        trusted: The log's key, known from elsewhere.
        remarks: Gets why the answer is not True.
    """
    key = trusted or reading.key
    if key is None or reading.checkpoint is None:
        remarks.append("The checkpoint of the bundle cannot be read, so nothing can be compared.")
        return False
    entity = _entity_of(kept, key)
    try:
        older = read_checkpoint(kept.encode(), under_name(key, entity) if entity else key)
        newer = _of_entity(container, entity, key) if entity else reading.checkpoint
        continues = None
        if newer is not None and older.size <= newer.size:
            continues = _continues(reading, container, entity, older)
    except (SignedError, MalformedError) as error:
        remarks.append(f"The checkpoint kept does not fit this bundle: {error}.")
        return False
    if continues is not True:
        remarks.append(_why(older, newer, entity, rewritten=continues is False))
    return continues


def _entity_of(kept: str, key: Key) -> str:
    """Return the entity whose log a head is of; empty: it is of the one log."""
    name, found, entity = kept.partition("\n")[0].rpartition("/ent_")
    return f"ent_{entity}" if found and name == key.name else ""


def _of_entity(container: Container, entity: str, key: Key) -> Checkpoint | None:
    name = f"entities/{entity}/checkpoint"
    if name not in container.members:
        return None
    return read_checkpoint(container.read(name), under_name(key, entity))


def _continues(
    reading: Reading, container: Container, entity: str, older: Checkpoint
) -> bool | None:
    if not entity:
        return reading.continues(older)
    if reading.problems:
        raise MalformedError("the bundle is not as it was exported")
    root = root_then(container, f"entities/{entity}", older.size)
    return None if root is None else root == older.root


def _why(older: Checkpoint, newer: Checkpoint | None, entity: str, *, rewritten: bool) -> str:
    if rewritten:
        return (
            f"The log was rewritten: its first {older.size} leaves are not those of the "
            "checkpoint kept."
        )
    if newer is None:
        return f"The bundle shows nothing of the log of {entity}: export it with `complete`."
    if older.size > newer.size:
        return (
            f"The checkpoint kept ({older.size} leaves) is newer than the bundle's "
            f"({newer.size}): export the bundle again to compare."
        )
    how = "with `complete`, from an earlier day" if entity else f"with ?since={older.size}"
    return (
        f"The bundle holds no proof from the checkpoint kept ({older.size} leaves): "
        f"export it {how}."
    )
