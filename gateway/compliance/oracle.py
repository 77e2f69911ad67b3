"""Official rule sets in SaxonC, in a process of its own (dependencies.md, artefacts.md section 4).

`SaxonOracle` is the `RuleEngine` until our compiler of rules is; then it stays the oracle of the
tests. The worker process is `oracle_worker.py`, the only module that imports saxonche.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import Self

from formats.findings import Finding
from formats.validation import svrl
from formats.validation.engine import EngineError, EngineUnavailableError
from formats.validation.stylesheet import self_contained
from gateway.compliance.oracle_worker import FRAME
from schemas import Artefact

_WORKER = Path(__file__).with_name("oracle_worker.py")
_ANSWER_LIMIT = 512 * 1024 * 1024
_MOST_STYLESHEETS = 24
"""Compiled stylesheets per worker, about 36 MB each; one more, and a fresh worker begins."""
_GRACE_SECONDS = 5
"""How much longer than we the worker waits before it ends itself."""


class SaxonOracle:
    """Runs compiled Schematron in worker processes that may die without harm.

    A worker that dies, is silent for too long or answers nonsense is killed and replaced at the
    next call; the document it had is not tried again, because it may be what killed it.

    Args:
        workers: Processes, each with its own copy of every stylesheet (about 200 MB).
        seconds: Wall-clock time one document may take; 10,000 lines take about 6 s.
        start_seconds: Wall-clock time for starting a worker and compiling one stylesheet.
        memory_bytes: Private memory of one worker.
    """

    def __init__(
        self,
        *,
        workers: int = 1,
        seconds: float = 30,
        start_seconds: float = 60,
        memory_bytes: int = 2 * 1024**3,
    ) -> None:
        self._seconds = seconds
        self._start_seconds = start_seconds
        self._command = [sys.executable, "-I", str(_WORKER), str(memory_bytes)]
        self._slots = [_Slot() for _ in range(workers)]
        self._idle = list(self._slots)
        self._closed = False
        self._changed = Condition()

    def __enter__(self) -> Self:
        """Return itself; leaving the block closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers."""
        self.close()

    def run(self, artefact: Artefact, content: bytes) -> tuple[Finding, ...]:
        """Return what a rule set finds in a document.

        Raises:
            EngineUnavailableError: saxonche is not installed.
            EngineError: No verdict: the worker died, took too long, or Saxon refused.
        """
        with self._worker(artefact) as worker:
            report = worker.ask("run", artefact.sha256, content, self._seconds)
        return svrl.findings(report, artefact.id)

    def prepare(self, artefact: Artefact) -> None:
        """Start a worker and compile a stylesheet, so that the first document need not wait.

        Raises:
            EngineError: As `run`.
        """
        with self._worker(artefact):
            pass

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The worker processes alive now."""
        workers = [slot.worker for slot in self._slots]
        return tuple(worker.pid for worker in workers if worker is not None and worker.alive)

    def close(self) -> None:
        """End the workers and wait for them; a call still running gets its answer first."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: len(self._idle) == len(self._slots), self._seconds + _GRACE_SECONDS
            )
            for slot in self._slots:
                slot.discard()

    @contextlib.contextmanager
    def _worker(self, artefact: Artefact) -> Iterator["_Worker"]:
        """Lend a live worker that has compiled the stylesheet; discard it if it fails."""
        slot = self._take()
        try:
            worker = slot.worker
            if worker is None or not worker.can_take(artefact.sha256):
                slot.discard()
                worker = slot.worker = _Worker(self._command, self._start_seconds)
            if artefact.sha256 not in worker.compiled:
                worker.ask(
                    "compile", artefact.sha256, self_contained(artefact), self._start_seconds
                )
                worker.compiled.add(artefact.sha256)
            yield worker
        except SaxonRefusedError:
            raise
        except BaseException:
            # Also an interrupt between request and answer: the next reader would get the answer
            # to somebody else's document.
            slot.discard()
            raise
        finally:
            with self._changed:
                if self._closed:  # close() may have given up waiting for this one
                    slot.discard()
                self._idle.append(slot)
                self._changed.notify_all()

    def _take(self) -> "_Slot":
        with self._changed:
            self._changed.wait_for(
                lambda: self._idle or self._closed, self._start_seconds + self._seconds
            )
            if self._closed:
                raise EngineError("the oracle is closed")
            if not self._idle:
                raise EngineError("every worker of the oracle is busy")
            # The last one used has its stylesheets and its caches warm.
            return self._idle.pop()


class _Slot:
    """A place in the pool; its worker comes and goes."""

    def __init__(self) -> None:
        self.worker: _Worker | None = None

    def discard(self) -> None:
        """End the worker that is there, if any."""
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.end()


class _Worker:
    """One live worker process and the stylesheets it has compiled."""

    def __init__(self, command: list[str], seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            # Own session: a Ctrl-C at the terminal is the gateway's to handle. Nothing of our
            # environment is needed there, so none of our secrets is in its /proc entry.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            )
        self._connection = ours
        self._owner = os.getpid()
        self.compiled: set[str] = set()
        try:
            hello, _ = self._receive(time.monotonic() + seconds)
        except EngineError:
            self.end()
            raise
        if "ready" not in hello:
            self.end()
            raise EngineUnavailableError(
                f"saxonche cannot be used ({hello.get('unavailable', hello)}); "
                "install the extra: pip install 'einvoice-gateway[oracle]'"
            )

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can take a request. A forked child must not share its parent's worker."""
        return self._owner == os.getpid() and self._process.poll() is None

    def can_take(self, sha256: str) -> bool:
        """Whether it lives and has, or has room for, a stylesheet."""
        known = sha256 in self.compiled or len(self.compiled) < _MOST_STYLESHEETS
        return known and self.alive

    def ask(self, op: str, sha256: str, payload: bytes, seconds: float) -> bytes:
        """Send one request and return the payload of the answer.

        Raises:
            SaxonRefusedError: The worker is well and says why it could not.
            EngineError: The worker is not to be used again.
        """
        deadline = time.monotonic() + seconds
        head = {"op": op, "sha256": sha256, "seconds": int(seconds) + _GRACE_SECONDS}
        self._send(head, payload, deadline)
        answer, result = self._receive(deadline)
        if answer.get("ok") is not True:
            raise SaxonRefusedError(f"Saxon: {answer.get('error', answer)}")
        return result

    def end(self) -> None:
        """Close the connection, which ends the process; kill it if that does not."""
        self._connection.close()
        if self._owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

    def _send(self, head: Mapping[str, object], payload: bytes, deadline: float) -> None:
        encoded = json.dumps(head).encode()
        frame = FRAME.pack(len(encoded), len(payload)) + encoded + payload
        try:
            self._connection.settimeout(max(deadline - time.monotonic(), 0.001))
            self._connection.sendall(frame)
        except OSError as error:
            raise self._lost(error) from error

    def _receive(self, deadline: float) -> tuple[dict[str, object], bytes]:
        head_size, payload_size = FRAME.unpack(self._exactly(FRAME.size, deadline))
        if payload_size > _ANSWER_LIMIT:
            raise EngineError(f"the oracle's answer of {payload_size} bytes is too long")
        try:
            head = dict(json.loads(self._exactly(head_size, deadline)))
        except (ValueError, TypeError) as error:
            raise EngineError("the oracle's answer is not in its own language") from error
        return head, self._exactly(payload_size, deadline)

    def _exactly(self, size: int, deadline: float) -> bytes:
        buffer = bytearray(size)
        view = memoryview(buffer)
        while view:
            try:
                self._connection.settimeout(max(deadline - time.monotonic(), 0.001))
                count = self._connection.recv_into(view)
            except OSError as error:
                raise self._lost(error) from error
            if count == 0:
                raise self._lost(None)
            view = view[count:]
        return bytes(buffer)

    def _lost(self, error: OSError | None) -> EngineError:
        if isinstance(error, TimeoutError):
            return EngineError("the oracle took too long and was stopped")
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(timeout=1)
        return EngineError(f"the oracle's process ended (exit code {code})")


class SaxonRefusedError(EngineError):
    """Saxon itself said no: the document is not XML to it, or the rules stopped with an error."""
