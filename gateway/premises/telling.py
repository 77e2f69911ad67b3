"""Telling an authority of a premise, while the caller waits: written down before and after.

Three steps, and no transaction is open while the authority is asked. First the report is written,
as one whose outcome nobody knows; then the request goes out, once; then the report says what came.
A process that dies on the way leaves `unknown` behind, and telling again is safe.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NoReturn
from uuid import UUID

from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.channels.places import UnknownPlaceError
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.locks import hold
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.premises import repository
from gateway.premises.offices import OFFICES, Announcement, Line
from gateway.premises.problems import (
    PremiseNotToldProblem,
    PremiseRefusedProblem,
    PremiseSchemeProblem,
    PremiseStateProblem,
    PremiseUnknownProblem,
    PremiseUnsettledProblem,
)
from gateway.premises.repository import PREMISES, REPORTS, Action, Outcome, PremiseRow, State
from gateway.premises.service import lock_name, receivers, say
from gateway.settings import Settings
from gateway.signing.service import Vault
from gateway.tenants import service as tenants
from gateway.transmissions import service as transmissions
from gateway.transmissions.adapter import Request
from gateway.transmissions.errors import Refused, Retry, TransmissionError

_PURPOSE = "fiscal-signature"
_NAMED = 10  # of the invoices that keep a premise open


@dataclass(frozen=True, slots=True)
class _Begun:
    """A telling that is written down and not yet sent.

    Attributes:
        said: What is told.
        request: The bytes.
        line: The way.
        report_id: The report.
        before: The state that holds again where the authority took nothing.
    """

    said: Announcement
    request: Request
    line: Line
    report_id: UUID
    before: State


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells authorities of premises.

    Attributes:
        settings: Where they are.
        database: Where it is written down.
        vault: The keys that sign.
        clock: The time: the answer comes later than the request.
    """

    settings: Settings
    database: Database
    vault: Vault
    clock: Callable[[], datetime.datetime] = machine.now

    def tell(self, tenant: Tenant, premise_id: UUID, action: Action) -> None:
        """Tell the authority that a premise opens, or closes for good.

        Args:
            tenant: Of the one entity.
            premise_id: Its premise.
            action: What is told.

        Raises:
            NotFoundProblem: There is none for this caller.
            PremiseStateProblem, PremiseSchemeProblem, KeyUnusableProblem: It cannot be told.
            PremiseUnsettledProblem: Invoices of it are not told yet, and it should close.
            PremiseRefusedProblem, PremiseNotToldProblem, PremiseUnknownProblem: What came of it.
        """
        with self.database.transaction(tenant) as tx:
            begun = self._begin(tx, premise_id, action, self.clock())
        answer = None
        try:
            answer = begun.line.send(begun.request)
            begun.line.read(begun.said, answer)
        except TransmissionError as error:
            body = None if answer is None else begun.request.kept(answer.body)
            self._settle(tenant, begun, _outcome(error), body, error)
            _raise(begun, error)
        self._settle(tenant, begun, "accepted", begun.request.kept(answer.body))

    def _begin(
        self, tx: TenantTransaction, premise_id: UUID, action: Action, now: datetime.datetime
    ) -> _Begun:
        row = PREMISES.get(tx, premise_id)
        if action == "close":
            hold(tx, [lock_name(row.code)])  # who issues there has issued, or will see it closing
        row = PREMISES.get(tx, premise_id, lock=True)
        _refuse(tx, row, action)
        scheme = row.content["scheme"]
        if action == "close" and row.state == "registered":
            _refuse_untold(tx, scheme, row.code)
        channel = OFFICES[scheme].channel(tx.tenant.environment)
        tax_number = _tax_number(tx, scheme)
        credential = self.vault.credential(tx, _PURPOSE, at=now)
        said = Announcement(
            premise=row,
            action=action,
            tax_number=tax_number,
            message_id=new_id(),
            now=now,
            credential=credential,
        )
        try:
            line = OFFICES[scheme].open(self.settings, channel)
        except (UnknownPlaceError, OSError, ValueError) as error:
            raise PremiseNotToldProblem("unknown_place", f"{error}.") from error
        request = line.request(said)
        begun = _Begun(said, request, line, said.message_id, row.state)
        report = {
            "id": begun.report_id,
            "premise_id": row.id,
            "action": action,
            "channel": channel,
            "request": request.head() + b"\r\n\r\n" + request.kept(request.body),
            "outcome": "unknown",
            "at": now,
        }
        REPORTS.add(tx, report)
        if action == "close" or row.state == "declared":
            PREMISES.change(tx, row.id, {"state": "unknown", "updated_at": now})
        return begun

    def _settle(
        self,
        tenant: Tenant,
        begun: _Begun,
        outcome: Outcome,
        answer: bytes | None,
        error: TransmissionError | None = None,
    ) -> None:
        """Write down what came; the state follows the newest telling, and a closing that holds."""
        action, now = begun.said.action, self.clock()
        with self.database.transaction(tenant) as tx:
            row = PREMISES.get(tx, begun.said.premise.id, lock=True)
            values: dict[str, Any] = {"outcome": outcome, "answer": answer, "settled_at": now}
            if error is not None:
                values |= {"reason": error.reason, "detail": error.detail}
            REPORTS.change(tx, begun.report_id, values)
            newest = repository.newest_report(tx, row.id)
            closed = action == "close" and outcome == "accepted"
            overtaken = newest is not None and newest.id != begun.report_id
            if outcome == "unknown" or row.state == "closed" or (overtaken and not closed):
                return
            after = _after(row, begun, outcome, error, now)
            if after != row:
                names = ("state", "registered_at", "updated_at")
                PREMISES.change(tx, row.id, {name: getattr(after, name) for name in names})
            if closed:
                say(tx, "closed", after, now)
            elif outcome == "accepted":
                say(tx, "registered", after, now)


def _after(
    row: PremiseRow,
    begun: _Begun,
    outcome: Outcome,
    error: TransmissionError | None,
    now: datetime.datetime,
) -> PremiseRow:
    if outcome != "accepted":
        return replace(row, state=_as_before(begun, error), updated_at=now)
    state: State = "closed" if begun.said.action == "close" else "registered"
    return replace(
        row, state=state, registered_at=row.registered_at or begun.said.now, updated_at=now
    )


def _as_before(begun: _Begun, error: TransmissionError | None) -> State:
    """Return the state that holds again where the authority took nothing.

    Where a telling before has no answer, only a refusal of what is said of the premise tells what
    became of that one: it said the same, for an unknown premise cannot be changed.
    """
    same = isinstance(error, Refused) and begun.line.is_about_content(error.reason)
    if begun.before != "unknown" or not same:
        return begun.before
    return "declared" if begun.said.action == "register" else "registered"


def _refuse_untold(tx: TenantTransaction, scheme: str, code: str) -> None:
    """Refuse to close a premise whose authority was not told of all that was issued there.

    Raises:
        PremiseUnsettledProblem: It was not.
    """
    waiting = transmissions.untold(tx, receivers(scheme, code))
    if waiting:
        raise PremiseUnsettledProblem(code, len(waiting), waiting[:_NAMED])


def _refuse(tx: TenantTransaction, row: PremiseRow, action: Action) -> None:
    """Refuse what the state does not allow; what is unknown is only told once more.

    Raises:
        PremiseStateProblem: It does not.
    """
    allowed: dict[State, set[Action]] = {
        "declared": {"register"},
        "registered": {"register", "close"},
        "closed": set(),
        "unknown": set(),
    }
    if row.state == "unknown":
        newest = repository.newest_report(tx, row.id)
        allowed["unknown"] = set() if newest is None else {newest.action}
    if action not in allowed[row.state]:
        able = " or ".join(sorted(allowed[row.state])) or "nothing more"
        raise PremiseStateProblem(row.state, f"A premise that is {row.state} allows {able}.")


def _tax_number(tx: TenantTransaction, scheme: str) -> str:
    """Return the entity's own number, as its authority knows it.

    Raises:
        PremiseSchemeProblem: It has none, or another scheme.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    chosen = (entity.settings.get("fiscalization") or {}).get("scheme")
    if chosen != scheme:
        raise PremiseSchemeProblem(
            f"Choose the scheme {scheme} in the entity's settings first (fiscalization)."
        )
    seller = Seller.model_validate(without_blanks(entity.seller))
    number = seller.vat_identifier or seller.tax_registration_identifier
    if number is None:
        raise PremiseSchemeProblem("State the entity's tax number first (seller.vat_identifier).")
    return number


def _outcome(error: TransmissionError) -> Outcome:
    if isinstance(error, Refused):
        return "refused"
    return "not_taken" if isinstance(error, Retry) else "unknown"


def _raise(begun: _Begun, error: TransmissionError) -> NoReturn:
    if isinstance(error, Refused):
        raise PremiseRefusedProblem(error.reason, error.detail, begun.report_id) from error
    if isinstance(error, Retry):
        raise PremiseNotToldProblem(
            error.reason, error.detail, retry_after=error.retry_after
        ) from error
    raise PremiseUnknownProblem(error.reason, error.detail, begun.report_id) from error
