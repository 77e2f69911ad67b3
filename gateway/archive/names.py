"""Names of one log: it goes on as `name~2`, `name~3` ... where it lost its end, with the same key.

A database that is older than such a step knows an earlier name only; heads of later ones are this
log's nevertheless, and tell how much was lost.
"""

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.notes import Verifier


def following(origin: str) -> str:
    """Return the name of the log that goes on where this one lost its end."""
    name, number = _parts(origin)
    return f"{name}~{number + 1}"


def is_later(origin: str, than: str) -> bool:
    """Tell whether a log of this name went on where that of another one ended."""
    (name, number), (other, before) = _parts(origin), _parts(than)
    return name == other and number > before


def verified(note: str, verifier: Verifier) -> Checkpoint:
    """Read a head that the log signed under its name or, with the same key, under a later one.

    Raises:
        NoteError: It is not one, or another log's, or the signature is wrong.
    """
    origin = note.partition("\n")[0]
    if is_later(origin, verifier.name):
        return Checkpoint.verified(note, Verifier(origin, verifier.public_key))
    return Checkpoint.verified(note, verifier)


def _parts(origin: str) -> tuple[str, int]:
    name, mark, number = origin.rpartition("~")
    if mark and name and number.isascii() and number.isdecimal():
        return name, int(number)
    return origin, 1
