"""Processes that are there in milliseconds and may be killed at any moment."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

_PATIENCE = 60  # seconds


@dataclass
class Child:
    """A copy of the zygote at work.

    Attributes:
        pid: Its process; 0 until it is known.
        ready: Set once it works.
        ended: Set once it is gone.
        code: Its exit code, negative for a signal.
    """

    pid: int = 0
    ready: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    code: int | None = None

    def send(self, number: int) -> None:
        if not self.ended.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it and wait until it is gone."""
        self.send(signal.SIGKILL)
        assert self.ended.wait(_PATIENCE)


class Zygote:
    """Makes copies; see `zygote`.

    Args:
        log: Where all that processes complain about goes.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self._children: dict[int, Child] = {}
        self._begun = threading.Event()
        self._ordering = threading.Lock()
        with log.open("ab") as sink:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.zygote"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=sink,
                env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            )
        self._listener = threading.Thread(target=self._listen, name="zygote", daemon=True)

    def __enter__(self) -> Self:
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()  # it then kills what still lives, and ends
        self._process.wait(_PATIENCE)
        self._listener.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def begin(self, role: str, settings: Mapping[str, Any], **more: Any) -> Child:  # noqa: ANN401 - JSON
        """Order a process; it is not ready yet."""
        assert self._begun.wait(_PATIENCE * 3), self._log.read_text()[-4000:]
        with self._ordering:
            number = len(self._children) + 1
            child = self._children[number] = Child()
            order = {"id": number, "role": role, "settings": settings, **more}
            order["log"] = str(self._log)
            assert self._process.stdin is not None
            self._process.stdin.write((json.dumps(order) + "\n").encode())
            self._process.stdin.flush()
        return child

    def start(self, role: str, settings: Mapping[str, Any], **more: Any) -> Child:  # noqa: ANN401 - JSON
        """Start a process and return it when it works."""
        child = self.begin(role, settings, **more)
        self.wait(child)
        return child

    def wait(self, child: Child) -> None:
        """Wait until a process works: one that stands still may hold what it needs for a while."""
        deadline = time.monotonic() + _PATIENCE * 3
        while not child.ready.wait(0.5):
            assert not child.ended.is_set(), self._log.read_text()[-4000:]
            assert time.monotonic() < deadline, self._log.read_text()[-4000:]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            if "zygote" in said:
                self._begun.set()
                continue
            child = self._children[said["id"]]
            child.pid = said.get("pid", child.pid)
            if "ready" in said:
                child.ready.set()
            if "ended" in said:
                child.code = said["ended"]
                child.ended.set()
