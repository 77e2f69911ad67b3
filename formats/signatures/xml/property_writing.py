"""Writing the qualifying properties of XAdES (EN 319 132-1 clause 5), in its schema's order."""

import datetime
from collections.abc import Sequence

from asn1crypto import tsp, x509

from formats.signatures.xml.algorithms import DIGEST_URIS, digest
from formats.signatures.xml.certificates import Certificate
from formats.signatures.xml.form import Form, Policy, Properties, SigningError, Target
from formats.signatures.xml.key_writing import write_issuer_serial
from formats.signatures.xml.names import XADES
from formats.signatures.xml.writing import element, escaped, packed, with_attributes


def write_properties(
    properties: Properties,
    form: Form,
    chain: Sequence[Certificate],
    targets: Sequence[tuple[str, Target]],
) -> str:
    """Return the `ds:Object` with the properties; a time stamp's place in it is empty.

    Args:
        properties: What it says.
        form: How.
        chain: The signer's certificates; the first is named.
        targets: What is signed, by the ids of the references.
    """
    signed = element(
        "xades:SignedProperties",
        element(
            "xades:SignedSignatureProperties",
            *([] if properties.signing_time is None else [_time(properties.signing_time)]),
            _certificate(chain[0], form.digest, properties.version),
            *([] if properties.policy is None else [_policy(properties.policy)]),
            *([_roles(properties)] if properties.roles else []),
        ),
        *_formats(targets),
        Id=f"{form.id}-signed-properties",
    )
    return element(
        "ds:Object",
        with_attributes(
            "xades:QualifyingProperties",
            {"xmlns:xades": XADES, "Target": f"#{form.id}"},
            signed,
            *([_stamp(form.canonicalization)] if properties.stamp else []),
        ),
    )


def _time(moment: datetime.datetime) -> str:
    if moment.tzinfo is None:
        raise SigningError("A signing time needs a time zone.")
    written = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return element("xades:SigningTime", written)


def _certificate(certificate: Certificate, algorithm: str, version: int) -> str:
    held = _hash("xades:CertDigest", algorithm, digest(algorithm, certificate.der))
    if version == 1:
        issuer = write_issuer_serial("xades:IssuerSerial", certificate)
        return element("xades:SigningCertificate", element("xades:Cert", held, issuer))
    names = x509.GeneralNames([x509.GeneralName("directory_name", certificate.issuer)])
    serial = tsp.IssuerSerial({"issuer": names, "serial_number": certificate.serial})
    issuer = element("xades:IssuerSerialV2", packed(serial.dump()))
    return element("xades:SigningCertificateV2", element("xades:Cert", held, issuer))


def _hash(name: str, algorithm: str, value: bytes) -> str:
    return element(
        name,
        element("ds:DigestMethod", Algorithm=DIGEST_URIS[algorithm]),
        element("ds:DigestValue", packed(value)),
    )


def _policy(policy: Policy) -> str:
    described = [] if policy.description is None else [policy.description]
    identified = element(
        "xades:SigPolicyId",
        element("xades:Identifier", escaped(policy.identifier)),
        *(element("xades:Description", escaped(one)) for one in described),
    )
    hashed = _hash("xades:SigPolicyHash", policy.digest_algorithm, policy.digest)
    qualified = [] if policy.uri is None else [element("xades:SPURI", escaped(policy.uri))]
    qualifiers = [
        element("xades:SigPolicyQualifiers", element("xades:SigPolicyQualifier", one))
        for one in qualified
    ]
    return element(
        "xades:SignaturePolicyIdentifier",
        element("xades:SignaturePolicyId", identified, hashed, *qualifiers),
    )


def _roles(properties: Properties) -> str:
    name = "xades:SignerRole" if properties.version == 1 else "xades:SignerRoleV2"
    claimed = [element("xades:ClaimedRole", escaped(role)) for role in properties.roles]
    return element(name, element("xades:ClaimedRoles", *claimed))


def _formats(targets: Sequence[tuple[str, Target]]) -> list[str]:
    written = []
    for identifier, target in targets:
        parts = (
            ("Description", target.description),
            ("MimeType", target.mime_type),
            ("Encoding", target.encoding),
        )
        held = [element(f"xades:{name}", escaped(value)) for name, value in parts if value]
        if held:
            reference = f"#{identifier}"
            written.append(element("xades:DataObjectFormat", *held, ObjectReference=reference))
    return [element("xades:SignedDataObjectProperties", *written)] if written else []


def _stamp(canonicalization: str) -> str:
    return element(
        "xades:UnsignedProperties",
        element(
            "xades:UnsignedSignatureProperties",
            element(
                "xades:SignatureTimeStamp",
                element("ds:CanonicalizationMethod", Algorithm=canonicalization),
                element("xades:EncapsulatedTimeStamp"),
            ),
        ),
    )
