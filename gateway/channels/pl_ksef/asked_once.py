"""What the invoices of a batch want to know alike, and KSeF is asked for once.

How far a session is, and the list of its invoices: KSeF lets us ask for the list 200 times an hour
(limity-api.md), and a batch has hundreds. An invoice gets its own entry of the list.
"""

import datetime
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from threading import Lock

from formats.ksef_api import answers
from formats.ksef_api.answers import AnswerError, InvoicePage, InvoiceStatus
from gateway.channels.pl_ksef.letter import DIGEST
from gateway.transmissions.adapter import Answer, Request

FRESH = datetime.timedelta(seconds=5)
"""So old an answer may be."""
_MOST_PAGES = 12  # of 1,000; a session has at most 10,000 invoices
_REMEMBERED = 50

Go = Callable[[Request], Answer]


@dataclass(slots=True)
class _Known:
    """An answer, or where one is to be.

    Attributes:
        lock: Held by whoever asks.
        at: When it was asked for; None: it is good for nobody else.
        answer: What was said.
        entries: The invoices of a list, by their digests.
    """

    lock: Lock = field(default_factory=Lock)
    at: datetime.datetime | None = None
    answer: Answer = field(default_factory=lambda: Answer(0, b""))
    entries: dict[str, InvoiceStatus] = field(default_factory=dict)


class AskedOnce:
    """Remembers for a moment what KSeF said of sessions. Thread-safe.

    Args:
        clock: The time.
    """

    def __init__(self, clock: Callable[[], datetime.datetime]) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()
        self._lock = Lock()

    def answer(self, who: str, asked: Request, go: Go) -> Answer:
        """Return the answer to a question about a session, of a few seconds ago or of now.

        Args:
            who: Asks; nobody is told what another was.
            asked: For a session; or for its list, where a header says whose digest is wanted: then
                the answer is the list with no other invoice.
            go: Asks KSeF.

        Raises:
            Retry, Unknown: It does not answer.
        """
        headers = dict(asked.headers)
        wanted = headers.pop(DIGEST, None)
        plain = replace(asked, headers=tuple(headers.items()))
        with self._lock:
            known = self._known.setdefault((who, asked.url), _Known())
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        with known.lock:  # one who asks is enough: the others want the same
            if known.at is None or self._clock() - known.at >= FRESH:
                self._ask(known, plain, go, listed=wanted is not None)
            if wanted is None or known.at is None:
                return known.answer
            own = tuple(known.entries[one] for one in (wanted,) if one in known.entries)
            page = InvoicePage(invoices=own).model_dump_json(by_alias=True)
            return replace(known.answer, body=page.encode())

    def _ask(self, known: _Known, asked: Request, go: Go, *, listed: bool) -> None:
        known.at, known.entries = None, {}
        known.answer = go(asked)
        pages = 1
        while listed and known.answer.status == HTTPStatus.OK:
            try:
                page = answers.read(known.answer.body, InvoicePage)
            except AnswerError:
                return  # whoever reads it says so
            known.entries |= {one.invoice_hash: one for one in page.invoices}
            if page.continuation_token is None or pages == _MOST_PAGES:
                break
            pages += 1
            more = ("x-continuation-token", page.continuation_token)
            known.answer = go(replace(asked, headers=(*asked.headers, more)))
        if known.answer.status == HTTPStatus.OK:
            known.at = self._clock()
