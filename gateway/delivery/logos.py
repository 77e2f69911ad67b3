"""Fetching a logo from an address that somebody outside chose: guarded, small, once."""

from dataclasses import dataclass
from http import HTTPStatus

from formats.pdf.logo import MAX_BYTES
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Policy, Target

_CONNECT_SECONDS = 3.0
_TOTAL_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Logos:
    """Fetches logos.

    Attributes:
        policy: Which addresses may be asked; never private ones, and no redirect is followed.
    """

    policy: Policy

    def __call__(self, url: str) -> bytes:
        """Return what is there.

        Raises:
            ValueError: It may not be asked, does not answer, or is more than a logo.
        """
        client = Client(
            self.policy,
            connect_seconds=_CONNECT_SECONDS,
            total_seconds=_TOTAL_SECONDS,
            most_body=MAX_BYTES,
        )
        try:
            answer = client.get(Target.parse(url))
        except OutboundError as error:
            raise ValueError(str(error)) from None
        if answer.status != HTTPStatus.OK:
            raise ValueError(f"it answers {answer.status}")
        if not answer.complete:
            raise ValueError(f"it has more than {MAX_BYTES} bytes")
        return answer.body
