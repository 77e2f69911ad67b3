"""A token that hangs: whoever asked comes back, is told, and nobody else is let in."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pkcs11
import pytest

from formats.signatures.signer import Algorithm
from gateway.kit import metrics
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.signing.composition import vault_of
from gateway.signing.patience import Patience, SilentError
from gateway.signing.problems import TokenSilentProblem
from gateway.signing.tokens import Token
from tests.gateway.signing.hanging import LABEL, hanging
from tests.gateway.signing.test_vault import check

LONG = 20.0
"""No test waits so long; who does was not let go."""


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.005)


def figure() -> tuple[float, float]:
    """Return how many calls were left, and how many of them are out."""
    names = ("gateway_token_silences_total", "gateway_token_calls_out")
    left, out = (metrics.REGISTRY.get_sample_value(name) for name in names)
    assert left is not None
    assert out is not None
    return left, out


@pytest.mark.parametrize("call", ["open", "get_key", "sign"])
def test_whoever_asks_a_token_that_hangs_comes_back(call: str) -> None:
    left, out = figure()
    with hanging(call, 0.1) as (library, token, signer):
        with pytest.raises(TokenSilentProblem) as caught:
            signer.sign(b"text")
        assert (caught.value.status, caught.value.extensions) == (503, {"token": LABEL})
        assert caught.value.headers == {"Retry-After": "10"}
        assert figure() == (left + 1, out + 1)
        asked = list(library.calls)
        for _ in range(50):  # refused, whatever they are: with no thread, and at once
            with pytest.raises(TokenSilentProblem):
                token.public("one")
        assert library.calls == asked
        assert figure() == (left + 1, out + 1)
        library.comes_back.set()
        until(lambda: figure() == (left + 1, out))
        signature = signer.sign(b"text")
        check(library.own.key.public_key(), signature, b"text", Algorithm.ECDSA_SHA256)


def test_a_token_that_hangs_while_it_is_opened_anew_is_left_too() -> None:
    left, out = figure()
    with hanging("reinitialize", 0.1) as (library, token, signer):
        token._session = Lost()  # type: ignore[assignment]
        with pytest.raises(TokenSilentProblem):
            signer.sign(b"text")
        assert library.calls == ["reinitialize"]
        library.comes_back.set()
        until(lambda: figure() == (left + 1, out))
        assert signer.sign(b"text")


class Lost:
    """A session on a token that was pulled."""

    def get_key(self, **_: object) -> None:
        raise pkcs11.DeviceRemoved

    def close(self) -> None:
        """Close it: nothing is open."""


def test_of_many_that_ask_at_once_one_hangs() -> None:
    left, out = figure()
    held, inside = threading.Event(), threading.Semaphore(0)

    def work() -> bool:
        inside.release()
        return held.wait(LONG)

    patient = Patience(0.5)

    def ask(_: int) -> str:
        try:
            patient.do(work)
        except SilentError:
            return "silent"
        return "came back"

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(ask, range(12)))
    assert told == ["silent"] * 12
    assert sum(inside.acquire(blocking=False) for _ in range(12)) == 1
    assert figure() == (left + 1, out + 1)
    held.set()
    until(lambda: figure() == (left + 1, out))
    assert ask(0) == "came back"


def test_who_comes_while_another_is_inside_waits_for_his_turn() -> None:
    """A library that was promised so must never see two threads: it takes no locks."""
    patient, inside, most = Patience(LONG), [0], [0]

    def work() -> int:
        inside[0] += 1
        most.append(inside[0])
        time.sleep(0.01)
        inside[0] -= 1
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: patient.do(work), range(16))) == 16
    assert max(most) == 1


def test_what_a_call_raises_is_raised_where_it_was_asked() -> None:
    def fails() -> None:
        raise KeyError("one")

    patient = Patience(LONG)
    for _ in range(3):  # and gives its place back
        with pytest.raises(KeyError, match="one"):
            patient.do(fails)


def test_without_a_thread_to_spare_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    patient = Patience(LONG)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", full)
        with pytest.raises(SilentError):
            patient.do(lambda: 1)
    assert patient.do(lambda: 2) == 2


def test_the_settings_say_how_long() -> None:
    given = {"pkcs11_library": "/nowhere/pkcs11.so", "pkcs11_token": LABEL, "pkcs11_seconds": 2.5}
    token = vault_of(Settings.model_validate(given), MasterKey(bytes(32))).tokens
    assert isinstance(token, Token)
    assert (token.seconds, token.label) == (2.5, LABEL)
    assert token._patience._seconds == 2.5
