"""What can go wrong with a revalidation."""

from http import HTTPStatus

from gateway.problems import ConflictProblem, Problem


class RevalidationNotReadyProblem(ConflictProblem):
    """There is no report yet: the documents are still being judged, or the job failed."""

    type = "revalidation-not-ready"
    title = "The revalidation has no report yet"


class RevalidationExpiredProblem(Problem):
    """The report was kept for some days and is gone. The same question gives the same report."""

    type = "revalidation-expired"
    title = "The report has expired"
    status = HTTPStatus.GONE
