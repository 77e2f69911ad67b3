"""SaxonC beside our compiled rules: the oracle of the tests, in a process of its own."""

import contextlib
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from formats.findings import Finding
from formats.validation.document import Document
from formats.validation.engine import EngineError
from formats.validation.stylesheet import self_contained
from schemas import Artefact, Kind
from tests.oracle.schematron_to_xslt import stylesheet
from tests.oracle.verdict import Verdict, read_report

FRAME = struct.Struct(">II")

_WORKER = Path(__file__).with_name("worker.py")
_GRACE_SECONDS = 5
_TERM = re.compile(r"\bB[TG]-\d+\b")


class SaxonRefusedError(EngineError):
    """The worker is well and says why it reached no verdict: a rule's run-time error, mostly."""


class SaxonOracle:
    """Runs compiled Schematron in a worker process that may die without harm.

    A worker that dies or is silent for too long is killed and replaced at the next call.

    Args:
        seconds: Wall-clock time one document, or the compilation of one stylesheet, may take.
        memory_bytes: Private memory of the worker.
        most_stylesheets: Compiled ones it may keep, about 36 MB each; then a fresh one begins.
    """

    def __init__(
        self,
        *,
        seconds: float = 120,
        memory_bytes: int = 4 * 1024**3,
        most_stylesheets: int = 32,
    ) -> None:
        self._seconds = seconds
        self._command = [sys.executable, "-I", str(_WORKER), str(memory_bytes)]
        self._most = most_stylesheets
        self._worker: _Worker | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        """Return itself; leaving the block closes it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker."""
        self.close()

    def report(self, key: str, stylesheet: bytes, content: bytes) -> bytes:
        """Return the SVRL of a document.

        Args:
            key: Names the stylesheet; the same key is compiled once.
            stylesheet: Compiled Schematron that opens no other file.
            content: The document.

        Raises:
            SaxonRefusedError: A rule stopped with a run-time error, or the document has a DOCTYPE.
            EngineError: The worker died or took too long.
        """
        with self._lock:
            try:
                return self._compiled(key, stylesheet).ask("run", key, content)
            except SaxonRefusedError:
                raise
            except BaseException:
                # Also an interrupt between request and answer: the next reader would get the
                # answer to another document.
                self._end()
                raise

    def judge(self, key: str, stylesheet: bytes, content: bytes) -> Verdict:
        """Return what the rules say of a document; a run-time error is a verdict too.

        Raises:
            EngineError: The worker died or took too long.
        """
        try:
            return read_report(self.report(key, stylesheet, content))
        except SaxonRefusedError as error:
            return Verdict((), str(error))

    def run(
        self, artefact: Artefact, document: Document | bytes, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        """Return what a rule set finds in a document, as the engine of the pipeline does.

        Raises:
            SaxonRefusedError: A rule stopped with a run-time error.
            EngineError: No verdict, also when no rule looked at the document.
        """
        content = document.content if isinstance(document, Document) else document
        if artefact.kind is Kind.SCHEMATRON:
            sheet = stylesheet(artefact.files, artefact.entry)
        else:
            sheet = self_contained(artefact)
        verdict = read_report(self.report(artefact.sha256, sheet, content))
        if not verdict.contexts and not anything:
            raise EngineError("no rule of the set looked at the document")
        findings = []
        for fired in verdict.fired:
            message = re.sub(rf"^\[{re.escape(fired.rule)}\]\s*[-:]?\s*", "", fired.message)
            terms = set(_TERM.findall(message))
            findings.append(
                Finding(
                    rule=fired.rule,
                    rule_set=artefact.id,
                    flag=fired.flag,
                    message=message or fired.rule,
                    term=terms.pop() if len(terms) == 1 else None,
                    location=fired.location,
                )
            )
        return tuple(findings)

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._end()

    def _compiled(self, key: str, stylesheet: bytes) -> "_Worker":
        worker = self._worker
        if worker is None or not worker.can_take(key, self._most):
            self._end()
            worker = self._worker = _Worker(self._command, self._seconds)
        if key not in worker.compiled:
            worker.ask("compile", key, stylesheet)
            worker.compiled.add(key)
        return worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class _Worker:
    """One live worker process and the stylesheets it has compiled."""

    def __init__(self, command: list[str], seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            )
        self._connection = ours
        self._connection.settimeout(seconds)
        self._seconds = int(seconds)
        self._owner = os.getpid()
        self.compiled: set[str] = set()
        try:
            self._receive()
        except EngineError:
            self.end()
            raise

    def can_take(self, key: str, most: int) -> bool:
        """Whether it lives, and has this stylesheet or room for it."""
        room = key in self.compiled or len(self.compiled) < most
        # A forked child must not share its parent's worker.
        return room and self._owner == os.getpid() and self._process.poll() is None

    def ask(self, op: str, key: str, payload: bytes) -> bytes:
        """Send one request and return the payload of the answer."""
        head = json.dumps(
            {"op": op, "key": key, "seconds": self._seconds + _GRACE_SECONDS}
        ).encode()
        try:
            self._connection.sendall(FRAME.pack(len(head), len(payload)) + head + payload)
        except OSError as error:
            raise EngineError(f"the oracle is gone: {error}") from error
        answer, result = self._receive()
        if answer.get("ok") is not True:
            raise SaxonRefusedError(f"Saxon: {answer.get('error', answer)}")
        return result

    def end(self) -> None:
        """Close the connection, which ends the process; kill it if that does not."""
        self._connection.close()
        if self._owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def _receive(self) -> tuple[dict[str, object], bytes]:
        head_size, payload_size = FRAME.unpack(self._exactly(FRAME.size))
        head = self._exactly(head_size)
        return dict(json.loads(head)), self._exactly(payload_size)

    def _exactly(self, size: int) -> bytes:
        buffer = bytearray(size)
        view = memoryview(buffer)
        while view:
            try:
                count = self._connection.recv_into(view)
            except OSError as error:
                raise EngineError(f"the oracle said nothing: {error!r}") from error
            if count == 0:
                raise EngineError(f"the oracle's process ended: {self._process.wait()}")
            view = view[count:]
        return bytes(buffer)
