"""What is told of VAT numbers: a change of a customer's, a question that waited and ended."""

import datetime
from typing import Any

from gateway.customers import service as customers
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.vies.checks import Check, differences, spellings


def changed(tx: TenantTransaction, before: Check, after: Check, now: datetime.datetime) -> None:
    """Tell of each customer with the number what differs between two answers, if anything."""
    found = differences(before, after)
    if not found:
        return
    for customer in customers.with_vat_keys(tx, spellings(after.number)):
        data = {
            "vat_id": after.number,
            "customer_id": public_id("cus", customer.id),
            "changes": found,
            "check_id": public_id("vck", after.id),
            "previous_check_id": public_id("vck", before.id),
            "previous_asked_at": written(before.asked_at),
        }
        subject = public_id("cus", customer.id)
        events.append(tx, type="vat_number.changed", subject_id=subject, data=data, now=now)


def answered(tx: TenantTransaction, check: Check, now: datetime.datetime) -> None:
    """Tell that a question which had to wait has an answer."""
    subject = public_id("vck", check.id)
    events.append(tx, type="vat_number.answered", subject_id=subject, data=_data(check), now=now)


def given_up(tx: TenantTransaction, check: Check, now: datetime.datetime) -> None:
    """Tell that a question was given up; the check is its last one."""
    subject = public_id("vck", check.id)
    events.append(tx, type="vat_number.unanswered", subject_id=subject, data=_data(check), now=now)


def _data(check: Check) -> dict[str, Any]:
    return {
        "vat_id": check.number,
        "outcome": check.outcome.value,
        "fault": None if check.fault is None else check.fault.value,
        "asked_at": written(check.asked_at),
        "consultation_number": check.consultation_number,
    }
