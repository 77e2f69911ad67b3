"""What becomes of a document whose making ends the process."""

from http import HTTPStatus

from formats.findings import Finding, Flag
from gateway.documents.problems import finding_json
from gateway.problems import Problem

FATAL = "GW-40"


class DocumentSetAsideProblem(Problem):
    """The document was begun several times, and each time the process ended before it was made.

    It is set aside, so that others are made. Nothing was issued and no number was used. Its body
    is kept: the operator finds in his logs what ended the processes (memory, most often).
    """

    type = "document-set-aside"
    title = "Making the document ended the process"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, attempts: int) -> None:
        found = Finding(
            rule=FATAL,
            rule_set="gateway.intake:making",
            flag=Flag.FATAL,
            message=f"Making the document was begun {attempts} times and never came to an end.",
            fix="Hand in a smaller document, or ask the operator.",
        )
        super().__init__(found.message, findings=[finding_json(found, None)])
