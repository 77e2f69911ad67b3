"""What the API takes for revalidations."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from gateway.kinds import KINDS, DocumentKind
from gateway.kit.moments import Day
from gateway.tenants.schemas import Input

Direction = Literal["issued", "received"]
DIRECTIONS: tuple[Direction, ...] = ("issued", "received")

RECEIVED_PREFIX = "rcv"
ISSUED_PREFIXES = tuple(kind.prefix for kind in KINDS.values())

DocumentId = Annotated[str, StringConstraints(min_length=5, max_length=40, pattern=r"^[a-z]{3}_")]


class RevalidationInput(Input):
    """Which archived documents to judge again, and by the rules of which day.

    Of the entity that the request names, or else of all that the key reaches.
    """

    as_of: Day | None = Field(
        default=None,
        description="By the rules in force on this day; without it, by those of today.",
    )
    own_day: bool = Field(
        default=False,
        description="Each by the rules of the day it was judged by: the day of issue (BT-2), or "
        "the day a received document was read.",
    )
    directions: Annotated[list[Direction], Field(min_length=1, max_length=2)] = Field(
        default=["issued", "received"], description="Only these."
    )
    kinds: Annotated[list[DocumentKind], Field(min_length=1, max_length=10)] | None = Field(
        default=None,
        description="Only issued documents of these kinds; received ones have none, and are left "
        "out.",
    )
    since: Day | None = Field(
        default=None, alias="from", description="Issued (BT-2) on this day or later."
    )
    until: Day | None = Field(
        default=None, alias="to", description="Issued on this day or earlier."
    )
    ids: Annotated[list[DocumentId], Field(min_length=1, max_length=1000)] | None = Field(
        default=None, description="Only these documents."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("`from` is after `to`")
        if self.own_day and self.as_of is not None:
            raise ValueError("`own_day` and `as_of` exclude each other")
        return self
