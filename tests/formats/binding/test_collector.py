import gc
import threading
from collections.abc import Iterator

import pytest

from formats.binding.collector import paused


@pytest.fixture(autouse=True)
def _enabled() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_a_pause_ends_with_the_last_that_overlap() -> None:
    with paused(when=True):
        with paused(when=True):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_small_documents_pause_nothing() -> None:
    with paused(when=False):
        assert gc.isenabled()


def test_a_pause_ends_when_reading_fails() -> None:
    with pytest.raises(ValueError, match="broken"), paused(when=True):
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_runs_without_collector_goes_on_without() -> None:
    gc.disable()
    with paused(when=True):
        pass
    assert not gc.isenabled()


def test_threads_share_one_pause() -> None:
    seen = []
    barrier = threading.Barrier(8)

    def work() -> None:
        barrier.wait()
        for _ in range(200):
            with paused(when=True):
                seen.append(gc.isenabled())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 1600
    assert not any(seen)
    assert gc.isenabled()
