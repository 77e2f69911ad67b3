"""What every adapter must do, whatever its authority does. The names are the rules."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gateway.kit import clock
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Answer, Request
from gateway.transmissions.bookkeeping import Bookkeeping
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Transport
from gateway.transmissions.verdicts.unknown_outcomes import unknown_outcomes
from tests.contract_suite.party import (
    HASTE,
    Case,
    Party,
    failure,
    nobody,
    once,
    refusal,
    refused_by,
    settled,
)

CASES: list[Case] = []
ARRIVED = frozenset({Transport.SUBMITTED, Transport.DELIVERED})
ALWAYS = {"nth": 1}


def case(*needs: str) -> Callable[[Callable[[Party], None]], Callable[[Party], None]]:
    """Put a function into the suite."""

    def put(check: Callable[[Party], None]) -> Callable[[Party], None]:
        CASES.append(Case(check.__name__, check, frozenset(needs)))
        return check

    return put


@case()
def what_is_taken_is_acknowledged(party: Party) -> None:
    proof = once(party, party.message())
    assert proof.fact.transport in ARRIVED
    assert proof.receipt.content


@case()
def what_is_refused_is_refused_for_ever(party: Party) -> None:
    message = party.refused()
    for _ in range(2):
        assert refusal(party, message)


@case("conflicts")
def the_same_name_with_other_content_is_refused_and_the_first_stands(party: Party) -> None:
    message = party.message()
    once(party, message)
    other = party.conflicting(message)
    error = failure(party, other)
    if isinstance(error, Unknown) and "asks" in party.can:  # it says only that it has one
        with pytest.raises(Refused):
            party.adapter.reconcile(other)
    else:
        assert isinstance(error, Refused), error
    assert party.accepted(message) == 1


@case()
def where_nobody_listens_nothing_arrived(party: Party) -> None:
    error = failure(party, party.message(), party.adapter_to(nobody()))
    assert isinstance(error, Retry), error


@case()
def an_unknown_outcome_is_resolved_as_the_table_of_authorities_says(party: Party) -> None:
    row, conduct = unknown_outcomes()[party.name], party.adapter.conduct
    assert conduct.resend_is_safe == row.resend_is_safe
    assert conduct.settle >= row.wait
    assert bool(row.ask) == ("asks" in party.can)
    assert isinstance(party.adapter, Bookkeeping) == ("books" in party.can)
    if row.resend_is_safe:
        assert "recognises" in party.can, "prove that sending twice is safe"


@case("recognises")
def sending_twice_registers_once(party: Party) -> None:
    message = party.message()
    first, again = once(party, message), once(party, message)
    assert again.fact.transport in ARRIVED
    if "same_proof" in party.can:
        assert first.receipt.content == again.receipt.content
    if "faults" in party.can:
        assert (party.accepted(message), party.repeats(message)) == (1, 1)


@case("asks")
def what_was_never_sent_is_not_known(party: Party) -> None:
    assert party.adapter.reconcile(party.message()) is None


@case("asks")
def asking_finds_what_arrived(party: Party) -> None:
    message = party.message()
    proof = once(party, message)
    found = party.adapter.reconcile(message)
    assert found is not None
    assert found.fact.transport in ARRIVED
    both = proof.correlations.keys() & found.correlations.keys()
    assert all(proof.correlations[kind] == found.correlations[kind] for kind in both)
    assert same(found, proof) or "same_proof" not in party.can


@case("asks", "keeps_refusals")
def asking_finds_what_was_refused(party: Party) -> None:
    message = party.refused()
    assert refusal(party, message)
    assert refused_by(lambda: party.adapter.reconcile(message))


@case()
def preparing_is_pure(party: Party) -> None:
    message = party.message()
    first = party.adapter.prepare(message)
    assert party.adapter.prepare(message) == first
    later = party.adapter.prepare(replace(message, attempt=7))
    assert (later == first) is ("names_sendings" not in party.can)
    ahead = {value for _, value in first.headers} | set(first.url.replace(".", "/").split("/"))
    assert message.message_id in ahead or message.message_id.encode() in party.unwrapped(
        first.body
    )


@case("names_sendings")
def each_sending_has_an_id_and_a_moment_of_its_own(party: Party) -> None:
    message, began = party.message(), clock.now()
    sendings = [
        replace(message, attempt=one, at=began + datetime.timedelta(seconds=one))
        for one in (1, 2, 3)
    ]
    bodies = [party.unwrapped(party.adapter.prepare(one).body) for one in sendings]
    again = [party.unwrapped(party.adapter.prepare(one).body) for one in sendings]
    assert bodies == again
    assert len(set(bodies)) == len(bodies)
    proofs = [once(party, one) for one in sendings[:2]]
    assert proofs[0].fact == proofs[1].fact
    answer = party.adapter.send(party.adapter.prepare(sendings[2]))
    with pytest.raises(Unknown):  # it is the answer to another sending
        party.adapter.interpret(sendings[1], answer)
    if "faults" in party.can:
        assert (party.accepted(message), party.repeats(message)) == (1, 2)
        assert party.named(message) == message.message_id


@case("faults")
def the_message_keeps_its_id_over_attempts(party: Party) -> None:
    message = party.message()
    party.fail({"fault": "drop_before_accept", "count": 2, **ALWAYS})
    settled(party, message)
    assert party.named(message) == message.message_id


class Closed:
    """A deck that lets nothing through."""

    def exchange(self, request: Request, go: tape.Go) -> Answer:
        raise AssertionError(f"{request.method} {request.url} was asked, {go}")


class Played:
    """A deck that answers from a record."""

    def __init__(self, held: list[tape.Exchange]) -> None:
        self.held = held

    def exchange(self, request: Request, go: tape.Go) -> Answer:
        then = self.held.pop(0)
        assert then.request == request, go
        assert then.answer is not None
        return then.answer


@case()
def interpreting_is_pure(party: Party) -> None:
    message = party.message()
    answer = party.adapter.send(party.adapter.prepare(message))
    with tape.running(Closed()):
        first = party.adapter.interpret(message, answer)
        assert same(party.adapter.interpret(message, answer), first)


@case()
def a_recorded_attempt_plays_to_the_same_end(party: Party) -> None:
    for message in (party.message(), party.refused()):
        with tape.running(tape.Recorder()) as recorder:
            first = _end(party, message)
        with tape.running(Played(recorder.exchanges)):
            assert _end(party, message) == first


def _end(party: Party, message: Any) -> tuple[object, ...]:  # noqa: ANN401 - a message
    try:
        proof = once(party, message)
    except TransmissionError as error:
        return type(error).__name__, error.reason, error.detail, error.retry_after
    return proof.fact, proof.receipt.content, dict(proof.correlations), proof.wait


def same(one: Acknowledgement, other: Acknowledgement) -> bool:
    return (one.receipt.content, one.fact, one.wait) == (
        other.receipt.content,
        other.fact,
        other.wait,
    )


def _after(name: str, *needs: str, **rule: Any) -> None:  # noqa: ANN401 - members of a rule
    """The message is in the ledger, and its answer is worth nothing."""

    def check(party: Party) -> None:
        hasty = "seconds" in rule
        other = party.message()
        once(party, other)  # a foreign answer must be somebody's
        message = party.message()
        party.fail({**ALWAYS, "count": 1, **rule})
        error = failure(party, message, party.adapter_to(seconds=HASTE) if hasty else None)
        assert isinstance(error, Unknown), error
        proof = settled(party, message, unknown=True)
        assert proof.fact.transport in ARRIVED
        assert party.accepted(message) == 1

    check.__name__ = name
    case("faults", *needs)(check)


_after("a_drop_after_accept_is_unknown", fault="drop_after_accept")
_after("an_error_500_after_accept_is_unknown", fault="http_500_after_accept")
_after("an_error_503_after_accept_is_unknown", fault="http_503_after_accept")
_after("a_slow_answer_is_unknown", fault="latency", seconds=2)
_after("a_trickling_answer_is_unknown", fault="trickle", seconds=30)
_after("an_answer_trickling_in_chunks_is_unknown", fault="chunked_trickle", seconds=30)
_after("half_an_answer_is_unknown", fault="broken_off")
_after("a_stranger_s_signature_is_unknown", "signs", fault="wrong_signature")


@case("certifies")
def another_holder_of_a_certificate_of_the_same_ca_is_not_believed(party: Party) -> None:
    message = party.message()
    answer = party.adapter.send(party.adapter.prepare(message))
    assert party.adapter.interpret(message, answer).fact.transport in ARRIVED
    for name, body in party.signed_by_others(answer.body).items():
        try:
            party.adapter.interpret(message, replace(answer, body=body))
        except Unknown:
            continue
        raise AssertionError(f"the holder of a certificate for {name} was believed")


_after("an_answer_to_another_message_is_unknown", fault="foreign_answer")
_after("garbage_is_unknown", fault="garbage")
_after("a_page_of_html_is_unknown", fault="html_page")
_after("an_empty_answer_is_unknown", fault="empty")
_after("a_huge_answer_is_unknown", fault="huge")
_after("a_redirect_is_unknown", fault="redirect")


def _before(name: str, *, unproven: bool = True, **rule: Any) -> None:  # noqa: ANN401 - members of a rule
    """The message is not in the ledger, and nobody who counts said why.

    `unproven`: what came back is nothing that this authority would say.
    """

    def check(party: Party) -> None:
        message = party.message()
        party.fail({**ALWAYS, "count": 1, **rule})
        error = failure(party, message)
        assert isinstance(error, Unknown if unproven else (Unknown, Retry)), error
        assert party.accepted(message) == 0
        settled(party, message)
        assert party.accepted(message) == 1

    check.__name__ = name
    case("faults")(check)


_before("a_drop_before_accept_is_no_refusal", fault="drop_before_accept")
for _status in (400, 403, 404, 409, 422, 500, 503):
    _before(f"an_unsigned_{_status}_is_no_refusal", fault=f"http_{_status}_before_accept")
_before("a_protocol_fault_is_no_refusal", unproven=False, fault="protocol_fault", status=400)
_before("a_revoked_certificate_is_no_refusal_of_the_message", unproven=False, fault="cert_revoked")


@case("faults")
def a_rate_limit_says_when_to_come_again(party: Party) -> None:
    message = party.message()
    for word in ("seconds", "date"):
        party.fail({"fault": "rate_limit", "seconds": 70, "word": word, **ALWAYS})
        error = failure(party, message)
        assert isinstance(error, Retry if "rate_limit" in party.proofs else Unknown), error
        assert error.retry_after is not None
        assert 60 < error.retry_after <= 70
    assert party.accepted(message) == 0


def _turned_away(status: int) -> None:
    def check(party: Party) -> None:
        message = party.message()
        party.fail({"fault": f"http_{status}_after_accept", **ALWAYS})
        error = failure(party, message)
        assert isinstance(error, Unknown), error
        assert party.accepted(message) == 1

    check.__name__ = f"an_unsigned_{status}_proves_nothing"
    case("faults")(check)


for _status in (401, 403, 408, 425, 429):
    _turned_away(_status)


@case("faults")
def maintenance_says_when_to_come_again(party: Party) -> None:
    message = party.message()
    party.fail({"fault": "maintenance", "seconds": 70, **ALWAYS})
    error = failure(party, message)
    assert not isinstance(error, Refused), error
    assert error.retry_after == 70
    assert party.accepted(message) == 0


@case("revocation")
def with_a_revoked_certificate_nothing_arrives(party: Party) -> None:
    message = party.message()
    party.revoked(revoked=True)
    try:
        error = failure(party, message)
    finally:
        party.revoked(revoked=False)
    assert isinstance(error, Retry), error
    assert party.accepted(message) == 0
    settled(party, message)


def _asking(name: str, **rule: Any) -> None:  # noqa: ANN401 - members of a rule
    """An answer to a question that is worth nothing: it is neither known nor unknown."""

    def check(party: Party) -> None:
        message = party.message()
        once(party, message)
        party.fail({**ALWAYS, "where": party.enquiries, **rule})
        hasty = "seconds" in rule
        by = party.adapter_to(seconds=HASTE) if hasty else party.adapter
        try:
            found = by.reconcile(message)
        except (Retry, Unknown):
            return
        raise AssertionError(f"it was believed: {found}")

    check.__name__ = name
    case("faults", "asks")(check)


_asking("asking_a_dead_line_proves_nothing", fault="drop_after_accept")
_asking("asking_in_an_outage_proves_nothing", fault="http_503_before_accept")
_asking("a_page_not_found_proves_nothing", fault="http_404_before_accept")
_asking("asking_and_hearing_garbage_proves_nothing", fault="garbage")
_asking("asking_and_hearing_a_stranger_proves_nothing", fault="wrong_signature")
_asking("asking_and_being_redirected_proves_nothing", fault="redirect")
_asking("asking_and_hearing_half_proves_nothing", fault="broken_off")
_asking("asking_too_often_proves_nothing", fault="rate_limit", word="seconds")
_asking("asking_and_waiting_proves_nothing", fault="latency", seconds=2)
