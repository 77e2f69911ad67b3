"""A process that has imported the gateway, and is copied for each process that a test orders.

    python -m tests.fork_server DESCRIPTOR

The descriptor is a socket that keeps messages apart. Each orders one copy, with four descriptors:
what the copy reads, writes and complains to, and where it is reported on: a line with its process
id, and one with its exit code when it is gone, negative for a signal. The copies end with the
socket. `tests.forks` is the other side.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
from typing import Any

IMPORTED = (
    "gateway.app",
    "gateway.cli.application",
    "gateway.cli.serving",
    "gateway.runtime",
    "gateway.sandbox.kit.door",
    "gateway.sandbox.kit.program",
    "gateway.sandbox.network.desk",
    "gateway.sandbox.network.handover",
    "gateway.validations.command",
)
"""Never what an order names: that would run twice in one process."""

LONGEST = 1 << 17
"""Bytes of an order, most of them the environment."""


def main() -> None:
    for name in IMPORTED:
        importlib.import_module(name)
    assert threading.active_count() == 1  # no copy would have the others
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as orders:
        ordered = _next(orders)
    if ordered is not None:
        _become(*ordered)


def _next(orders: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Copy this process for each order: return the order in the copy, None here at the end."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the tests ends the orders
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing)
    reports = dict[int, int]()
    heard: list[Any] = [orders, reading]
    while True:
        ready, _, _ = select.select(heard, [], [])
        if reading in ready:
            os.read(reading, 4096)
            _bury(reports)
        if orders not in ready:
            continue
        content, descriptors, _, _ = socket.recv_fds(orders, LONGEST, 4)
        if not content:
            break
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for descriptor in (reading, writing, *reports.values(), descriptors[3]):
                os.close(descriptor)
            return json.loads(content), descriptors[:3]
        *streams, reports[pid] = descriptors
        for descriptor in streams:
            os.close(descriptor)
        _report(reports[pid], pid)
    for pid in reports:
        os.kill(pid, signal.SIGKILL)
    return None


def _bury(reports: dict[int, int]) -> None:
    while reports:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        descriptor = reports.pop(pid)
        _report(descriptor, os.waitstatus_to_exitcode(status))
        os.close(descriptor)


def _report(descriptor: int, number: int) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more
        os.write(descriptor, b"%d\n" % number)


def _become(order: dict[str, Any], streams: list[int]) -> None:
    """Be what `python -m MODULE ARGUMENTS` is."""
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = [order["module"], *order["arguments"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
