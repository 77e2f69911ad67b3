"""Whatever is reported, and whatever our own code would do: the laws hold, and nothing is lost."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gateway.transmissions.axes import TRANSITIONS
from gateway.transmissions.invariants import (
    HISTORY_LAWS,
    INTENTIONS,
    REACHABLE,
    STATE_LAWS,
    contradictions_ask_for_a_person,
    forbidden,
    is_the_projection,
    what_came_is_archived,
)
from gateway.transmissions.states import (
    Action,
    Business,
    Fact,
    Regulatory,
    Transport,
    gist,
    project,
)
from gateway.transmissions.steps import Step, lawful

QUEUED = Fact(transport=Transport.QUEUED)
WORKERS = st.builds(
    Fact,
    transport=st.sampled_from(sorted(Transport)),
    attempt=st.integers(0, 3),
)
SIGNALS = st.builds(
    Fact,
    transport=st.sampled_from(
        [None, Transport.SUBMITTED, Transport.DELIVERED, Transport.FAILED_PERMANENT]
    ),
    regulatory=st.sampled_from([None, *Regulatory]),
    business=st.sampled_from([None, *Business]),
    key=st.uuids().map(str),
)
STEPS = st.builds(
    Step,
    type=st.just("transmission.x"),
    fact=WORKERS | SIGNALS,
    data=st.just({}),
    new_turn=st.booleans(),
)


@given(st.lists(STEPS, max_size=8))
def test_whatever_happens_the_laws_hold_and_every_step_is_kept(steps: list[Step]) -> None:
    kept, facts = lawful(0, [QUEUED], steps)
    assert len(kept) == len(steps)
    states = [project(facts[:count]) for count in range(1, len(facts) + 1)]
    for law in STATE_LAWS:
        assert all(law(state) for state in states), law.__name__
    for history in HISTORY_LAWS:
        assert history(states), history.__name__
    assert contradictions_ask_for_a_person(states[-1], facts)
    assert is_the_projection(states[-1], facts)


@given(st.lists(STEPS, max_size=8))
def test_what_is_forbidden_moves_nothing_and_asks_for_a_person(steps: list[Step]) -> None:
    kept, facts = lawful(0, [QUEUED], steps)
    states = [project(facts[:count]) for count in range(1, len(facts) + 1)]
    for step, (before, after) in zip(kept, pairwise(states), strict=True):
        if step.type != "transmission.contradiction":
            continue
        assert (before.transport, before.regulatory, before.business) == (
            after.transport,
            after.regulatory,
            after.business,
        )
        assert (after.action_required or "").startswith(Action.CONTRADICTION)
        assert step.data["event"] == "transmission.x"
        assert "said" in step.data


ACTIONS = st.builds(Fact, action=st.sampled_from(sorted(Action)), turn=st.integers(0, 2))
DECISIONS = st.builds(
    Fact,
    transport=st.sampled_from([None, Transport.QUEUED, Transport.SUBMITTED]),
    regulatory=st.sampled_from([None, Regulatory.ACCEPTED, Regulatory.REJECTED]),
    attempt=st.integers(0, 3),
    turn=st.integers(0, 2),
    decided=st.sampled_from([True]),
)
TURNED = st.builds(replace, WORKERS, turn=st.integers(0, 2))
FACTS = st.lists(TURNED | SIGNALS | ACTIONS | DECISIONS, max_size=10)


@given(FACTS, FACTS)
def test_the_gist_of_facts_makes_the_state_that_all_of_them_make(
    told: list[Fact], later: list[Fact]
) -> None:
    kept = gist(told)
    assert project(kept) == project(told)
    assert project([*kept, *later]) == project([*told, *later])
    assert gist([*kept, *later]) == gist([*told, *later])


def test_the_gist_of_weeks_of_attempts_is_short() -> None:
    steps = (Transport.SUBMITTING, Transport.FAILED_RETRYABLE)
    tried = [Fact(transport=step, attempt=number) for number in range(1, 500) for step in steps]
    late = Fact(action=Action.LATE)
    assert gist([QUEUED, *tried, late]) == [tried[-1], late]


def test_an_intention_must_follow_from_the_state() -> None:
    for transport, allowed in TRANSITIONS.items():
        for wanted in INTENTIONS:
            walk = project([Fact(transport=transport)])
            fact = Fact(transport=wanted, turn=1)
            after = project([Fact(transport=transport), fact])
            assert (forbidden(walk, fact, after) is None) == (wanted in allowed)


def test_a_signal_may_skip_steps_and_a_worker_may_not() -> None:
    queued = project([QUEUED])
    delivered = Fact(transport=Transport.DELIVERED)
    after = project([QUEUED, delivered])
    assert forbidden(queued, delivered, after) is not None
    signal = Fact(transport=Transport.DELIVERED, key="s")
    assert forbidden(queued, signal, project([QUEUED, signal])) is None
    assert Transport.DELIVERED in REACHABLE[Transport.QUEUED]
    assert Transport.QUEUED not in REACHABLE[Transport.SUBMITTED]


def test_what_came_over_the_wire_points_at_its_bytes() -> None:
    assert what_came_is_archived([("transmission.queued", False), ("transmission.verdict", True)])
    assert not what_came_is_archived([("transmission.verdict", False)])


def test_a_persons_word_takes_the_place_of_what_was_said_before() -> None:
    granted = Fact(regulatory=Regulatory.ACCEPTED, key="a")
    denied = Fact(regulatory=Regulatory.REJECTED, key="b")
    clash = project([QUEUED, granted, denied])
    assert str(clash.action_required).startswith(Action.CONTRADICTION)
    said = Fact(regulatory=Regulatory.REJECTED, decided=True, turn=1)
    settled = project([QUEUED, granted, denied, said])
    assert (settled.regulatory, settled.action_required) == (Regulatory.REJECTED, None)
    late = Fact(regulatory=Regulatory.ACCEPTED, key="c", turn=1)
    again = project([QUEUED, granted, denied, said, late])
    assert again.regulatory is Regulatory.REJECTED
    assert str(again.action_required).startswith(Action.CONTRADICTION)
