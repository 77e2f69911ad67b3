"""Refusing to issue what the law would not let lie where the archive is."""

import datetime

from gateway.compliance.safekeeping import demanded, forbidden
from gateway.documents.seat import Seat
from gateway.problems import ConflictProblem


class EvidencePlaceProblem(ConflictProblem):
    """The law of the seller's country does not let its records lie where the archive is.

    Nothing was issued. `detail` says where they may lie. Live documents of this entity need a
    gateway whose archive is there; the operator says where it is with `GATEWAY_ARCHIVE_COUNTRY`.
    """

    type = "evidence-place"
    title = "The evidence may not lie where the archive is"


def refuse_forbidden(seat: Seat, place: str | None, issue_date: datetime.date) -> None:
    """Refuse a live document whose evidence may not lie in the archive.

    Args:
        seat: The entity.
        place: Where the archive is, ISO 3166-1; None: nobody said.
        issue_date: Of the document.

    Raises:
        EvidencePlaceProblem: It may not.
    """
    if seat.environment != "live" or seat.country is None:
        return
    rule = forbidden(seat.country, place, issue_date)
    if rule is not None:
        raise EvidencePlaceProblem(
            f"The archive is in {place}; records of {seat.country.name} lie in"
            f" {demanded(seat.country, rule)}: {rule.source.title}.",
            place=place,
            source=rule.source.title,
        )
