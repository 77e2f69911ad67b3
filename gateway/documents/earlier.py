"""Invoices of another system that a credit note corrects: nobody here can look them up."""

import datetime
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from formats.en16931.group import Text
from formats.en16931.model import PrecedingInvoiceReference
from formats.json.body import DocumentInput
from gateway.kit.moments import Moment

_ZONE = ZoneInfo("Europe/Ljubljana")
_NUMBER = "^[0-9A-Za-z]{1,20}-[0-9A-Za-z]{1,20}-[1-9][0-9]{0,19}$"


class EarlierInvoice(BaseModel):
    """A fiscal invoice that another system issued, as its authority knows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Text = Field(
        pattern=_NUMBER, description="Premise, device and sequence.", examples=["TRG1-B1-1234"]
    )
    issued_at: Moment = Field(
        description="The moment that stands on it, with its offset.",
        examples=["2026-11-20T09:30:47+01:00"],
    )
    zoi: Annotated[str, Field(pattern="^[0-9a-fA-F]{32}$")] | None = Field(
        default=None, description="What its issuer signed, where it is known."
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What a fiscal scheme must know of a document that the invoice does not say.

    Attributes:
        series: The code of the series that numbers it.
        earlier: Invoices of another system that it corrects.
        corrects: It corrects a document of this one.
    """

    series: str = ""
    earlier: tuple[EarlierInvoice, ...] = ()
    corrects: bool = False


NOTHING = Beside()
"""Of a body that says nothing of the kind."""


def named(given: DocumentInput, earlier: tuple[EarlierInvoice, ...]) -> DocumentInput:
    """Return a body whose references (BG-3) name the earlier invoices, too."""
    known = {one.reference for one in given.preceding_invoice_references}
    added = tuple(
        PrecedingInvoiceReference(reference=one.number, issue_date=_day(one.issued_at))
        for one in earlier
        if one.number not in known
    )
    if not added:
        return given
    references = (*given.preceding_invoice_references, *added)
    return given.model_copy(update={"preceding_invoice_references": references})


def _day(moment: datetime.datetime) -> datetime.date:
    """Return the day of a moment where its authority is."""
    return moment.astimezone(_ZONE).date()
