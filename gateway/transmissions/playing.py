"""The wire of a replay: it answers from the record, and has no way to the network."""

from typing import Any

from gateway.transmissions import comparison
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.recorded import RecordedExchange
from gateway.transmissions.tape import Go

Json = dict[str, Any]


class NotOnRecordError(Exception):
    """Today's code asks for what was not exchanged then."""


class Player:
    """Answers in the network's place, from the record.

    Args:
        exchanges: What passed by, in order.

    Attributes:
        changes: How what is asked now differs from what was asked then.
    """

    def __init__(self, exchanges: tuple[RecordedExchange, ...]) -> None:
        self._left = list(exchanges)
        self.changes: list[Json] = []

    def exchange(self, request: Request, _: Go) -> Answer:
        """Return the next recorded answer.

        Raises:
            NotOnRecordError: There is none: no answer came then, or nothing more was asked.
        """
        if not self._left:
            raise NotOnRecordError("more is asked than was then")
        one = self._left[0]
        self.changes += comparison.requests((one.request, one.body), parts(request, one.body))
        return self.answered()

    def answered(self) -> Answer:
        """Return the next recorded answer, whatever was asked.

        Raises:
            NotOnRecordError: There is none.
        """
        one = self._left.pop(0) if self._left else None
        if one is None or one.answer is None:
            raise NotOnRecordError("no whole answer came then")
        return one.answer


def parts(request: Request, then: bytes) -> tuple[bytes, bytes]:
    """Return a request as it would be kept, to be compared with what was kept then.

    A document is kept as it is, everything else without its secrets.
    """
    whole = request.kept(then) != then
    return request.head(), request.body if whole else request.kept(request.body)
