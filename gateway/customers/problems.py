"""What customers add to the kinds of problem."""

from http import HTTPStatus
from uuid import UUID

from gateway.kit.ids import public_id
from gateway.problems import Problem


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
