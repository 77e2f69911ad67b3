"""Rules of retention: every way to count, which rule wins, and properties of all of them."""

from datetime import MAXYEAR, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.base import Anchor, Basis, Confidence, RecordKind, Retention, Source, Subject
from countries.registry import COUNTRIES
from countries.retention import NoRuleError, kept

ACT = Source(
    title="Act", url="https://law.example/", read_on=date(2026, 1, 1), confidence=Confidence.A
)
TODAY = date(2026, 11, 22)


def until(anchor: Anchor, years: int, issued: date, **more: Any) -> date:  # noqa: ANN401 - as a test says
    rule = Retention(years=years, anchor=anchor, source=ACT, due_day=25)
    return rule.keep_until(Basis(issued=issued, **more))


@pytest.mark.parametrize(
    ("anchor", "years", "issued", "more", "last"),
    [
        # Germany and most: the calendar year.
        ("calendar_year_end", 8, "2026-01-01", {}, "2034-12-31"),
        ("calendar_year_end", 8, "2026-12-31", {}, "2034-12-31"),
        # France, Italy, Norway, Denmark, the Netherlands: the business year.
        ("fiscal_year_end", 10, "2026-06-30", {"fiscal_year_end": (6, 30)}, "2036-06-30"),
        ("fiscal_year_end", 10, "2026-07-01", {"fiscal_year_end": (6, 30)}, "2037-06-30"),
        ("fiscal_year_end", 5, "2026-02-28", {"fiscal_year_end": (2, 29)}, "2031-02-28"),
        ("fiscal_year_end", 2, "2026-02-28", {"fiscal_year_end": (2, 29)}, "2028-02-29"),
        ("fiscal_year_end", 1, "2028-02-29", {"fiscal_year_end": (2, 29)}, "2029-02-28"),
        ("fiscal_year_end", 1, "2028-03-01", {"fiscal_year_end": (2, 29)}, "2030-02-28"),
        # Sweden and Finland: the calendar year in which the business year ended.
        ("fiscal_year_calendar_end", 7, "2026-06-30", {"fiscal_year_end": (6, 30)}, "2033-12-31"),
        ("fiscal_year_calendar_end", 7, "2026-07-01", {"fiscal_year_end": (6, 30)}, "2034-12-31"),
        # Romania: 1 July of the year after.
        ("first_of_july", 5, "2026-01-01", {}, "2032-07-01"),
        ("first_of_july", 5, "2026-12-31", {}, "2032-07-01"),
        ("first_of_july", 5, "2026-07-01", {"fiscal_year_end": (6, 30)}, "2033-07-01"),
        # The day itself, also where its year has a day that others lack.
        ("issue", 6, "2026-03-14", {}, "2032-03-14"),
        ("issue", 5, "2028-02-29", {}, "2033-02-28"),
        ("issue", 4, "2028-02-29", {}, "2032-02-29"),
        # Saudi Arabia: the tax period.
        ("tax_period_end", 6, "2026-01-01", {}, "2032-03-31"),
        ("tax_period_end", 6, "2026-12-31", {}, "2032-12-31"),
        ("tax_period_end", 6, "2026-03-31", {"tax_point": date(2026, 4, 1)}, "2032-06-30"),
        # Mexico and Spain: the day the tax is due; Poland: the year of that day.
        ("tax_due", 4, "2026-11-30", {}, "2031-01-25"),
        ("tax_due", 4, "2026-09-30", {}, "2030-10-25"),
        ("tax_due_year_end", 5, "2026-09-30", {}, "2031-12-31"),
        ("tax_due_year_end", 5, "2026-10-01", {}, "2032-12-31"),
        ("tax_due_year_end", 5, "2026-12-15", {"tax_point": date(2026, 9, 1)}, "2032-12-31"),
        # A day typed wrong ends no sooner than all days.
        ("tax_due", 5, "9999-12-31", {}, "9999-12-31"),
        ("first_of_july", 0, "9999-12-31", {}, "9999-12-31"),
        # For good: what public bodies of Serbia keep.
        ("calendar_year_end", MAXYEAR, "2026-01-01", {}, "9999-12-31"),
    ],
)
def test_years_are_counted_from_their_anchor(
    anchor: str, years: int, issued: str, more: dict[str, Any], last: str
) -> None:
    found = until(Anchor(anchor), years, date.fromisoformat(issued), **more)
    assert found == date.fromisoformat(last)


def test_months_are_counted_beside_years() -> None:
    rule = Retention(years=3, months=6, anchor=Anchor.FISCAL_YEAR_END, source=ACT)  # Norway
    assert rule.keep_until(Basis(issued=date(2026, 5, 1))) == date(2030, 6, 30)
    rule = Retention(years=0, months=14, anchor=Anchor.ISSUE, source=ACT)
    assert rule.keep_until(Basis(issued=date(2026, 12, 31))) == date(2028, 2, 29)


def rules(*given: Retention) -> tuple[Retention, ...]:
    return (Retention(years=10, source=ACT), *given)


def basis(*kinds: RecordKind, about: Subject | None = None) -> Basis:
    subjects = frozenset[Subject]() if about is None else frozenset({about})
    return Basis(issued=TODAY, kinds=frozenset(kinds or {RecordKind.INVOICE}), subjects=subjects)


def test_a_kind_with_a_rule_of_its_own_is_not_kept_like_an_invoice() -> None:
    letters = Retention(years=6, kind=RecordKind.BUSINESS_LETTER, source=ACT)
    assert kept(rules(letters), basis(RecordKind.BUSINESS_LETTER), TODAY).rule is letters
    assert kept(rules(letters), basis(RecordKind.RECEIVED), TODAY).rule.years == 10


def test_the_longest_rule_wins_and_the_others_are_named() -> None:
    records = Retention(years=12, kind=RecordKind.FISCAL_RECORD, source=ACT)
    estate = Retention(years=20, subject=Subject.IMMOVABLE_PROPERTY, source=ACT)
    whole = basis(RecordKind.INVOICE, RecordKind.FISCAL_RECORD, about=Subject.IMMOVABLE_PROPERTY)
    found = kept(rules(estate, records), whole, TODAY)
    assert [term.rule.years for term in found.terms] == [20, 12, 10]
    assert found.rule is estate
    assert found.until == date(2046, 12, 31)
    assert kept(rules(estate, records), basis(), TODAY).until == date(2036, 12, 31)


def test_a_law_counts_from_its_first_day_to_its_last() -> None:
    old = Retention(years=10, source=ACT, repealed=date(2024, 12, 31))
    new = Retention(years=8, source=ACT, enacted=date(2025, 1, 1))
    issued = Basis(issued=date(2020, 6, 1))
    assert kept((old, new), issued, date(2024, 12, 31)).rule is old
    assert kept((old, new), issued, date(2025, 1, 1)).rule is new


def test_a_gap_is_an_error_and_no_period_of_nothing() -> None:
    late = Retention(years=10, source=ACT, since=date(2027, 1, 1))
    with pytest.raises(NoRuleError):
        kept((late,), basis(), TODAY)


days = st.dates(date(1990, 1, 1), date(2200, 12, 31))
bases = st.builds(
    Basis,
    issued=days,
    kinds=st.sets(st.sampled_from(RecordKind), min_size=1).map(frozenset),
    subjects=st.sets(st.sampled_from(Subject)).map(frozenset),
    tax_point=st.none() | days,
    fiscal_year_end=st.dates(date(2028, 1, 1), date(2028, 12, 31)).map(lambda d: (d.month, d.day)),
)
retentions = st.builds(
    Retention,
    years=st.integers(0, 40),
    months=st.integers(0, 11),
    anchor=st.sampled_from(Anchor),
    kind=st.sampled_from(RecordKind),
    subject=st.none() | st.sampled_from(Subject),
    due_day=st.integers(1, 31),
    source=st.just(ACT),
)


def end_by_walking(start: date, month_and_day: tuple[int, int]) -> date:
    """Return the first day from `start` on that ends the business year; the slow way."""
    month, day = month_and_day
    today = start
    while True:
        tomorrow = today + timedelta(days=1)
        ends = (today.month, today.day) == (month, day)
        if ends or ((month, day) == (2, 29) and today.month == 2 and tomorrow.month == 3):
            return today
        today = tomorrow


@given(bases, st.integers(0, 30))
def test_the_business_year_is_the_one_a_calendar_shows(one: Basis, years: int) -> None:
    ended = end_by_walking(one.issued, one.fiscal_year_end)
    found = until(Anchor.FISCAL_YEAR_END, years, one.issued, fiscal_year_end=one.fiscal_year_end)
    assert found.year == ended.year + years
    assert found == end_by_walking(date(found.year, 1, 1), one.fiscal_year_end)


@given(retentions, bases)
def test_nothing_ends_before_it_began_and_a_year_is_longer(rule: Retention, one: Basis) -> None:
    last = rule.keep_until(one)
    assert last >= one.issued
    values = {name: getattr(rule, name) for name in Retention.__dataclass_fields__}
    assert Retention(**values | {"years": rule.years + 1}).keep_until(one) > last


@given(retentions, bases, st.integers(1, 800))
def test_what_is_issued_later_is_never_kept_shorter(
    rule: Retention, one: Basis, later: int
) -> None:
    values = {name: getattr(one, name) for name in Basis.__dataclass_fields__}
    after = Basis(**values | {"issued": one.issued + timedelta(days=later)})
    assert rule.keep_until(after) >= rule.keep_until(one)


@given(st.lists(retentions, max_size=5), bases, bases)
def test_to_be_more_never_shortens(some: list[Retention], one: Basis, more: Basis) -> None:
    values = {name: getattr(one, name) for name in Basis.__dataclass_fields__}
    both = Basis(
        **values | {"kinds": one.kinds | more.kinds, "subjects": one.subjects | more.subjects}
    )
    alone, together = kept(rules(*some), one, TODAY), kept(rules(*some), both, TODAY)
    assert together.until >= alone.until
    assert {term.rule for term in alone.terms} <= {term.rule for term in together.terms}
    assert together.until == max(term.until for term in together.terms)
    assert together.until == together.rule.keep_until(both)


@given(st.sampled_from(sorted(COUNTRIES)), bases, days)
def test_every_declared_country_has_an_answer_for_everything(
    code: str, one: Basis, asked: date
) -> None:
    found = COUNTRIES[code].kept(one, asked)
    assert found.until >= one.issued
    assert all(term.rule.is_law_on(asked) for term in found.terms)
