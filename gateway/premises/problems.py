"""Why a premise cannot be declared, changed or told of."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from gateway.kit.ids import public_id
from gateway.problems import Problem


class PremiseExistsProblem(Problem):
    """The entity has a premise with this `code`; `premise_id` says which.

    Change that one, or choose another code. What is closed keeps its code for good.
    """

    type = "premise-exists"
    title = "A premise has this code already"
    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, other: UUID) -> None:
        super().__init__(
            f"The code {code!r} belongs to another premise.", premise_id=public_id("prm", other)
        )


class PremiseStateProblem(Problem):
    """The state of the premise does not allow this; `state` says which it is.

    `declared` may be changed and registered; `registered` may be registered again and closed;
    `unknown` may only be told once more what it was told last, which is safe; `closed` is the end.
    """

    type = "premise-state"
    title = "The premise's state does not allow this"
    status = HTTPStatus.CONFLICT

    def __init__(self, state: str, detail: str) -> None:
        super().__init__(detail, state=state)


class PremiseUnsettledProblem(Problem):
    """The authority was not told yet of `count` invoices of a premise; once closed it takes none.

    `transmission_ids` names the oldest ten. Wait until they are told, and close it then; those
    that need a person say so (`GET /v1/transmissions?action_required=true`).
    """

    type = "premise-unsettled"
    title = "Invoices of the premise are not told yet"
    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, count: int, transmissions: Sequence[UUID]) -> None:
        ids = [public_id("trn", one) for one in transmissions]
        noun = "invoice" if count == 1 else "invoices"
        super().__init__(
            f"The authority was not told yet of {count} {noun} of the premise {code}: {ids[0]}"
            f"{' and others' if count > 1 else ''}.",
            count=count,
            transmission_ids=ids,
        )


class PremiseSchemeProblem(Problem):
    """The entity is not set up to tell the premise's authority anything.

    Choose the scheme of the premise in the entity's settings (`fiscalization`), and state the
    entity's tax number (`seller.vat_identifier`). Nothing was sent.
    """

    type = "premise-scheme"
    title = "The entity cannot tell its authority of premises"
    status = HTTPStatus.CONFLICT


class PremiseRefusedProblem(Problem):
    """The authority knows what it was told, and says no; `code` is its own word for why.

    `GET /v1/premises/{premise_id}/reports` has its exact answer, and `POST /v1/explain` with the
    code says what it means. Correct the premise, or the key, and tell it again.
    """

    type = "premise-refused"
    title = "The authority refused the premise"
    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, detail: str, report_id: UUID) -> None:
        super().__init__(
            f"The authority refused it: {detail}", code=code, report_id=public_id("prp", report_id)
        )


class PremiseNotToldProblem(Problem):
    """The authority was not reached, or turned the request away unread; `reason` says why.

    Nothing is registered or closed by it. Send the same request again after `Retry-After` seconds.
    If it stays so, look whether the authority is closed, and at the key's certificate.
    """

    type = "premise-not-told"
    title = "The authority took nothing"
    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, reason: str, detail: str, *, retry_after: float | None = None) -> None:
        seconds = max(1, round(retry_after or 5))
        super().__init__(
            f"The authority took nothing: {detail}",
            reason=reason,
            headers={"Retry-After": str(seconds)},
        )


class PremiseUnknownProblem(Problem):
    """The authority was told, and no answer came that proves anything; `reason` says what came.

    The premise may be registered, or closed, or not: its state is `unknown`, and no invoice is
    issued there. Send the same request again: being told twice changes nothing for the authority.
    """

    type = "premise-unknown"
    title = "It is not known whether the authority heard"
    status = HTTPStatus.GATEWAY_TIMEOUT

    def __init__(self, reason: str, detail: str, report_id: UUID) -> None:
        super().__init__(
            f"It is not known whether the authority heard: {detail}",
            reason=reason,
            report_id=public_id("prp", report_id),
        )
