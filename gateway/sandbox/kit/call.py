"""A call as it came over the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Call:
    """What a local authority is asked.

    Attributes:
        method: `GET`, `POST`, `PUT` or `DELETE`.
        target: Path and query, as they were written.
        headers: By name in lower case.
        body: The bytes.
        peer: The caller's certificate in DER, where the connection showed one that is trusted.
        here: The address the caller used, without a path.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    peer: bytes | None = None
    here: str = ""

    @property
    def path(self) -> str:
        """The path, still quoted."""
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return urlsplit(self.target).query

    @property
    def parts(self) -> list[str]:
        """The path's parts, unquoted: `["records", "SI12345678", "3"]`."""
        return [unquote(part) for part in self.path.split("/")[1:]]
