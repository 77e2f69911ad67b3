"""Why a key cannot be taken, found or used."""

from http import HTTPStatus
from typing import Literal
from uuid import UUID

from gateway.kit.ids import public_id
from gateway.problems import Problem, UnavailableProblem

Unusable = Literal[
    "none",
    "not_yet_active",
    "replaced",
    "retired",
    "revoked",
    "no_certificate",
    "certificate_not_yet_valid",
    "certificate_expired",
    "certificate_revoked",
    "expires_before_deadline",
    "locked",
    "secret_expired",
]
"""Why a key does not sign."""


class KeyUnusableProblem(Problem):
    """The key that should sign cannot.

    `reason` says why: `none` (the entity has no key for this purpose), `not_yet_active`,
    `replaced` (its successor signs), `retired`, `revoked`, `no_certificate`,
    `certificate_not_yet_valid`, `certificate_expired`, `certificate_revoked`,
    `expires_before_deadline` (what is signed must be sent by a day on which the certificate is no
    longer valid), `locked` (the installation cannot open the key now), `secret_expired` (the
    token that stood in for a key has ended, and there is no key). `signing_key_id` names the key,
    where there is one.
    """

    type = "key-unusable"
    title = "The key cannot sign"
    status = HTTPStatus.CONFLICT

    def __init__(
        self,
        reason: Unusable,
        detail: str,
        *,
        key_id: UUID | None = None,
        purpose: str | None = None,
    ) -> None:
        super().__init__(detail, reason=reason)
        if key_id is not None:
            self.extensions["signing_key_id"] = public_id("sgk", key_id)
        if purpose is not None:
            self.extensions["purpose"] = purpose
        self.reason = reason
        self.key_id = key_id
        self.passes = reason == "locked"


Unfit = Literal[
    "unreadable",
    "too_large",
    "too_slow",
    "wrong_password",
    "not_protected",
    "no_key",
    "several_keys",
    "weak_key",
    "no_certificate",
    "other_key",
    "expired",
    "not_yet_valid",
    "unsupported",
    "duplicate",
]
"""Why a key or certificate is not taken."""


class KeyRefusedProblem(Problem):
    """The key or certificate that was sent is not taken; nothing was stored.

    `reason` says why: `unreadable`, `too_large`, `too_slow` (its password would have to be
    stretched longer than we do), `wrong_password`, `not_protected` (nothing in the file shows
    that it is whole), `no_key`, `several_keys`, `weak_key`, `no_certificate`, `other_key` (key and
    certificate do not belong together), `expired`, `not_yet_valid`, `unsupported`, `duplicate`.
    """

    type = "key-refused"
    title = "The key or certificate is not taken"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: Unfit, detail: str, pointer: str | None = None) -> None:
        errors = [] if pointer is None else [{"pointer": pointer, "message": detail}]
        super().__init__(detail, reason=reason, errors=errors)
        self.reason = reason


class TokenSilentProblem(UnavailableProblem):
    """The token or HSM with the key does not answer.

    Nothing was signed; what needs the signature was not issued, and no number was used. Send the
    same request again, with the same Idempotency-Key, after `Retry-After` seconds. `token` names
    it. While a call to it is out, others are refused at once, and it is asked again as soon as
    that call comes back. The operator looks after the token; a process whose call never comes
    back (`gateway_token_calls_out`) must be started again.
    """

    type = "token-silent"
    title = "The token does not answer"

    def __init__(self, token: str, seconds: float) -> None:
        super().__init__(
            f"The token {token!r} has not answered for {seconds:g} seconds. Nothing was signed"
            " or issued; send the request again.",
            retry_after=10,
        )
        self.extensions["token"] = token
