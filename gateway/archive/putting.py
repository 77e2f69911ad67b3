"""Evidence on its way into the store, before the log knows of it."""

from collections.abc import Sequence
from uuid import UUID

from gateway.archive.evidence import EvidenceItem, StoredItem
from gateway.archive.stores.protocol import Store


def put(store: Store, owner: UUID, items: Sequence[EvidenceItem]) -> tuple[StoredItem, ...]:
    """Store bytes of an entity durably, all of them together.

    Raises:
        ArchiveUnavailableProblem: The store refuses.
    """
    digests = store.put_many(owner, [item.content for item in items])
    return tuple(
        StoredItem(
            item.role,
            item.name,
            item.media_type,
            len(item.content),
            digest,
            item.id,
            owner,
            item.dated,
            item.kept,
        )
        for item, digest in zip(items, digests, strict=True)
    )


def put_rest(
    store: Store, owner: UUID, items: Sequence[EvidenceItem | StoredItem]
) -> tuple[StoredItem, ...]:
    """Store what is not stored yet; the order stays.

    Raises:
        ArchiveUnavailableProblem: The store refuses.
        ValueError: Something was stored for another entity.
    """
    fresh = put(store, owner, [item for item in items if isinstance(item, EvidenceItem)])
    made = {item.id: item for item in fresh}
    stored = tuple(item if isinstance(item, StoredItem) else made[item.id] for item in items)
    if any(item.owner != owner for item in stored):
        raise ValueError("the evidence was stored for another entity")
    return stored
