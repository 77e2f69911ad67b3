"""Why a document could not be read, in one form for every format."""

from dataclasses import dataclass

from formats.json.body import BodyRefusedError
from formats.json.parsing import MalformedJsonError
from formats.spreadsheet import SpreadsheetError
from formats.xml import UnreadableDocumentError

READING_ERRORS = (UnreadableDocumentError, MalformedJsonError, BodyRefusedError, SpreadsheetError)
"""What `formats.reading.read` raises."""


@dataclass(frozen=True, slots=True)
class Part:
    """One wrong place of a document.

    Attributes:
        message: What is wrong.
        place: XPath, JSON pointer or cell; None for the document as a whole.
        column: Heading of the column, in a spreadsheet.
        fix: What to do, where that can be said.
    """

    message: str
    place: str | None = None
    column: str | None = None
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that is not read.

    Attributes:
        code: Stable: those of `UnreadableDocumentError`, `malformed-json`, `body-refused`,
            `spreadsheet`.
        message: For people.
        parts: Every wrong place.
        line: 1-based line of the document, when known.
    """

    code: str
    message: str
    parts: tuple[Part, ...]
    line: int | None = None


def refusal_of(error: Exception) -> Refusal:
    """Return what one of `READING_ERRORS` says.

    Raises:
        TypeError: The error is none of them.
    """
    match error:
        case UnreadableDocumentError():
            part = Part(error.message, error.location)
            return Refusal(error.code, error.message, (part,), error.line)
        case MalformedJsonError():
            message = f"The JSON cannot be read at {error}."
            return Refusal("malformed-json", message, (Part(message),), error.line)
        case BodyRefusedError():
            parts = tuple(Part(message, place) for place, message in error.parts)
            return Refusal("body-refused", f"The JSON is no invoice: {error}.", parts)
        case SpreadsheetError():
            problems = tuple(
                Part(one.message, one.cell, one.column, one.fix) for one in error.problems
            )
            return Refusal("spreadsheet", str(error), problems)
        case _:
            raise TypeError(f"{type(error).__name__} is no error of reading")
