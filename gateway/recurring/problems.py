"""What can be wrong about a recurring invoice."""

from http import HTTPStatus

from gateway.problems import Problem


class RecurringStateProblem(Problem):
    """The recurring invoice's state does not allow this. Read it again first.

    Only an active one is paused; only a paused or failed one is resumed.
    """

    type = "recurring-invoice-state"
    title = "The recurring invoice's state does not allow this"
    status = HTTPStatus.CONFLICT
