"""Why a signature is not accepted: what the checking code raises, and only it catches."""

from formats.signatures.report import Indication, SubIndication

TOTAL = frozenset(
    {
        SubIndication.FORMAT_FAILURE,
        SubIndication.HASH_FAILURE,
        SubIndication.SIG_CRYPTO_FAILURE,
        SubIndication.REVOKED,
        SubIndication.EXPIRED,
        SubIndication.NOT_YET_VALID,
    }
)
"""The reasons for TOTAL-FAILED (EN 319 102-1, table 5); every other one is INDETERMINATE."""


class Rejected(Exception):  # noqa: N818 - a verdict, not an error
    """A check that failed.

    Attributes:
        check: Its id, as in `Check.id`.
        reason: Why.
        detail: For people.
    """

    def __init__(self, check: str, reason: SubIndication, detail: str) -> None:
        super().__init__(detail)
        self.check = check
        self.reason = reason
        self.detail = detail


def rejected(
    check: str, detail: str, reason: SubIndication = SubIndication.FORMAT_FAILURE
) -> Rejected:
    """Return a rejection, to be raised: by default because the form is wrong."""
    return Rejected(check, reason, detail)


def constrained(check: str, detail: str) -> Rejected:
    """Return the rejection of what is allowed in XML signatures, but not here."""
    return Rejected(check, SubIndication.SIG_CONSTRAINTS_FAILURE, detail)


def indication(reason: SubIndication | None) -> Indication:
    """Return the main word for a reason; no reason is a pass."""
    if reason is None:
        return Indication.TOTAL_PASSED
    return Indication.TOTAL_FAILED if reason in TOTAL else Indication.INDETERMINATE
