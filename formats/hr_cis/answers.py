"""Reading what CIS answers: only what its own certificate signed is believed, errors too.

CIS signs with RSA-SHA1, always (Tehnička specifikacija 2.6, chapter 7). That digest alone would
prove too little: collisions can be made. So it is one lock of two, the other is TLS, and nothing
else of a signature may be weak. What is read is parsed from the bytes that were digested.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from formats.hr_cis.messages import InvoiceResponse, read_response
from formats.signatures.report import Outcome, Signature
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import NotSignedError, check, content
from formats.xml import UnreadableDocumentError, parse

SIGNERS = frozenset({"fiskalcis", "fiskalcistest"})
"""The common names of the certificates of CIS: its own, and that of its test system."""

_DIGESTS = frozenset({"sha1", "sha256"})
_WEAK = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"


class UnprovenAnswerError(ValueError):
    """It is no answer of CIS; the message says why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who CIS is.

    Attributes:
        anchors: Certificates of the CA that certified it, or its own.
    """

    anchors: Sequence[x509.Certificate]

    def terms(self, at: datetime.datetime) -> Terms:
        """Return on what terms its signatures are judged at a moment."""
        known = tuple(one.public_bytes(Encoding.DER) for one in self.anchors)
        return Terms(TrustStore("CIS", known), at)


def opened(body: bytes, authority: Authority, at: datetime.datetime) -> InvoiceResponse:
    """Return what CIS signed.

    Args:
        body: An envelope with an answer.
        authority: Who must have signed it.
        at: The moment.

    Raises:
        UnprovenAnswerError: It is no answer that CIS signed.
    """
    found = check(body, authority.terms(at)).signatures
    if len(found) != 1:
        raise UnprovenAnswerError(f"it has {len(found)} signatures, and not one")
    (signature,) = found
    _believe(signature)
    try:
        said = content(signature)
        if said.digest_algorithm not in _DIGESTS:
            raise UnprovenAnswerError(f"its digest is {said.digest_algorithm}")
        return read_response(parse(said.content))
    except (NotSignedError, UnreadableDocumentError) as error:
        raise UnprovenAnswerError(str(error)) from error


def _believe(signature: Signature) -> None:
    """Return when a signature is good but for its digest, and of CIS.

    Raises:
        UnprovenAnswerError: It is not.
    """
    excused = {"algorithm"} if signature.algorithm == _WEAK else set()
    failed = [one for one in signature.checks if one.outcome is Outcome.FAILED]
    failed = [one for one in failed if one.id not in excused]
    if failed:
        raise UnprovenAnswerError(f"{failed[0].id}: {failed[0].detail}")
    names = {one.id for one in signature.checks if one.outcome is Outcome.PASSED}
    if missing := {"format", "reference", "signature", "certificate"} - names:
        raise UnprovenAnswerError(f"{', '.join(sorted(missing))} was not judged")
    leaf = x509.load_der_x509_certificate(signature.certificate or b"")
    common = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if {str(one.value) for one in common} - SIGNERS or len(common) != 1:
        raise UnprovenAnswerError(f"it is signed by {signature.subject}, which is not CIS")
