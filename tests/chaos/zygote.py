"""A process that has imported the whole gateway and is copied for every process a test kills.

A gateway takes seconds to import and to load its rules; a copy of one that has done so takes
milliseconds. The copies open everything for themselves: database, archive, application.

Standard input takes one JSON object per line (`{"id", "role", "settings", ...}`), standard output
says one per line: `{"id", "pid"}` when a copy was made, `{"id", "ready"}` by the copy itself,
`{"id", "ended"}` when it is gone.
"""

import gc
import json
import os
import select
import signal
import sys
import traceback
from typing import Any


def say(**said: object) -> None:
    """Say something in one write, so that lines of several processes never mix."""
    os.write(1, (json.dumps(said) + "\n").encode())


def main() -> None:
    from tests.chaos import children  # noqa: PLC0415 - this is the import to be done once

    children.prepare()
    gc.collect()
    gc.freeze()
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing)
    living: dict[int, Any] = {}
    say(zygote=os.getpid())
    waiting = b""
    while True:
        ready, _, _ = select.select([0, reading], [], [])
        if reading in ready:
            os.read(reading, 4096)
            _bury(living)
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                break
            *lines, waiting = (waiting + data).split(b"\n")
            for line in lines:
                order = json.loads(line)
                living[_copy(order)] = order["id"]
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _copy(order: dict[str, Any]) -> int:
    from tests.chaos import children  # noqa: PLC0415 - imported long ago

    pid = os.fork()
    if pid:
        say(id=order["id"], pid=pid)
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        children.run(order, lambda **more: say(id=order["id"], ready=True, **more))
        code = 0
    except BaseException:  # noqa: BLE001 - the end of a process
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(code)


def _bury(living: dict[int, Any]) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        say(id=living.pop(pid, None), ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
