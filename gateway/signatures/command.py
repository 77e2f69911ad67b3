"""`gateway signatures verify`: a file in, a report and an exit code out; nothing is fetched."""

import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formats.signatures.report import Indication
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.verification import Coverage, verify
from gateway.kit import clock
from gateway.kit.console import fail, out
from gateway.signatures.trust import NoCertificateError, store_at
from gateway.signatures.views import lines, report_json

PASSED, NOT_PASSED, WRONG, PARTLY = 0, 1, 2, 3
"""Exit codes: every signature passed; one did not, or there is none; nothing could be read; every
signature passed, and something is there that none covers."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command was asked.

    Attributes:
        file: What is signed; `-` is standard input.
        detached: Files that travel beside.
        trust: A file of certificates, or a directory of such, or a store that was read already;
            None: nobody is trusted.
        at: The moment of judgement (ISO 8601 with a time zone); None: now.
        as_json: Whether to print JSON.
        partly: Whether it is enough that what is signed passed, though something is not signed.
    """

    file: str
    detached: Sequence[Path]
    trust: Path | TrustStore | None
    at: str | None
    as_json: bool
    partly: bool = False


def run(request: Request) -> int:
    """Run the command; return its exit code."""
    try:
        data = sys.stdin.buffer.read() if request.file == "-" else Path(request.file).read_bytes()
        files = _beside(request.detached)
        store = store_at(request.trust) if isinstance(request.trust, Path) else request.trust
        terms = Terms(store, _moment(request.at))
    except (OSError, NoCertificateError, ValueError) as error:
        fail(str(error), WRONG)
    verification = verify(data, terms, files=files)
    if request.as_json:
        answer = report_json(verification, terms)
        out.file.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    else:
        out.file.write("\n".join(lines(verification, terms)) + "\n")
    if verification.report.indication is not Indication.TOTAL_PASSED:
        return NOT_PASSED
    whole = verification.coverage is Coverage.ALL
    return PASSED if whole or request.partly else PARTLY


def _beside(paths: Sequence[Path]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in paths:
        if path.name in files:
            raise ValueError(f"two detached files are called {path.name}, and one would be lost")
        files[path.name] = path.read_bytes()
    return files


def _moment(text: str | None) -> datetime.datetime:
    if text is None:
        return clock.now()
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"--at {text}: say the time zone too, as in 2026-06-01T12:00:00Z")
    return moment
