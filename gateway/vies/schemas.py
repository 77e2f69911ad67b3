"""What the API takes and gives for checks of VAT numbers."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from formats.en16931.group import Text
from gateway.tenants.schemas import Input, View
from gateway.vies.answers import Fault, Outcome, Trader

MOST_AGE = 30 * 24 * 3600
MOST_NUMBERS = 10_000

VatId = Annotated[Text, Field(min_length=1, max_length=64, examples=["SI50223054"])]
_Words = Annotated[Text, Field(min_length=1, max_length=300)]
Found = Literal["valid", "invalid", "not_processed"]


class TraderInput(Input):
    """What you believe of the holder; some member states compare it with what they hold."""

    name: _Words | None = None
    company_type: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    street: _Words | None = None
    postcode: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    city: _Words | None = None

    def trader(self) -> Trader | None:
        """Return it as the service is asked; None when nothing is said."""
        said = self.model_dump(exclude_none=True)
        return Trader(**said) if said else None


class VatCheckInput(Input):
    """A number to be checked."""

    vat_id: VatId = Field(description="With the letters of its country; GR is read as EL.")
    trader: TraderInput | None = None
    max_age: Annotated[int, Field(strict=True, ge=0, le=MOST_AGE)] | None = Field(
        default=None,
        description="Seconds that an earlier `valid` answer may be old; 0 asks in any case."
        " Default: a day. An `invalid` one is asked again after an hour, an `unknown` one always.",
    )
    retry: bool = Field(
        default=False,
        description="Go on asking when nobody answers; `vat_number.answered` or"
        " `vat_number.unanswered` tells how that ended.",
    )


class MatchesView(View):
    """How the trader's details compare with what the member state holds."""

    name: Found | None = None
    company_type: Found | None = None
    street: Found | None = None
    postcode: Found | None = None
    city: Found | None = None


class KnownVatCheck(View):
    """The last answer that said something."""

    id: str = Field(examples=["vck_01jd0000000000000000000000"])
    outcome: Outcome
    asked_at: datetime.datetime
    age_seconds: int
    consultation_number: str | None
    name: str | None
    address: str | None


class VatRetryView(View):
    """A question that waits, or waited, to be asked again."""

    state: Literal["waiting", "answered", "given_up"]
    attempts: int = Field(description="How often it was asked in vain.")
    next_try_at: datetime.datetime | None = Field(description="Not before.")
    deadline: datetime.datetime


class VatCheckView(View):
    """What somebody who knows said about a number, and when. It never changes."""

    id: str = Field(examples=["vck_01jd0000000000000000000000"])
    object: Literal["vat_check"] = "vat_check"
    entity_id: str
    vat_id: str = Field(description="As an invoice carries it.")
    outcome: Outcome = Field(description="`unknown`: nobody said either; it is never invalid.")
    fault: Fault | None = Field(description="Why it is unknown.")
    detail: str = Field(description="The service's own words, or ours, for people.")
    action: str | None = Field(description="What to do about the fault.")
    service: str = Field(description="`vies`, `hmrc`; `form`: nobody had to be asked.")
    asked_at: datetime.datetime
    request_date: datetime.date | None = Field(description="The authority's own date.")
    consultation_number: str | None = Field(description="The authority's proof of the question.")
    name: str | None
    address: str | None
    requester: str | None = Field(description="In whose name it was asked.")
    trader: TraderInput | None
    matches: MatchesView
    age_seconds: int
    from_cache: bool = Field(description="Whether the answer was there before this request.")
    known: KnownVatCheck | None = Field(
        description="Where this one is unknown: what was known last. Both stand."
    )
    retry: VatRetryView | None = Field(description="Whether it is asked again.")


class VatCheckList(View):
    """One page of checks, newest first."""

    object: Literal["list"] = "list"
    data: list[VatCheckView]
    next_cursor: str | None


class VatWatchInput(Input):
    """Whether, and how often, a customer's VAT number is checked again."""

    enabled: bool = Field(default=True, description="false: not even when the entity wants it.")
    every_days: Annotated[int, Field(strict=True, ge=1, le=365)] = 30


class VatWatchView(View):
    """What was said about one customer; without it the entity's `vat_rechecks` hold."""

    object: Literal["vat_watch"] = "vat_watch"
    customer_id: str
    enabled: bool
    every_days: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


class EvidenceBytes(View):
    """Bytes as they went over the wire."""

    size: int
    sha256: str
    content: str = Field(description="Base64.")


class VatCheckEvidence(View):
    """The bytes that a check rests on; empty where nobody was asked."""

    id: str
    object: Literal["vat_check_evidence"] = "vat_check_evidence"
    sent: EvidenceBytes
    received: EvidenceBytes
