"""What can go wrong with a table."""

from http import HTTPStatus

from gateway.problems import Problem


class ExportTooLargeProblem(Problem):
    """The export does not fit into its format. Choose another, or fewer documents."""

    type = "export-too-large"
    title = "The export does not fit"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
