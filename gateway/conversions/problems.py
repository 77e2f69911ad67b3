"""What can go wrong with a conversion, as problem details (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from gateway.problems import Problem


class DocumentUnreadableProblem(Problem):
    """The document in the body cannot be read; nothing was done.

    `code` is stable: `not-well-formed`, `doctype`, `unknown-root`, `not-a-date`, `no-invoice` (a
    PDF without one), `malformed-json`, `body-refused`, `spreadsheet` and others. `errors` lists
    every wrong place: `place` is an XPath, a JSON pointer into the body or a cell of the
    spreadsheet, `message` says what is wrong, `fix` what to do.
    """

    type = "document-unreadable"
    title = "The document cannot be read"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, refusal: Mapping[str, Any]) -> None:
        super().__init__(
            refusal["message"],
            **{name: value for name, value in refusal.items() if name != "message"},
        )


class ConversionLossyProblem(Problem):
    """The conversion would lose something, and `strict=true` refuses that; nothing was done.

    `losses` lists every value that the target has no place for, that it would say differently, or
    that no term holds: where it stood (`source`), its business term, and what would become of it.
    Leave `strict` out to convert all the same, with the same list in the answer.
    """

    type = "conversion-lossy"
    title = "The conversion would lose something"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class DocumentUnwritableProblem(Problem):
    """The target cannot hold the invoice: nobody could read what would be written.

    A price that follows from two others may have more digits than can be read again, for one.
    Nothing was done; correct the document, or give what follows from the rest.
    """

    type = "document-unwritable"
    title = "The target cannot hold the invoice"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
