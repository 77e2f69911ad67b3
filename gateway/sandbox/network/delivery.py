"""Pushing signals to the sender's access point, with bounded retries that survive a restart."""

import http.client
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from gateway.kit.clock import now
from gateway.sandbox.network.ledger import Ledger, Signal

_ATTEMPTS = 12
_FIRST_DELAY = 0.25  # seconds; doubles up to
_LONGEST_DELAY = 30.0
_BUSY = 20.0  # seconds a taken signal is hidden from the other pushers
_TIMEOUT = 10.0
_IDLE = 0.05  # seconds between looks into the book
_OK = range(200, 300)
_FINAL = frozenset({400, 401, 403, 409, 410, 422})  # asking again would not change the answer


class Pusher:
    """Pushes what is due, from the book, in a few threads."""

    def __init__(self, ledger: Ledger, url: str | None) -> None:
        self._ledger = ledger
        self._url = urllib.parse.urlsplit(url) if url else None
        self._stop = threading.Event()
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="signal")
        self._loop = threading.Thread(target=self._run, name="signals", daemon=True)

    def start(self) -> None:
        """Begin; without an address the signals stay in the book for who asks."""
        if self._url is not None:
            self._loop.start()

    def stop(self) -> None:
        """Finish what is being pushed and end."""
        self._stop.set()
        if self._loop.is_alive():
            self._loop.join()
        self._threads.shutdown(wait=True)

    def push_now(self, message_id: str) -> None:
        """Push everything about one message before returning (`signal_before_response`)."""
        moment = now().timestamp()
        for signal in self._ledger.take_due(moment, moment + _BUSY, message_id):
            self._push(signal)

    def _run(self) -> None:
        while not self._stop.is_set():
            moment = now().timestamp()
            signals = self._ledger.take_due(moment, moment + _BUSY)
            list(self._threads.map(self._push, signals))
            if not signals:
                self._stop.wait(_IDLE)

    def _push(self, signal: Signal) -> None:
        pushes = 0
        for _ in range(signal.copies):
            status = self._post(signal.envelope)
            if status in _FINAL:
                self._ledger.pushed(signal.id, "refused", pushes)
                return
            if status not in _OK:
                break
            pushes += 1
        if pushes == signal.copies:
            self._ledger.pushed(signal.id, "taken", pushes)
        elif signal.failures + 1 >= _ATTEMPTS:
            self._ledger.pushed(signal.id, "given_up", pushes)
        else:
            delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2**signal.failures)
            self._ledger.push_later(signal.id, now().timestamp() + delay)

    def _post(self, envelope: str) -> int:
        """Return the HTTP status, 0 when there was no answer."""
        if self._url is None or self._url.hostname is None:
            return 0
        connection = http.client.HTTPConnection(
            self._url.hostname, self._url.port or 80, timeout=_TIMEOUT
        )
        try:
            connection.request(
                "POST",
                self._url.path or "/",
                body=envelope.encode(),
                headers={"Content-Type": "application/jose+json"},
            )
            answer = connection.getresponse()
            answer.read(65536)
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return answer.status
        finally:
            connection.close()
