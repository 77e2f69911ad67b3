"""Why an authority cannot be told more of a document that was recorded."""

from http import HTTPStatus

from gateway.problems import Problem


class RecordPendingProblem(Problem):
    """The authority has not answered about an earlier record of the document.

    What the next one must say depends on that answer. Nothing was changed; ask again when the
    transmission in `transmission_id` is settled.
    """

    type = "fiscal-record-pending"
    title = "An earlier record of the document is not answered yet"
    status = HTTPStatus.CONFLICT

    def __init__(self, transmission_id: str) -> None:
        super().__init__(
            "The authority has not answered about the last record of the document; ask again"
            " when it has.",
            transmission_id=transmission_id,
        )
        self.passes = True


class RecordStandsProblem(Problem):
    """Nothing can be recorded about the document: `detail` says why, and what to do instead."""

    type = "fiscal-record-stands"
    title = "The authority cannot be told this of the document"
    status = HTTPStatus.CONFLICT
