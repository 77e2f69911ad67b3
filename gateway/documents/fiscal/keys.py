"""The keys that sign fiscal records."""

import datetime
from http import HTTPStatus
from typing import Protocol

from formats.signatures.signer import Signer
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem

PURPOSE = "fiscal-signature"
"""For what the entity's key is meant that signs records."""


class FiscalKeyProblem(Problem):
    """The entity's fiscal scheme needs a key to sign with, and there is none that can be used.

    `reason` says why not. Nothing was issued and no number was used. Give the entity a key of the
    purpose `fiscal-signature` with a certificate that is valid on the day, and finalize again.
    """

    type = "fiscal-key"
    title = "The records of the entity cannot be signed"
    status = HTTPStatus.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The fiscal record cannot be signed: {reason}.", purpose=PURPOSE, reason=reason
        )


class ForPurpose(Protocol):
    """Finds the entity's key for a purpose."""

    def __call__(
        self,
        tx: TenantTransaction,
        purpose: str,
        /,
        *,
        at: datetime.datetime,
        until: datetime.datetime | None = None,
    ) -> Signer:
        """Return the key that is in force from a moment on, until what it signs has arrived.

        A Problem says why there is none.
        """
        ...


def no_keys(
    _tx: TenantTransaction,
    _purpose: str,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None = None,  # noqa: ARG001 - there is none at all
) -> Signer:
    """Find no key: what holds where no vault was opened."""
    raise FiscalKeyProblem(f"there is no key for it at {at:%Y-%m-%d}")
