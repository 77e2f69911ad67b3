"""A check: what somebody who knows said about a number, and when."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from gateway.kit.ids import new_id
from gateway.vies.answers import Answer, Fault, Outcome, Question, Trader
from gateway.vies.numbers import NotANumberError, read_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An answer that was kept; it never changes. The bytes are read apart (`service.evidence`).

    Attributes:
        id: Its id.
        number: As an invoice carries it (BT-31, BT-48).
        requester: Who asked, by his own number; None when nobody was named.
        trader: What was to be compared: `Trader` without what was not given.
        outcome: What is known since.
        fault: Why nothing is; None when something is.
        detail: The service's own words, or ours, for people.
        service: Who said it: `vies`, `hmrc`; `form` when the number's form did.
        asked_at: When (UTC).
        request_date: The authority's own date of its answer.
        consultation_number: The authority's proof that it was asked.
        name, address: The holder's; None when the authority does not tell.
        matches: How the trader compares, by field: valid, invalid, not_processed.
    """

    id: UUID
    number: str
    requester: str | None
    trader: Mapping[str, str] | None
    outcome: Outcome
    fault: Fault | None
    detail: str
    service: str
    asked_at: datetime.datetime
    request_date: datetime.date | None
    consultation_number: str | None
    name: str | None
    address: str | None
    matches: Mapping[str, str]

    @property
    def known(self) -> bool:
        """Whether it says anything about the number."""
        return self.outcome is not Outcome.UNKNOWN

    def age(self, now: datetime.datetime) -> datetime.timedelta:
        """Return how old it is."""
        return now - self.asked_at


def check_of(answer: Answer) -> Check:
    """Return an answer as a check of its own."""
    question = answer.question
    return Check(
        id=new_id(),
        number=question.number.written,
        requester=None if question.requester is None else question.requester.written,
        trader=trader_json(question.trader),
        outcome=answer.outcome,
        fault=answer.fault,
        detail=answer.detail,
        service=answer.service,
        asked_at=answer.asked_at,
        request_date=answer.request_date,
        consultation_number=answer.consultation_number,
        name=answer.name,
        address=answer.address,
        matches=_said(answer.matches),
    )


def question_of(number: str, requester: str | None, trader: Mapping[str, str] | None) -> Question:
    """Return the question that was asked, from how it is kept."""
    return Question(
        read_number(number),
        read_number(requester) if requester else None,
        Trader(**trader) if trader else None,
    )


def trader_json(trader: Trader | None) -> dict[str, str] | None:
    """Return a trader's details as they are kept; None when there are none."""
    return None if trader is None else _said(trader) or None


def _said(value: Any) -> dict[str, str]:  # noqa: ANN401 - a dataclass of texts
    return {name: text for name, text in asdict(value).items() if text is not None}


def spellings(number: str) -> tuple[str, ...]:
    """Return the key forms under which a customer may have a number: its own, and older ones."""
    if number.startswith("EL"):
        return number, "GR" + number[2:]
    if number.startswith("BE0"):  # once of nine digits
        return number, "BE" + number[3:]
    return (number,)


def number_of(key: str) -> str | None:
    """Return the number that a customer's key form means; None where it is none."""
    try:
        return read_number(key).written
    except NotANumberError:
        return None


def differences(before: Check, after: Check) -> dict[str, dict[str, str | None]]:
    """Return what changed between two known answers: old and new, by field.

    Name and address count only where both answers tell them: some member states never do, and
    others not always.
    """
    found: dict[str, dict[str, str | None]] = {}
    if before.outcome is not after.outcome:
        found["outcome"] = {"old": before.outcome.value, "new": after.outcome.value}
    for field in ("name", "address"):
        old, new = getattr(before, field), getattr(after, field)
        if old is not None and new is not None and _bare(old) != _bare(new):
            found[field] = {"old": old, "new": new}
    return found


def _bare(text: str) -> str:
    """Return a text without regard to case and spaces, which authorities do not keep."""
    return " ".join(text.split()).casefold()
