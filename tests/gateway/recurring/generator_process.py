"""A generator as a process of its own, for tests that kill it.

Arguments: database URL, data directory. Prints `ready`; SIGTERM ends.
"""

import datetime
import signal
import sys
import threading
from pathlib import Path

from pydantic import SecretStr

from gateway.background import running
from gateway.recurring.generator import Generator
from gateway.runtime import Runtime
from gateway.settings import Settings


def main(url: str, data: str) -> None:
    runtime = Runtime.open(Settings(data=Path(data), database_url=SecretStr(url)))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    lease = datetime.timedelta(seconds=1)
    with running([Generator(runtime.database, runtime.recurring.maker, lease=lease)]):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        stop.wait()
    runtime.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
