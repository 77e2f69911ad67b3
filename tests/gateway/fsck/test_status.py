"""The checker's own projection against the one of the transmissions: written apart, equal."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.fsck.status import state
from gateway.transmissions.facts import as_data
from gateway.transmissions.states import (
    Action,
    Business,
    Fact,
    Regulatory,
    Transport,
    project,
)

MOMENTS = [
    datetime.datetime(2026, 11, 21, hour, tzinfo=datetime.timezone(datetime.timedelta(hours=zone)))
    for hour in (1, 2)
    for zone in (0, 2)
]
FACTS = st.builds(
    Fact,
    transport=st.none() | st.sampled_from(Transport),
    regulatory=st.none() | st.sampled_from(Regulatory),
    business=st.none() | st.sampled_from(Business),
    attempt=st.integers(0, 3),
    at=st.none() | st.sampled_from(MOMENTS),
    action=st.none() | st.sampled_from(Action),
    key=st.none() | st.sampled_from("ab"),
    turn=st.integers(0, 2),
    decided=st.booleans(),
    stands=st.booleans(),
)


@given(facts=st.lists(FACTS, max_size=7))
@settings(max_examples=1500, deadline=None)
def test_two_independent_projections_agree(facts: list[Fact]) -> None:
    theirs = project(facts)
    transport, regulatory, business, action = state([as_data(fact) for fact in facts])
    assert (transport, regulatory, business) == (
        theirs.transport,
        theirs.regulatory,
        theirs.business,
    )
    expected = theirs.action_required and theirs.action_required.partition(":")[0]
    assert action == expected
