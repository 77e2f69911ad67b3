"""What Saxon says of a document: SVRL (ISO/IEC 19757-3, annex D) taken apart, or an error."""

from dataclasses import dataclass

from lxml import etree

from formats import xml
from formats.findings import Flag

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_MILDER = {
    "warning": Flag.WARNING,
    "information": Flag.INFORMATION,
    "info": Flag.INFORMATION,
}
_LIMITS = xml.Limits(bytes=512 * 1024 * 1024, elements=8_000_000)


@dataclass(frozen=True, slots=True)
class Fired:
    """One failed assert or successful report.

    Attributes:
        rule: Its id; `unnamed` when it has none.
        flag: Anything but a word we know to be milder is fatal.
        location: XPath, as the stylesheet spells it.
        message: The text, its white space made single spaces.
        test: The expression, likewise; empty where nobody says it.
    """

    rule: str
    flag: Flag
    location: str
    message: str
    test: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that a rule set says of a document.

    Attributes:
        fired: In the order of the report; empty when there was an error.
        error: The words of a run-time error: a rejection.
        contexts: Of the rules that looked at a node; without any there is no verdict at all.
    """

    fired: tuple[Fired, ...]
    error: str | None = None
    contexts: frozenset[str] = frozenset()


def read_report(report: bytes) -> Verdict:
    """Return what an SVRL report says.

    Raises:
        ValueError: It is not SVRL.
    """
    root = xml.parse(report, _LIMITS)
    if root.tag != f"{_SVRL}schematron-output":
        raise ValueError(f"the answer is {root.tag!r} instead of an SVRL report")
    found = root.iterchildren(f"{_SVRL}failed-assert", f"{_SVRL}successful-report")
    tried = (rule.get("context", "") for rule in root.iterchildren(f"{_SVRL}fired-rule"))
    contexts = frozenset(" ".join(context.split()) for context in set(tried))
    return Verdict(tuple(_fired(element) for element in found), None, contexts)


def _fired(element: etree._Element) -> Fired:
    text = element.find(f"{_SVRL}text")
    # PINT, Serbia and France write the severity as `role`.
    severity = element.get("flag") or element.get("role") or ""
    return Fired(
        rule=element.get("id") or "unnamed",
        flag=_MILDER.get(severity.strip().lower(), Flag.FATAL),
        location=element.get("location") or "",
        message=" ".join(xml.string_value(text).split()) if text is not None else "",
        test=" ".join(element.get("test", "").split()),
    )
