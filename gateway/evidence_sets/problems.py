"""What can go wrong with a retrieval of evidence."""

from http import HTTPStatus

from gateway.problems import ConflictProblem, Problem


class RetrievalRunningProblem(ConflictProblem):
    """An invited auditor has one file of evidence made at a time. The last one is not finished.

    `GET /v1/jobs` lists it, and `GET /v1/jobs/{id}?wait=30` waits for its end.
    """

    type = "retrieval-running"
    title = "A file of evidence is being made"


class RetrievalsOfADayProblem(Problem):
    """An invited auditor has only so many files of evidence made within 24 hours.

    Those that were made can be fetched again until they expire. Wait `Retry-After` seconds.
    """

    type = "retrievals-of-a-day"
    title = "So many files of evidence were made today"
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Fetch one of the files that were made, or ask again later.",
            headers={"Retry-After": str(seconds)},
        )
