"""SVRL, the report of Schematron (ISO/IEC 19757-3, annex D), read into findings."""

from lxml import etree

from formats import xml
from formats.findings import Finding
from formats.validation import wording
from formats.validation.engine import EngineError

_SVRL = "http://purl.oclc.org/dsdl/svrl"
_REPORT = f"{{{_SVRL}}}schematron-output"
_FIRED = f"{{{_SVRL}}}fired-rule"
_ASSERT = f"{{{_SVRL}}}failed-assert"
_SUCCESS = f"{{{_SVRL}}}successful-report"
_TEXT = f"{{{_SVRL}}}text"

# The report names every rule that fired: many times the lines of the document.
_LIMITS = xml.Limits(bytes=512 * 1024 * 1024, elements=8_000_000, attributes_in_all=32_000_000)


def findings(report: bytes, rule_set: str) -> tuple[Finding, ...]:
    """Return the failed asserts and successful reports of an SVRL report, in its order.

    Args:
        report: The SVRL document.
        rule_set: Artefact id that every finding will carry.

    Raises:
        EngineError: It is not SVRL, or no rule looked at the document. Compiled Schematron answers
            an unknown document with a report without a failed assert: that is no verdict.
    """
    try:
        root = xml.parse(report, _LIMITS)
    except xml.UnreadableDocumentError as error:
        raise EngineError(f"the engine's report cannot be read: {error}") from error
    if root.tag != _REPORT:
        raise EngineError(f"the engine answered {root.tag!r} instead of an SVRL report")
    if root.find(_FIRED) is None:
        raise EngineError("no rule of the set looked at the document")
    return tuple(finding_of(element, rule_set) for element in root.iterchildren(_ASSERT, _SUCCESS))


def finding_of(element: etree._Element, rule_set: str) -> Finding:
    """Return what a `svrl:failed-assert` or `svrl:successful-report` says."""
    rule = element.get("id") or "unnamed"
    text = element.find(_TEXT)
    message = wording.message(rule, xml.string_value(text) if text is not None else "")
    return Finding(
        rule=rule,
        rule_set=rule_set,
        flag=wording.flag(element.get("flag") or element.get("role") or ""),
        message=message,
        term=wording.term(message),
        location=element.get("location"),
    )
