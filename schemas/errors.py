"""What the catalogue answers when it has nothing trustworthy to give."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from schemas.declaration import Declaration


class ArtefactMissingError(Exception):
    """No trustworthy copy of an artefact is on this machine, so nothing can be judged by it.

    Attributes:
        id: The versioned id, or the family when no version is in force on the day.
        reason: Every source tried and why it was refused.
        fix: What to do.
    """

    def __init__(self, id: str, reason: str, fix: str) -> None:  # noqa: A002 - the manifest's word
        super().__init__(f"{id}: {reason}; {fix}")
        self.id = id
        self.reason = reason
        self.fix = fix


class UnknownArtefactError(ArtefactMissingError):
    """No artefact of the manifest has this name.

    Attributes:
        near: The families and ids that are spelled nearly so, at most five.
    """

    def __init__(self, name: str, near: Sequence[str]) -> None:
        meant = f"did you mean {' or '.join(near)}?" if near else "see `gateway schemas list`"
        super().__init__(name, "no artefact has this id or family", meant)
        self.near = tuple(near)


class SourceRefusedError(Exception):
    """One source cannot be used; the message says why, without its name.

    Attributes:
        absent: True when there simply is nothing: not installed, not fetched, not given. False
            when something is there and is not what the manifest says.
    """

    def __init__(self, reason: str, *, absent: bool = False) -> None:
        super().__init__(reason)
        self.absent = absent


def fix(identifier: str) -> str:
    """Return what to do about a missing artefact."""
    return (
        f"run `gateway schemas sync {identifier}`, or set GATEWAY_SCHEMAS_DIR to a directory that "
        "holds the official files"
    )


def near(name: str, declarations: Iterable[Declaration]) -> tuple[str, ...]:
    """Return the families and ids spelled nearly like `name`, families first, at most five."""
    known = tuple(declarations)
    families = dict.fromkeys(declaration.family for declaration in known)
    ids = (declaration.id for declaration in known)
    within = [each for each in families if name.lower() in each]
    close = get_close_matches(name, [*families, *ids], n=5, cutoff=0.6)
    return tuple(dict.fromkeys([*within, *close]))[:5]
