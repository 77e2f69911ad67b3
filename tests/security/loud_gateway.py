"""`gateway`, as talkative as can be: every logger at DEBUG, and it breaks where asked to."""

import faulthandler
import logging
import signal
from typing import Any, NoReturn

from gateway.cli import main
from gateway.kit import logs
from gateway.signing import making
from tests.security import loud_wire

_configure = logs.configure
_bring = making.bring


def _loudly(_level: int = logging.DEBUG) -> None:
    _configure(logging.DEBUG)
    logging.getLogger().setLevel(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)


def _bring_or_break(*arguments: Any) -> Any:  # noqa: ANN401 - whatever `bring` takes
    given, brought = arguments[2], arguments[3]
    if given.name == "break":
        _break(given, brought, brought.private)
    return _bring(*arguments)


def _break(given: object, brought: object, private: object) -> NoReturn:
    raise RuntimeError(f"broken with {given!r}, {brought!r} and {private!r} at hand")


if __name__ == "__main__":
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    setattr(logs, "configure", _loudly)  # noqa: B010 - in its place
    setattr(making, "bring", _bring_or_break)  # noqa: B010
    loud_wire.lay()
    main()
