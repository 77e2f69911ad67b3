"""What the caller brings to a check: on what terms, and files that signatures name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formats.signatures.trust import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a check may know; nothing is fetched.

    Attributes:
        terms: Whom to believe, when, and what is known of revoked certificates.
        detached: Files by the names that references give them.
        certificates: Certificates in DER that a signature may name without holding them.
        policies: Signature policies by their identifiers.
    """

    terms: Terms
    detached: Mapping[str, bytes] = field(default_factory=dict)
    certificates: Sequence[bytes] = ()
    policies: Mapping[str, bytes] = field(default_factory=dict)
