"""What an entity says of itself so that it is known how long its documents must be kept."""

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from countries.base import Subject
from formats.en16931.group import Text
from gateway.tenants.section import Section

_LEAP_YEAR = 2028  # which has every day
_MONTH_AND_DAY = re.compile(r"(\d\d)-(\d\d)")


def _month_and_day(text: str) -> str:
    match = _MONTH_AND_DAY.fullmatch(text)
    if match is None or not _is_day(int(match[1]), int(match[2])):
        raise ValueError('is no day of a year, written like "06-30"')
    return text


def _is_day(month: int, day: int) -> bool:
    try:
        datetime.date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


class Retention(Section):
    """How long documents must be kept, beyond what the country's law says by itself."""

    fiscal_year_end: Annotated[Text, AfterValidator(_month_and_day)] | None = Field(
        default=None,
        description="Month and day on which the business year ends, where that is not the calendar"
        " year: some laws count from there. `02-29` stands for the last day of February. Documents"
        " that exist are never kept shorter by it.",
        examples=["06-30"],
    )
    subjects: Annotated[tuple[Subject, ...], Field(max_length=len(Subject))] | None = Field(
        default=None,
        description="What every document of the entity is about, where the law keeps that longer:"
        " `immovable_property` for who lets or sells buildings. For single documents:"
        " `POST /v1/retention/documents/{document_id}/subjects`.",
    )
