"""`gateway explain`: codes, reports or documents in; what they mean and how to mend them out."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formats.explain.catalogue import language_of
from formats.findings import Finding
from formats.registry import PROFILES
from gateway.compliance.validation import Validator
from gateway.explanations import reports, service
from gateway.explanations.views import Json, answer_json, plain
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.place import Place
from gateway.validations.judged import Asked

DONE, NOT_VALID, WRONG = 0, 1, 2
"""Exit codes: explained, and what was mended is valid; still not valid; nothing could be read."""

_FILES = {".xml", ".json", ".jsonl", ".ndjson", ".pdf", ".svrl", ".sarif", ".txt", ".html"}
"""Suffixes of reports and documents."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command was asked.

    Attributes:
        what: Codes, or names of reports and documents; `-` is standard input.
        document: Name of the document, when `what` does not say.
        language: Of the words.
        profile: To judge the document as.
        apply: Whether to mend it.
        output: Where the mended document goes; None for standard output.
        as_json: Whether to print JSON.
    """

    what: Sequence[str]
    document: str | None
    language: str
    profile: str | None
    apply: bool
    output: Path | None
    as_json: bool


def run(request: Request, place: Place) -> int:
    """Run the command; return its exit code."""
    if request.profile is not None and request.profile not in PROFILES:
        fail(f"there is no profile {request.profile!r}; see `gateway profiles`", WRONG)
    language = language_of(request.language)
    asked = Asked(clock.now().date(), profile=request.profile, language=language)
    codes, findings, document = _sorted(request)
    if not codes and not findings and document is None:
        fail("give a code, a report or a document", WRONG)
    validator = Validator.open(place)
    try:
        subject = None if document is None else service.opened(document, asked, validator)
        explanations = service.explained(findings, codes, language, subject)
        mended = None
        if request.apply:
            if subject is None:
                fail("--apply needs a document", WRONG)
            mended = service.mend(subject, asked, validator)
    finally:
        validator.close()
    answer = answer_json(explanations, language, subject, mended)
    if request.as_json:
        out.file.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    else:
        _print(answer)
    if not request.apply:
        return DONE
    if mended is None:
        err.print("nothing can be mended mechanically")
        return DONE if subject is not None and subject.judged.valid else NOT_VALID
    if request.output is not None or not request.as_json:
        _write(mended, request.output)
    return DONE if mended.judged.valid else NOT_VALID


def _sorted(request: Request) -> tuple[list[str], list[Finding], bytes | None]:
    """Tell codes, reports and the document apart."""
    codes: list[str] = []
    findings: list[Finding] = []
    document = None if request.document is None else _read(request.document)
    for name in request.what:
        if not name.strip():
            fail("give a code, a report or a document; this name is empty", WRONG)
        if name != "-" and not Path(name).exists():
            if _is_file_name(name):
                fail(f"{name}: there is no such file", WRONG)
            codes.append(name)
            continue
        content = _read(name)
        found = _report(content)
        if found is None:
            if document is not None:
                fail(f"{name}: there is a document already; this one is no report", WRONG)
            document = content
        else:
            findings += found
    return codes, findings, document


def _is_file_name(name: str) -> bool:
    """Tell a file name, with a slip of the pen perhaps, from a code: no code looks like one."""
    path = Path(name)
    return path.suffix.lower() in _FILES or path.is_absolute() or name.startswith((".", "~"))


def _report(content: bytes) -> tuple[Finding, ...] | None:
    """Return the findings of a report; None for what is a document."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" and not reports.is_svrl(content):
        return None
    if start not in {b"<", b"{", b"["}:
        return None
    try:
        return reports.findings_of(content.decode("utf-8"))
    except (reports.UnknownReportError, UnicodeDecodeError):
        return None


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        fail(f"{name}: {error.strerror}", WRONG)


def _print(answer: Json) -> None:
    for one in answer["explanations"]:
        place = f" {one['pointer']}" if one["pointer"] else ""
        out.print(f"{one['code']}{place}", markup=False, highlight=False)
        for text in (one["title"], one["message"], one["cause"], one["action"], one["reference"]):
            if text:
                out.print(f"  {text}", markup=False, highlight=False)
        if one["patch"]:
            patch = json.dumps(one["patch"], ensure_ascii=False)
            out.print(f"  {patch}", markup=False, highlight=False, soft_wrap=True)
    if not answer["explanations"]:
        err.print("nothing is wrong" if answer["valid"] else "nothing to explain")
    if (applied := answer["applied"]) is not None:
        for change in applied["changes"]:
            err.print(
                f"{change['kind']} {change.get('term') or change['name']}:"
                f" {change.get('old')} -> {change.get('new')}",
                markup=False,
            )
        for loss in applied["losses"]:
            err.print(f"lost: {loss.get('source')} {loss.get('value') or ''}", markup=False)
        verdict = "valid" if applied["valid"] else "not valid"
        err.print(f"after the patch: {verdict if applied['judged'] else 'not judged completely'}")


def _write(mended: service.Mended, output: Path | None) -> None:
    content = mended.content
    if content is None:
        content = (json.dumps(plain(mended.value), ensure_ascii=False, indent=1) + "\n").encode()
    if output is None:
        out.file.write(content.decode())
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(f"{output}: {error.strerror}", WRONG)
