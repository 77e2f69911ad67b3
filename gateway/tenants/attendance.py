"""What invited auditors ask for, written down before it is answered. Append only.

The activity log names it too, for the whole account; this is what the entity that invited them is
shown, with where the request came from and what was searched for.
"""

import datetime
from dataclasses import asdict, dataclass
from typing import Literal
from uuid import UUID

import structlog

from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import MalformedRequestProblem
from gateway.tenants.credentials.tables import auditor_access

Shows = Literal["list", "record", "file"]
"""What an answer is: several things, one of them, or bytes that can be kept."""

_LONGEST = 8000
"""Characters of an address. A longer one is not answered: it could not be noted whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Attributes:
        operation: Its name in the contract.
        shows: What the answer is, where there is one.
        path: The address.
        query: What follows it.
        subject_id: The public id of what it is about.
        address: Where the request came from, as the server saw it.
    """

    operation: str
    shows: Shows
    path: str
    query: str
    subject_id: str | None
    address: str


def note(tx: TenantTransaction, auditor_id: UUID, asked: Asked, now: datetime.datetime) -> None:
    """Note what an auditor asks for, all of it.

    Raises:
        MalformedRequestProblem: It is too long to be noted.
    """
    if max(len(asked.path), len(asked.query)) > _LONGEST:
        raise MalformedRequestProblem(f"The address is longer than {_LONGEST} characters.")
    values = asdict(asked)
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    tx.execute(
        tx.insert(
            auditor_access,
            id=new_id(),
            auditor_id=auditor_id,
            at=now,
            request_id=request_id,
            **values,
        )
    )


def shows(answer: object) -> Shows:
    """Tell what an operation answers with from the model of its answer; None: bytes."""
    if answer is None:
        return "file"
    return "list" if "data" in getattr(answer, "model_fields", {}) else "record"
