"""XAdES-T: time stamps over the signature value (EN 319 132-1 clause 5.3)."""

import datetime
from collections.abc import Sequence

from lxml import etree

from formats.signatures import timestamp
from formats.signatures.report import Indication, SubIndication
from formats.signatures.trust import Terms
from formats.signatures.xml import canonical
from formats.signatures.xml.document import Document
from formats.signatures.xml.findings import Findings
from formats.signatures.xml.names import algorithm, binary, children, ds, local, optional
from formats.signatures.xml.qualifying import is_named
from formats.signatures.xml.rejection import Rejected, constrained, indication
from formats.signatures.xml.structure import Structure
from formats.signatures.xml.transforms import prefix_list

MOST_STAMPS = 16


def check_stamps(  # noqa: PLR0913 - the parts of the question
    unsigned: Sequence[etree._Element],
    structure: Structure,
    document: Document,
    *,
    terms: Terms,
    certificates: tuple[bytes, ...],
    findings: Findings,
) -> datetime.datetime | None:
    """Check every signature time stamp; return the earliest moment that is proven.

    A stamp whose authority is not trusted proves nothing, and takes nothing away. One that is
    broken or about something else keeps the signature from passing: somebody put it there.
    """
    proven: list[datetime.datetime] = []
    stamps = [one for one in unsigned if is_named(one, "SignatureTimeStamp")]
    for element in stamps[:MOST_STAMPS]:
        try:
            covered = _covered(element, structure, document)
            for token in _tokens(element):
                found = timestamp.check(token, covered, terms, certificates=certificates)
                if found.proven is not None:
                    proven.append(found.proven)
                    findings.passed("timestamp", f"{found.proven.isoformat()} is proven.")
                else:
                    _note(found, findings)
        except Rejected as rejection:
            findings.failed("timestamp", SubIndication.SIG_CONSTRAINTS_FAILURE, rejection.detail)
    if len(stamps) > MOST_STAMPS:
        findings.failed("timestamp", SubIndication.SIG_CONSTRAINTS_FAILURE, "They are too many.")
    return min(proven, default=None)


def _note(found: timestamp.Timestamp, findings: Findings) -> None:
    detail = f"A time stamp proves nothing: {found.reason}"
    if found.sub is SubIndication.TIMESTAMP_ORDER_FAILURE:
        findings.failed("timestamp", found.sub, detail)
    elif indication(found.sub) is Indication.TOTAL_FAILED:
        findings.failed("timestamp", SubIndication.SIG_CONSTRAINTS_FAILURE, detail)
    else:
        findings.not_judged("timestamp", detail)


def _covered(element: etree._Element, structure: Structure, document: Document) -> bytes:
    """Return the canonical SignatureValue, by the method that the stamp names."""
    way = optional(element, ds("CanonicalizationMethod"))
    if way is None:
        return document.canonical(structure.value_element, canonical.DEFAULT)
    method = canonical.named(algorithm(way), "timestamp")
    return document.canonical(structure.value_element, method, prefixes=prefix_list(way, method))


def _tokens(element: etree._Element) -> list[bytes]:
    found = [binary(one) for one in children(element) if local(one) == "EncapsulatedTimeStamp"]
    if not found or len(found) > MOST_STAMPS:
        raise constrained("timestamp", "A time stamp holds no token, or too many.")
    return found
