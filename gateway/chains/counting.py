"""What a scheme counts in: whose chain it is that a record goes into, as the authority names it.

Authorities keep one chain for each taxpayer, or for each of his installations, premises or devices
(VeriFactu: the installation of a taxpayer's program; TicketBAI: his device; others: a device on a
premise). A scheme declares which; two of our entities with the same answer would fork that chain.
"""

from collections.abc import Collection, Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from gateway.chains import repository
from gateway.chains.problems import ChainOwnerProblem
from gateway.chains.repository import ChainRow
from gateway.kit.tenancy import TenantTransaction

Part = Literal["taxpayer", "installation", "premise", "device"]
_TAKEN = "chain_owner"


def owner_of(counted_in: Sequence[Part], **parts: str | None) -> str:
    """Return whose chain a record goes into.

    Args:
        counted_in: As the scheme declares.
        parts: What is known of the record: the taxpayer, and what else the scheme counts in.

    Raises:
        ValueError: A part is not known that the scheme counts in.
    """
    missing = [part for part in counted_in if not parts.get(part)]
    if missing:
        raise ValueError(f"the scheme counts in {', '.join(missing)}, which is not known")
    return "/".join(str(parts[part]) for part in counted_in)


def claim(tx: TenantTransaction, row: ChainRow, owner: str) -> None:
    """See that a chain that is held is that of an owner; a chain of nobody becomes his.

    Raises:
        ChainOwnerProblem: It is another's, or he has another chain, perhaps of another entity.
    """
    refuse_changed(row, owner)
    if row.owner:
        return
    try:
        repository.give(tx, row.id, owner)
    except IntegrityError as error:
        if _TAKEN not in str(error.orig):
            raise
        raise _taken(owner) from error


def refuse_changed(row: ChainRow, owner: str) -> None:
    """Refuse a record of somebody else than the one whose chain it is; nobody's takes any.

    Raises:
        ChainOwnerProblem: It is another's.
    """
    if row.owner not in {"", owner}:
        raise ChainOwnerProblem(
            f"The chain is that of {row.owner}, and the record is of {owner}. The operator begins"
            " a successor for it (gateway chain reseed).",
            reason="changed",
            owner=owner,
        )


def refuse_taken(
    tx: TenantTransaction, chain_key: str, owner: str, *, but_of: Collection[UUID]
) -> None:
    """Refuse a chain for an owner who has one already, whosever entity it is; nothing is taken.

    Args:
        tx: A worker's, without a tenant.
        chain_key: Of the chain that would become his.
        owner: Whose.
        but_of: The entities whose own chain it is.

    Raises:
        ChainOwnerProblem: He has another.
    """
    scheme = chain_key.partition("/")[0]
    if repository.is_owned(tx, scheme, owner, but_of=but_of):
        raise _taken(owner)


def _taken(owner: str) -> ChainOwnerProblem:
    return ChainOwnerProblem(
        f"The authority keeps one chain for {owner}, and another entity of this gateway has"
        " it. Issue there, or correct the VAT number of this one.",
        reason="taken",
        owner=owner,
    )
