"""Counter signatures: signatures over the value of another (EN 319 132-1 clause 5.2.7)."""

from collections.abc import Sequence

from lxml import etree

from formats.signatures.xml.findings import Findings
from formats.signatures.xml.names import COUNTERSIGNED, ds
from formats.signatures.xml.qualifying import is_named
from formats.signatures.xml.references import Reference
from formats.signatures.xml.rejection import constrained


def check_counter_signature(
    element: etree._Element, references: Sequence[Reference], findings: Findings
) -> None:
    """Check that what stands as a counter signature signs the value of the signature around it.

    Raises:
        Rejected: It signs something else, or says of another signature that it is one.
    """
    values = [one.target for one in references if _is_value(one.target)]
    parent = element.getparent()
    if parent is None or not is_named(parent, "CounterSignature"):
        if any(one.type == COUNTERSIGNED and not _is_value(one.target) for one in references):
            raise constrained("counter-signature", "What it countersigns is no signature's value.")
        return
    around = next(element.iterancestors(ds("Signature")), None)
    own = None if around is None else around.find(ds("SignatureValue"))
    if own is None or not any(value is own for value in values):
        raise constrained(
            "counter-signature", "It does not sign the value of the signature that holds it."
        )
    findings.passed("counter-signature")


def _is_value(target: etree._Element | None) -> bool:
    return target is not None and target.tag == ds("SignatureValue")
