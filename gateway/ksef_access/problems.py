"""Why KSeF cannot be asked, or did not do what it was asked for."""

from http import HTTPStatus

from gateway.problems import Problem
from gateway.transmissions.errors import Refused, TransmissionError, Unknown


class KsefSchemeProblem(Problem):
    """The entity is not set up for KSeF, so nobody can be asked in its name.

    Choose the scheme in the entity's settings (`{"fiscalization": {"scheme": "pl-ksef"}}`), and
    state its NIP (`seller.vat_identifier`). Nothing was sent.
    """

    type = "ksef-scheme"
    title = "The entity is not set up for KSeF"
    status = HTTPStatus.CONFLICT


class KsefRefusedProblem(Problem):
    """KSeF knows what it was asked for, and says no; `code` is its own word for why.

    `missing-permissions`: who logs in may not do this; have the permission granted, or log in with
    another key or token. A login that is refused says so in the detail, with its code and what to
    do: 415 no permission at all, 450 the token, 460 the certificate.
    """

    type = "ksef-refused"
    title = "KSeF refused"
    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"KSeF refused: {detail}", code=code)


class KsefNotAskedProblem(Problem):
    """KSeF was not reached, or turned the request away unread; `reason` says why.

    Nothing was done. Send the same request again after `Retry-After` seconds.
    """

    type = "ksef-not-asked"
    title = "KSeF was not asked"
    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, reason: str, detail: str, *, retry_after: float | None = None) -> None:
        seconds = max(1, round(retry_after or 5))
        super().__init__(
            f"KSeF was not asked: {detail}",
            reason=reason,
            headers={"Retry-After": str(seconds)},
        )


class KsefUnknownProblem(Problem):
    """KSeF was asked, and no answer came that proves anything; `reason` says what came.

    Look at the list (`GET /v1/ksef/grants`, `GET /v1/ksef/tokens`) before sending it again: a
    token that was made and never came here is there without `secret_id`, and should be revoked.
    """

    type = "ksef-unknown"
    title = "It is not known what KSeF did"
    status = HTTPStatus.GATEWAY_TIMEOUT

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"It is not known what KSeF did: {detail}", reason=reason)


def problem_of(error: TransmissionError) -> Problem:
    """Return what the caller is told of an error of the wire."""
    if isinstance(error, Refused):
        return KsefRefusedProblem(error.reason, error.detail)
    if isinstance(error, Unknown):
        return KsefUnknownProblem(error.reason, error.detail)
    if error.reason in {"credential_refused", "credential_unusable", "login_refused"}:
        return KsefRefusedProblem(error.reason, error.detail)
    return KsefNotAskedProblem(error.reason, error.detail, retry_after=error.retry_after)
