"""What documents ask of the checks of VAT numbers: what is known of a buyer, and to be told."""

import datetime
from dataclasses import dataclass, replace

from gateway.documents.checked_numbers import CheckedNumber
from gateway.documents.loading import Loaded
from gateway.documents.preparation import Body
from gateway.documents.seat import Seat
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.vies.answers import Number, Question
from gateway.vies.checks import Check
from gateway.vies.numbers import NotANumberError, read_number
from gateway.vies.policy import Use
from gateway.vies.service import VatChecks


@dataclass(frozen=True, slots=True)
class VatNumbers:
    """The checks, as documents need them.

    Attributes:
        checks: The checks of the process; None where nobody can be asked, and nothing is known.
    """

    checks: VatChecks | None = None

    def beside(
        self, tx: TenantTransaction, loaded: Loaded, body: Body, seat: Seat, now: datetime.datetime
    ) -> Loaded:
        """Return what a body links to, with what is known of its buyer's number, if recent."""
        number = buyer_number(loaded, body, seat)
        if self.checks is None or number is None:
            return loaded
        age = self.checks.policy.oldest(Use.ISSUE)
        found = self.checks.latest(tx, number, max_age=age, now=now)
        if found is None:
            return loaded
        return replace(loaded, sources=replace(loaded.sources, checked=checked_number(found)))

    def wait(self, tx: TenantTransaction, written: str, now: datetime.datetime) -> None:
        """Have a number asked about as soon as there is a place; for a document that is held."""
        number = _read(written, None)
        if self.checks is None or number is None:
            raise AssertionError("a document waits for a number that nobody can be asked about")
        own = self.checks.own_number(tx)
        requester = self.checks.asker.requester(tx.tenant.environment, number, own)
        self.checks.wait_for(tx, Question(number, requester), "document", now)


NOBODY = VatNumbers()
"""Nobody is asked, and nothing is known."""


def buyer_number(loaded: Loaded, body: Body, seat: Seat) -> Number | None:
    """Return the buyer's VAT number (BT-48); None for none, and for what cannot be one."""
    stored = loaded.sources.buyer or {}
    written = body.input.buyer.vat_identifier or stored.get("vat_identifier")
    return _read(written, seat.country_code) if isinstance(written, str) else None


def _read(written: str, country_code: str | None) -> Number | None:
    try:
        return read_number(written, country_code)
    except NotANumberError:
        return None


def checked_number(check: Check) -> CheckedNumber:
    """Return an answer as documents keep it."""
    return CheckedNumber(
        id=public_id("vck", check.id),
        number=check.number,
        outcome=check.outcome.value,
        service=check.service,
        asked_at=check.asked_at,
        fault=None if check.fault is None else check.fault.value,
        consultation_number=check.consultation_number,
        name=check.name,
        address=check.address,
    )
