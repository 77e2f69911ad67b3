"""The other side of the sandbox network: taking what it hands over, and answering it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from gateway.channels.statements import StatementError, TrustAnchor, open_statement
from gateway.channels.wire import Exchanging
from gateway.transmissions.adapter import Request
from gateway.transmissions.errors import Refused, Retry, TransmissionError

_PARTS = 3  # of a compact JWS (RFC 7515 section 7.1)
_FINAL = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an access point vouches for.

    Attributes:
        message_id: The sender's id of the message.
        digest: `sha-256=:...:` of the document (RFC 9530).
        sender: Participant id.
        receiver: Participant id.
    """

    message_id: str
    digest: str
    sender: str
    receiver: str


class SandboxReceiver:
    """Reads deliveries, tells answers; made by `SandboxNetwork`."""

    def __init__(
        self,
        url: str,
        anchor: TrustAnchor,
        wire: Exchanging,
        clock: Callable[[], datetime.datetime],
    ) -> None:
        self._url = url
        self._anchor = anchor
        self._wire = wire
        self._clock = clock

    def delivery(self, statement: str) -> Delivery:
        """Verify and read the statement of a delivery.

        Args:
            statement: A compact JWS.

        Raises:
            StatementForgedError: It is not signed by whom we trust.
            StatementError: It cannot be read.
        """
        parts = statement.split(".")
        if len(parts) != _PARTS:
            raise StatementError("not a compact JWS")
        names = ("protected", "payload", "signature")
        said = open_statement(
            json.dumps(dict(zip(names, parts, strict=True))).encode(),
            kind="sandbox-network-delivery+jws",
            anchor=self._anchor,
            now=self._clock(),
        )
        values = {name: said.get(name) for name in Delivery.__slots__}
        texts = {name: value for name, value in values.items() if isinstance(value, str) and value}
        if len(texts) != len(values):
            raise StatementError(f"{', '.join(sorted(values.keys() - texts.keys()))} is missing")
        return Delivery(**texts)

    def respond(
        self,
        message_id: str,
        response_id: str,
        code: str,
        *,
        reason_code: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Tell what the receiver says about a message; telling it again is safe.

        Args:
            message_id: The message.
            response_id: Our name of this answer: the network knows it again.
            code: Of Peppol Invoice Response: AP accepted, RE rejected ...
            reason_code: Of OPStatusReason.
            reason: In words.

        Raises:
            Retry: It was not told, and may be told later.
            Refused: The network does not want it.
        """
        said = {
            "response_id": response_id,
            "code": code,
            "reason_code": reason_code,
            "reason": reason,
        }
        address = f"{self._url}/messages/{quote(message_id, safe='')}/response"
        content = json.dumps({name: value for name, value in said.items() if value}).encode()
        headers = (("Content-Type", "application/json"),)
        try:
            answer = self._wire.exchange(Request("POST", address, headers, content))
        except TransmissionError as error:  # telling it twice is safe
            raise Retry("not_told", str(error)) from error
        if answer.status in _FINAL:
            raise Refused(f"http_{answer.status}", answer.body[:500].decode(errors="replace"))
        if answer.status != HTTPStatus.OK:
            raise Retry(f"http_{answer.status}", "the network did not take the answer")
