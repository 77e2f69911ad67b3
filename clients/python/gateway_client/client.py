"""The client: `Gateway(url, key)`, then `gateway.invoices.create({...}, finalize=True)`."""

import time
from types import TracebackType
from typing import Self

from gateway_client import types
from gateway_client.problems import GatewayError
from gateway_client.resources import Resources
from gateway_client.transport import Transport


class Gateway(Resources):
    """A gateway, as one key reaches it. See `Transport` for the arguments."""

    @classmethod
    def open(cls, url: str, key: str, *, entity: str | None = None) -> Self:
        """Return a client with the usual settings."""
        return cls(Transport(url, key, entity=entity))

    def for_entity(self, entity: str) -> Self:
        """Return the same client, whose calls are about one entity."""
        return type(self)(self._transport.for_entity(entity))

    def wait_until_final(self, document_id: str, *, seconds: float = 120) -> types.StatusView:
        """Return the status of a document once nothing more is expected.

        Raises:
            GatewayError: It is not final after that time.
        """
        deadline = time.monotonic() + seconds
        status = self.documents.status(document_id)
        while not status["final"]:
            left = deadline - time.monotonic()
            if left <= 0:
                raise GatewayError(f"{document_id} is still {status['status']}")
            status = self.documents.status(document_id, wait=max(1, min(20, int(left))))
        return status

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
