"""Errors while a rule runs."""


class DynamicError(Exception):
    """A rule stopped with an error of XPath: it has no verdict, and the document is rejected.

    Attributes:
        code: The error code of the XPath, functions or XSLT recommendation, e.g. `FORG0001`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
