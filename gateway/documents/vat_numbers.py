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
        """Return what a body links to, with what was answered last about its buyer's number."""
        number = buyer_number(loaded, body, seat)
        if self.checks is None or number is None:
            return loaded
        found = self.checks.latest(tx, number, max_age=None, now=now)
        if found is None:
            return loaded
        oldest = self.checks.policy.oldest(Use.ISSUE)
        recent = self.checks.policy.serves(found.outcome, found.age(now), oldest)
        checked = checked_number(found, recent=recent)
        return replace(loaded, sources=replace(loaded.sources, checked=checked))

    def wait(self, tx: TenantTransaction, written: str, now: datetime.datetime) -> None:
        """Have a number asked about as soon as there is a place; for a document that is held."""
        number = _read(written, None)
        if self.checks is None or number is None:
            raise AssertionError("a document waits for a number that nobody can be asked about")
        own = self.checks.own_number(tx)
        requester = self.checks.asker.requester(tx.tenant.environment, number, own)
        self.checks.wait_for(tx, Question(number, requester), "document", now)

    def ask_all_the_same(
        self, tx: TenantTransaction, loaded: Loaded, body: Body, seat: Seat, now: datetime.datetime
    ) -> None:
        """Have the buyer's number asked about although the document was let through."""
        number = buyer_number(loaded, body, seat)
        if self.checks is not None and number is not None:
            self.wait(tx, number.written, now)


NOBODY = VatNumbers()
"""Nobody is asked, and nothing is known."""


def buyer_number(loaded: Loaded, body: Body, seat: Seat) -> Number | None:
    """Return the buyer's VAT number (BT-48); None for none, and for what cannot be one."""
    buyer, stored = body.input.buyer, loaded.sources.buyer or {}
    written = buyer.vat_identifier or stored.get("vat_identifier")
    address = buyer.postal_address
    country = (address and address.country_code) or (stored.get("postal_address") or {}).get(
        "country_code"
    )
    return _read(written, country or seat.country_code) if isinstance(written, str) else None


def _read(written: str, country_code: str | None) -> Number | None:
    try:
        return read_number(written, country_code)
    except NotANumberError:
        return None


def checked_number(check: Check, *, recent: bool) -> CheckedNumber:
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
        recent=recent,
    )
