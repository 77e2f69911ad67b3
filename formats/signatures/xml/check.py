"""Checking every XML signature of a document: XMLDSig and XAdES. Pure, and closed by default.

What is signed is read from the bytes that were digested: SignedInfo, the signed properties and the
content are parsed anew from their canonical form. What a library raises becomes a rejection.
"""

from collections.abc import Mapping, Sequence

from formats.signatures.report import Check, Outcome, Signature, SignatureReport, SubIndication
from formats.signatures.trust import Terms
from formats.signatures.xml.context import Context
from formats.signatures.xml.document import Document
from formats.signatures.xml.judging import judge
from formats.signatures.xml.names import ds
from formats.signatures.xml.rejection import Rejected, indication
from formats.signatures.xml.work import Work
from formats.xml import UnreadableDocumentError

MOST_SIGNATURES = 64


def check(  # noqa: PLR0913 - what a caller may know, all of it named
    document: bytes,
    terms: Terms,
    *,
    detached: Mapping[str, bytes] | None = None,
    certificates: Sequence[bytes] = (),
    policies: Mapping[str, bytes] | None = None,
    work: Work | None = None,
) -> SignatureReport:
    """Check every signature of a document. Never raises, whatever the bytes are.

    Args:
        document: XML.
        terms: Whom to believe, when, and what is known.
        detached: Files that signatures name, by these very names. Nothing is fetched.
        certificates: Certificates in DER that a signature may name without holding them.
        policies: Signature policies by their identifiers.
        work: How much it may cost; of a container, all its signatures together.

    Returns:
        The signatures in the order they stand, counter signatures among them. Read
        `Signature.signed` and nothing else, best with `read_signed`.
    """
    files = dict(detached or {})
    work = work or Work(len(document) + sum(map(len, files.values())))
    context = Context(
        terms=terms, detached=files, certificates=certificates, policies=policies or {}
    )
    try:
        parsed = Document(document, work)
    except UnreadableDocumentError as error:
        return SignatureReport((_unreadable(str(error)),))
    except Rejected as rejection:
        return SignatureReport((_unreadable(rejection.detail),))
    elements = list(parsed.root.iter(ds("Signature")))
    if len(elements) > MOST_SIGNATURES:
        return SignatureReport((_unreadable(f"More than {MOST_SIGNATURES} signatures."),))
    return SignatureReport(tuple(judge(one, parsed, context) for one in elements))


def _unreadable(detail: str) -> Signature:
    reason = SubIndication.FORMAT_FAILURE
    return Signature(
        format="XML",
        indication=indication(reason),
        sub_indication=reason,
        checks=(Check("format", Outcome.FAILED, detail),),
    )
