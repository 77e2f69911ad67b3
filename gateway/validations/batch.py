"""Many files, judged one after the other or by several processes; answers in the files' order."""

import contextlib
import gc
import sys
from collections import deque
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formats.findings import LayerOutcome, Outcome, Report
from gateway.compliance.validation import Validator
from gateway.place import Place
from gateway.validations.files import STANDARD_INPUT, STDIN, content_of
from gateway.validations.judged import NOT_JUDGED, NOT_VALID, VALID, Asked, Judged
from gateway.validations.outputs import FORMS
from gateway.validations.service import judge

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_WORTH_PROCESSES = 8
"""Files from which on starting processes pays."""

_AHEAD = 4
"""Files per process that are judged ahead of the one whose turn it is."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for every file of a call."""

    asked: Asked
    place: Place
    output: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed about one file, and its exit code.

    Attributes:
        text: For standard output; empty for a file that is not there.
        problem: For standard error; None for a file that was judged.
        code: 0 valid, 1 not valid, 2 could not be judged.
    """

    text: str
    problem: str | None
    code: int


def answers(names: Sequence[str], task: Task, jobs: int) -> Generator[Answer, None, None]:
    """Yield an answer for every file, in their order; never holds more than a few."""
    validator = _opened(task)
    try:
        alone = jobs <= 1 or len(names) < _WORTH_PROCESSES
        # What the first file needs is loaded here, and there in every process that is forked.
        for name in names if alone else names[:1]:
            yield answer(name, task, validator)
            gc.freeze()  # modules and rule sets: processes that are forked share them
            gc.enable()
    finally:
        validator.close()
    if not alone:
        yield from _by_processes(names[1:], task, jobs)


def answer(name: str, task: Task, validator: Validator) -> Answer:
    """Judge one file; whatever it does, the others have their turn."""
    shown = STANDARD_INPUT if name == STDIN else name
    try:
        content = content_of(name)
    except OSError as error:
        return Answer("", f"{shown}: {error.strerror or error}", NOT_JUDGED)
    try:
        judged = judge(content, task.asked, validator)
    except Exception as error:  # noqa: BLE001 - a crash is an outcome, and the next file waits
        judged = _not_judged(f"{type(error).__name__}: {error}", task.asked)
    return _answer(shown, judged, task)


def code_of(judged: Judged) -> int:
    """Return the exit code of one document."""
    if judged.report.fatal:
        return NOT_VALID
    return VALID if judged.valid else NOT_JUDGED


def worst(codes: Collection[int]) -> int:
    """Return the exit code of several: not valid before not judged before valid."""
    if NOT_VALID in codes:
        return NOT_VALID
    return NOT_JUDGED if NOT_JUDGED in codes else VALID


def _answer(name: str, judged: Judged, task: Task) -> Answer:
    return Answer(FORMS[task.output]().of(name, judged), None, code_of(judged))


def _not_judged(reason: str, asked: Asked) -> Judged:
    words = " ".join(reason.split())[:300]
    layer = LayerOutcome("gateway.validations:document", Outcome.CRASHED, reason=words)
    return Judged(Report((layer,)), "xml", asked.day)


def _opened(task: Task) -> Validator:
    return Validator.open(task.place)


# Processes ------------------------------------------------------------------------------------


def _by_processes(names: Sequence[str], task: Task, jobs: int) -> Generator[Answer, None, None]:
    waiting = deque(names)
    ahead: deque[tuple[str, Future[Answer]]] = deque()
    pool = _pool(task, jobs)
    try:
        while waiting or ahead:
            while waiting and len(ahead) < jobs * _AHEAD:
                name = waiting.popleft()
                with _uninterrupted():
                    ahead.append((name, pool.submit(_in_process, name)))
            name, future = ahead.popleft()
            try:
                yield future.result()
            except _broken():
                # One of those under way ended its process; each now has one of its own.
                pool.shutdown(cancel_futures=True)
                for again in (name, *(each for each, _ in ahead)):
                    yield _by_itself(again, task)
                ahead.clear()
                pool = _pool(task, jobs)
    finally:
        stop(pool)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while processes are forked.

    Raised in one of the functions that Python calls around a fork it would be printed, and lost.
    """
    import signal  # noqa: PLC0415 - see `_pool`

    if not hasattr(signal, "pthread_sigmask"):  # where nothing is forked
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stop(pool: "ProcessPoolExecutor") -> None:
    """End the processes, whatever they are doing."""
    import multiprocessing  # noqa: PLC0415 - see `_pool`

    pool.shutdown(wait=False, cancel_futures=True)
    for child in multiprocessing.active_children():
        child.terminate()


def _by_itself(name: str, task: Task) -> Answer:
    with _pool(task, 1) as pool:
        try:
            return pool.submit(_in_process, name).result()
        except _broken():
            judged = _not_judged("the process that judged it ended", task.asked)
            return _answer(name, judged, task)


def _broken() -> type[Exception]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - see `_pool`

    return BrokenProcessPool


def _pool(task: Task, jobs: int) -> "ProcessPoolExecutor":
    # Imported here: one file is judged before this is loaded.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else None)
    sys.stdout.flush()
    return ProcessPoolExecutor(jobs, context, _begin, (task,))


_Mine = tuple[Task, Validator]
_mine: list[_Mine] = []
"""In a worker process: its task, and the validator it judges with."""


def _begin(task: Task) -> None:
    import signal  # noqa: PLC0415 - in worker processes only

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _mine.append((task, _opened(task)))


def _in_process(name: str) -> Answer:
    task, validator = _mine[0]
    return answer(name, task, validator)
