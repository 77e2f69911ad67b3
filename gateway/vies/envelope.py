"""What must be true of VIES's answer before zeep reads it.

zeep takes every text that is not `true` or `1` for false, an empty `<valid/>` for nothing, and may
take another type where `xsi:type` says so. A number would be called invalid by an answer that does
not say so. So the answer is read here first, strictly, and both readers must agree.
"""

import re
from dataclasses import dataclass

from lxml import etree

from formats.xml import Limits, UnreadableDocumentError, parse, string_value
from gateway.vies.answers import Fault
from gateway.vies.faults import fault_of
from gateway.vies.wire import Reply, UnansweredError

TYPES = "urn:ec.europa.eu:taxud:vies:services:checkVat:types"
_SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
_SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
_OK = 200

_LIMITS = Limits(depth=32, elements=1_000, asides=100, attributes=32, attributes_in_all=2_000)
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_WHITESPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer that zeep may read.

    Attributes:
        content: The same tree written anew, so that both readers see the same.
        valid: What the answer says.
    """

    content: bytes
    valid: bool


def check(reply: Reply, operation: str) -> Checked:
    """Check that a reply answers an operation with a plain yes or no.

    Args:
        reply: As it came.
        operation: `checkVat` or `checkVatApprox`.

    Raises:
        UnansweredError: With the fault that VIES names, or what the status means, or
            `BAD_ANSWER` for anything that is not exactly an answer to this operation.
    """
    try:
        root = _parsed(reply)
    except UnansweredError:
        if reply.status != _OK:
            raise UnansweredError(fault_of(reply.status), f"HTTP {reply.status}") from None
        raise
    if (words := _fault_words(root)) is not None:
        raise UnansweredError(fault_of(reply.status, words), words or f"HTTP {reply.status}")
    if reply.status != _OK:
        raise UnansweredError(fault_of(reply.status), f"HTTP {reply.status}")
    response = _response(root, operation)
    valid = _TRUTH.get(_plain(response, "valid"))
    if valid is None:
        raise _bad("The answer says neither true nor false.")
    if not _DATE.fullmatch(_plain(response, "requestDate")):
        raise _bad("The answer has no date.")
    return Checked(etree.tostring(root, encoding="utf-8", xml_declaration=True), valid)


def _bad(detail: str) -> UnansweredError:
    return UnansweredError(Fault.BAD_ANSWER, detail)


def _parsed(reply: Reply) -> etree._Element:
    if not reply.complete:
        raise _bad("The answer is longer than any answer of VIES.")
    try:
        return parse(reply.body, _LIMITS)
    except UnreadableDocumentError as error:
        raise _bad(f"The answer is no XML that is read: {error}") from None


def _fault_words(root: etree._Element) -> str | None:
    """Return what a SOAP fault says; None when there is none. VIES uses 1.1; gateways both."""
    for namespace in (_SOAP_11, _SOAP_12):
        fault = root.find(f"{{{namespace}}}Body/{{{namespace}}}Fault")
        if root.tag != f"{{{namespace}}}Envelope" or fault is None:
            continue
        for path in ("faultstring", f"{{{namespace}}}faultstring", f"{{{namespace}}}Reason"):
            if (words := fault.find(path)) is not None and string_value(words).strip():
                return string_value(words).strip()
        return string_value(fault).strip()
    return None


def _response(root: etree._Element, operation: str) -> etree._Element:
    bodies = [child for child in root if child.tag == f"{{{_SOAP_11}}}Body"]
    if root.tag != f"{{{_SOAP_11}}}Envelope" or len(bodies) != 1:
        raise _bad("The answer is no SOAP envelope with one body.")
    contents = [child for child in bodies[0] if isinstance(child.tag, str)]
    if [child.tag for child in contents] != [f"{{{TYPES}}}{operation}Response"]:
        raise _bad(f"The answer is none to {operation}.")
    return contents[0]


def _plain(response: etree._Element, name: str) -> str:
    """Return the text of the one element of that name; "" when it is not plain text alone."""
    found = response.findall(f"{{{TYPES}}}{name}")
    if len(found) != 1 or len(found[0]) or found[0].attrib:
        return ""
    return (found[0].text or "").strip(_WHITESPACE)
