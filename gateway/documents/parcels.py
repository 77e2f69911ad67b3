"""Documents that go to an authority's own portal instead of the network, each in its own wrapping.

What is put on its way is made before the number is taken, and queued and archived in the
transaction that issues the document. A new way is a module like `face.py` here, and its channel,
which `fsck/evidence.py` must know, too.
"""

import datetime
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from formats.en16931 import Invoice
from formats.profile import Profile
from gateway.archive.service import EvidenceItem
from gateway.documents import face, ujp
from gateway.documents.fiscal.keys import ForPurpose
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions

_WAYS = (face, ujp)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is put on its way.

    Attributes:
        channel: Which way.
        sender: Who sends, there.
        receiver: Who it is for, there.
        item: The bytes, as evidence of the document.
    """

    channel: str
    sender: str
    receiver: str
    item: EvidenceItem


class _Written(Protocol):
    @property
    def invoice(self) -> Invoice:
        """Return what the document says."""
        ...

    @property
    def content(self) -> bytes:
        """Return its bytes."""
        ...


def channel(environment: str, profile: Profile, invoice: Invoice) -> str | None:
    """Return by which way a document would go; None for the network."""
    ways = (way.CHANNELS[environment] for way in _WAYS if way.goes(profile, invoice))
    return next(ways, None)


def packed(
    tx: TenantTransaction,
    for_purpose: ForPurpose,
    profile: Profile,
    written: _Written,
    now: datetime.datetime,
) -> Parcel | None:
    """Return what goes to a portal; None where nothing does.

    Raises:
        SealProblem: It cannot be signed; or a problem of the vault that says why no key can.
    """
    for way in _WAYS:
        if way.goes(profile, written.invoice):
            content = way.package(tx, for_purpose, written.content, written.invoice, now)
            item = EvidenceItem("parcel", way.NAME, way.MEDIA_TYPE, content)
            sender, receiver = way.parties(written.invoice)
            return Parcel(way.CHANNELS[tx.tenant.environment], sender, receiver, item)
    return None


def send(tx: TenantTransaction, document_id: UUID, parcel: Parcel, now: datetime.datetime) -> None:
    """Queue a parcel, in the transaction that issues its document."""
    transmissions.enqueue(
        tx,
        document_id=document_id,
        channel=parcel.channel,
        sender=parcel.sender,
        receiver=parcel.receiver,
        payload=parcel.item.content,
        now=now,
    )
