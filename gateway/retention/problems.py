"""What can be wrong about retention."""

import datetime
from http import HTTPStatus

from gateway.kit.clock import written
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
