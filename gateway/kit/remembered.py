"""Whom a stored answer is about, so that it goes when what is said of them goes."""

import re
from http import HTTPStatus

from gateway.problems import Problem

_OWN = re.compile(rb'\{"id":"([a-z]{3}_[0-9a-z]{26})"')
_OF = re.compile(rb'\{"id":"[^{\[]*?"document_id":"([a-z]{3}_[0-9a-z]{26})"')
_BEGINNING = 500  # bytes: an answer begins with its ids


class AnswerForgottenProblem(Problem):
    """What this Idempotency-Key was answered with was destroyed or erased, as two people decided.

    The request was done, once, and is not done again. To do another, use a new key.
    """

    type = "answer-forgotten"
    title = "The answer was forgotten"
    status = HTTPStatus.GONE

    def __init__(self) -> None:
        super().__init__("What this Idempotency-Key made was destroyed, and the answer with it.")


def about(body: bytes) -> str | None:
    """Return the public id of what an answer is about: what it made, or the document of that."""
    beginning = body[:_BEGINNING]
    found = _OF.match(beginning) or _OWN.match(beginning)
    return None if found is None else found[1].decode()
