"""What customers add to the kinds of problem."""

import datetime
from http import HTTPStatus
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.problems import NotFoundProblem, Problem


class CustomerExistsProblem(Problem):
    """The entity already has a customer with this `reference`; `customer_id` says which.

    Change that one, or give the new one another reference.
    """

    type = "customer-exists"
    title = "A customer has this reference already"
    status = HTTPStatus.CONFLICT

    def __init__(self, reference: str, other: UUID) -> None:
        super().__init__(
            f"The reference {reference!r} belongs to another customer.",
            customer_id=public_id("cus", other),
        )


class CustomerErasedProblem(NotFoundProblem):
    """What was said of the customer was erased, as two people decided; nothing brings it back.

    Documents that must be kept still name its id. `/v1/retention/erasures` says which they are.
    """

    type = "customer-erased"
    title = "The customer was erased"
    status = HTTPStatus.GONE

    def __init__(self, erased_at: datetime.datetime) -> None:
        super().__init__("What was said of this customer was erased.")
        self.extensions["erased_at"] = written(erased_at)
