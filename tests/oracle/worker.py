"""The process that holds Saxon: compiles stylesheets, transforms documents, says what happened.

Run as a file by `tests.oracle.saxon`, and the one module that loads saxonche: it aborts its whole
process when several processors meet in threads, keeps Java's memory, and expands external
entities unless told otherwise. All of that stays in here.

Frames in both directions are `>II` header length and payload length, a JSON header, the payload.
First the worker says `{"ready": version}`; then every request

    {"op": "compile", "key": ..., "seconds": n}  payload: the stylesheet
    {"op": "run", "key": ..., "seconds": n}      payload: the document

gets `{"ok": true}` with the SVRL, or `{"error": message}`. End of input ends the process, so it
never outlives the tests.
"""

import codecs
import contextlib
import json
import os
import re
import resource
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from typing import Protocol

from saxonche import PySaxonProcessor

FRAME = struct.Struct(">II")

_DECLARED = re.compile(r"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")

_DOCTYPE = (
    "http://saxon.sf.net/feature/parserFeature"
    "?uri=http%3A//apache.org/xml/features/disallow-doctype-decl"
)


class Executable(Protocol):
    """saxonche ships no types: what we use of a compiled stylesheet."""

    def transform_to_string(self, *, xdm_node: object) -> str | None:
        """Return the serialised result."""
        ...


class Compiler(Protocol):
    """What we use of its XSLT compiler."""

    def compile_stylesheet(self, *, stylesheet_text: str) -> Executable:
        """Return an executable; raises on an error in the stylesheet."""
        ...


class Processor(Protocol):
    """What we use of its processor."""

    version: str

    def set_configuration_property(self, name: str, value: str) -> None:
        """Set a Saxon feature; must come before anything is parsed."""
        ...

    def new_xslt30_processor(self) -> Compiler:
        """Return the one compiler."""
        ...

    def parse_xml(self, *, xml_text: str) -> object:
        """Parse a document; raises when it is not well-formed."""
        ...


def decoded(content: bytes) -> str:
    """Return the document's characters, UTF-8 or UTF-16 as it says itself.

    Saxon takes text only and then ignores the encoding declaration, so we must not.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    if content.startswith(b"<\0?\0"):
        return content.decode("utf-16-le")
    if content.startswith(b"\0<\0?"):
        return content.decode("utf-16-be")
    text = content.decode("utf-8-sig")
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise ValueError(f"the document is declared as {declared[1]}")
    return text


class Worker:
    """One processor, its compiled stylesheets, one request at a time."""

    def __init__(self, processor: Processor) -> None:
        self._processor = processor
        # saxonche expands external entities by default (it read a local file). The first line
        # refuses every DOCTYPE, the second lets no URI be opened, whoever asks.
        processor.set_configuration_property(_DOCTYPE, "true")
        processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
        self._compiler = processor.new_xslt30_processor()
        self._executables: dict[str, Executable] = {}

    def answer(self, request: Mapping[str, object], payload: bytes) -> bytes:
        """Return the payload of the answer; raises whatever goes wrong."""
        key = str(request["key"])
        if request["op"] == "compile":
            text = payload.decode("utf-8-sig")
            self._executables[key] = self._compiler.compile_stylesheet(stylesheet_text=text)
            return b""
        document = self._processor.parse_xml(xml_text=decoded(payload))
        report = self._executables[key].transform_to_string(xdm_node=document)
        return (report or "").encode()


def serve(connection: socket.socket, worker: Worker) -> None:
    """Answer requests until the other side is gone."""
    while (frame := receive(connection)) is not None:
        request, payload = frame
        # The kernel ends this process if the tests no longer can: SIGALRM with its default
        # action needs neither our thread nor the lock Saxon may hold.
        signal.alarm(int(str(request["seconds"])))
        try:
            result = worker.answer(request, payload)
            header: dict[str, object] = {"ok": True}
        except Exception as error:  # noqa: BLE001 - every failure is an answer, none may end the loop
            header, result = {"error": " ".join(str(error).split())[:500] or repr(error)}, b""
        signal.alarm(0)
        send(connection, header, result)


def send(connection: socket.socket, header: Mapping[str, object], payload: bytes) -> None:
    """Write one frame."""
    head = json.dumps(header).encode()
    connection.sendall(FRAME.pack(len(head), len(payload)) + head + payload)


def receive(connection: socket.socket) -> tuple[dict[str, object], bytes] | None:
    """Read one frame; None at the end of input."""
    sizes = _exactly(connection, FRAME.size)
    if sizes is None:
        return None
    head_size, payload_size = FRAME.unpack(sizes)
    head = _exactly(connection, head_size)
    payload = _exactly(connection, payload_size)
    if head is None or payload is None:
        return None
    return dict(json.loads(head)), payload


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        count = connection.recv_into(view)
        if count == 0:
            return None
        view = view[count:]
    return bytes(buffer)


def confine(memory_bytes: int) -> None:
    """Take from this process what it does not need, as far as the system allows.

    The address space cannot be limited (Java's heap reserves 32 GB of it and uses little); the
    private memory can.
    """
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,  # no file is written
        resource.RLIMIT_DATA: memory_bytes,
    }
    for limit, value in limits.items():
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))


def main() -> None:
    """Serve the socket that is standard input."""
    connection = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(int(sys.argv[1]))
    processor = PySaxonProcessor(license=False)
    worker = Worker(processor)
    send(connection, {"ready": str(processor.version)}, b"")
    with contextlib.suppress(ConnectionError):
        serve(connection, worker)


if __name__ == "__main__":
    main()
