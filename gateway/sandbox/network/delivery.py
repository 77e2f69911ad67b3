"""Pushing signals to the sender's access point."""

from gateway.kit.clock import now
from gateway.sandbox.kit import courier
from gateway.sandbox.kit.courier import Courier
from gateway.sandbox.kit.jws import SIGNED
from gateway.sandbox.network.ledger import Ledger, Signal

_BUSY = 20.0  # seconds a taken signal is hidden from the other pushers
_TIMEOUT = 10.0


class Pusher:
    """Pushes what is due, from the book; without an address it stays there for who asks."""

    def __init__(self, ledger: Ledger, url: str | None) -> None:
        self._ledger = ledger
        self._url = url
        self._courier = Courier(ledger.take_due, self._push, busy=_BUSY)

    def start(self) -> None:
        """Begin."""
        if self._url is not None:
            self._courier.start()

    def stop(self) -> None:
        """Finish what is being pushed and end."""
        self._courier.stop()

    def push_now(self, message_id: str) -> None:
        """Push everything about one message before returning (`signal_before_response`)."""
        moment = now().timestamp()
        for signal in self._ledger.take_due(moment, moment + _BUSY, message_id):
            self._push(signal)

    def _push(self, signal: Signal) -> None:
        pushes, status = 0, 0
        for _ in range(signal.copies):
            status = self._post(signal)
            if status not in courier.TAKEN:
                break
            pushes += 1
        again_at = courier.again_at(signal.failures + 1)
        if pushes == signal.copies:
            self._ledger.pushed(signal.id, "taken", pushes)
        elif status in courier.FINAL:
            self._ledger.pushed(signal.id, "refused", pushes)
        elif again_at is None:
            self._ledger.pushed(signal.id, "given_up", pushes)
        else:
            self._ledger.push_later(signal.id, again_at)

    def _post(self, signal: Signal) -> int:
        if self._url is None:
            return 0
        headers = {"Content-Type": SIGNED}
        return courier.post(self._url, signal.envelope.encode(), headers, timeout=_TIMEOUT)
