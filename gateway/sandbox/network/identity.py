"""The access point's own keys: a CA made at first start, and the leaf that signs what it says."""

import datetime
from pathlib import Path

from gateway.sandbox.kit import certificates
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.jws import Seal

KIND = "sandbox-network"
_NAME = "Sandbox network access point"

Identity = Seal
"""Signs receipts, refusals, signals and deliveries."""


def open_identity(directory: Path, now: datetime.datetime) -> Seal:
    """Read the keys under a directory, or make them: `ca.pem`, `ca.key`, `leaf.pem`, `leaf.key`.

    Private keys are mode 0600. `ca.pem` is the trust anchor to give to the gateway.
    """
    ca = certificates.kept(directory, "ca", lambda: certificates.new_ca("Sandbox network CA", now))
    leaf = certificates.kept(
        directory, "leaf", lambda: certificates.new_leaf(_NAME, ca, Use.SIGNATURE, now)
    )
    return Seal(leaf, KIND)


def stranger(now: datetime.datetime) -> Seal:
    """Return keys of the same name that nobody trusts."""
    ca = certificates.new_ca("Sandbox network CA", now)
    return Seal(certificates.new_leaf(_NAME, ca, Use.SIGNATURE, now), KIND)
