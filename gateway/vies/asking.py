"""Asking: the number's form first, then through the lanes to the service that knows it.

No transaction is open while a stranger answers. What cannot be asked is answered too: `unknown`,
with the reason.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gateway.kit import clock
from gateway.kit.tenancy import Environment
from gateway.vies.answers import Answer, Fault, Number, NumberService, Outcome, Question
from gateway.vies.directory import NOBODY, Directory
from gateway.vies.faults import Concern
from gateway.vies.lanes import Flight, Lane, Lanes, Refusal, Told
from gateway.vies.numbers import answer_by_form
from gateway.vies.sound import sound

Services = Callable[[Environment], Directory]
"""Who is asked for the entities of an environment."""

_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks questions. Thread-safe.

    Attributes:
        lanes: Who may ask whom.
        services: Who is asked.
    """

    lanes: Lanes
    services: Services

    def service_of(self, environment: Environment, number: Number) -> NumberService | None:
        """Return who knows numbers of that country."""
        return self.services(environment).service_for(number)

    def lane_of(self, environment: Environment, number: Number) -> Lane:
        """Return through which lanes a question about a number goes."""
        service = self.service_of(environment, number)
        return Lane(environment, NOBODY if service is None else service.name, number.prefix)

    def requester(
        self, environment: Environment, number: Number, own: Number | None
    ) -> Number | None:
        """Return in whose name to ask: only a number that the same service knows will do."""
        service = self.service_of(environment, number)
        return own if own is not None and service is not None and service.serves(own) else None

    def ask(self, environment: Environment, question: Question) -> Answer:
        """Ask now, or say why not; waits a little where as many ask as may."""
        answer = self.try_to_ask(environment, question)
        looks = int(self.lanes.policy.patience.total_seconds() / _LOOK_SECONDS)
        while isinstance(answer, Refusal) and answer.until is None and looks > 0:
            looks -= 1
            time.sleep(_LOOK_SECONDS)
            answer = self.try_to_ask(environment, question)
        return paused(question, answer) if isinstance(answer, Refusal) else answer

    def try_to_ask(self, environment: Environment, question: Question) -> Answer | Refusal:
        """Ask now, or return the lane that does not let the question through."""
        now = clock.now()
        if (formal := answer_by_form(question, now=now)) is not None:
            return formal
        service = self.service_of(environment, question.number)
        if service is None:
            return self.services(environment).ask(question, now=now)
        lane = Lane(environment, service.name, question.number.prefix)
        flight = self.lanes.enter(lane, now)
        if isinstance(flight, Refusal):
            return flight
        return self._fly(flight, service, question)

    def _fly(self, flight: Flight, service: NumberService, question: Question) -> Answer:
        whole: Told = "nothing"
        state: Told = "nothing"
        try:
            answer = _in_a_name_that_is_taken(service, question)
            whole, state = self._told(answer)
        finally:
            self.lanes.leave(flight, whole, state, clock.now())
        return answer

    def _told(self, answer: Answer) -> tuple[Told, Told]:
        """Return what an answer says about the service, and about the member state behind it."""
        if answer.fault is None:
            return "answered", "answered"
        treatment = self.lanes.policy.treatments[answer.fault]
        failed: Told = "failed" if treatment.breaks else "nothing"
        if treatment.concern is Concern.QUESTION:
            return "answered", "nothing"
        if treatment.concern is Concern.MEMBER_STATE:
            return "answered", failed
        return failed, "nothing"


def _in_a_name_that_is_taken(service: NumberService, question: Question) -> Answer:
    """Ask in the requester's name; in nobody's, where the service does not take that one.

    Not every business that has a VAT number at home is in VIES. What it asks can be answered all
    the same, only without the proof that it asked.
    """
    answer = sound(service.ask(question, now=clock.now()))
    if answer.fault is not Fault.INVALID_REQUESTER_INFO or question.requester is None:
        return answer
    nameless = sound(service.ask(replace(question, requester=None), now=clock.now()))
    if nameless.fault is not None:
        return answer
    said = f"{question.requester.written} is not taken as requester: no consultation number."
    return replace(nameless, detail=f"{nameless.detail} {said}".strip())


def paused(question: Question, refusal: Refusal) -> Answer:
    """Return the answer to a question that was not put on the wire."""
    now = clock.now()
    whose = refusal.key.partition("/")[2].replace("/", " ")
    if refusal.until is None:
        detail, left = f"As many questions to {whose} are on their way as may be.", 1.0
    else:
        detail = f"Questions to {whose} failed too often; they are put again from {refusal.until}."
        left = max(0.0, (refusal.until - now).total_seconds())
    return Answer(
        question=question,
        outcome=Outcome.UNKNOWN,
        service=refusal.key.split("/")[1],
        asked_at=now,
        fault=Fault.PAUSED,
        detail=detail,
        retry_after=left,
    )
