"""A report for people at a terminal: the verdict, what did not run, and what is wrong."""

from collections.abc import Iterator

from formats.findings import Finding
from gateway.validations.judged import Judged


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
    for finding in judged.report.findings:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    line = f", line {finding.line}" if finding.line else ""
    place = finding.pointer or finding.location or ""
    yield f"  {finding.flag.value} {finding.rule} {place}{line}".rstrip()
    yield f"      {finding.message}"
    if finding.fix:
        yield f"      fix: {finding.fix}"
    if finding.patch:
        yield f"      patch: {len(finding.patch)} operations (--output jsonl shows them)"
