"""What the mathematics of one CMS signer say, and whether the attributes mean what they seem to.

Nothing here asks who the signer is; `formats.signatures.cms` does, afterwards. Content counts as
signed only when `Judged.sub` came out of later checks than the signature itself.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from asn1crypto import cms, x509

from formats.signatures import algorithms
from formats.signatures import cms_reading as reading
from formats.signatures.cms_reading import SignedData, SignerInfo
from formats.signatures.digests import Digests
from formats.signatures.report import Check, Outcome, SubIndication
from formats.signatures.signer import Algorithm

_SET = 0x31


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of one signer.

    Attributes:
        checks: In order.
        sub: Why it is no pass so far.
        holds: True when the mathematics hold: what is signed, is signed by the certificate's key.
        chain: The signer's certificate first, then all others that were sent; empty when it is
            not there.
        bound: True when the signature itself says which certificate is the signer's (ESS).
    """

    checks: tuple[Check, ...] = ()
    sub: SubIndication | None = None
    holds: bool = False
    chain: tuple[bytes, ...] = ()
    bound: bool = False

    def passed(self, name: str, detail: str = "") -> "Judged":
        """Return it with one more good check."""
        return replace(self, checks=(*self.checks, Check(name, Outcome.PASSED, detail)))

    def open(self, name: str, detail: str) -> "Judged":
        """Return it with one more check that says nothing."""
        return replace(self, checks=(*self.checks, Check(name, Outcome.NOT_JUDGED, detail)))

    def failed(self, name: str, detail: str, sub: SubIndication) -> "Judged":
        """Return it with one more failure; the first gives the word."""
        checks = (*self.checks, Check(name, Outcome.FAILED, detail))
        return replace(self, checks=checks, sub=self.sub or sub)


def judge(  # noqa: PLR0911, PLR0913 - each step ends it; all that is known of it
    message: SignedData,
    signer: SignerInfo,
    content: bytes | None,
    at: datetime.datetime,
    certificates: Sequence[bytes] = (),
    *,
    digests: Digests | None = None,
) -> Judged:
    """Judge the mathematics of one signer.

    Args:
        message: The message.
        signer: One of its signers.
        content: What is signed; None when nobody has it.
        at: For the algorithms.
        certificates: More certificates that may be the signer's, in DER.
        digests: What is known of the content already, from other signers.
    """
    digests = digests or Digests()
    judged = _form(message, signer, content)
    if judged.sub is not None:
        return judged
    judged = _identified(judged, signer, (*message.certificates, *certificates))
    if judged.sub is not None:
        return judged
    if content is None:
        detail = "The signed file is not inside: hand it in as the detached content."
        return judged.failed("reference", detail, SubIndication.SIGNED_DATA_NOT_FOUND)
    problem = _weakness(signer, at)
    if problem is not None:
        judged = judged.failed("algorithm", problem, SubIndication.CRYPTO_CONSTRAINTS_FAILURE)
        if signer.algorithm is None:
            return judged
        # what is no longer believed is calculated all the same: "changed" is worse than "old"
    else:
        judged = judged.passed("algorithm", f"{signer.algorithm_name} with {signer.digest}")
    if signer.attributes_der is not None:
        stated = signer.single(reading.MESSAGE_DIGEST).native
        if stated != digests.of(signer.digest, content):
            detail = "The content is not what was signed: its digest differs."
            return replace(judged, sub=None).failed(
                "reference", detail, SubIndication.HASH_FAILURE
            )
        judged = judged.passed("reference", f"{len(content)} bytes")
    if not _verified(signer, content, judged.chain[0], digests):
        detail = "The signature is not by the certificate's key, or the attributes were changed."
        return replace(judged, sub=None).failed(
            "signature", detail, SubIndication.SIG_CRYPTO_FAILURE
        )
    return replace(judged.passed("signature"), holds=True)


def _form(message: SignedData, signer: SignerInfo, content: bytes | None) -> Judged:
    """Check that the attributes are those that such a content asks for (RFC 5652 5.3, 11)."""
    judged = Judged()
    problem = None
    if signer.attributes_der is None:
        if message.content_type != reading.DATA:
            problem = "Only plain data may be signed without signed attributes (RFC 5652 5.3)."
        elif content is not None and looks_like_attributes(content):
            problem = (
                "The content is a set of signed attributes and there are none beside it: the"
                " attributes of another signature are presented as a document."
            )
    else:
        kind = signer.single(reading.CONTENT_TYPE)
        if kind is None or kind.dotted != message.content_type:
            problem = "The content-type attribute is missing or names another type."
        elif signer.single(reading.MESSAGE_DIGEST) is None:
            problem = "The message-digest attribute is missing."
        elif signer.declared is not None and signer.declared != signer.outer:
            problem = "The algorithms were changed after signing (RFC 6211)."
    if problem is not None:
        return judged.failed("format", problem, SubIndication.FORMAT_FAILURE)
    return judged.passed("format")


def looks_like_attributes(content: bytes) -> bool:
    """Tell whether bytes are the DER of signed attributes, as a signature without any covers.

    The same signature fits both "this content, no attributes" and "these attributes": whoever
    moves it from one to the other shows a document that nobody signed.
    """
    if content[:1] != bytes([_SET]):
        return False
    try:
        parsed = cms.CMSAttributes.load(content)
        return any(
            one["type"].dotted in {reading.MESSAGE_DIGEST, reading.CONTENT_TYPE} for one in parsed
        )
    except Exception:  # noqa: BLE001 - the parser raises many kinds
        return False


def _identified(judged: Judged, signer: SignerInfo, ders: Sequence[bytes]) -> Judged:
    """Find the signer's certificate: by name or key, and by the digest that was signed (ESS)."""
    found = [der for der in dict.fromkeys(ders) if _fits(signer, der)]
    missing = SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    if not found:
        detail = "The signer's certificate was not sent along."
        return judged.failed("signing-certificate", detail, missing)
    references = list(_references(signer))
    for reference in references:
        found = [der for der in found if _refers(reference, der)]
    if not found:
        detail = "The signature names another certificate than the one that was sent."
        return judged.failed("signing-certificate", detail, missing)
    chain = (found[0], *(der for der in dict.fromkeys(ders) if der != found[0]))
    judged = replace(judged, chain=chain, bound=bool(references))
    if references:
        return judged.passed("signing-certificate")
    detail = "The signature does not say which certificate it is by: it is CMS, not CAdES."
    return judged.open("signing-certificate", detail)


def _fits(signer: SignerInfo, der: bytes) -> bool:
    parsed = reading.readable_certificate(der)
    if parsed is None:
        return False
    if signer.key_id is not None:
        return bool(parsed.key_identifier == signer.key_id)
    return bool(parsed.issuer.hashable == signer.issuer and parsed.serial_number == signer.serial)


def _references(signer: SignerInfo) -> Iterable[tuple[str, Any]]:
    """Yield the signed references to the signer's certificate: digest and reference."""
    for oid in (reading.SIGNING_CERTIFICATE, reading.SIGNING_CERTIFICATE_V2):
        value = signer.single(oid)
        if value is None:
            continue
        first = value["certs"][0]
        v2 = oid == reading.SIGNING_CERTIFICATE_V2
        yield (first["hash_algorithm"]["algorithm"].native if v2 else "sha1"), first


def _refers(reference: tuple[str, Any], der: bytes) -> bool:
    """Tell whether a reference is to a certificate.

    SHA-1 is taken here (ESS version 1 knows nothing else): to abuse it, a second certificate with
    the digest of a given one would have to be made.
    """
    digest, value = reference
    if digest not in algorithms.DIGESTS:
        return False
    if value["cert_hash"].native != algorithms.digest(digest, der):
        return False
    if value["issuer_serial"].native is None:
        return True
    parsed = x509.Certificate.load(der)
    names = value["issuer_serial"]["issuer"]
    return bool(
        value["issuer_serial"]["serial_number"].native == parsed.serial_number
        and len(names) == 1
        and names[0].name == "directory_name"
        and names[0].chosen == parsed.issuer
    )


def _weakness(signer: SignerInfo, at: datetime.datetime) -> str | None:
    if signer.algorithm is None:
        return (
            f"{signer.algorithm_name} with {signer.digest} is not among the algorithms that are"
            " believed, or the two do not go together."
        )
    return algorithms.digest_problem(signer.digest, at)


def _verified(signer: SignerInfo, content: bytes, der: bytes, digests: Digests) -> bool:
    parsed = x509.Certificate.load(der)
    key = algorithms.public_key(parsed.public_key.dump())
    if key is None or signer.algorithm is None:
        return False
    algorithm, salt = signer.algorithm, signer.salt
    if signer.attributes_der is None:
        if algorithm is Algorithm.ED25519:
            digests.gone_through()
            return algorithms.verify(key, algorithm, signer.signature, content)
        known = digests.of(signer.digest, content)
        return algorithms.verify(key, algorithm, signer.signature, content, salt, digest=known)
    data = signer.attributes_der
    if algorithms.verify(key, algorithm, signer.signature, data, salt):
        return True
    again = signer.attributes_again()
    return again != data and algorithms.verify(key, algorithm, signer.signature, again, salt)
