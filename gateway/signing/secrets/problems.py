"""Why a secret cannot be taken."""

from http import HTTPStatus
from typing import Literal

from gateway.problems import Problem

Unfit = Literal["unreadable", "other_context", "expired", "duplicate", "too_many"]
"""Why a secret is not taken."""


class SecretRefusedProblem(Problem):
    """The secret that was sent is not taken; nothing was stored.

    `reason` says why: `unreadable` (it is none of its kind), `other_context` (it was made for
    another taxpayer than the entity), `expired`, `duplicate` (the vault has it already),
    `too_many` (the entity has as many as it may have; delete those that nobody uses).
    """

    type = "secret-refused"
    title = "The secret is not taken"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: Unfit, detail: str, pointer: str) -> None:
        super().__init__(detail, reason=reason, errors=[{"pointer": pointer, "message": detail}])
        self.reason = reason
