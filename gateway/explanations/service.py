"""Explain findings and codes with the document at hand, and mend it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from formats.en16931.changes import Change, diff
from formats.en16931.model import Invoice
from formats.explain import json_patch
from formats.explain.explanation import Context, Explanation, explain
from formats.fidelity import Loss
from formats.findings import Finding, Flag
from formats.json.aliases import PointerMap
from formats.json.parsing import MalformedJsonError, parse_json
from formats.profile import Profile
from formats.reading import read
from formats.refusal import READING_ERRORS
from gateway.compliance.validation import Validator
from gateway.validations.bodies import UnreadableBodyError, read_body
from gateway.validations.judged import JSON, Asked, Judged
from gateway.validations.service import judge

_ROUNDS = 4
"""What one patch uncovers, another may mend; more than this is no longer a mend."""

Patch = tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A document that was judged, as JSON that can be patched.

    Attributes:
        content: The bytes.
        judged: The report; findings have their patches.
        value: The body as sent, or the canonical invoice of XML; None when it cannot be read.
        invoice: Canonical; None when it cannot be read.
        pointers: The way back to the body's own names.
        profile: What it is, or will be, written as.
        losses: What of XML no term holds: it would not be in the document written again.
    """

    content: bytes
    judged: Judged
    value: Any = None
    invoice: Invoice | None = None
    pointers: PointerMap = field(default_factory=PointerMap)
    profile: Profile | None = None
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """A document with its patches applied, judged again.

    Attributes:
        value: As JSON.
        content: Of XML: the bytes, written again in the document's profile.
        judged: What every layer says of it.
        patch: From the JSON as it was to the JSON as it is.
        changes: What changed, by business term.
    """

    value: Any
    content: bytes | None
    judged: Judged
    patch: Patch
    changes: tuple[Change, ...]


def opened(content: bytes, asked: Asked, validator: Validator) -> Subject:
    """Judge a document and make it JSON; never raises for anything it says."""
    judged = judge(content, asked, validator)
    if judged.source == JSON:
        try:
            body = read_body(content, asked.today, asked.profile)
        except UnreadableBodyError:
            return Subject(content, judged, _parsed(content))
        return Subject(content, judged, body.value, body.invoice, body.pointers, body.profile)
    try:
        reading = read(content)
    except READING_ERRORS:
        return Subject(content, judged)
    value = _canonical(reading.invoice)
    return Subject(
        content, judged, value, reading.invoice, PointerMap(), reading.profile, reading.losses
    )


def explained(
    findings: Sequence[Finding], codes: Iterable[str], language: str, subject: Subject | None
) -> tuple[Explanation, ...]:
    """Explain findings and codes; without either, what is wrong with the document.

    A finding of a report gets pointer, values and patch of the same finding in the document, where
    the document is at hand.
    """
    context = None
    known: tuple[Finding, ...] = ()
    if subject is not None:
        known = subject.judged.report.findings
        if subject.invoice is not None:
            context = Context(subject.invoice, subject.pointers)
    wanted = [*findings, *(_coded(code) for code in codes)]
    if not wanted:
        wanted = list(known)
    answers = [
        explain(match, language=language, context=context)
        for finding in wanted
        for match in _in_document(finding, known)
    ]
    once: dict[tuple[str, str | None], Explanation] = {}
    for answer in answers:  # ours comes first, with the values; the official one says the same
        once.setdefault((answer.code, answer.pointer), answer)
    return tuple(once.values())


def mend(subject: Subject, asked: Asked, validator: Validator) -> Mended | None:
    """Apply every patch, and judge again; None where there is nothing to apply.

    XML is written again in its own profile: what no term holds (`Subject.losses`) is not in it.
    """
    written = subject.judged.source == JSON or subject.profile is not None
    if subject.value is None or not written:
        return None  # nobody knows how to write it again
    value, patch, current = subject.value, list[Mapping[str, object]](), subject
    for _ in range(_ROUNDS):
        operations = combined(value, [each.patch for each in current.judged.report.findings])
        if not operations:
            break
        value = json_patch.apply(value, operations)
        patch += operations
        current = _again(subject, value, asked, validator)
    if not patch:
        return None
    content = None if subject.judged.source == JSON else current.content
    changes = (
        diff(subject.invoice, current.invoice, process_control=True)
        if subject.invoice is not None and current.invoice is not None
        else ()
    )
    return Mended(value, content, current.judged, tuple(patch), tuple(changes))


def combined(value: Any, patches: Iterable[Patch]) -> Patch:  # noqa: ANN401 - parsed JSON
    """Return one patch for several: equal ones once, and none that another made pointless."""
    operations: list[Mapping[str, object]] = []
    seen: set[str] = set()
    for patch in patches:
        key = json.dumps(patch, sort_keys=True, default=str)
        if not patch or key in seen:
            continue
        seen.add(key)
        try:
            value = json_patch.apply(value, patch)
        except json_patch.PatchError:
            continue  # another patch changed the place: the next round judges what is left
        operations += patch
    return tuple(operations)


def _again(subject: Subject, value: Any, asked: Asked, validator: Validator) -> Subject:  # noqa: ANN401
    if subject.judged.source == JSON:
        return opened(_bytes(value), asked, validator)
    if subject.profile is None:
        raise AssertionError("XML without a profile is never mended")
    return opened(subject.profile.write(Invoice.model_validate(value)), asked, validator)


def _in_document(finding: Finding, known: Sequence[Finding]) -> list[Finding]:
    alike = [each for each in known if each.rule == finding.rule]
    exact = [
        each
        for each in alike
        if (finding.pointer is not None and each.pointer == finding.pointer)
        or (finding.location is not None and finding.location in {each.location, each.pointer})
    ]
    if exact:
        return [_filled(finding, exact[0])]
    if not finding.pointer and not finding.location and alike:
        return [_filled(finding, each) for each in alike]
    return [finding]


def _filled(finding: Finding, found: Finding) -> Finding:
    return replace(found, message=finding.message or found.message)


def _coded(code: str) -> Finding:
    return Finding(code.strip(), "", Flag.FATAL, "")


def _canonical(invoice: Invoice) -> Any:  # noqa: ANN401 - JSON
    return invoice.model_dump(mode="json", exclude_defaults=True)


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return parse_json(content)
    except MalformedJsonError:
        return None


def _bytes(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps(value, default=_number, ensure_ascii=False).encode()


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
