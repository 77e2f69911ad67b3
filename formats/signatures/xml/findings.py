"""What was found of one signature, collected in the order it was looked at."""

from formats.signatures.report import Check, Outcome, SubIndication
from formats.signatures.xml.rejection import Rejected


class Findings:
    """Checks, and the reason of the first that failed.

    Attributes:
        checks: In order.
        reason: Why it is no pass; None while it is one.
        broken: The mathematics or the form are wrong: nothing of it may be read.
    """

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        self.checks: list[Check] = []
        self.reason: SubIndication | None = None
        self.broken = False

    def passed(self, check: str, detail: str = "") -> None:
        """Note a check that holds."""
        self.checks.append(Check(check, Outcome.PASSED, detail))

    def not_judged(self, check: str, detail: str, reason: SubIndication | None = None) -> None:
        """Note what could not be looked at; with a reason it keeps the signature from passing."""
        self.checks.append(Check(check, Outcome.NOT_JUDGED, detail))
        self.reason = self.reason or reason

    def failed(self, check: str, reason: SubIndication, detail: str) -> None:
        """Note a check that does not hold."""
        self.checks.append(Check(check, Outcome.FAILED, detail))
        self.reason = self.reason or reason
        self.broken = self.broken or reason in _BROKEN

    def rejected(self, rejection: Rejected) -> None:
        """Note a rejection."""
        self.failed(rejection.check, rejection.reason, rejection.detail)


_BROKEN = frozenset(
    {
        SubIndication.FORMAT_FAILURE,
        SubIndication.HASH_FAILURE,
        SubIndication.SIG_CRYPTO_FAILURE,
        SubIndication.SIGNED_DATA_NOT_FOUND,
    }
)
