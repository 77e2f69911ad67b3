"""The projection of a transmission's events, over every order and repetition of them."""

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.transmissions.states import (
    HEADLINES,
    TRANSITIONS,
    Action,
    AxisState,
    Business,
    Fact,
    Regulatory,
    Transport,
    headline,
    is_final,
    project,
)

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)

QUEUED = Fact(transport=Transport.QUEUED)
SENT = (
    QUEUED,
    Fact(transport=Transport.SUBMITTING, attempt=1),
    Fact(transport=Transport.SUBMITTED, attempt=1),
)
AP = Fact(
    transport=Transport.DELIVERED,
    regulatory=Regulatory.ACCEPTED,
    at=NOON,
    key="network-ap",
)
RE = Fact(regulatory=Regulatory.REJECTED, at=NOON, key="network-re")


def buyer(word: Business, minute: int = 0) -> Fact:
    at = NOON + datetime.timedelta(minutes=minute)
    return Fact(
        transport=Transport.DELIVERED,
        business=word,
        at=at,
        key=f"buyer-{word}-{minute}",
    )


signals = st.one_of(
    st.builds(
        Fact,
        transport=st.sampled_from([None, Transport.DELIVERED, Transport.SUBMITTED]),
        regulatory=st.sampled_from([None, *Regulatory]),
        at=st.sampled_from([None, NOON, NOON + datetime.timedelta(minutes=1)]),
        key=st.uuids().map(str),
        stands=st.booleans(),
    ),
    st.builds(buyer, st.sampled_from(list(Business)), st.integers(0, 3)),
)
steps = st.integers(0, 4).flatmap(
    lambda lost: st.just(
        (
            QUEUED,
            *(
                Fact(transport=step, attempt=attempt)
                for attempt in range(1, lost + 1)
                for step in (
                    Transport.SUBMITTING,
                    Transport.OUTCOME_UNKNOWN,
                    Transport.QUEUED,
                )
            ),
            Fact(transport=Transport.SUBMITTING, attempt=lost + 1),
        )
    )
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    facts = [*draw(steps), *draw(st.lists(signals, max_size=6))]
    repeated = [*facts, *draw(st.lists(st.sampled_from(facts), max_size=6))]
    return facts, draw(st.permutations(repeated))


@given(histories())
def test_any_order_and_repetition_gives_the_same_state_or_asks_for_a_person(
    history: tuple[list[Fact], list[Fact]],
) -> None:
    once, shuffled = (project(facts) for facts in history)
    if once.action_required is None:
        assert shuffled == once
    else:
        assert shuffled.action_required == once.action_required


ASKED = Fact(regulatory=Regulatory.CANCEL_REQUESTED, key="asked")
REFUSED = Fact(regulatory=Regulatory.ACCEPTED, key="refused", stands=True)


@pytest.mark.parametrize("verdict", [Regulatory.ACCEPTED, Regulatory.CLEARED, Regulatory.REPORTED])
def test_a_refused_cancellation_leaves_what_was_said_before(verdict: Regulatory) -> None:
    before = (*SENT, Fact(regulatory=verdict, key="verdict"))
    assert project([*before, ASKED]).regulatory is Regulatory.CANCEL_REQUESTED
    assert project([*before, ASKED, REFUSED]).regulatory is verdict
    assert project([*before, REFUSED, ASKED]).regulatory is verdict
    assert project([*before, ASKED, REFUSED]).action_required is None


def test_a_later_request_and_a_cancellation_outlive_a_refusal() -> None:
    refused = replace(REFUSED, at=NOON)
    again = replace(ASKED, key="again", at=NOON + datetime.timedelta(days=1))
    done = Fact(regulatory=Regulatory.CANCELLED, key="done")
    facts = [*SENT, AP, ASKED, refused]
    assert project(facts).regulatory is Regulatory.ACCEPTED
    assert project([*facts, again]).regulatory is Regulatory.CANCEL_REQUESTED
    assert project([*facts, done]).regulatory is Regulatory.CANCELLED


@given(histories())
def test_a_final_word_is_never_overwritten(
    history: tuple[list[Fact], list[Fact]],
) -> None:
    facts = history[1]
    for count in range(1, len(facts)):
        before, after = project(facts[:count]), project(facts[: count + 1])
        if before.regulatory in {
            Regulatory.ACCEPTED,
            Regulatory.CLEARED,
            Regulatory.REPORTED,
        }:
            assert after.regulatory not in {Regulatory.REJECTED, Regulatory.PENDING}
        if before.business in {Business.ACCEPTED, Business.PAID}:
            assert after.business is not Business.REJECTED
        if before.arrived:
            assert after.arrived


@given(
    st.lists(st.sampled_from(["unknown", "refused", "retry"]), max_size=5),
    st.booleans(),
)
def test_our_own_steps_walk_the_transitions(fates: list[str], delivered: bool) -> None:  # noqa: FBT001
    facts = [QUEUED]
    for attempt, fate in enumerate(fates, start=1):
        facts.append(Fact(transport=Transport.SUBMITTING, attempt=attempt))
        if fate == "refused":
            facts.append(Fact(transport=Transport.FAILED_PERMANENT, attempt=attempt))
            break
        if fate == "unknown":
            facts += [
                Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=attempt),
                Fact(transport=Transport.QUEUED, attempt=attempt),
            ]
        else:
            facts.append(Fact(transport=Transport.FAILED_RETRYABLE, attempt=attempt))
    else:
        last = len(fates) + 1
        facts += [
            Fact(transport=Transport.SUBMITTING, attempt=last),
            Fact(transport=Transport.SUBMITTED, attempt=last),
        ]
        if delivered:
            facts.append(AP)
    states = [project(facts[:count]).transport for count in range(1, len(facts) + 1)]
    assert states == [fact.transport for fact in facts]
    for before, after in pairwise(states):
        assert after in TRANSITIONS[before]


def test_every_transport_has_its_transitions() -> None:
    assert set(TRANSITIONS) == set(Transport)


@pytest.mark.parametrize("verdict", [AP, RE, buyer(Business.UNDER_QUERY)])
def test_a_verdict_proves_arrival_before_our_own_answer(verdict: Fact) -> None:
    sending = (QUEUED, Fact(transport=Transport.SUBMITTING, attempt=1), verdict)
    assert project(sending).arrived
    lost = (*sending, Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1))
    assert project(lost).arrived


def test_the_first_of_two_contradicting_verdicts_stays_and_a_person_is_asked() -> None:
    accepted, rejected = project((*SENT, AP, RE)), project((*SENT, RE, AP))
    assert accepted.regulatory is Regulatory.ACCEPTED
    assert rejected.regulatory is Regulatory.REJECTED
    assert accepted.action_required == rejected.action_required
    assert str(accepted.action_required).startswith(Action.CONTRADICTION)


def test_a_contradicting_buyer_asks_for_a_person() -> None:
    state = project((*SENT, AP, buyer(Business.ACCEPTED), buyer(Business.REJECTED, 1)))
    assert state.business is Business.ACCEPTED
    assert state.action_required is not None


def test_a_failed_delivery_after_submission_is_a_failure_not_a_contradiction() -> None:
    failed = Fact(transport=Transport.FAILED_PERMANENT, regulatory=Regulatory.REJECTED)
    state = project((*SENT, failed))
    assert (state.transport, state.action_required) == (
        Transport.FAILED_PERMANENT,
        None,
    )


def test_the_buyers_open_words_count_by_the_time_they_were_issued() -> None:
    query, process = buyer(Business.UNDER_QUERY, 1), buyer(Business.IN_PROCESS, 2)
    assert project((*SENT, AP, process, query)).business is Business.IN_PROCESS
    assert project((*SENT, AP, query, process)).business is Business.IN_PROCESS


def test_a_cancellation_follows_an_acceptance() -> None:
    cancelled = Fact(regulatory=Regulatory.CANCELLED, key="cancelled")
    assert project((*SENT, cancelled, AP)).regulatory is Regulatory.CANCELLED


@pytest.mark.parametrize("proof", [Transport.SUBMITTED, Transport.DELIVERED])
def test_a_cancellation_that_was_only_asked_for_is_none(proof: Transport) -> None:
    asked = Fact(transport=proof, regulatory=Regulatory.CANCEL_REQUESTED)
    word = headline("issued", [project([asked])])
    assert word == {"submitted": "sent", "delivered": "delivered"}[proof]
    assert not is_final(word)
    granted = headline("issued", [project([asked, Fact(regulatory=Regulatory.CANCELLED)])])
    assert (granted, is_final(granted)) == ("cancelled", True)


def test_an_escalation_goes_away_with_its_reason() -> None:
    unknown = (
        QUEUED,
        Fact(transport=Transport.SUBMITTING, attempt=1),
        Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1),
        Fact(action=Action.UNRESOLVED),
    )
    assert project(unknown).action_required == Action.UNRESOLVED
    found = (*unknown, Fact(transport=Transport.SUBMITTED, attempt=1))
    assert project(found).action_required is None


def test_a_state_is_settled_once_the_verdict_is_known() -> None:
    assert not project(SENT).settled
    assert project((*SENT, AP)).settled
    assert project(SENT, initial=Regulatory.NOT_APPLICABLE).settled


state = st.builds(
    AxisState,
    transport=st.sampled_from(Transport),
    regulatory=st.sampled_from(Regulatory),
    business=st.sampled_from(Business),
    action_required=st.sampled_from([None, Action.STUCK.value]),
)


@given(
    st.sampled_from(["draft", "issued", "voided", "corrected"]),
    st.lists(state, max_size=3),
)
def test_every_state_has_a_headline(document: str, states: list[AxisState]) -> None:
    assert headline(document, states) in HEADLINES


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ((QUEUED,), "scheduled"),
        (SENT[:2], "sending"),
        ((*SENT[:2], Fact(transport=Transport.OUTCOME_UNKNOWN, attempt=1)), "unknown"),
        (SENT, "sent"),
        ((*SENT, AP), "delivered"),
        ((*SENT, AP, buyer(Business.IN_PROCESS)), "delivered"),
        ((*SENT, AP, buyer(Business.ACCEPTED)), "accepted"),
        ((*SENT, AP, buyer(Business.REJECTED)), "rejected"),
        ((*SENT, AP, buyer(Business.PAID)), "paid"),
        ((*SENT, AP, buyer(Business.UNDER_QUERY)), "action_required"),
        ((*SENT, RE), "rejected"),
        ((*SENT, AP, RE), "action_required"),
        ((*SENT[:2], Fact(transport=Transport.FAILED_PERMANENT)), "failed"),
        ((*SENT, Fact(regulatory=Regulatory.CLEARED)), "accepted"),
    ],
)
def test_the_headline_says_where_an_issued_document_stands(
    facts: tuple[Fact, ...], word: str
) -> None:
    assert headline("issued", [project(facts)]) == word


def test_a_document_is_as_far_as_its_least_advanced_transmission() -> None:
    assert headline("issued", [project((*SENT, AP)), project(SENT)]) == "sent"
    assert headline("issued", []) == "issued"
    assert headline("voided", [project(SENT)]) == "voided"
