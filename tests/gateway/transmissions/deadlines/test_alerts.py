"""When deadlines are spoken of."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gateway.transmissions.deadlines.alerts import SHARES, Kind, alert, shares_of

BEGAN = datetime(2026, 11, 22, 8, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("send", "verdict", "answer", "offline")


def test_silence_is_spoken_of_once() -> None:
    due = BEGAN + timedelta(hours=1)
    first = alert("answer", BEGAN, due, 0, BEGAN + timedelta(minutes=59))
    assert (first.share, first.next_at) == (None, due)
    last = alert("answer", BEGAN, due, 0, due)
    assert (last.share, last.next_at) == (100, None)


@given(
    st.sampled_from(KINDS),
    st.timedeltas(timedelta(seconds=1), timedelta(days=20)),
    st.lists(st.floats(0, 2), max_size=20),
)
def test_each_share_is_spoken_of_once_and_in_order(
    kind: Kind, span: timedelta, looks: list[float]
) -> None:
    due, alerted, said = BEGAN + span, 0, []
    for look in [*sorted(looks), 2.0]:
        now = BEGAN + span * look
        found = alert(kind, BEGAN, due, alerted, now)
        if found.share is not None:
            said.append(found.share)
            alerted = found.share
        assert found.next_at is None or found.next_at > now
    assert said == sorted(set(said))
    assert said[-1] == 100  # whatever was slept through, the end is never
    assert set(said) <= set(shares_of(kind)) <= set(SHARES)
