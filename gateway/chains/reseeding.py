"""When our chain and the authority's ledger are not the same: compare, halt, begin a successor.

It happens when a backup was restored: the authority then knows records, and numbers, that this
database has lost. A chain that went on as if nothing were would fork. So it is halted, what only
the authority has is noted and never used again, and a successor takes over where the authority is.
It happens, too, when a record is refused for good: what stands behind it is void, and the
successor begins in its place.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Literal

from gateway.chains import foreign, repository, service
from gateway.chains.problems import ReseedRefusedProblem
from gateway.chains.repository import ChainRow, ForeignRow
from gateway.chains.schemes import Anew, anew, follows_only_ours
from gateway.chains.told import Known
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction

Way = Literal["authority", "empty"]
"""How a successor's first record names its predecessor: the last one that the authority has, or
none, where the law says that a chain begins again."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our chain beside what the authority has of it.

    Attributes:
        ours: Our last place; 0 when we have none.
        theirs: The authority's last place, of what was told.
        foreign: What it has and we have not, or not so, in order; the first is where we part.
        common: How many of its records are ours, or were known to be its.
        head: The authority's last record in this chain; None when it has none.
    """

    ours: int
    theirs: int
    foreign: tuple[ForeignRow, ...]
    common: int = 0
    head: ForeignRow | None = None

    @property
    def agrees(self) -> bool:
        """True when all that the authority has is ours: it may have less, and get it yet."""
        return not self.foreign

    @property
    def reason(self) -> str:
        """What differs, as a sentence."""
        if self.agrees:
            return ""
        first = self.foreign[0].sequence
        what = "another record" if first <= self.ours else "a record that we do not have"
        return (
            f"The authority has {what} at place {first}; its last place is {self.theirs},"
            f" ours is {self.ours}."
        )


def compare(
    tx: TenantTransaction, chain_key: str, known: Known, now: datetime.datetime
) -> Comparison:
    """Compare a chain with the authority's records. Nothing is noted, and nothing halted.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain; one we do not have at all counts as empty.
        known: What the authority has.
        now: The moment of the comparison.
    """
    return _compared(tx, repository.hold(tx, chain_key, now), known)


def part(
    tx: TenantTransaction, chain_key: str, known: Known, now: datetime.datetime
) -> Comparison:
    """Compare; where we differ, halt the chain and note what only the authority has.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain.
        known: What the authority has.
        now: The moment of the comparison.
    """
    found = compare(tx, chain_key, known, now)
    for one in found.foreign:
        foreign.note(tx, one, now)
    if not found.agrees:
        service.halt(tx, chain_key, found.reason, now)
    return found


def refuse_stranger(found: Comparison) -> None:
    """Refuse what somebody says the authority has, if none of it was ever ours.

    Raises:
        ReseedRefusedProblem: It may be another seller's.
    """
    if found.ours and not found.common and found.head is not None:
        raise ReseedRefusedProblem(
            "None of these records is one of ours: they may be another seller's. Look again, and"
            " say --force when they are of this chain all the same."
        )


def withdraw(tx: TenantTransaction, chain_key: str, reason: str, now: datetime.datetime) -> int:
    """Take back that the authority has something else than we, and let the chain go on.

    Returns:
        How many records were noted by mistake.

    Raises:
        ReseedRefusedProblem: The chain is not halted; or the authority itself refused a record.
    """
    row = repository.hold(tx, chain_key, now)
    if row.state != "halted":
        raise ReseedRefusedProblem(f"The chain is {row.state}.", chain=chain_key)
    if row.void_from is not None:
        raise ReseedRefusedProblem(
            f"The authority refused record {row.void_from} itself: begin a successor.",
            chain=chain_key,
        )
    count = foreign.withdraw(tx, row, reason, now)
    repository.reopen(tx, row.id)
    service.tell(tx, row, "reopened", reason, now)
    return count


def reseed(  # noqa: PLR0913 - all of it named
    tx: TenantTransaction,
    chain_key: str,
    *,
    reason: str,
    way: Way,
    known: Known | None = None,
    force: bool = False,
    now: datetime.datetime,
) -> ChainRow:
    """Close a chain and begin its successor.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain.
        reason: Why, for those who read it in ten years.
        way: What the first record names.
        known: What the authority has: at least its newest record, for the way `authority`, or
            nothing; None when nobody said.
        force: Give up records of ours that it might get yet.
        now: The moment.

    Raises:
        ReseedRefusedProblem: There is no such chain; or nobody said what the authority has; or
            it will get records of ours yet, which a successor would stand beside; or the law lets
            no chain begin anew.
    """
    if repository.current(tx, chain_key) is None:
        raise ReseedRefusedProblem(f"There is no chain {chain_key}.", chain=chain_key)
    found = part(tx, chain_key, known or (), now)
    row = repository.hold(tx, chain_key, now)
    if way == "empty":
        first, previous = _begun_anew(tx, row, found), ""
        void_from = row.void_from
    else:
        first, previous = _behind_authority(row, found, told=known is not None, force=force)
        left = found.agrees and first < row.next_sequence
        void_from = first if left else row.void_from
    repository.close(tx, row.id, reason, now, void_from=void_from)
    successor = ChainRow(
        entity_id=tx.entity_id,
        id=new_id(),
        chain_key=chain_key,
        generation=row.generation + 1,
        state="open",
        first_sequence=first,
        first_previous=previous,
        next_sequence=first,
        last_digest=previous,
        last_record=None,
        last_at=None,
        opened_at=now,
        opened_because=reason,
    )
    repository.begin(tx, successor)
    service.tell(tx, successor, "reseeded", reason, now)
    return successor


def _compared(tx: TenantTransaction, row: ChainRow, known: Known) -> Comparison:
    own = repository.digests(tx, row.id, [one.sequence for one in known])
    before = foreign.settled(tx, row, [one.digest for one in known])
    here = sorted(
        (one for one in known if one.digest not in before and one.sequence >= row.first_sequence),
        key=lambda one: one.sequence,
    )
    others = [one for one in here if own.get(one.sequence) != one.digest]
    return Comparison(
        ours=row.next_sequence - 1,
        theirs=max((one.sequence for one in known), default=row.first_sequence - 1),
        foreign=tuple(replace(one, chain_key=row.chain_key) for one in others),
        common=len(here) - len(others) + len(before),
        head=here[-1] if here else None,
    )


def _begun_anew(tx: TenantTransaction, row: ChainRow, found: Comparison) -> int:
    """Return the place of a first record that names no predecessor, where a law has such."""
    how = anew(row.chain_key)
    if how is Anew.NEVER:
        raise ReseedRefusedProblem(
            "The scheme lets no chain begin anew: say what the authority has, and begin behind"
            " it.",
            chain=row.chain_key,
        )
    if how is Anew.FROM_ONE:
        return 1
    return max(row.next_sequence, found.theirs + 1, foreign.last(tx, row.chain_key) + 1)


def _behind_authority(
    row: ChainRow, found: Comparison, *, told: bool, force: bool
) -> tuple[int, str]:
    """Return place and predecessor of a record that follows the authority's last one."""
    if not told:
        raise ReseedRefusedProblem(
            "Say which records the authority has: at least its newest.", chain=row.chain_key
        )
    last = row.next_sequence if row.void_from is None else row.void_from
    if found.agrees and found.theirs + 1 < last and not force:
        raise ReseedRefusedProblem(
            f"The authority has the records up to {found.theirs}, and {found.ours} are ours:"
            " nothing contradicts them. Let them be sent first.",
            chain=row.chain_key,
        )
    if found.head is None:
        return row.first_sequence, row.first_previous
    if found.head.digest in {one.digest for one in found.foreign} and follows_only_ours(
        row.chain_key
    ):
        raise ReseedRefusedProblem(
            "The authority's last record is not ours, and the next one would have to name it in"
            " full. Give the installation a new number: it has a chain of its own.",
            chain=row.chain_key,
        )
    return found.head.sequence + 1, found.head.digest
