"""A report for people at a terminal: the verdict, what did not run, and what is wrong."""

import re
from collections.abc import Iterable, Iterator

from formats.findings import Finding
from gateway.validations.judged import Judged

_NAMED = 3
"""Further places of the same finding that are named; `--output jsonl` has all."""

_NAMESPACES = re.compile(r"\*:([^\[\]/]+)\[namespace-uri\(\)='[^']*'\]|Q\{[^}]*\}")


def verdict_of(judged: Judged) -> str:
    """Return the verdict in words."""
    if judged.report.fatal:
        return "not valid"
    return "valid" if judged.valid else "could not be judged"


def lines(name: str, judged: Judged) -> Iterator[str]:
    """Yield the report of one file, line by line."""
    as_what = f" as {judged.judged_as}" if judged.judged_as else ""
    yield f"{name}: {verdict_of(judged)}{as_what}, rules of {judged.as_of}"
    width = max((len(layer.id) for layer in judged.report.layers), default=0)
    for layer in judged.report.layers:
        detail = layer.reason or layer.source or ""
        yield f"  {layer.id:<{width}}  {layer.outcome.value:<10}  {detail}".rstrip()
    for same in _alike(judged.report.findings):
        yield from _finding(same)


def _alike(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """Return the findings, those together that say the same of several places."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule, finding.rule_set, finding.message, finding.fix or "")
        groups.setdefault(key, []).append(finding)
    return groups.values()


def _finding(same: list[Finding]) -> Iterator[str]:
    first = same[0]
    yield f"  {first.flag.value} {first.rule} {_place(first)}".rstrip()
    yield f"      {first.message}"
    if more := same[1:]:
        named = "; ".join(_place(each) for each in more[:_NAMED])
        yield f"      and at {len(more)} more: {named}{' ...' if len(more) > _NAMED else ''}"
    if first.fix:
        yield f"      fix: {first.fix}"
    if first.patch:
        yield f"      patch: {len(first.patch)} operations (--output jsonl shows them)"


def _place(finding: Finding) -> str:
    line = f", line {finding.line}" if finding.line else ""
    return f"{finding.pointer or _short(finding.location or '')}{line}"


def _short(location: str) -> str:
    """Return an XPath without what people skip: namespaces, and the number of a first element."""
    return _NAMESPACES.sub(lambda found: found[1] or "", location).replace("[1]", "")
