"""What an entity is to its tax office: one business for as long as documents are being issued.

Whether it may become another business depends on what it has issued, and what is issued depends
on which business it is. So the two never happen at the same moment: issuing shares a lock,
changing the entity holds it alone.
"""

from gateway.kit.locks import hold, share
from gateway.kit.tenancy import TenantTransaction

_IDENTITY = ("identity",)


def keep_identity(tx: TenantTransaction) -> None:
    """Let the transaction's entity stay the business it is until the transaction ends.

    To be called before the entity is read for a document that is issued.
    """
    share(tx, _IDENTITY)


def may_change_identity(tx: TenantTransaction) -> None:
    """Wait for documents of the transaction's entity that are being issued; hold up later ones.

    To be called before the entity is read and locked: who issues goes the same way, this lock
    first and its row then, so nobody waits in a circle.
    """
    hold(tx, _IDENTITY)
