"""What the log is told of documents that are kept longer than was reckoned when they came.

One file of evidence about the entity for all that one transaction extends: a row that says an
earlier day was changed behind our back, and `gateway fsck` names it.
"""

from collections.abc import Sequence
from typing import Final

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.service import EvidenceItem
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction

ROLE: Final = "retention-extension"

_VERSION = 1


def extended(tx: TenantTransaction, told: Sequence[dict[str, str]]) -> EvidenceItem:
    """Return the evidence of what `lengthen` said that it did."""
    said: dict[str, JsonValue] = {
        "retention_extension": [dict(one) for one in told],
        "version": _VERSION,
        "entity": public_id("ent", tx.entity_id),
    }
    return EvidenceItem(ROLE, "retention-extension.json", "application/json", canonical(said))
