"""What is to be explained: codes, or a report in any of the forms that reports come in."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from formats import xml
from formats.findings import Finding, Flag
from formats.validation import svrl

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_MOST = 2_000
"""Findings that are explained; a broken document of ten thousand lines has more."""


class UnknownReportError(ValueError):
    """It is no report that is known here."""


def findings_of(report: object) -> tuple[Finding, ...]:
    """Return the findings of a report.

    Args:
        report: A report of ours as JSON (of `POST /v1/validate`, `gateway validate`, a document,
            or the problem that refused one), a list of findings, or SVRL as text; each may hold
            several reports.

    Raises:
        UnknownReportError: It is none of these.
    """
    if isinstance(report, str):
        return _of_text(report)
    found = tuple(_of_json(report))
    if not found and not _is_report(report):
        raise UnknownReportError(
            "a report has findings, or it is SVRL; a document goes into document"
        )
    return found[:_MOST]


def is_svrl(content: bytes) -> bool:
    """Tell whether bytes are a Schematron report."""
    return b"http://purl.oclc.org/dsdl/svrl" in content[:4096]


def _of_text(text: str) -> tuple[Finding, ...]:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _of_svrl(text.encode())
    found: list[Finding] = []
    try:
        for line in _values(start):
            found += findings_of(line)
    except json.JSONDecodeError as error:
        raise UnknownReportError(f"it is neither JSON nor SVRL: {error}") from None
    return tuple(found[:_MOST])


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values of a text: one, or one a line (`--output jsonl`)."""
    decoder = json.JSONDecoder()
    while text:
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:].lstrip()


def _of_svrl(content: bytes) -> tuple[Finding, ...]:
    try:
        root = xml.parse(content)
    except xml.UnreadableDocumentError as error:
        raise UnknownReportError(f"the SVRL cannot be read: {error}") from None
    reports = list(root.iter(f"{_SVRL}schematron-output"))
    if not reports:
        raise UnknownReportError(f"{etree.QName(root).localname} is no SVRL report")
    return tuple(
        svrl.finding_of(element, report.get("title") or "")
        for report in reports
        for element in report.iterchildren(f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
    )[:_MOST]


def _is_report(value: object) -> bool:
    if isinstance(value, list):
        return True
    return isinstance(value, Mapping) and ("findings" in value or "errors" in value)


def _of_json(value: object) -> Iterator[Finding]:
    if isinstance(value, list):
        for item in value:
            yield from _of_json(item)
    elif isinstance(value, Mapping):
        if isinstance(value.get("rule"), str):
            yield _finding(value)
            return
        for name in ("findings", "errors", "report"):
            yield from _of_json(value.get(name))


def _finding(value: Mapping[str, Any]) -> Finding:
    def text(name: str) -> str | None:
        given = value.get(name)
        return given if isinstance(given, str) else None

    line, flag = value.get("line"), text("flag")
    return Finding(
        rule=value["rule"],
        rule_set=text("rule_set") or "",
        flag=Flag(flag) if flag in set(Flag) else Flag.FATAL,
        message=text("message") or "",
        term=text("term"),
        pointer=text("pointer"),
        location=text("location"),
        line=line if isinstance(line, int) else None,
        fix=text("fix"),
    )
