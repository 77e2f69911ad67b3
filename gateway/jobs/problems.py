"""What can be wrong about a job."""

from http import HTTPStatus

from gateway.problems import Problem


class JobStateProblem(Problem):
    """The job has begun or ended, so it cannot be taken back. Read it to see how it ended."""

    type = "job-state"
    title = "The job's state does not allow this"
    status = HTTPStatus.CONFLICT


class JobFailedProblem(Problem):
    """A job of yours could not be done: the gateway failed at it, several times.

    What the job had done before stays done. The operator finds the reason in the log under
    `incident`. Asking for the same job again is safe.
    """

    type = "job-failed"
    title = "The job could not be done"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
