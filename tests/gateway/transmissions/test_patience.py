"""What is sent again for want of an answer: ever more rarely, and at last a person is asked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions.adapter import Answer, Message
from gateway.transmissions.errors import Unknown
from tests.gateway.transmissions.desk import QUICK, Desk, desk


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


@pytest.mark.parametrize("safe", [True, False])
def test_what_fails_every_time_is_sent_ever_more_rarely_and_a_person_is_asked(
    small: Desk, monkeypatch: pytest.MonkeyPatch, *, safe: bool
) -> None:
    small.may(resend_is_safe=safe, settle=timedelta(0))
    small.authority.answers = [500] * 1000
    monkeypatch.setattr(small.authority, "reconcile", lambda _: None)  # nor does it remember
    made = small.queue()
    slow = replace(QUICK, longest_delay=timedelta(seconds=3), escalate_after=timedelta(seconds=1))
    with small.working(slow):
        small.until(lambda: small.view(made).action_required == "unresolved")
        time.sleep(1)
    # Draws from up to 20, 40, 80 ... ms; without them it would be at every look.
    assert 3 <= len(small.authority.tries) < 15
    assert small.types(made).count("action_required") == 1
    assert small.view(made).action_required == "unresolved"  # in whatever step of the cycle


def test_a_time_out_waits_for_as_long_as_it_was_asked_to(small: Desk) -> None:
    small.may(settle=timedelta(milliseconds=50))
    refusing = Unknown("http_503", "busy, or worse", retry_after=40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(small.authority, "interpret", _raising(refusing))
        made = small.queue()
        begun = clock.now()
        with small.working(replace(QUICK, longest_delay=timedelta(minutes=1))):
            small.until_state(made, "unknown")
    due_at = small.row(made).due_at
    assert timedelta(seconds=40) <= due_at - begun < timedelta(seconds=50)


def _raising(error: Exception) -> Callable[[Message, Answer], NoReturn]:
    def interpret(message: Message, answer: Answer) -> NoReturn:
        del message, answer
        raise error

    return interpret
