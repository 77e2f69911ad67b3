"""INV2: the numbers of a series."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.number_patterns import Names, Reset, period_of, write

_SERIES = """
select id, kind, code, pattern, reset, premise, device, next_number, period, places, first_number,
       first_period, last_issue_date, counter_id
  from series order by id
"""
_WITH = "select code, pattern, premise, device from series where id = %s or counter_id = %s"
_SKIPS = """
select place, period, next_number from series_skip where series_id = %s
   and (place > 0 or next_number > %s) order by id
"""
_DOCUMENTS = """
select id, sequence, number, number_period, issue_date from document
 where series_id = %s and state <> 'draft' order by sequence, id
"""
_MISSING = """
select id, state from document d where state <> 'draft'
   and (number is null or issue_date is null or not exists (
     select from series s where s.entity_id = d.entity_id and s.id = d.series_id))
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check every series: no gap, nothing twice, dates that do not go back."""
    for row in connection.execute(_MISSING):
        report.blame(f"document {row.id}", f"{row.state} without number, series or date")
    for series in connection.execute(_SERIES).fetchall():
        documents = connection.execute(_DOCUMENTS, [series.id]).fetchall()
        report.saw("series")
        report.saw("numbers", len(documents))
        _check_unique(series, documents, report)
        if series.kind == "gapless":
            writers = connection.execute(_WITH, [series.id, series.id]).fetchall()
            skips = connection.execute(_SKIPS, [series.id, series.first_number]).fetchall()
            if skips:
                report.saw("numbers left out", len(skips))
            _check_gapless(series, documents, (writers, skips), report)
        elif any(document.sequence is not None for document in documents):
            report.blame(f"series {series.id}", "an external series counts by itself")


def _check_unique(series: Any, documents: Sequence[Any], report: InvariantReport) -> None:  # noqa: ANN401 - rows
    """Check that no number is there twice; one that is of a year, in that year."""
    seen: dict[tuple[str, str], object] = {}
    for document in documents:
        where, named = f"document {document.id}", (document.number, document.number_period)
        if named in seen:
            what = f"number {document.number} of series {series.code} is {seen[named]}'s"
            report.blame(where, what)
        seen.setdefault(named, document.id)
        if document.issue_date is not None and document.number_period not in {
            "",
            f"{document.issue_date.year:04}",
        }:
            what = f"number {document.number} is of {document.number_period}"
            report.blame(where, f"{what}, and its date is {document.issue_date}")


def _check_gapless(
    series: Any,  # noqa: ANN401 - a row
    documents: Sequence[Any],
    known: tuple[Sequence[Any], Sequence[Any]],
    report: InvariantReport,
) -> None:
    where = f"series {series.id} ({series.code})"
    expected = 1
    for document in documents:
        if document.sequence is None:
            report.blame(f"document {document.id}", "no place in a series without gaps")
            continue
        if document.sequence < expected:
            report.blame(f"document {document.id}", f"place {document.sequence} is taken twice")
        elif document.sequence > expected:
            missing = f"{expected}-{document.sequence - 1}"
            report.blame(where, f"gap: {missing} missing before document {document.id}")
        expected = document.sequence + 1
    if series.places != expected - 1:
        report.blame(where, f"has given {series.places} numbers, the documents say {expected - 1}")
    _check_periods(series, documents, known, report)
    for earlier, later in pairwise(documents):
        if later.issue_date < earlier.issue_date:
            what = f"{later.number} of {later.issue_date} follows one of {earlier.issue_date}"
            report.blame(f"document {later.id}", what)
    newest = max((document.issue_date for document in documents), default=None)
    if newest is not None and series.last_issue_date != newest:
        report.blame(where, f"last date {series.last_issue_date}, the documents say {newest}")


def _check_periods(
    series: Any,  # noqa: ANN401 - a row
    documents: Sequence[Any],
    known: tuple[Sequence[Any], Sequence[Any]],
    report: InvariantReport,
) -> None:
    """Check that each period counts from its beginning, and that the numbers say so.

    A number is written by the series itself, or by one that counts with it. Numbers are left out
    only where that was noted when a backup had been restored.
    """
    writers, skips = known[0], list(known[1])
    ways = [(one.pattern, Names(one.code, one.premise, one.device)) for one in writers]
    period, following = series.first_period, series.first_number
    for document in documents:
        if document.issue_date is None:
            continue  # blamed already
        while skips and skips[0].place < (document.sequence or 0):
            skipped = skips.pop(0)
            period, following = skipped.period, skipped.next_number
        own = period_of(Reset(series.reset), document.issue_date)
        if period is not None and own != period:
            following = 1
        period = own
        numbers = [write(*way, following, document.issue_date) for way in ways]
        if document.number not in numbers:
            ours = " or ".join(numbers)
            what = f"is number {document.number}, and its place in the series is {ours}"
            report.blame(f"document {document.id}", what)
        following += 1
    for skipped in skips:
        period, following = skipped.period, skipped.next_number
    if (series.period, series.next_number) != (period, following):
        where = f"series {series.id} ({series.code})"
        found = f"{series.next_number} of {series.period!r}"
        report.blame(where, f"the next number is {found}, not {following} of {period!r}")
