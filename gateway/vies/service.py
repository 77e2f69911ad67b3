"""Checks of VAT numbers: what is known, what is asked, what is kept, and who is told.

An outage is `unknown` and never `invalid`. Answers are only added: a later unknown one stands
beside the known one before it. Nobody is asked inside a transaction.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import parse_id
from gateway.kit.locks import hold
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.vies import questions, repository, telling
from gateway.vies.answers import Answer, Number, Question
from gateway.vies.asking import Asker
from gateway.vies.checks import Check, check_of, question_of, trader_json
from gateway.vies.numbers import NotANumberError, read_number
from gateway.vies.policy import Chance, Policy, Use
from gateway.vies.questions import Reason
from gateway.vies.repository import Wanted

Answered = Callable[[TenantTransaction, Check, datetime.datetime], None]
"""Called in the transaction that keeps an answer; quick, for it holds a lock on the number."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer for somebody who asked.

    Attributes:
        check: The answer.
        from_cache: Whether it was there already.
    """

    check: Check
    from_cache: bool = False


@dataclass(frozen=True, slots=True)
class VatChecks:
    """The checks of one process.

    Attributes:
        database: The pools of the process.
        asker: Asks.
        policy: How old an answer may be, how long to go on asking.
        chance: The jitter of what is asked again.
        answered: Who is told of every answer that says something.
        gave_up: Who is told when the last question about a number that waited is given up; the
            check is its last one.
    """

    database: Database
    asker: Asker
    policy: Policy
    chance: Chance
    answered: list[Answered] = field(default_factory=list)
    gave_up: list[Answered] = field(default_factory=list)

    def checked(
        self,
        tenant: Tenant,
        number: Number,
        requester: Number | None,
        use: Use,
        now: datetime.datetime,
    ) -> Check:
        """Return what is known of a number for a use; asks when that is nothing, or too old.

        Call it outside of any transaction: a service may take its time. An unknown answer is kept
        as well; `ask_again` queues it.

        Args:
            tenant: Of one entity.
            number: The number.
            requester: The entity's own; left out where the service does not know such numbers.
            use: What for.
            now: The moment, for the age of what is known.
        """
        asker = self.asker.requester(tenant.environment, number, requester)
        question = Question(number, asker)
        return self.check(tenant, question, self.policy.oldest(use), now).check

    def check(
        self, tenant: Tenant, question: Question, max_age: timedelta, now: datetime.datetime
    ) -> Found:
        """Return an answer that is fresh enough, or ask and keep what comes."""
        with self.database.transaction(tenant, read_only=True) as tx:
            known = self.fresh(tx, question, max_age, now)
        if known is not None:
            return Found(known, from_cache=True)
        answer = self.ask(tenant, question)
        with self.database.transaction(tenant) as tx:
            return Found(self.keep(tx, answer, clock.now()))

    def ask(self, tenant: Tenant, question: Question) -> Answer:
        """Ask now, or say why not; nothing is kept yet. Never inside a transaction."""
        return self.asker.ask(tenant.environment, question)

    def fresh(
        self,
        tx: TenantTransaction,
        question: Question,
        max_age: timedelta,
        now: datetime.datetime,
    ) -> Check | None:
        """Return the newest answer to the same question by the same requester, if fresh enough."""
        requester = None if question.requester is None else question.requester.written
        trader = trader_json(question.trader)
        found = repository.known_to(tx, question.number.written, requester, trader)
        if found is None or not self.policy.serves(found.outcome, found.age(now), max_age):
            return None
        return found

    def latest(
        self,
        tx: TenantTransaction,
        number: Number,
        *,
        max_age: timedelta | None,
        now: datetime.datetime,
    ) -> Check | None:
        """Return the newest answer that says something about a number, whoever asked.

        Args:
            tx: Of the entity.
            number: The number.
            max_age: How old it may be, an `invalid` one at most `Policy.invalid`; None: any age.
            now: The moment.
        """
        found = self.last_known(tx, number)
        if found is None or max_age is None:
            return found
        fresh = self.policy.serves(found.outcome, found.age(now), max_age)
        return found if fresh else None

    def last_known(self, tx: TenantTransaction, number: Number) -> Check | None:
        """Return the newest answer of any age that says something, whoever asked.

        For those who show what was known last; `latest` is for those who rely on it.
        """
        return repository.known(tx, number.written)

    def keep(self, tx: TenantTransaction, answer: Answer, now: datetime.datetime) -> Check:
        """Keep an answer with its bytes, and tell whom it concerns."""
        check = check_of(answer)
        if not check.known:
            repository.add(tx, check, answer, now)
            return check
        hold_number(tx, check.number)
        before = repository.known(tx, check.number)
        repository.add(tx, check, answer, now)
        if before is not None and before.asked_at <= check.asked_at:
            telling.changed(tx, before, check, now)
        if questions.answered(tx, check, now):
            telling.answered(tx, check, now)
        for tell in self.answered:
            tell(tx, check, now)
        return check

    def ask_again(
        self,
        tx: TenantTransaction,
        check: Check,
        reason: Reason,
        now: datetime.datetime,
        *,
        retry_after: float | None = None,
    ) -> bool:
        """Queue a question that nobody answered; False where asking again cannot help.

        Args:
            tx: Of the entity.
            check: What came of it.
            reason: Why it is asked.
            now: The moment.
            retry_after: Seconds that the service asked us to wait.
        """
        if check.fault is None:
            return False
        again = self.policy.retry_at(now, check.fault, 0, self.chance, retry_after)
        if again is None:
            return False
        question = question_of(check.number, check.requester, check.trader)
        lane = self.asker.lane_of(tx.tenant.environment, question.number)
        end = now + self.policy.give_up
        questions.add(tx, question, lane, reason, attempts=1, at=again, deadline=end, now=now)
        return True

    def wait_for(
        self,
        tx: TenantTransaction,
        question: Question,
        reason: Reason,
        now: datetime.datetime,
    ) -> None:
        """Queue a question that was not asked yet; it is asked as soon as there is a place."""
        lane = self.asker.lane_of(tx.tenant.environment, question.number)
        end = now + self.policy.give_up
        questions.add(tx, question, lane, reason, at=now, deadline=end, now=now)

    def own_number(self, tx: TenantTransaction) -> Number | None:
        """Return the VAT number of the transaction's entity, None where it has none."""
        entity = tenants.get_entity(tx, tx.entity_id)
        written = entity.seller.get("vat_identifier")
        if not isinstance(written, str):
            return None
        try:
            return read_number(written, entity.country_code)
        except NotANumberError:
            return None


def hold_number(tx: TenantTransaction, number: str) -> None:
    """Let nobody else settle what concerns a number until the transaction ends.

    Before any lock on its questions: whoever keeps an answer takes the two in this order.
    """
    hold(tx, [f"VAT number {number}"])


def find(tx: TenantTransaction, public: str) -> Check:
    """Return the check with a public id.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    found = repository.get(tx, parse_id(public, "vck"))
    if found is None:
        raise NotFoundProblem
    return found


def evidence(tx: TenantTransaction, public: str) -> tuple[bytes, bytes]:
    """Return the bytes that were sent and received for a check.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    found = repository.evidence(tx, parse_id(public, "vck"))
    if found is None:
        raise NotFoundProblem
    return found


def page(tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int) -> list[Check]:
    """Return one page of checks, newest first."""
    return repository.page(tx, wanted, before=before, limit=limit)
