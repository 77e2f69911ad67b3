"""Sending many invoices at once: a batch session is opened, its parts are uploaded, it is closed.

Nothing is looked at before a package is closed; what was opened and never closed, KSeF cancels. So
whatever fails before is `Retry`, and of what was closed only KSeF knows: `Unknown`.
Source: CIRFMF/ksef-docs, sesja-wsadowa.md.
"""

import io
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from formats.ksef_api import answers, bodies
from formats.ksef_api.encryption import digest
from formats.ksef_api.package import encrypted, plan
from gateway.channels.pl_ksef import letter
from gateway.channels.pl_ksef.access import Access
from gateway.channels.pl_ksef.letter import Letter
from gateway.channels.wire import Exchanging
from gateway.transmissions.adapter import Answer, Credential, Request
from gateway.transmissions.errors import Retry


def sent(  # noqa: PLR0913 - what sending takes
    access: Access,
    wire: Exchanging,
    url: str,
    one: Letter,
    *,
    credential: Credential | None,
    message_id: str,
) -> Answer:
    """Send a package, and return what KSeF says to its closing.

    Args:
        access: Logs in, and carries what comes before.
        wire: Carries the closing.
        url: Of the API.
        one: The package.
        credential: Who we are.
        message_id: Of the first message.

    Raises:
        Retry: It was not closed: no invoice was sent.
        Unknown: It may have been.
    """
    login = access.login(credential, one.context)
    package, secret = io.BytesIO(one.content), access.secret()
    made = plan(package, secret)
    opened = access.said(
        access.call(
            "POST",
            f"{url}/sessions/batch",
            bodies.batch_session(
                one.form,
                made.package,
                tuple(part.sealed for part in made.parts),
                secret=secret,
                key=access.key(),
                seed=access.seed(),
                offline=one.offline,
            ),
            login.access,
            HTTPStatus.CREATED,
        ),
        answers.BatchOpened,
    )
    told = {part.ordinal_number: part for part in opened.part_upload_requests}
    if sorted(told) != list(range(1, len(made.parts) + 1)):
        raise Retry("unreadable_answer", "before the invoices: not one address for each part")
    for number, part in enumerate(made.parts, 1):
        where = told[number]
        if urlsplit(where.url).scheme != urlsplit(url).scheme:
            raise Retry("unreadable_answer", "before the invoices: parts go over another protocol")
        content = b"".join(encrypted(package, part.start, part.length, secret))
        headers = tuple((name, value) for name, value in where.headers.items() if value)
        access.call(where.method, where.url, content, expected=HTTPStatus.CREATED, headers=headers)
    answer = wire.exchange(
        Request(
            "POST",
            f"{url}/sessions/batch/{opened.reference_number}/close",
            (
                ("Message-Id", message_id),
                ("Accept", "application/json"),
                ("Authorization", f"Bearer {login.access}"),
                ("Content-Length", "0"),
            ),
            b"",
        )
    )
    if answer.status == HTTPStatus.UNAUTHORIZED:
        access.memory.log_out(login.access)
    sealed = digest("".join(part.sealed.hash for part in made.parts).encode())
    told_of = ((letter.SESSION, opened.reference_number), (letter.SEALED, sealed))
    return replace(answer, headers=(*answer.headers, *told_of))
