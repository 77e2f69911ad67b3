"""Why a document cannot be read."""


class UnreadableDocumentError(ValueError):
    """A document that cannot be read, and why.

    Attributes:
        code: Stable: `empty`, `too-large`, `encoding`, `nul`, `doctype`, `not-well-formed`,
            `too-deep`, `too-many-elements`, `too-many-comments`, `too-many-attributes`,
            `too-many-namespace-declarations`, `text-too-long`, `unknown-root`,
            `not-a-decimal`, `not-a-date`, `not-a-boolean`, `not-base64`, `out-of-range`.
        message: For people.
        line: 1-based line of the document, when known.
        location: XPath of the element, when there is one.
    """

    def __init__(
        self, code: str, message: str, line: int | None = None, location: str | None = None
    ) -> None:
        super().__init__(f"{code}: {message}" + (f" (line {line})" if line is not None else ""))
        self.code = code
        self.message = message
        self.line = line
        self.location = location
