"""What the log is told of a move: that the entity left with an exit, or arrived with one.

Each is a file of evidence about the entity. In both logs it quotes the statement that the log
signed which the entity left: whoever has one of them sees where the entity went on, or came from,
and `gateway fsck` names an entity that the log says has moved and that is here all the same.
"""

import datetime
from dataclasses import dataclass
from typing import Final, Literal

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.service import EvidenceItem
from gateway.kit.clock import written

ROLE: Final = "move"

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """An entity that moved.

    Attributes:
        entity: Its public id.
        file: SHA-256 of the manifest of the exit that it went with, hexadecimal.
        statement: As the log signed it that the entity left.
        log_left: Verifier key of that log.
    """

    entity: str
    file: str
    statement: str
    log_left: str

    def told(self, what: Literal["left", "arrived"], now: datetime.datetime) -> EvidenceItem:
        """Return the evidence of it, as seen from one of both installations."""
        said: dict[str, JsonValue] = {
            "move": what,
            "version": _VERSION,
            "entity": self.entity,
            "file": self.file,
            "statement": self.statement,
            "log_left": self.log_left,
            "at": written(now),
        }
        return EvidenceItem(ROLE, f"move-{what}.json", "application/json", canonical(said))
