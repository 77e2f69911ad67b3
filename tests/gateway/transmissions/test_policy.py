import datetime
import random

import pytest

from gateway.transmissions.policy import Policy

NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)


def delays(failures: int, retry_after: float | None = None) -> list[float]:
    chance = random.Random(7).random  # noqa: S311 - to be repeated
    policy = Policy()
    return [
        (policy.retry_at(NOW, failures, chance, retry_after) - NOW).total_seconds()
        for _ in range(2000)
    ]


@pytest.mark.parametrize(
    ("failures", "ceiling"), [(0, 1), (1, 2), (5, 32), (12, 3600), (10**6, 3600)]
)
def test_backoff_doubles_to_an_hour_with_full_jitter(failures: int, ceiling: float) -> None:
    drawn = delays(failures)
    assert 0 <= min(drawn) < 0.01 * ceiling
    assert 0.99 * ceiling < max(drawn) <= ceiling
    assert sum(drawn) / len(drawn) == pytest.approx(ceiling / 2, rel=0.05)


def test_the_other_side_may_ask_for_more_time_but_not_for_ever() -> None:
    assert min(delays(0, retry_after=20)) == 20
    assert max(delays(0, retry_after=1e9)) == 3600
