"""What can be wrong about retention."""

import datetime
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.problems import Problem


class HoldEndedProblem(Problem):
    """The legal hold has ended, and does not end twice; `ended_at` says when.

    To keep the same documents again, place another hold.
    """

    type = "hold-ended"
    title = "The legal hold has ended"
    status = HTTPStatus.CONFLICT

    def __init__(self, ended_at: datetime.datetime) -> None:
        super().__init__("The hold has ended before.", ended_at=written(ended_at))


class SamePersonProblem(Problem):
    """Whoever proposes does not approve. Two people do so by their sessions, or two keys.

    A key and a person's session may be one person's, and so may keys that were made by one another
    or come from one key: these do not count as two. A proposal can be taken back with `reject` by
    whoever made it.
    """

    type = "same-person"
    title = "Another one must approve"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "This may be who proposed it; another person, or an independent key, must approve."
        )


class DestructionStateProblem(Problem):
    """The destruction was decided before, or nobody did in time; `state` says which.

    What was not destroyed can be proposed again.
    """

    type = "destruction-state"
    title = "The destruction is not open any more"
    status = HTTPStatus.CONFLICT

    def __init__(self, state: str) -> None:
        super().__init__(f"The destruction is {state}.", state=state)


class NothingOverProblem(Problem):
    """There is nothing to destroy: a law or a legal hold keeps all of it, or it is listed already.

    `documents` names those that were asked for and cannot be listed, each with the reason.
    """

    type = "nothing-over"
    title = "There is nothing to destroy"
    status = HTTPStatus.CONFLICT

    def __init__(self, documents: Mapping[str, str]) -> None:
        refused = [{"id": id_, "reason": reason} for id_, reason in documents.items()]
        super().__init__("Nothing that may be destroyed was found.", documents=refused)


class ErasureStateProblem(Problem):
    """The erasure was decided before, or nobody did in time; `state` says which."""

    type = "erasure-state"
    title = "The erasure is not open any more"
    status = HTTPStatus.CONFLICT

    def __init__(self, state: str) -> None:
        super().__init__(f"The erasure is {state}.", state=state)


class ErasureOpenProblem(Problem):
    """The erasure of this customer is asked for, or goes on; `erasure_id` says which it is."""

    type = "erasure-open"
    title = "The customer is to be erased already"
    status = HTTPStatus.CONFLICT

    def __init__(self, other: UUID) -> None:
        super().__init__(
            "The erasure of this customer is asked for already.",
            erasure_id=public_id("ers", other),
        )


class CustomerInUseProblem(Problem):
    """Drafts or recurring invoices name the customer; `uses` lists them.

    Issue or delete the drafts, and delete the schedules; then approve again.
    """

    type = "customer-in-use"
    title = "The customer is in use"
    status = HTTPStatus.CONFLICT

    def __init__(self, uses: Sequence[str]) -> None:
        super().__init__("Drafts or recurring invoices name the customer.", uses=list(uses))
