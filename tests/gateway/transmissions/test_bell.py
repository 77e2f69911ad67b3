"""The bell: one ring wakes one, no ring is lost."""

import threading
import time

from gateway.transmissions.bell import Bell

LONG = 20


class Resting:
    """Threads that rest until they are woken."""

    def __init__(self, bell: Bell, number: int) -> None:
        self.woken = threading.Semaphore(0)
        self.threads = [threading.Thread(target=self._rest, args=(bell,)) for _ in range(number)]
        for thread in self.threads:
            thread.start()
        deadline = time.monotonic() + LONG
        while len(bell._condition._waiters) < number:  # type: ignore[attr-defined]
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def _rest(self, bell: Bell) -> None:
        bell.rest(bell.rings, LONG)
        self.woken.release()


def test_a_ring_wakes_one_and_one_for_everybody_the_rest() -> None:
    bell = Bell()
    resting = Resting(bell, 4)
    bell.ring()
    assert resting.woken.acquire(timeout=LONG)
    assert not resting.woken.acquire(timeout=0.1)
    bell.ring(everybody=True)
    for thread in resting.threads:
        thread.join(LONG)
    assert not any(thread.is_alive() for thread in resting.threads)


def test_who_was_looking_when_it_rang_looks_again() -> None:
    bell = Bell()
    heard = bell.rings
    bell.ring()
    begun = time.monotonic()
    bell.rest(heard, LONG)
    assert time.monotonic() - begun < LONG / 2
