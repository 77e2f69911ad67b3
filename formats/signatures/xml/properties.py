"""XAdES: what signed properties say, and whether it holds (EN 319 132-1 clause 5.2)."""

import datetime
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence

from asn1crypto import x509
from lxml import etree

from formats.signatures.report import SubIndication
from formats.signatures.xml.algorithms import DIGESTS, digest
from formats.signatures.xml.certificates import Certificate
from formats.signatures.xml.findings import Findings
from formats.signatures.xml.keys import is_issuer_serial
from formats.signatures.xml.names import (
    MANIFEST,
    algorithm,
    binary,
    children,
    ds,
    local,
    only,
    text,
)
from formats.signatures.xml.qualifying import Qualifying
from formats.signatures.xml.references import Reference
from formats.signatures.xml.rejection import Rejected, constrained, rejected
from formats.xml import parse

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.ASCII)
_MOST = 64


def signing_time(properties: Qualifying) -> datetime.datetime | None:
    """Return when the signer says it was signed; a time without a zone is taken as UTC.

    Raises:
        Rejected: It is not a time (`xs:dateTime`).
    """
    element = _property(properties, "SigningTime")
    if element is None:
        return None
    match = _TIME.fullmatch(text(element))
    if match is None:
        raise rejected("signing-time", "SigningTime is not a time.")
    try:
        found = datetime.datetime.fromisoformat(match[0])
    except ValueError:
        raise rejected("signing-time", "SigningTime is not a time.") from None
    return found if match["zone"] else found.replace(tzinfo=datetime.UTC)


def claims(properties: Qualifying) -> list[etree._Element]:
    """Return the `Cert` elements of SigningCertificate, of either version, the signer's first."""
    return [
        cert
        for name in ("SigningCertificateV2", "SigningCertificate")
        for one in (_property(properties, name),)
        if one is not None
        for cert in children(one)[:_MOST]
    ]


def means(cert: etree._Element, certificate: Certificate) -> bool:
    """Tell whether a `Cert` has the digest of a certificate.

    Raises:
        Rejected: It is malformed, or the digest is not known.
    """
    namespace = etree.QName(cert).namespace
    held = only(cert, f"{{{namespace}}}CertDigest")
    return _digest(held, "signing-certificate", certificate.der)


def check_signing_certificate(
    properties: Qualifying, certificate: Certificate, *, key_info_signed: bool
) -> str:
    """Check that the certificate is the one the signer meant; return what to say of it.

    Raises:
        Rejected: It is another, or none is named and KeyInfo is not signed either.
    """
    named = claims(properties)
    if not named:
        if key_info_signed:
            return "KeyInfo is signed."
        raise constrained(
            "signing-certificate", "The signature does not say which certificate it means."
        )
    found = [cert for cert in named if means(cert, certificate)]
    if not found:
        raise Rejected(
            "signing-certificate",
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            "The certificate is not the one that SigningCertificate names.",
        )
    if not all(_issuer_is_right(cert, certificate) for cert in found):
        raise constrained(
            "signing-certificate", "SigningCertificate names another issuer or serial number."
        )
    return ""


def _issuer_is_right(cert: etree._Element, certificate: Certificate) -> bool:
    namespace = etree.QName(cert).namespace
    first = cert.find(f"{{{namespace}}}IssuerSerial")
    second = cert.find(f"{{{namespace}}}IssuerSerialV2")
    try:
        return (first is None or is_issuer_serial(first, certificate)) and (
            second is None or _is_issuer_serial_der(binary(second), certificate)
        )
    except Rejected:
        return False


def _is_issuer_serial_der(der: bytes, certificate: Certificate) -> bool:
    """Compare `IssuerSerial` of RFC 5035 (EN 319 132-1 5.2.2.3)."""
    from asn1crypto import tsp  # noqa: PLC0415 - only where it is used

    try:
        parsed = tsp.IssuerSerial.load(der, strict=True)
        names = [name.chosen for name in parsed["issuer"] if isinstance(name.chosen, x509.Name)]
        return parsed["serial_number"].native == certificate.serial and any(
            name == certificate.issuer for name in names
        )
    except (ValueError, TypeError, KeyError):
        return False


def check_policy(
    properties: Qualifying, policies: Mapping[str, bytes], findings: Findings
) -> None:
    """Compare the signature policy's digest with the policy, when it was handed in.

    Raises:
        Rejected: The digest is another, or the policy is named in a way that cannot be checked.
    """
    element = _property(properties, "SignaturePolicyIdentifier")
    if element is None:
        return
    namespace = etree.QName(element).namespace
    explicit = element.find(f"{{{namespace}}}SignaturePolicyId")
    if explicit is None:
        findings.passed("policy", "The signature says that its policy is implied.")
        return
    identified = only(explicit, f"{{{namespace}}}SigPolicyId")
    identifier = text(only(identified, f"{{{namespace}}}Identifier"))
    held = only(explicit, f"{{{namespace}}}SigPolicyHash")
    if DIGESTS.get(algorithm(_either(held, "DigestMethod"))) is None:
        raise Rejected(
            "policy",
            SubIndication.POLICY_PROCESSING_ERROR,
            "The digest of the policy is not one that is known.",
        )
    policy = policies.get(identifier)
    if policy is None:
        findings.not_judged("policy", f"The policy {identifier[:200]} was not handed in.")
        return
    if explicit.find(ds("Transforms")) is not None:
        raise Rejected(
            "policy",
            SubIndication.POLICY_PROCESSING_ERROR,
            "The policy's digest is over a transformed policy, which is not accepted.",
        )
    if not _digest(held, "policy", policy):
        raise Rejected(
            "policy",
            SubIndication.POLICY_PROCESSING_ERROR,
            f"The policy {identifier[:200]} has another digest than the signature says.",
        )
    findings.passed("policy", identifier)


def check_formats(properties: Qualifying, references: Sequence[Reference]) -> None:
    """Check that each DataObjectFormat speaks of one of the references (EN 319 132-1 5.2.4).

    Raises:
        Rejected: One speaks of nothing, or says nothing.
    """
    known = {f"#{one}" for one in _described(references)}
    name = f"{{{properties.edition}}}SignedDataObjectProperties/*"
    for element in properties.signed.findall(name):
        if local(element) != "DataObjectFormat":
            continue
        if element.get("ObjectReference") not in known or not children(element):
            raise constrained(
                "data-object-format", "A DataObjectFormat does not describe what was signed."
            )


def _described(references: Sequence[Reference]) -> Iterator[str]:
    """Yield the ids of references, and of those in the manifests that are signed."""
    for one in references:
        if one.id:
            yield one.id
        if one.type == MANIFEST and one.target is not None:
            for listed in parse(one.content).findall(ds("Reference")):
                yield listed.get("Id") or ""


def _property(properties: Qualifying, name: str) -> etree._Element | None:
    path = f"{{{properties.edition}}}SignedSignatureProperties/{{{properties.edition}}}{name}"
    found = properties.signed.findall(path)
    if len(found) > 1:
        raise rejected("signed-properties", f"{name} stands more than once.")
    return found[0] if found else None


def _digest(held: etree._Element, check: str, content: bytes) -> bool:
    """Compare a DigestMethod and DigestValue with bytes.

    SHA-1 is enough here: the bytes are not of the forger's making on both sides, and policies of
    Spain's tax authority are named by it.
    """
    method, value = _either(held, "DigestMethod"), _either(held, "DigestValue")
    name = DIGESTS.get(algorithm(method))
    if name is None or name == "md5":
        raise Rejected(
            check,
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE,
            f"{local(held)} uses a digest that is not accepted.",
        )
    return hmac.compare_digest(digest(name, content), binary(value))


def _either(held: etree._Element, name: str) -> etree._Element:
    """Return a child of XMLDSig's, which editions before 1.3.2 had in their own namespace."""
    old = f"{{{etree.QName(held).namespace}}}{name}"
    return only(held, old if held.find(old) is not None else ds(name))
