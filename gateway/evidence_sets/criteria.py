"""What is looked for: in the parameters of a search, and in the body of a retrieval."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from fastapi import Query
from pydantic import Field

from gateway.kit.moments import Day
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.sought import Sought
from gateway.tenants.schemas import Input

_TEXT = r"^[^\x00]+$"

Beginning = Annotated[str, Field(max_length=200, pattern=_TEXT)]
VatId = Annotated[str, Field(max_length=50, pattern=_TEXT)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[str, Field(pattern=r"^-?[0-9]{1,30}(\.[0-9]{1,12})?$")]
AuthorityId = Annotated[str, Field(max_length=500, pattern=_TEXT)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$")]
LogSize = Annotated[int, Field(ge=1, le=2**62)]

_NUMBER = "How the number begins."
_PARTY = "How the name of the other party begins, in any case."
_VAT_ID = "The other party's VAT identifier."
_FROM = "First day of issue."
_UNTIL = "Last day of issue."
_CURRENCY = "ISO 4217; wanted with an amount."
_LEAST = "Smallest total with VAT."
_MOST = "Largest total with VAT."
_AUTHORITY_ID = (
    "What an authority or network calls it: EOR, JIR, KSeF number, CSV, UPO or message, exactly."
)
_SHA256 = "Of any file of the evidence."


class RetrievalInput(Input):
    """Of which documents the evidence is wanted: all that is given must fit.

    Where nothing is given, it is that of all that the caller may see.
    """

    number: Beginning | None = Field(default=None, description=_NUMBER)
    party: Beginning | None = Field(default=None, description=_PARTY)
    vat_id: VatId | None = Field(default=None, description=_VAT_ID)
    issued_from: Day | None = Field(default=None, description=_FROM)
    issued_until: Day | None = Field(default=None, description=_UNTIL)
    currency: Currency | None = Field(default=None, description=_CURRENCY)
    total_from: Amount | None = Field(default=None, description=_LEAST)
    total_until: Amount | None = Field(default=None, description=_MOST)
    authority_id: AuthorityId | None = Field(default=None, description=_AUTHORITY_ID)
    sha256: Digest | None = Field(default=None, description=_SHA256)
    log_sizes: Annotated[list[LogSize], Field(max_length=20)] = Field(
        default=[], description="Sizes of older checkpoints you hold, to be proved."
    )


@dataclass(frozen=True, slots=True)
class Criteria:
    """What somebody looks for.

    Attributes:
        sought: What stands in documents.
        authority_id: What an authority or network calls one.
        sha256: Of any file of the evidence.
    """

    sought: Sought
    authority_id: str | None
    sha256: bytes | None


def from_query(  # noqa: PLR0913, PLR0917 - one for each part of the request
    number: Annotated[Beginning | None, Query(description=_NUMBER)] = None,
    party: Annotated[Beginning | None, Query(description=_PARTY)] = None,
    vat_id: Annotated[VatId | None, Query(description=_VAT_ID)] = None,
    issued_from: Annotated[Day | None, Query(description=_FROM)] = None,
    issued_until: Annotated[Day | None, Query(description=_UNTIL)] = None,
    currency: Annotated[Currency | None, Query(description=_CURRENCY)] = None,
    total_from: Annotated[Amount | None, Query(description=_LEAST)] = None,
    total_until: Annotated[Amount | None, Query(description=_MOST)] = None,
    authority_id: Annotated[AuthorityId | None, Query(description=_AUTHORITY_ID)] = None,
    sha256: Annotated[Digest | None, Query(description=_SHA256)] = None,
) -> Criteria:
    """Return what a search looks for.

    Raises:
        RequestInvalidProblem: An amount without its currency.
    """
    given = RetrievalInput(
        number=number,
        party=party,
        vat_id=vat_id,
        issued_from=issued_from,
        issued_until=issued_until,
        currency=currency,
        total_from=total_from,
        total_until=total_until,
        authority_id=authority_id,
        sha256=sha256,
    )
    check(given, {"parameter": "currency"})
    return criteria(given)


def check(given: RetrievalInput, place: InvalidPart) -> None:
    """Refuse what makes no sense.

    Raises:
        RequestInvalidProblem: An amount without its currency, which is missing at this place.
    """
    if given.currency is None and (given.total_from is not None or given.total_until is not None):
        fix = "name the currency of the amount"
        wrong: InvalidPart = {**place, "message": "is missing", "fix": fix}
        raise RequestInvalidProblem([wrong])


def criteria(given: RetrievalInput, known_by: datetime.datetime | None = None) -> Criteria:
    """Return what is looked for.

    Args:
        given: As the caller wrote it.
        known_by: Only what was issued or received by then; None: until now.
    """
    sought = Sought(
        number=given.number,
        party=given.party,
        vat_id=given.vat_id,
        issued_from=given.issued_from,
        issued_until=given.issued_until,
        currency_code=given.currency,
        total_from=None if given.total_from is None else Decimal(given.total_from),
        total_until=None if given.total_until is None else Decimal(given.total_until),
        known_by=known_by,
    )
    digest = None if given.sha256 is None else bytes.fromhex(given.sha256)
    return Criteria(sought, given.authority_id, digest)
