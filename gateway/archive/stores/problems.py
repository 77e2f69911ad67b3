"""What a store of evidence says when it cannot do what it is asked."""

import errno
from http import HTTPStatus

from gateway.problems import ConflictProblem, Problem, UnavailableProblem

_RETRY_AFTER = 30  # seconds; a full disk is not emptied in one


class ArchiveUnavailableProblem(UnavailableProblem):
    """The archive cannot take or give bytes now: its disk is full, failing or read-only.

    Nothing was issued. Send the same request again, with the same Idempotency-Key, after
    `Retry-After` seconds; the operator finds the reason in `detail`.
    """

    type = "archive-unavailable"
    title = "The archive is not available"

    def __init__(self, error: OSError) -> None:
        name = errno.errorcode.get(error.errno or 0, type(error).__name__)
        super().__init__(
            f"The archive cannot be used: {error.strerror or error} ({name}).",
            retry_after=_RETRY_AFTER,
        )


class EvidenceDamagedProblem(Problem):
    """Archived bytes are missing or are no longer those that were archived.

    They are not handed out. The operator must look at the disk and at `gateway fsck`; the log
    still proves what the bytes were.

    Attributes:
        missing: Whether there are none at all.
    """

    type = "evidence-damaged"
    title = "The evidence is damaged"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str, *, missing: bool = False) -> None:
        super().__init__(detail)
        self.missing = missing


class EvidenceLockedProblem(ConflictProblem):
    """Archived bytes may not be destroyed yet: they must be kept longer, or a hold is on them.

    `detail` says until when. What the store was never told how long to keep, it keeps.
    """

    type = "evidence-locked"
    title = "The evidence may not be destroyed"
