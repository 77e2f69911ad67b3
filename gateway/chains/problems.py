"""Why a chain takes no record."""

import datetime
from http import HTTPStatus

from gateway.kit.clock import written
from gateway.problems import Problem, UnavailableProblem


class ChainHaltedProblem(Problem):
    """The chain of the entity's records takes no more: what we have is not what the authority has.

    `reason` says what differs. Nothing was issued and no number was used. The operator compares
    the chain with the authority (`gateway chain verify`) and begins a successor
    (`gateway chain reseed`); see docs/chains.md.
    """

    type = "chain-halted"
    title = "The chain takes no more records"
    status = HTTPStatus.CONFLICT

    def __init__(self, chain_key: str, reason: str) -> None:
        super().__init__(
            f"The chain {chain_key} is halted: {reason} An operator must look at it.",
            chain=chain_key,
            reason=reason,
        )
        self.passes = True  # once the operator has looked


class ChainOwnerProblem(Problem):
    """The record does not belong into the chain of this entity.

    The authority keeps one chain for whom the scheme counts in: a taxpayer, or one of his premises
    or devices. `reason` is `taken` when another entity of the gateway has the chain of `owner`
    (two with one VAT number would fork it), and `changed` when the entity is another `owner` than
    when its chain began. Nothing was issued and no number was used.
    """

    type = "chain-owner"
    title = "The record belongs into another chain"
    status = HTTPStatus.CONFLICT


class ClockSetBackProblem(UnavailableProblem):
    """The clock of this machine is behind the newest record of the chain.

    Times in a chain never go back, so the document was not issued and no number was used. Set the
    clock, or wait until it is past `last_at`. A last record that lies far in the future, because
    the clock was wrong then, needs a successor chain (`gateway chain reseed`).
    """

    type = "clock-set-back"
    title = "The clock is behind the chain"

    def __init__(self, last_at: datetime.datetime, now: datetime.datetime) -> None:
        behind = last_at - now
        super().__init__(
            f"The newest record of the chain is of {written(last_at)}, and this machine's clock"
            f" says {written(now)}, which is {behind} earlier.",
            retry_after=min(3600, int(behind.total_seconds()) + 1),
        )
        self.extensions |= {"last_at": written(last_at), "clock": written(now)}


class NumberKnownProblem(Problem):
    """The authority has a document with this number already, which this database has lost.

    A number is never used twice: archive the series (`PATCH /v1/series/{series_id}`) and issue in
    another one, whose numbers are written in other letters; `known_sequence` is the place at which
    the authority has it.
    """

    type = "number-known-to-authority"
    title = "The authority knows the number already"
    status = HTTPStatus.CONFLICT


class ReseedRefusedProblem(Problem):
    """A successor of the chain cannot begin like this; `detail` says why and what to do."""

    type = "chain-reseed-refused"
    title = "The chain cannot be followed by another"
    status = HTTPStatus.CONFLICT
