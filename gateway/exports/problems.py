"""What can go wrong with an export."""

from http import HTTPStatus

from gateway.problems import ConflictProblem, Problem


class ExportNotReadyProblem(ConflictProblem):
    """The export has no file: it is still being made, or it failed. Its `state` says which."""

    type = "export-not-ready"
    title = "The export has no file yet"


class ExportExpiredProblem(Problem):
    """The file of the export was kept for some days and is gone. Ask for the same export again."""

    type = "export-expired"
    title = "The export has expired"
    status = HTTPStatus.GONE
