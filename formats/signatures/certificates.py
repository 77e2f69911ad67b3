"""An X.509 certificate as far as judging signatures needs it, read without believing anything."""

import datetime
import re
from dataclasses import dataclass, field

from asn1crypto import x509
from typing_extensions import override

from formats.signatures import algorithms
from formats.signatures.structure import check_structure

MAX_BYTES = 64 * 1024
"""Of one certificate; those in use have one to three kilobytes."""

MAX_PARTS = 5_000

_OTHER_PURPOSES = frozenset({"server_auth", "code_signing", "time_stamping", "ocsp_signing"})
"""Extended key usages that are for something else: a certificate with nothing but these does not
sign documents (a time stamping authority's key would sign whatever it is sent)."""


class UnreadableCertificateError(ValueError):
    """The bytes are not a certificate."""


@dataclass(frozen=True)
class Certificate:
    """A certificate that could be read.

    Attributes:
        der: Its bytes.
        parsed: The same, in asn1crypto's words; every part that is used later has been read once.
    """

    der: bytes
    parsed: x509.Certificate = field(compare=False, repr=False)

    @classmethod
    def read(cls, der: bytes) -> "Certificate":
        """Read one.

        Raises:
            UnreadableCertificateError: It is not a certificate in DER, or something follows it.
        """
        if len(der) > MAX_BYTES:
            raise UnreadableCertificateError(
                f"A certificate has {len(der)} bytes; more than {MAX_BYTES} are not looked at."
            )
        try:
            check_structure(der, MAX_PARTS)
            parsed = x509.Certificate.load(bytes(der), strict=True)
            _touch(parsed)
        except Exception as error:
            raise UnreadableCertificateError(f"A certificate is unreadable: {error}") from error
        return cls(bytes(der), parsed)

    @override
    def __hash__(self) -> int:
        return hash(self.der)

    @property
    def subject(self) -> str:
        """Whose it is (RFC 4514)."""
        return rfc4514(self.parsed.subject)

    @property
    def issuer(self) -> str:
        """Who says so (RFC 4514)."""
        return rfc4514(self.parsed.issuer)

    @property
    def self_issued(self) -> bool:
        """True when it names itself as its issuer."""
        return bool(self.parsed.issuer == self.parsed.subject)

    @property
    def valid_from(self) -> datetime.datetime:
        """Its first moment."""
        moment: datetime.datetime = self.parsed.not_valid_before
        return moment

    @property
    def valid_until(self) -> datetime.datetime:
        """Its last moment."""
        moment: datetime.datetime = self.parsed.not_valid_after
        return moment

    @property
    def key_name(self) -> str:
        """The kind and size of its key: `rsa 2048`, `ec 256`."""
        key = self.parsed.public_key
        return (
            str(key.algorithm) if key.algorithm == "ed25519" else f"{key.algorithm} {key.bit_size}"
        )

    def key_problem(self, at: datetime.datetime) -> str | None:
        """Say why its key is not believed at a moment, or return None."""
        key = algorithms.public_key(self.parsed.public_key.dump())
        return "it cannot be read" if key is None else algorithms.key_problem(key, at)

    def signing_problem(self) -> str | None:
        """Say why it may not sign documents, or return None.

        RFC 5280 4.2.1.3: digitalSignature or contentCommitment (nonRepudiation), unless it says
        nothing of usage at all, and then it must not be a CA's.
        """
        usage = self.parsed.key_usage_value
        if usage is None:
            if self.parsed.ca:
                return "The certificate is a CA's and does not say that it signs documents too"
        elif not usage.native & {"digital_signature", "non_repudiation"}:
            return "The certificate's key usage has neither digitalSignature nor nonRepudiation"
        extended = self.parsed.extended_key_usage_value
        if extended is not None and set(extended.native) <= _OTHER_PURPOSES:
            purposes = ", ".join(sorted(extended.native))
            return f"The certificate is for {purposes} alone, not for documents"
        return None

    def time_stamping_problem(self) -> str | None:
        """Say why it may not sign time stamps, or return None.

        RFC 3161 2.3: exactly one extended key usage, id-kp-timeStamping, and critical.
        """
        extended = self.parsed.extended_key_usage_value
        if extended is None or extended.native != ["time_stamping"]:
            return "The certificate is not for time stamps alone (extended key usage)"
        if "extended_key_usage" not in self.parsed.critical_extensions:
            return "The certificate's extended key usage is not critical"
        usage = self.parsed.key_usage_value
        if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
            return "The certificate's key usage has neither digitalSignature nor nonRepudiation"
        return None


_SHORT = {
    "common_name": "CN",
    "locality_name": "L",
    "state_or_province_name": "ST",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "country_name": "C",
    "street_address": "STREET",
    "domain_component": "DC",
    "user_id": "UID",
}
"""The short names of RFC 4514 section 3; others are written as their object identifier."""


def rfc4514(name: x509.Name) -> str:
    """Write a distinguished name as RFC 4514 does: most specific first."""
    parts = []
    for relative in reversed(list(name.chosen)):
        pairs = []
        for pair in relative:
            kind = pair["type"]
            pairs.append(
                f"{_SHORT.get(kind.native, kind.dotted)}={_escaped(pair['value'].native)}"
            )
        parts.append("+".join(pairs))
    return ",".join(parts)


def _escaped(value: object) -> str:
    text = re.sub(r'([,+"\\<>;])', r"\\\1", str(value)).replace("\0", "\\00")
    if text[:1] in {" ", "#"}:
        text = f"\\{text}"
    return f"{text[:-1]}\\ " if text.endswith(" ") and len(text) > 1 else text


def subject_of(der: bytes) -> str | None:
    """Return whose a certificate is (RFC 4514); None when it cannot be read."""
    try:
        return rfc4514(x509.Certificate.load(der).subject)
    except Exception:  # noqa: BLE001 - the parser raises many kinds
        return None


def _touch(parsed: x509.Certificate) -> None:
    """Read what will be read later: asn1crypto finds faults only when a part is looked at.

    Raises:
        Exception: Of many kinds.
    """
    names = [extension["extn_id"].native for extension in parsed["tbs_certificate"]["extensions"]]
    if len(set(names)) != len(names):
        raise ValueError("an extension stands twice")  # RFC 5280 4.2
    for extension in parsed["tbs_certificate"]["extensions"]:
        _ = extension["extn_value"].parsed
    _ = (parsed.subject.hashable, parsed.issuer.hashable, parsed.serial_number, parsed.ca)
    _ = (parsed.key_identifier, parsed.authority_key_identifier, parsed.critical_extensions)
    _ = parsed.public_key.dump()
    if parsed.not_valid_before is None or parsed.not_valid_after is None:
        raise ValueError("it has no period")
    if parsed["signature_algorithm"].dump() != parsed["tbs_certificate"]["signature"].dump():
        raise ValueError("it names two signature algorithms")  # RFC 5280 4.1.1.2
