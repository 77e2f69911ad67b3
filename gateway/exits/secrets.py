"""Keys and secrets of the vault in an exit: the same rows, with their data keys sealed anew.

What a data key seals is bound to entity and id, which stay; so only the data key changes hands.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.exits import state
from gateway.exits.belongings import Carried
from gateway.exits.box import Opener, Receiver
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.encryption import KeyEncryption, context_of, secret_context_of

_HEX = "\\x"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of the vault.

    Attributes:
        carried: The table.
        context: What binds a sealed row to entity and id; None: the table holds no secret.
        id: Which of its columns is that id.
    """

    carried: Carried
    context: Callable[[UUID, UUID], str] | None = None
    id: str = "id"


VAULT: tuple[Kept, ...] = (
    Kept(Carried("signing_key", ("created_at", "id"))),
    Kept(Carried("signing_certificate")),
    Kept(Carried("signing_secret", ("key_id",)), context_of, "key_id"),
    Kept(Carried("held_secret")),
    Kept(Carried("held_secret_value", ("secret_id",)), secret_context_of, "secret_id"),
)
"""In an order in which no row names one that comes later, but for successors of keys."""


def sealed_parts(
    tx: TenantTransaction, kept: Kept, encryption: KeyEncryption, receiver: Receiver
) -> Iterator[bytes]:
    """Yield the lines of a table of the vault, part by part, to be opened by the receiver alone.

    Raises:
        KeyEncryptionError, UnsealError: A data key cannot be unwrapped.
    """
    for part in state.parts(tx, kept.carried):
        if kept.context is None:
            yield part
            continue
        rows = [json.loads(line) for line in state.lines_of(part)]
        for row in rows:
            context = _context(kept, row)
            plain = encryption.unwrap(row["version"], _bytes(row["data_key"]), context)
            row["data_key"] = _HEX + receiver.seal(plain, context).hex()
            row["version"] = receiver.id
        yield "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def opened_lines(
    lines: Sequence[str], kept: Kept, encryption: KeyEncryption, opener: Opener
) -> list[str]:
    """Return lines as this installation keeps them.

    Raises:
        BoxError: They are for another installation, or were changed.
        KeyEncryptionError: A data key cannot be wrapped now.
    """
    if kept.context is None:
        return list(lines)
    rows = [json.loads(line) for line in lines]
    for row in rows:
        context = _context(kept, row)
        plain = opener.unseal(_bytes(row["data_key"]), context)
        row["version"], wrapped = encryption.wrap(plain, context)
        row["data_key"] = _HEX + wrapped.hex()
    return [json.dumps(row) for row in rows]


def _context(kept: Kept, row: dict[str, Any]) -> str:
    if kept.context is None:
        raise AssertionError("the table holds no secret")
    return kept.context(UUID(row["entity_id"]), UUID(row[kept.id]))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix(_HEX))
