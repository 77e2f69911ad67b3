"""The suite can fail: each planted bug of an adapter is caught by the case that names it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

import tests.contract_suite.books
import tests.contract_suite.directories
import tests.contract_suite.signals  # noqa: F401 - its cases are part of the suite
from gateway.archive.service import EvidenceItem
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.bookkeeping import Owner, Page
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Fact, Regulatory, Transport
from tests.contract_suite.cases import CASES
from tests.contract_suite.party import Party

CHECKS = {case.name: case.check for case in CASES}
NEEDS = {case.name: case.needs for case in CASES}


class Bug:
    """An adapter with one thing wrong."""

    def __init__(self, sound: Any) -> None:  # noqa: ANN401 - an adapter of any kind
        self.sound = sound

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the same
        return getattr(self.sound, name)


def believed(answer: Answer) -> Acknowledgement:
    fact = Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.CLEARED)
    return Acknowledgement(EvidenceItem("receipt", "a", "a/b", answer.body), fact)


class TimeoutIsRetry(Bug):
    def send(self, request: Request) -> Answer:
        try:
            answer: Answer = self.sound.send(request)
        except Unknown as error:
            raise Retry(error.reason, error.detail) from error
        return answer


class NothingIsFoundByAsking(Bug):
    def reconcile(self, message: Message) -> None:
        del message


class NewIdForEveryAttempt(Bug):
    numbers = count()

    def prepare(self, message: Message) -> Request:
        other = replace(message, message_id=f"{message.message_id}-{next(self.numbers)}")
        request: Request = self.sound.prepare(other)
        return request


class UnsignedIsBelieved(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        try:
            proof: Acknowledgement = self.sound.interpret(message, answer)
        except Unknown:
            if answer.status not in {200, 202}:
                raise
            return believed(answer)
        return proof


class ConflictIsSuccess(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        try:
            proof: Acknowledgement = self.sound.interpret(message, answer)
        except (Refused, Unknown):
            return believed(answer)
        return proof


class RetryAfterIsIgnored(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        try:
            proof: Acknowledgement = self.sound.interpret(message, answer)
        except TransmissionError as error:
            error.retry_after = None
            raise
        return proof


class AnybodyMayRefuse(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        if answer.status // 100 == 4:
            raise Refused(f"http_{answer.status}", "no")
        proof: Acknowledgement = self.sound.interpret(message, answer)
        return proof


class AnyFailureToAskIsNever(Bug):
    def reconcile(self, message: Message) -> Acknowledgement | None:
        try:
            found: Acknowledgement | None = self.sound.reconcile(message)
        except Unknown:
            return None
        return found


class ServerErrorIsRetry(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        if answer.status // 100 == 5:
            raise Retry(f"http_{answer.status}", "later", retry_after=answer.retry_after)
        proof: Acknowledgement = self.sound.interpret(message, answer)
        return proof


class BusyIsRetry(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        if answer.status in {401, 403, 408, 425, 429}:
            raise Retry(f"http_{answer.status}", "later", retry_after=answer.retry_after)
        proof: Acknowledgement = self.sound.interpret(message, answer)
        return proof


class EmptyBooks(Bug):
    def recorded(self, owner: Owner, following: str | None) -> Page:
        try:
            page: Page = self.sound.recorded(owner, following)
        except Unknown:
            return Page((), None)
        return page


class OtherConduct(Bug):
    @property
    def conduct(self) -> Conduct:
        conduct: Conduct = self.sound.conduct
        return replace(conduct, resend_is_safe=not conduct.resend_is_safe)


class RefusedIsTriedAgain(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        try:
            proof: Acknowledgement = self.sound.interpret(message, answer)
        except Refused as error:
            raise Retry(error.reason, error.detail) from error
        return proof


class InterpretingAsks(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        self.sound.reconcile(message)
        proof: Acknowledgement = self.sound.interpret(message, answer)
        return proof


class RedirectIsSuccess(Bug):
    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        if answer.status // 100 == 3:
            return believed(answer)
        proof: Acknowledgement = self.sound.interpret(message, answer)
        return proof


_CAUGHT = (AssertionError, TransmissionError, ValueError)
"""A wire's own objection to what a bug makes of it counts, too."""

PLANTED: list[tuple[type[Bug], str]] = [
    (TimeoutIsRetry, "a_drop_after_accept_is_unknown"),
    (TimeoutIsRetry, "half_an_answer_is_unknown"),
    (NothingIsFoundByAsking, "asking_finds_what_arrived"),
    (NothingIsFoundByAsking, "asking_finds_what_was_refused"),
    (NewIdForEveryAttempt, "preparing_is_pure"),
    (NewIdForEveryAttempt, "the_message_keeps_its_id_over_attempts"),
    (UnsignedIsBelieved, "a_stranger_s_signature_is_unknown"),
    (UnsignedIsBelieved, "an_answer_to_another_message_is_unknown"),
    (UnsignedIsBelieved, "a_page_of_html_is_unknown"),
    (ConflictIsSuccess, "the_same_name_with_other_content_is_refused_and_the_first_stands"),
    (RetryAfterIsIgnored, "a_rate_limit_says_when_to_come_again"),
    (RetryAfterIsIgnored, "maintenance_says_when_to_come_again"),
    (AnybodyMayRefuse, "an_unsigned_403_is_no_refusal"),
    (AnyFailureToAskIsNever, "a_page_not_found_proves_nothing"),
    (ServerErrorIsRetry, "an_error_500_after_accept_is_unknown"),
    *((BusyIsRetry, f"an_unsigned_{status}_proves_nothing") for status in (401, 403, 408, 425)),
    (BusyIsRetry, "an_unsigned_429_proves_nothing"),
    (BusyIsRetry, "a_rate_limit_says_when_to_come_again"),
    (OtherConduct, "an_unknown_outcome_is_resolved_as_the_table_of_authorities_says"),
    (RefusedIsTriedAgain, "what_is_refused_is_refused_for_ever"),
    (InterpretingAsks, "interpreting_is_pure"),
    (RedirectIsSuccess, "a_redirect_is_unknown"),
]


OF_BOOKS: list[tuple[type[Bug], str]] = [
    (EmptyBooks, "books_of_a_stranger_prove_nothing"),
    (EmptyBooks, "books_that_are_not_found_prove_nothing"),
]


@pytest.mark.parametrize(("bug", "name"), OF_BOOKS)
def test_a_planted_bug_in_the_books_is_caught(party: Party, bug: type[Bug], name: str) -> None:
    if "books" not in party.can:
        pytest.skip(f"{party.name} keeps no books")
    make: Callable[[Any], Any] = bug
    party.adapter = make(party.adapter)
    with pytest.raises(AssertionError):
        CHECKS[name](party)


@pytest.mark.parametrize(
    ("bug", "name"), PLANTED, ids=[f"{bug.__name__}-{name}" for bug, name in PLANTED]
)
def test_a_planted_bug_is_caught(party: Party, bug: type[Bug], name: str) -> None:
    if missing := NEEDS[name] - party.can:
        pytest.skip(f"{party.name} has no {', '.join(sorted(missing))}")
    if bug is BusyIsRetry and name.startswith("a_rate_limit") and "rate_limit" in party.proofs:
        pytest.skip(f"{party.name} is believed when it says that it is busy")
    if bug is RefusedIsTriedAgain and party.adapter.conduct.shape is Shape.POLL:
        pytest.skip(f"{party.name} refuses by its verdict, not by its answer")
    if bug is UnsignedIsBelieved and name.startswith("an_answer") and "signs" not in party.can:
        pytest.skip(f"{party.name} does not sign its answers to what is sent")
    make: Callable[[Any], Any] = bug
    party.adapter = make(party.adapter)
    with pytest.raises(_CAUGHT):
        CHECKS[name](party)
