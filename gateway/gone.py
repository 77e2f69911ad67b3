"""What is said of a document, issued or received, that was destroyed."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.problems import Problem, UnavailableProblem


class DocumentDestroyedProblem(Problem):
    """The document was destroyed after the last day on which law kept it, as two people decided.

    Nothing brings it back. `certificate` is the address of the certificate: what was destroyed, by
    which rule, who proposed it and who approved; the log proves it.
    """

    type = "document-destroyed"
    title = "The document was destroyed"
    status = HTTPStatus.GONE

    def __init__(self, prefix: str, id_: UUID, destroyed_at: datetime.datetime) -> None:
        public = public_id(prefix, id_)
        super().__init__(
            f"{public} was destroyed; its certificate says why.",
            destroyed_at=written(destroyed_at),
            certificate=f"/v1/retention/certificates/{public}",
        )


@contextmanager
def anew_without_destroyed() -> Iterator[None]:
    """Let a job that comes upon what was destroyed since it began begin anew, without it.

    Raises:
        UnavailableProblem: It came upon such; jobs are tried again after it.
    """
    try:
        yield
    except Problem as problem:
        if problem.status != HTTPStatus.GONE:
            raise
        raise UnavailableProblem("A document was destroyed meanwhile.") from problem
