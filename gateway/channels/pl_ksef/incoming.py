"""Invoices that name somebody, fetched as exported packages, up to KSeF's high water mark.

One export for each time and each role; its key is made for it and kept in memory alone. Nothing is
remembered: who dies on the way asks for another one from the same moment on.
Source: CIRFMF/ksef-docs, pobieranie-faktur/przyrostowe-pobieranie-faktur.md, hwm.md.
"""

import datetime
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Self

from formats.ksef_api import bodies, codes
from formats.ksef_api.answers import AnswerError
from formats.ksef_api.bodies import Search
from formats.ksef_api.codes import Outcome
from formats.ksef_api.encryption import EncryptionError, SessionKey
from formats.ksef_api.incoming import Received, received, resumed_at
from formats.ksef_api.login import Context, ContextType
from formats.ksef_api.metadata import ExportStatus, Package, Reference
from formats.ksef_api.package import PackageError
from formats.ksef_api.troubles import trouble
from gateway.channels.holder import Fetched, Parcel
from gateway.channels.pl_ksef.access import Access, Random
from gateway.channels.pl_ksef.memory import Login, Memory
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging, Wire
from gateway.kit import clock as machine
from gateway.transmissions.adapter import Answer, Credential, Request
from gateway.transmissions.errors import Retry, Unknown

_SECONDS = 300.0
_MOST_PART = 110_000_000  # bytes: parts of an export have at most 50 MB, and twice that is strange
_TRIES, _PAUSE = 120, 2.0  # four minutes; KSeF answers 600 such questions an hour
_NOTHING_YET = 420
_JSON = (("Content-Type", "application/json"), ("Accept", "application/json"))
_BYTES = (("Accept", "application/octet-stream"),)


class Incoming:
    """Fetches; see `Holder`.

    Args:
        url: Of the API.
        wire: Carries calls.
        clock: The time.
        random: Makes keys.
        pause: Waits between questions.
    """

    interval = datetime.timedelta(minutes=15)
    """What the manual asks for, at least, for each role."""

    def __init__(
        self,
        url: str,
        wire: Exchanging,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
        random: Random = secrets.token_bytes,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._wire, self._pause = url.rstrip("/"), wire, pause
        self._access = Access(self._url, wire, Memory(), clock=clock, random=random, pause=pause)

    @classmethod
    def open(cls, place: Place) -> Self:
        """Return it for a place."""
        return cls(place.url, Wire(total_seconds=_SECONDS, most_bytes=_MOST_PART))

    def fetch(
        self, credential: Credential, owner: str, role: str, since: datetime.datetime
    ) -> Fetched:
        """Return what KSeF stored since a moment for a NIP; see `Holder.fetch`."""
        login = self._access.login(credential, Context(ContextType.NIP, owner))
        secret = self._access.secret()
        asked = Search(subject=role, since=since)
        answer = self._exported(
            login, bodies.export(asked, secret, self._access.key(), self._access.seed())
        )
        package = self._awaited(login, self._access.said(answer, Reference).reference_number)
        if package is None:
            return Fetched((), since)
        parcels = [_parcel(one) for one in self._unpacked(package, secret)]
        if not package.is_truncated:
            return Fetched(parcels, resumed_at(asked, package))
        last = package.last_permanent_storage_date
        if last is None or last <= since:
            raise Retry("no_progress", f"more than one export holds was stored at {since}")
        return Fetched(parcels, last, more=True)

    def _exported(self, login: Login, body: bytes) -> Answer:
        """Ask for an export.

        Raises:
            Retry: It is not begun; `permission_missing`: InvoiceRead is wanting.
        """
        bearer = ("Authorization", f"Bearer {login.access}")
        request = Request("POST", f"{self._url}/invoices/exports", (*_JSON, bearer), body)
        try:
            answer = self._wire.exchange(request)
        except Unknown as error:
            raise Retry(error.reason, error.detail) from error
        if answer.status == HTTPStatus.CREATED:
            return answer
        said = trouble(answer.status, answer.body)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._access.memory.log_out(login.access)
        reason = f"http_{answer.status}"
        if said is not None:
            reason = {
                int(HTTPStatus.FORBIDDEN): "permission_missing",
                int(HTTPStatus.UNAUTHORIZED): "session_lost",
                int(HTTPStatus.TOO_MANY_REQUESTS): "too_many_requests",
            }.get(answer.status, reason)
        detail = said.detail if said is not None else f"HTTP {answer.status}"
        raise Retry(reason, detail, retry_after=answer.retry_after)

    def _awaited(self, login: Login, reference: str) -> Package | None:
        """Wait for an export; None: there is nothing that is known to be complete yet.

        Raises:
            Retry: It failed, or takes too long.
        """
        url = f"{self._url}/invoices/exports/{reference}"
        for _ in range(_TRIES):
            found = self._access.said(
                self._access.call("GET", url, b"", login.access), ExportStatus
            )
            code = found.status.code
            outcome = codes.meaning(codes.EXPORT, code).outcome
            if outcome is Outcome.DONE and found.package is not None:
                return found.package
            if code == _NOTHING_YET:
                return None
            if outcome is not Outcome.OPEN:
                raise Retry(f"ksef_export_{code}", str(found.status))
            self._pause(_PAUSE)
        raise Retry("export_pending", f"the export {reference} is not there yet")

    def _unpacked(self, package: Package, secret: SessionKey) -> list[Received]:
        """Fetch the parts of a package and open them; their addresses need no token.

        Raises:
            Retry: One is not what was said of it.
        """
        parts = {
            one.ordinal_number: self._access.call(one.method, one.url, headers=_BYTES).body
            for one in package.parts
        }
        try:
            return list(received(package, parts, secret))
        except (PackageError, EncryptionError, AnswerError) as error:
            raise Retry("unreadable_package", str(error)) from error


def _parcel(one: Received) -> Parcel:
    about = one.metadata
    sender = None if about is None or about.seller.nip is None else f"nip:{about.seller.nip}"
    return Parcel(
        number=one.ksef_number,
        content=one.content,
        about=b"{}" if about is None else about.model_dump_json(by_alias=True).encode(),
        intact=one.intact is True,
        sender=sender,
    )
