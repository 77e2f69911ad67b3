"""The journals that a process writes: one takes sets, one is being settled.

A set is on the disk when it is in a journal; then its files are written without waiting. A thread
makes the files durable a moment later, all at once, and has the journal begin again; meanwhile
sets go to another one. What a process leaves behind is restored by whoever opens the archive next
(`gateway.archive.stores.restoring`), before anything is read.
"""

import errno
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeGuard
from weakref import WeakSet

import structlog

from gateway.archive.stores import durable, restoring
from gateway.archive.stores.journal import Journal
from gateway.archive.stores.records import Part
from gateway.archive.stores.restoring import Ground
from gateway.archive.stores.settling import Settling

_FULL = 24 << 20  # bytes
_GATHER = 1.0  # seconds from the first set to the settling of all
_IDLE = 60.0  # seconds without a set, after which no journal is kept
_PATIENCE = 20.0  # seconds that somebody waits for the disk to settle
_log = structlog.get_logger(__name__)


class Journals:
    """The journals of a process. Thread-safe.

    Args:
        ground: Where the archive is.

    Raises:
        OSError: The disk refuses.
    """

    def __init__(self, ground: Ground) -> None:
        durable.make_directory(ground.journals)
        self._ground = ground
        self._settling = Settling(ground.entities)
        self._change = threading.Condition()
        self._active: Journal | None = None  # takes sets
        self._old: Journal | None = None  # is being settled
        self._spare: Journal | None = None  # has none
        self._thread: threading.Thread | None = None
        self._closing = self._hurry = False
        self._process = os.getpid()
        _ALL.add(self)

    @property
    def inherited(self) -> bool:
        """Whether they are those of a process that this one was forked from."""
        return self._process != os.getpid()

    @contextmanager
    def holding(self, parts: Sequence[Part], files: Sequence[Path]) -> Iterator[None]:
        """Write a set to the journal, durably; inside, its files are put into their places.

        Args:
            parts: The set.
            files: Where its files go.

        Raises:
            OSError: The disk refuses.
        """
        journal = self._enter()
        try:
            journal.append(parts)
            yield
            with self._change:
                journal.placed.extend(files)
        finally:
            with self._change:
                journal.writers -= 1
                self._change.notify_all()

    def settle(self) -> None:
        """Return when the files of all sets that were written are durable without a journal.

        Raises:
            OSError: It takes too long.
        """
        with self._change:
            marks = [(one, one.generation) for one in (self._active, self._old) if _used(one)]
            self._hurry = bool(marks)
            self._change.notify_all()
            done = self._change.wait_for(
                lambda: all(one.generation != mark for one, mark in marks), _PATIENCE
            )
        if not done:
            raise OSError(errno.EBUSY, "the disk does not settle what is in the journal")

    def close(self) -> None:
        """Settle, and leave no journal if the disk lets us; what stays is restored later."""
        if self.inherited:
            return
        with self._change:
            self._closing = True
            thread = self._thread
            self._change.notify_all()
        if thread is threading.current_thread():
            return  # a garbage collection in it: it goes on until it is done
        if thread is not None:
            thread.join(_PATIENCE)
        if thread is None or not thread.is_alive():
            self._settling.close()

    def forget(self) -> None:
        """Close what a parent has open: the lock on its journals says that their writer lives."""
        for one in (self._active, self._old, self._spare, self._settling):
            if one is not None:
                with suppress(OSError):
                    one.close()

    def _enter(self) -> Journal:
        """Return the journal that takes sets, with one writer more.

        Raises:
            OSError: The disk refuses, or does not settle as fast as sets come.
        """
        with self._change:
            if not self._change.wait_for(self._has_room, _PATIENCE):
                raise OSError(errno.EBUSY, "the journal is full and does not settle")
            if self._active is None:
                self._active, self._spare = self._spare, None
            if self._active is None:
                with self._ground.alone():
                    self._active = Journal.create(self._ground.journals)
            self._active.writers += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
            self._change.notify_all()
            return self._active

    def _has_room(self) -> bool:
        active = self._active
        return active is None or not (active.size >= _FULL or active.failed)

    def _run(self) -> None:
        """Settle until nothing came for long."""
        while (journal := self._next()) is not None:
            again = False
            if not self._make_durable(journal):
                journal.close()  # whoever opens the archive next restores it
            elif journal.failed or not _succeeds(journal.begin_again):
                self._discard(journal)
            else:
                again = True
            with self._change:
                self._old, self._spare = None, journal if again else None
                self._change.notify_all()

    def _next(self) -> Journal | None:
        """Return the next one to settle, when the files of its sets are in their places."""
        with self._change:
            self._change.wait_for(lambda: self._closing or _used(self._active), _IDLE)
            journal = self._active
            if journal is None or not _used(journal):
                self._retire()
                return None
            self._change.wait_for(self._is_due, _GATHER)
            self._hurry = False
            self._old, self._active, self._spare = journal, self._spare, None
            self._change.notify_all()
            self._change.wait_for(lambda: not journal.writers)
            return journal

    def _is_due(self) -> bool:
        return self._closing or self._hurry or not self._has_room()

    def _make_durable(self, journal: Journal) -> bool:
        """Have all files of a journal on the disk, however often it refuses.

        False: this process ends, and it still does.
        """
        if not journal.doubted:
            if _succeeds(lambda: self._settling.settle(journal.placed)):
                return True
            # What could not be written is told once (man 2 syncfs), whosesoever file it was: the
            # next sync would say nothing of those that came to another journal meanwhile.
            with self._change:
                if self._active is not None:
                    self._active.doubted = True

        def anew() -> None:
            restoring.put_back(self._ground, journal.sets(), journal.path.stem, anew=True)

        while not _succeeds(anew):
            with self._change:
                if self._change.wait_for(lambda: self._closing, _GATHER):
                    return False
        return True

    def _retire(self) -> None:
        """Take journals without sets away; the next set makes one."""
        for journal in (self._active, self._spare):
            if journal is not None:
                self._discard(journal)
        self._active = self._spare = self._thread = None

    def _discard(self, journal: Journal) -> None:
        """Take a journal away whose sets are settled; if it stays, it is restored to no effect."""
        _succeeds(lambda: _take_away(journal.path))
        journal.close()
        journal.generation = b""


def _used(journal: Journal | None) -> TypeGuard[Journal]:
    """Whether there is something to settle, or to throw away."""
    return journal is not None and (bool(journal.writers) or journal.failed or not journal.empty)


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)
    durable.sync_directory(path.parent)


def _succeeds(step: Callable[[], object]) -> bool:
    try:
        step()
    except OSError as error:
        _log.warning("archive_settling_refused", error=str(error))
        return False
    return True


_ALL: WeakSet[Journals] = WeakSet()


def _forget_all() -> None:
    for journals in list(_ALL):
        journals.forget()


os.register_at_fork(after_in_child=_forget_all)
