"""Which answers can be kept: PostgreSQL holds no NUL in a text, and UTF-8 no half surrogate pair.

XML cannot write either, but JSON can (RFC 8259, 7 and 8.2). What no text can hold is taken for no
answer and not for one with a character less: nobody told us that name.
"""

import re
from dataclasses import astuple

from gateway.vies.answers import Answer, Fault, Outcome

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def sound(answer: Answer) -> Answer:
    """Return an answer whose texts can all be kept: as it is, or in its place an unknown one.

    The bytes stay with it, and so does a fault, which does not rest on the words beside it.
    """
    texts = (
        answer.detail,
        answer.consultation_number,
        answer.name,
        answer.address,
        *astuple(answer.matches),
    )
    if not any(text is not None and _NO_TEXT.search(text) for text in texts):
        return answer
    return Answer(
        question=answer.question,
        outcome=Outcome.UNKNOWN,
        service=answer.service,
        asked_at=answer.asked_at,
        fault=answer.fault or Fault.BAD_ANSWER,
        detail="The answer holds characters that no text can hold.",
        retry_after=answer.retry_after,
        sent=answer.sent,
        received=answer.received,
    )
