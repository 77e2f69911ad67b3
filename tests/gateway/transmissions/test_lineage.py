"""Why a transmission stands where it stands: every event has a rule, and the rules are right."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.transmissions.axes import Business, Regulatory, Transport
from gateway.transmissions.lineage import (
    HEADLINE_MEANING,
    MEANING,
    Headline,
    Rule,
    headline_reason,
    stages,
)
from gateway.transmissions.states import Action, AxisState, Fact, headline, project

QUEUED = Fact(transport=Transport.QUEUED)
SENDING = Fact(transport=Transport.SUBMITTING, attempt=1)
RECEIPT = Fact(transport=Transport.SUBMITTED, attempt=1)
ACCEPTED = Fact(transport=Transport.DELIVERED, regulatory=Regulatory.ACCEPTED, key="a")
REFUSED = Fact(regulatory=Regulatory.REJECTED, key="r")
CANCEL = Fact(regulatory=Regulatory.CANCEL_REQUESTED, key="c")
UPHELD = Fact(regulatory=Regulatory.ACCEPTED, key="u", stands=True)
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)

MOMENTS = st.datetimes(timezones=st.just(datetime.UTC))
FACTS = st.builds(
    Fact,
    transport=st.none() | st.sampled_from(Transport),
    regulatory=st.none() | st.sampled_from(Regulatory),
    business=st.none() | st.sampled_from(Business),
    attempt=st.integers(0, 3),
    at=st.none() | MOMENTS,
    action=st.none() | st.sampled_from(Action),
    key=st.none() | st.sampled_from("abc"),
    turn=st.integers(0, 2),
    decided=st.booleans(),
)


def rules(*facts: Fact) -> list[tuple[str, Rule]]:
    """Return what decided about the last of some facts."""
    return [(move.axis, move.rule) for move in stages(facts)[-1].moves]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([QUEUED], [("transport", Rule.STEP)]),
        ([QUEUED, SENDING, RECEIPT], [("transport", Rule.PROOF)]),
        ([SENDING, RECEIPT, SENDING], [("transport", Rule.REPEATED)]),
        (
            [SENDING, RECEIPT, Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1)],
            [("transport", Rule.ARRIVED)],
        ),
        (
            [
                Fact(transport=Transport.SUBMITTING, attempt=2),
                Fact(transport=Transport.FAILED_RETRYABLE, attempt=1),
            ],
            [("transport", Rule.OLDER_STEP)],
        ),
        ([SENDING, ACCEPTED], [("transport", Rule.ENDED), ("regulatory", Rule.VERDICT)]),
        ([ACCEPTED, RECEIPT], [("transport", Rule.END_STAYS)]),
        (
            [ACCEPTED, Fact(transport=Transport.FAILED_PERMANENT)],
            [("transport", Rule.TRANSPORT_CLASH), ("action_required", Rule.ACTION)],
        ),
        (
            [ACCEPTED, REFUSED],
            [("regulatory", Rule.VERDICT_CLASH), ("action_required", Rule.ACTION)],
        ),
        (
            [SENDING, Fact(regulatory=Regulatory.ACCEPTED)],
            [("transport", Rule.IMPLIED), ("regulatory", Rule.VERDICT)],
        ),
        (
            [ACCEPTED, Fact(regulatory=Regulatory.ACCEPTED_WITH_WARNINGS)],
            [("regulatory", Rule.STRONGER)],
        ),
        (
            [ACCEPTED, Fact(regulatory=Regulatory.DUPLICATE_OF_ACCEPTED)],
            [("regulatory", Rule.WEAKER)],
        ),
        ([ACCEPTED, Fact(regulatory=Regulatory.ACCEPTED)], [("regulatory", Rule.CONFIRMED)]),
        ([ACCEPTED, CANCEL, UPHELD], [("regulatory", Rule.CANCEL_REFUSED)]),
        ([ACCEPTED, UPHELD, CANCEL], [("regulatory", Rule.CANCEL_REFUSED)]),
        (
            [ACCEPTED, Fact(business=Business.ACKNOWLEDGED)],
            [("business", Rule.BUYER)],
        ),
        (
            [
                ACCEPTED,
                Fact(business=Business.UNDER_QUERY, at=NOON),
                Fact(business=Business.IN_PROCESS, at=NOON - datetime.timedelta(hours=1)),
            ],
            [("business", Rule.BUYER_OLDER)],
        ),
        (
            [ACCEPTED, Fact(business=Business.ACCEPTED), Fact(business=Business.REJECTED)],
            [("business", Rule.BUYER_CLASH), ("action_required", Rule.ACTION)],
        ),
        (
            [
                SENDING,
                Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1),
                Fact(action=Action.UNRESOLVED),
            ],
            [("action_required", Rule.ACTION)],
        ),
        ([RECEIPT, Fact(action=Action.UNRESOLVED)], [("action_required", Rule.ACTION_MOOT)]),
        (
            [
                Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1),
                Fact(action=Action.UNRESOLVED),
                RECEIPT,
            ],
            [("transport", Rule.PROOF), ("action_required", Rule.ACTION_OVER)],
        ),
        ([QUEUED, Fact()], [("none", Rule.NOTHING)]),
        ([ACCEPTED, ACCEPTED], [("transport", Rule.REPEATED), ("regulatory", Rule.REPEATED)]),
    ],
)
def test_each_event_has_the_rule_that_decided(
    facts: list[Fact], expected: list[tuple[str, Rule]]
) -> None:
    assert rules(*facts) == expected


def test_a_contradiction_moves_nothing_but_the_call_for_a_person() -> None:
    verdict, action = stages([ACCEPTED, REFUSED])[-1].moves
    assert (verdict.before, verdict.after, verdict.moved) == ("accepted", "accepted", False)
    assert (action.before, action.moved) == (None, True)
    assert (action.after or "").startswith("contradiction: ")


@given(st.lists(FACTS, max_size=6))
def test_the_stages_are_the_projections_and_whatever_moved_is_told(facts: list[Fact]) -> None:
    before = project(())
    found = stages(facts)
    assert len(found) == len(facts)
    for number, stage in enumerate(found, start=1):
        assert stage.state == project(facts[:number])
        told = {move.axis: (move.before, move.after) for move in stage.moves if move.moved}
        for axis in ("transport", "regulatory", "business", "action_required"):
            was, now = getattr(before, axis), getattr(stage.state, axis)
            assert (was == now) == (axis not in told), (axis, stage.moves)
            if axis in told:
                assert told[axis] == (was, now)
        before = stage.state


def test_every_rule_has_its_words() -> None:
    assert set(MEANING) == set(Rule)
    assert set(HEADLINE_MEANING) == set(Headline)
    assert len({str(rule) for rule in Rule}) == len(Rule)


@pytest.mark.parametrize(
    ("state", "word", "reason"),
    [
        (("delivered", "accepted", "none", None), "delivered", Headline.TRANSPORT),
        (("delivered", "cleared", "none", None), "accepted", Headline.AUTHORITY),
        (("delivered", "cleared", "accepted", None), "accepted", Headline.BUYER),
        (("delivered", "accepted", "disputed", None), "action_required", Headline.BUYER),
        (("submitted", "rejected", "none", None), "rejected", Headline.VERDICT),
        (("failed_permanent", "pending", "none", None), "failed", Headline.TRANSPORT_END),
        (
            ("delivered", "rejected", "none", "contradiction: x"),
            "action_required",
            Headline.PERSON,
        ),
        (("queued", "pending", "none", None), "scheduled", Headline.TRANSPORT),
    ],
)
def test_the_headline_has_a_reason(
    state: tuple[str, str, str, str | None], word: str, reason: Headline
) -> None:
    one = AxisState(Transport(state[0]), Regulatory(state[1]), Business(state[2]), state[3])
    found = headline_reason("issued", [one])
    assert (found.word, found.reason, found.deciding) == (word, reason, 0)


@given(st.lists(st.builds(project, st.lists(FACTS, max_size=4)), max_size=4))
def test_the_headline_is_that_of_the_document(states: list[AxisState]) -> None:
    found = headline_reason("issued", states)
    assert found.word == headline("issued", states)
    if found.deciding is not None:
        assert headline("issued", [states[found.deciding]]) == found.word


def test_of_several_transmissions_the_one_that_needs_attention_decides() -> None:
    good = project([ACCEPTED])
    bad = project([QUEUED, SENDING])
    assert headline_reason("issued", [good, bad]).deciding == 1
    assert headline_reason("voided", [good, bad]).reason is Headline.DOCUMENT
    assert headline_reason("issued", []).reason is Headline.NOT_SENT
