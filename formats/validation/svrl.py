"""SVRL, the report of Schematron (ISO/IEC 19757-3, annex D), read into findings."""

import re

from lxml import etree

from formats import xml
from formats.findings import Finding, Flag
from formats.validation.engine import EngineError

_SVRL = "http://purl.oclc.org/dsdl/svrl"
_REPORT = f"{{{_SVRL}}}schematron-output"
_FIRED = f"{{{_SVRL}}}fired-rule"
_ASSERT = f"{{{_SVRL}}}failed-assert"
_SUCCESS = f"{{{_SVRL}}}successful-report"
_TEXT = f"{{{_SVRL}}}text"

_TERM = re.compile(r"\bB[TG]-\d+\b")
_FLAGS = {
    "warning": Flag.WARNING,
    "information": Flag.INFORMATION,
    "info": Flag.INFORMATION,
}

# The report names every rule that fired: many times the lines of the document.
_LIMITS = xml.Limits(bytes=512 * 1024 * 1024, elements=8_000_000)


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
    return tuple(_finding(element, rule_set) for element in root.iterchildren(_ASSERT, _SUCCESS))


def _finding(element: etree._Element, rule_set: str) -> Finding:
    rule = element.get("id") or "unnamed"
    text = element.find(_TEXT)
    message = " ".join(xml.string_value(text).split()) if text is not None else ""
    # EN 16931 and Peppol repeat the id in the text: "[BR-02]-An Invoice shall have ...".
    message = re.sub(rf"^\[{re.escape(rule)}\]\s*[-:]?\s*", "", message)
    terms = set(_TERM.findall(message))
    return Finding(
        rule=rule,
        rule_set=rule_set,
        flag=_flag(element),
        message=message or rule,
        term=terms.pop() if len(terms) == 1 else None,
        location=element.get("location"),
    )


def _flag(element: etree._Element) -> Flag:
    """Return the severity; anything but a word we know to be milder is fatal.

    PINT, Serbia and France write it as `role`.
    """
    severity = element.get("flag") or element.get("role") or ""
    return _FLAGS.get(severity.strip().lower(), Flag.FATAL)
