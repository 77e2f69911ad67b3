"""A register of VAT numbers that answers as it is told to: valid, invalid, or not at all."""

import datetime
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from stdnum.si import ddv

from gateway.vies.answers import Answer, Fault, Matches, Number, Outcome, Question

Weather = Callable[[Question], Fault | None]
"""Says which fault a question gets; None for an answer."""


@dataclass
class Register:
    """Implements `NumberService` for the countries it is given; counts what it is asked.

    Attributes:
        holders: Name and address by number; others are invalid.
        weather: Which questions fail.
        seconds: How long each takes.
        retry_after: What it asks those to wait whose question failed.
    """

    holders: dict[str, tuple[str, str]] = field(default_factory=dict)
    weather: Weather = lambda _: None
    seconds: float = 0
    retry_after: float | None = None
    prefixes: frozenset[str] = frozenset({"SI", "DE", "FR", "AT", "EL", "XI"})
    name: str = "vies"
    asked: list[Question] = field(default_factory=list)
    most_at_once: dict[str, int] = field(default_factory=dict)
    _at_once: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def serves(self, number: Number) -> bool:
        return number.prefix in self.prefixes

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        prefix = question.number.prefix
        with self._lock:
            self.asked.append(question)
            here = self._at_once[prefix] = self._at_once.get(prefix, 0) + 1
            self.most_at_once[prefix] = max(self.most_at_once.get(prefix, 0), here)
            whole = sum(self._at_once.values())
            self.most_at_once[""] = max(self.most_at_once.get("", 0), whole)
            place = len(self.asked)
        try:
            if self.seconds:
                time.sleep(self.seconds)
            return self._answer(question, place, now)
        finally:
            with self._lock:
                self._at_once[prefix] -= 1

    def _answer(self, question: Question, place: int, now: datetime.datetime) -> Answer:
        sent = f"<ask>{question.number.written}</ask>".encode()
        fault = self.weather(question)
        if fault is not None:
            return Answer(
                question=question,
                outcome=Outcome.UNKNOWN,
                service=self.name,
                asked_at=now,
                fault=fault,
                detail=f"{fault} it said",
                retry_after=self.retry_after,
                sent=sent,
                received=f"<fault>{fault}</fault>".encode(),
            )
        holder = self.holders.get(question.number.written)
        return Answer(
            question=question,
            outcome=Outcome.INVALID if holder is None else Outcome.VALID,
            service=self.name,
            asked_at=now,
            request_date=now.date(),
            consultation_number=f"WAPI{place:06}" if question.requester else None,
            name=None if holder is None else holder[0],
            address=None if holder is None else holder[1],
            matches=Matches(name="valid") if question.trader else Matches(),
            sent=sent,
            received=f"<valid>{holder is not None}</valid>".encode(),
        )


def some(count: int, seed: int = 7) -> list[str]:
    """Return Slovenian VAT numbers whose check digits are right."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    found = set[str]()
    while len(found) < count:
        digits = f"{chance.randrange(1_000_000, 10_000_000)}"
        check = ddv.calc_check_digit(digits)
        if ddv.is_valid(digits + check):
            found.add(f"SI{digits}{check}")
    return sorted(found)


def storm(share: float, seed: int = 11) -> Weather:
    """Return a weather in which a share of all questions fails, each in another way."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    faults = [
        *(Fault.MS_UNAVAILABLE, Fault.SERVICE_UNAVAILABLE, Fault.TIMEOUT, Fault.SERVER_BUSY),
        *(Fault.GLOBAL_MAX_CONCURRENT_REQ, Fault.MS_MAX_CONCURRENT_REQ, Fault.NO_ANSWER),
        *(Fault.MS_MAX_CONCURRENT_REQ_TIME, Fault.BAD_ANSWER),
    ]

    def weather(_: Question) -> Fault | None:
        return chance.choice(faults) if chance.random() < share else None

    return weather


def down(*prefixes: str, fault: Fault = Fault.MS_UNAVAILABLE) -> Weather:
    """Return a weather in which some member states do not answer."""
    return lambda question: fault if question.number.prefix in prefixes else None


def clear(_: Question) -> Fault | None:
    """A weather in which every question is answered."""
    return None
