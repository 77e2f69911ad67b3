"""Long work step by step: where it is, and how long each step took."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from gateway.backups.restoring import Restored

Tell = Callable[[str, int, int | None], None]
"""Called with the step, how far it is, and of how many."""


class Steps:
    """Counts seconds, step by step.

    Args:
        tell: Told where the work is.
    """

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.seconds: dict[str, float] = {}

    @contextmanager
    def named(self, name: str) -> Iterator[None]:
        """Count the block."""
        self.tell(name, 0, None)
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 2)

    @contextmanager
    def entered(self, name: str, context: AbstractContextManager[Restored]) -> Iterator[Restored]:
        """Count how long it takes to enter a context."""
        self.tell(name, 0, None)
        began = time.monotonic()
        with context as entered:
            self.seconds[name] = round(time.monotonic() - began, 2)
            yield entered
