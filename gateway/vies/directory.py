"""All services behind one: which of them knows a number, and the form before any of them."""

import datetime
from collections.abc import Iterable

from gateway.vies.answers import Answer, Fault, Number, NumberService, Outcome, Question
from gateway.vies.numbers import answer_by_form

NOBODY = "none"
"""Who answered when no service covers the number (`Answer.service`)."""


class Directory:
    """A `NumberService` for every number: VIES, HMRC, and whoever comes next."""

    name = "directory"

    def __init__(self, services: Iterable[NumberService]) -> None:
        """Take the services; of two that serve a number the first is asked."""
        self._services = tuple(services)

    def service_for(self, number: Number) -> NumberService | None:
        """Return the service that knows such numbers, if there is one."""
        return next((service for service in self._services if service.serves(number)), None)

    def serves(self, number: Number) -> bool:
        """Tell whether anybody here knows such numbers."""
        return self.service_for(number) is not None

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        """Answer by the number's form, or ask who knows; see `NumberService.ask`."""
        by_form = answer_by_form(question, now=now)
        if by_form is not None:
            return by_form
        service = self.service_for(question.number)
        if service is not None:
            return service.ask(question, now=now)
        return Answer(
            question=question,
            outcome=Outcome.UNKNOWN,
            service=NOBODY,
            asked_at=now,
            fault=Fault.NOT_SERVED,
            detail=f"No service covers numbers that begin with {question.number.prefix}.",
        )
