"""Sessions in which a package is sent: parts go where they are told to, then it is closed."""

import io
import zipfile

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import sessions
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import CipherError, decrypted, digest
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.limits import session_limits
from gateway.sandbox.ksef.shelf import Json

MOST_PARTS = 50
MOST_PART_BYTES = 100_000_016  # 100 MB before it was encrypted
_MOST_UNPACKED = 1 << 30
_ALWAYS = {"x-ms-blob-type": "BlockBlob"}


class PackageError(Exception):
    """A package is not taken; the session's code, and the rule."""

    def __init__(self, code: int, rule: str) -> None:
        super().__init__(rule)
        self.code, self.rule = code, rule


def _open(ask: Ask) -> Reply:
    said = ask.body("formCode", "batchFile", "encryption")
    form = sessions.form_of(ask, said)
    package = said["batchFile"]
    parts = package.get("fileParts") or []
    ask.must("K402", kept=0 < len(parts) <= MOST_PARTS, details=str(len(parts)))
    ask.must("K401", kept=all(0 < one["fileSize"] <= MOST_PART_BYTES for one in parts))
    numbered = [one["ordinalNumber"] for one in parts] == list(range(1, len(parts) + 1))
    ask.must("K001", kept=numbered, details="ordinalNumber")
    session = sessions.opened(
        ask, "Batch", said, form, package=package, offline=bool(said.get("offlineMode"))
    )
    reference = session["reference"]
    requests = [
        {
            "ordinalNumber": one["ordinalNumber"],
            "method": "PUT",
            "url": f"{ask.call.here}/files/part/{reference}/{one['ordinalNumber']}",
            "headers": {**_ALWAYS, "x-ms-meta-hash": one["fileHash"]},
        }
        for one in parts
    ]
    return answered({"referenceNumber": reference, "partUploadRequests": requests}, 201)


def _close(ask: Ask) -> Reply:
    session = sessions.of(ask)
    ready = session["type"] == "Batch" and session["code"] == sessions.OPEN
    ask.must("K202", kept=ready, details=f"Status sesji {session['code']}")
    parts = _sent(ask, session)
    try:
        found = _unpacked(ask, session, parts)
    except PackageError as error:
        ask.office.rulebook.judged(error.rule, kept=False)
        _over(ask, session, error.code)
        return answered(status=204)
    for name, content in found:
        sessions.enter(
            ask, session, content, digest(content), offline=session["offline"], name=name
        )
    _over(ask, session, 150)
    return answered(status=204)


def _over(ask: Ask, session: Json, code: int) -> None:
    ask.office.shelf.change("session", session["reference"], code=code, updated=written(ask.now))


def _sent(ask: Ask, session: Json) -> list[bytes]:
    sent = []
    for one in session["package"]["fileParts"]:
        number = one["ordinalNumber"]
        content = ask.office.shelf.read_file(f"part/{session['reference']}/{number}")
        why = f"Nie przesłano zadeklarowanej '{number}' części pliku."
        ask.must("K403", kept=content is not None, details=why)
        assert content is not None  # noqa: S101 - the rule was kept
        ask.must("K401", kept=len(content) == one["fileSize"], details=str(number))
        sent.append(content)
    return sent


def _unpacked(ask: Ask, session: Json, parts: list[bytes]) -> list[tuple[str, bytes]]:
    judged = ask.office.rulebook.judged
    declared = session["package"]
    if session["key"] is None:
        raise PackageError(sessions.NO_KEY, "K210")
    listed = zip(parts, declared["fileParts"], strict=True)
    if any(digest(one) != said["fileHash"] for one, said in listed):
        raise PackageError(405, "K404")
    key, iv = (bytes.fromhex(one) for one in session["key"])
    try:
        whole = b"".join(decrypted(one, key, iv) for one in parts)
    except CipherError as error:
        raise PackageError(435, "K405") from error
    judged("K405", kept=True)
    if (len(whole), digest(whole)) != (declared["fileSize"], declared["fileHash"]):
        raise PackageError(405, "K404")
    judged("K404", kept=True)
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
                raise PackageError(430, "K406")
            found = [(one, archive.read(one)) for one in archive.namelist()]
    except (zipfile.BadZipFile, RuntimeError, ValueError) as error:
        raise PackageError(430, "K406") from error
    judged("K406", kept=True)
    if len(found) > session_limits(ask, "batchSession")["maxInvoices"]:
        raise PackageError(420, "K407")
    judged("K407", kept=True)
    return found


HANDLERS = {"open_batch": _open, "close_batch": _close}
