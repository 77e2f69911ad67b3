"""A report as SVRL (ISO/IEC 19757-3, annex D), with the layers that are no Schematron as patterns.

Every layer is an `active-pattern`; `role` is its outcome. A rule set's findings carry no XPath of
their test, so `test` holds the rule's id. Where a layer found nothing there is one `fired-rule`
for the document: SVRL asks for one, and it says that the layer looked.
"""

from collections.abc import Iterator
from html import escape

from formats.findings import Finding, LayerOutcome
from gateway.validations.judged import Judged

_NAMESPACE = "http://purl.oclc.org/dsdl/svrl"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def schematron_output(name: str, judged: Judged) -> str:
    """Return one `svrl:schematron-output` element."""
    title = _attribute(f"{name}: {judged.judged_as or 'named rule sets'}")
    head = f'<svrl:schematron-output xmlns:svrl="{_NAMESPACE}" title={title}>'
    return "\n".join([head, *_lines(name, judged), "</svrl:schematron-output>", ""])


def _lines(name: str, judged: Judged) -> Iterator[str]:
    if judged.xml is None:
        yield f"  <svrl:text>{_text('no XML was judged')}</svrl:text>"
    groups: dict[str, list[Finding]] = {layer.id: [] for layer in judged.report.layers}
    for finding in judged.report.findings:
        groups.setdefault(finding.rule_set, []).append(finding)
    outcomes = {layer.id: layer for layer in judged.report.layers}
    for identifier, findings in groups.items():
        yield from _pattern(name, identifier, outcomes.get(identifier), findings)


def _pattern(
    name: str, identifier: str, outcome: LayerOutcome | None, findings: list[Finding]
) -> Iterator[str]:
    role = "ran" if outcome is None else outcome.outcome.value
    yield (
        f"  <svrl:active-pattern document={_attribute(name)} name={_attribute(identifier)} "
        f"role={_attribute(role)}/>"
    )
    if not findings and role == "ran":
        yield '  <svrl:fired-rule context="/"/>'
    if outcome is not None and outcome.reason:
        yield f"  <!-- {_comment(outcome.reason)} -->"
    for finding in findings:
        location = finding.location or finding.pointer or "/"
        yield f"  <svrl:fired-rule context={_attribute(location)}/>"
        yield (
            f"  <svrl:failed-assert id={_attribute(finding.rule)} "
            f"flag={_attribute(finding.flag.value)} location={_attribute(location)} "
            f"test={_attribute(finding.rule)}>"
        )
        yield f"    <svrl:text>{_text(finding.message)}</svrl:text>"
        if finding.fix:
            yield (
                '    <svrl:diagnostic-reference diagnostic="fix">'
                f"<svrl:text>{_text(finding.fix)}</svrl:text></svrl:diagnostic-reference>"
            )
        yield "  </svrl:failed-assert>"


def _attribute(value: str) -> str:
    return f'"{escape(_printable(value))}"'


def _text(value: str) -> str:
    return escape(_printable(value), quote=False)


def _comment(value: str) -> str:
    return _printable(value).replace("--", "- -").rstrip("-")


def _printable(value: str) -> str:
    """Return text that XML can carry: file names may hold anything."""
    return "".join(
        each
        if each in "\t\n\r"
        or " " <= each <= "\ud7ff"
        or "\ue000" <= each <= "\ufffd"
        or each > "\uffff"
        else "\N{REPLACEMENT CHARACTER}"
        for each in value
    )
