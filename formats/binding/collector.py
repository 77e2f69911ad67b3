"""Keeping the cyclic garbage collector quiet while a big document is read or written.

Every few hundred new objects it looks for cycles, at times among all objects there are: a tree of
a hundred thousand groups, in which there is no cycle, takes up to twice as long to build.
"""

import contextlib
import gc
import threading
from collections.abc import Iterator

LINES = 500
"""A document with more lines is big."""

BYTES = 500_000
"""A document with more bytes is big."""

_lock = threading.Lock()
_pauses = 0
_was_enabled = False


@contextlib.contextmanager
def paused(*, when: bool) -> Iterator[None]:
    """Pause the collector for all threads, when the condition holds; pauses may overlap.

    Reference counts go on freeing everything that is in no cycle.
    """
    global _pauses, _was_enabled  # noqa: PLW0603 - there is one collector in a process
    if not when:
        yield
        return
    with _lock:
        if _pauses == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0 and _was_enabled:
                gc.enable()
