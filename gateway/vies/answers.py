"""What can be asked about a VAT number, and what can come back."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol


class Outcome(StrEnum):
    """What is known of a number."""

    VALID = "valid"
    """The authority that gives such numbers out says that it is in force."""
    INVALID = "invalid"
    """That authority says that it is not, or the number's own form and check digits do."""
    UNKNOWN = "unknown"
    """Nobody said either. An outage, a limit, a country that no service covers: never invalid."""


class Fault(StrEnum):
    """Why nobody said either. The first twelve are VIES's own words."""

    INVALID_INPUT = "INVALID_INPUT"
    INVALID_REQUESTER_INFO = "INVALID_REQUESTER_INFO"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    MS_UNAVAILABLE = "MS_UNAVAILABLE"
    TIMEOUT = "TIMEOUT"
    SERVER_BUSY = "SERVER_BUSY"
    VAT_BLOCKED = "VAT_BLOCKED"
    IP_BLOCKED = "IP_BLOCKED"
    GLOBAL_MAX_CONCURRENT_REQ = "GLOBAL_MAX_CONCURRENT_REQ"
    GLOBAL_MAX_CONCURRENT_REQ_TIME = "GLOBAL_MAX_CONCURRENT_REQ_TIME"
    MS_MAX_CONCURRENT_REQ = "MS_MAX_CONCURRENT_REQ"
    MS_MAX_CONCURRENT_REQ_TIME = "MS_MAX_CONCURRENT_REQ_TIME"
    NO_ANSWER = "NO_ANSWER"
    """No connection, or an answer that broke off. One that is not there in time is a `TIMEOUT`."""
    BAD_ANSWER = "BAD_ANSWER"
    """What came back is no answer to the question: not SOAP, or about another number."""
    PAUSED = "PAUSED"
    """Not asked: the authority failed too often just now (circuit breaker)."""
    NOT_SERVED = "NOT_SERVED"
    """No service covers numbers of that country."""
    ACCESS_REFUSED = "ACCESS_REFUSED"
    """The service does not know us: our credentials are missing, wrong or not enough."""
    UNKNOWN_FAULT = "UNKNOWN_FAULT"
    """The service says that it failed, in words that nobody here knows."""


@dataclass(frozen=True, slots=True)
class Number:
    """A VAT number in its two parts.

    Attributes:
        prefix: The letters in front: ISO 3166-1, but EL for Greece, and XI for Northern Ireland.
        digits: The rest, without spaces, dots and dashes; letters are capitals.
    """

    prefix: str
    digits: str

    @property
    def written(self) -> str:
        """Return the number as an invoice carries it (BT-31, BT-48)."""
        return self.prefix + self.digits


@dataclass(frozen=True, slots=True)
class Trader:
    """What the asker believes of the number's holder; some member states compare it."""

    name: str | None = None
    company_type: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a service.

    Attributes:
        number: The number asked about.
        requester: Who asks, by his own number: only then the answer has a consultation number.
        trader: What to compare.
    """

    number: Number
    requester: Number | None = None
    trader: Trader | None = None


Match = Literal["valid", "invalid", "not_processed"]


@dataclass(frozen=True, slots=True)
class Matches:
    """How the trader's details compare with what the member state holds."""

    name: Match | None = None
    company_type: Match | None = None
    street: Match | None = None
    postcode: Match | None = None
    city: Match | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, with the proof of it.

    Attributes:
        question: What was asked.
        outcome: What is known now.
        service: `vies`, `hmrc`, `form` when the number's form alone decides, or `none` when there
            was nobody to ask.
        asked_at: When we asked (UTC).
        fault: Why the outcome is unknown; None otherwise.
        detail: The service's own words about it, for people.
        request_date: The authority's own date of its answer.
        consultation_number: Its proof that the question was asked (VIES's requestIdentifier).
        name: The holder's name; None when the authority does not tell.
        address: The holder's address, one line each.
        matches: The comparison, when a trader's details were given.
        retry_after: Seconds that the service asks us to wait; None when it does not.
        sent: The request's bytes as they left, without anything secret; b"" when nothing left.
        received: The answer's bytes as they came, whole or not.
    """

    question: Question
    outcome: Outcome
    service: str
    asked_at: datetime.datetime
    fault: Fault | None = None
    detail: str = ""
    request_date: datetime.date | None = None
    consultation_number: str | None = None
    name: str | None = None
    address: str | None = None
    matches: Matches = Matches()
    retry_after: float | None = None
    sent: bytes = b""
    received: bytes = b""


class NumberService(Protocol):
    """Somebody who knows which numbers are in force."""

    name: str

    def serves(self, number: Number) -> bool:
        """Tell whether numbers of that prefix can be asked here."""
        ...

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        """Ask; blocks for as long as the time limits of the service's settings allow.

        Never raises for what the other side does: every failure is an answer with the outcome
        `unknown` and its fault.
        """
        ...
