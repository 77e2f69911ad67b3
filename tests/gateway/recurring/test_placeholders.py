"""Words that say the time a document is for."""

from datetime import date

import pytest

from gateway.recurring.placeholders import Occurrence, resolve, unknown
from gateway.recurring.schedule import Frequency, Schedule


def occurrence(
    frequency: Frequency = "monthly",
    start: date = date(2026, 11, 30),
    interval: int = 1,
    language: str = "en",
) -> Occurrence:
    return Occurrence(start, 3, Schedule(frequency, interval, start), language)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rent {{month_name}} {{year}}", "Rent November 2026"),
        ("{{month}}/{{ year }}", "11/2026"),
        ("{{month_name-1}} and {{month_name + 2}}", "October and January"),
        ("{{year+2}}", "2027"),
        ("{{period_start}} to {{period_end}}", "2026-11-30 to 2026-12-29"),
        ("Q{{quarter}}, week {{week}}, day {{day}}, {{date}}", "Q4, week 49, day 30, 2026-11-30"),
        ("No. {{number}}, then {{number+1}}", "No. 3, then 4"),
        ("{{nonsense}} {month} {{}}", "{{nonsense}} {month} {{}}"),
    ],
)
def test_a_placeholder_says_its_part_of_the_day(text: str, said: str) -> None:
    assert resolve(text, occurrence()) == said


@pytest.mark.parametrize(
    ("frequency", "interval", "said"),
    [
        ("daily", 1, "2026-11-30"),
        ("weekly", 1, "2026-W49"),
        ("monthly", 1, "November 2026"),
        ("quarterly", 1, "Q4 2026"),
        ("yearly", 1, "2026"),
        ("monthly", 2, "2026-11-30 - 2027-01-29"),
    ],
)
def test_a_period_is_said_as_it_fits_the_schedule(
    frequency: Frequency, interval: int, said: str
) -> None:
    assert resolve("{{period}}", occurrence(frequency, interval=interval)) == said


@pytest.mark.parametrize(
    ("language", "month"),
    [("de", "November"), ("sl-SI", "november"), ("fr_BE", "novembre"), ("xx-nowhere", "November")],
)
def test_months_have_names_in_the_entitys_language(language: str, month: str) -> None:
    assert resolve("{{month_name}}", occurrence(language=language)) == month


def test_texts_are_looked_at_wherever_they_stand_and_names_never() -> None:
    body = {"note": ["{{year}}"], "{{year}}": {"deep": "{{month}}", "count": 3}}
    assert resolve(body, occurrence()) == {
        "note": ["2026"],
        "{{year}}": {"deep": "11", "count": 3},
    }


def test_what_stands_for_nothing_is_found_with_its_place() -> None:
    body = {"items": [{"name": "{{month}} {{monat}}"}], "a/b": "{{}}"}
    assert list(unknown(body)) == [("/items/0/name", "monat"), ("/a~1b", "")]


def test_a_year_beyond_the_calendar_stays_as_it_is_written() -> None:
    far = occurrence("yearly", date(9000, 1, 1), interval=1000)
    assert resolve("{{year+9}} {{period}}", far) == "{{year+9}} {{period}}"
