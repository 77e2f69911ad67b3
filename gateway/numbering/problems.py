"""What can be wrong with a number or its series."""

import datetime
from http import HTTPStatus

from gateway.problems import Problem


class SeriesExistsProblem(Problem):
    """The entity already has a series with this code. Archive that one, or choose another code."""

    type = "series-exists"
    title = "The series exists already"
    status = HTTPStatus.CONFLICT


class SeriesInUseProblem(Problem):
    """The series has given numbers: how it counts stays as it is.

    To number in another way, archive the series (`PATCH /v1/series/{series_id}` with
    `{"archived": true}`) and create another, under the same code if you like.
    """

    type = "series-in-use"
    title = "The series has given numbers"
    status = HTTPStatus.CONFLICT


class SeriesArchivedProblem(Problem):
    """The series is archived and gives no more numbers. Name another one."""

    type = "series-archived"
    title = "The series is archived"
    status = HTTPStatus.CONFLICT


class NumberDateOrderProblem(Problem):
    """Numbers of a series must follow the dates: an earlier date cannot get a later number.

    `not_before` is the issue date of the newest document of the series, or the first day of the
    period it counts in. Issue with that date or a later one, or use another series.
    """

    type = "number-date-order"
    title = "The issue date is before the series' last one"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, issue_date: datetime.date, last: datetime.date) -> None:
        fix = f"use {last.isoformat()} or later"
        message = f"{issue_date.isoformat()} is before {last.isoformat()}, the series' last date"
        super().__init__(
            f"The issue date {message}; {fix}.",
            not_before=last.isoformat(),
            errors=[{"pointer": "/issue_date", "message": message, "fix": fix}],
        )
