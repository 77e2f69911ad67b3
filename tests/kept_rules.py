"""Compiled rule sets: a run of the tests compiles each once, whoever needs it.

To compile a rule set takes seconds. An installation does it once, because it keeps what came out
below its data directory; but nearly every test has a data directory of its own, and compiled the
same again. Here all of a run, in all its processes, keep them in one directory, and an engine of
this process has in memory what another one has loaded.

A test of the keeping itself says so with `gateway.compliance.validation.CompiledRules`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest import mock

from formats.validation.rules import CompiledRules
from gateway.compliance import validation
from gateway.compliance.rule_store import RuleStore

_DIRECTORIES: list[Path] = []


@contextmanager
def kept_in(directory: Path) -> Iterator[None]:
    """Let every validator of this process keep its rule sets in a directory, and in memory."""
    directory.mkdir(mode=0o700, exist_ok=True)
    loaded = CompiledRules()._loaded

    def opened(
        _: RuleStore, *, now: Callable[[], datetime], ticking: Callable[[], Callable[[], None]]
    ) -> CompiledRules:
        engine = CompiledRules(RuleStore(directory), now=now, ticking=ticking)
        engine._loaded = loaded
        return engine

    _DIRECTORIES.append(directory)
    with mock.patch.object(validation, "CompiledRules", opened):
        yield
    _DIRECTORIES.remove(directory)


def store() -> RuleStore | None:
    """Return where an engine of a test's own keeps its rule sets; None outside of pytest."""
    return RuleStore(_DIRECTORIES[-1]) if _DIRECTORIES else None


def shared_with(data: Path) -> Path:
    """Let processes with this data directory keep theirs at the same place; return `data`."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = data / "compiled-rules"
    if not place.exists():
        place.symlink_to(_DIRECTORIES[-1])
    return data


def copied_to(data: Path) -> Path:
    """Give processes with this data directory what is compiled so far; return `data`."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = data / "compiled-rules"
    place.mkdir(mode=0o700, exist_ok=True)
    for file in _DIRECTORIES[-1].iterdir():
        if not file.name.startswith("."):  # somebody is writing it
            shutil.copy2(file, place)
    return data
