"""The keys that a draft needs: to be recorded, to be sealed, and to be let in where it travels."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formats.signatures.signer import Signer
from gateway.archive.service import EvidenceItem
from gateway.documents import sealing
from gateway.documents.fiscal.holders import refuse_stranger
from gateway.documents.fiscal.keys import PURPOSE
from gateway.documents.fiscal.scheme import Duty
from gateway.documents.fiscal.service import latest
from gateway.documents.rehearsal import Rehearsal
from gateway.documents.sealing import Seals
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.preflight.lights import Check, Light
from gateway.problems import Problem
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.purposes import AUTHENTICATION
from gateway.signing.secrets import service as secrets
from gateway.signing.secrets.service import SecretRow
from gateway.signing.service import Vault
from gateway.tenants.fiscalization import BOUNDS
from gateway.transmissions.routes import ROUTES

_SOON = datetime.timedelta(days=30)
"""A certificate that ends within this time is worth a look."""

_NO_KEY = frozenset({"none", "retired", "revoked"})
"""Why an entity has no key, by its own will."""

_PROBE = EvidenceItem("document", "preflight.txt", "text/plain", b"preflight")
"""Is sealed in place of the document, and thrown away: the document has not been issued."""


@dataclass(frozen=True, slots=True)
class _Need:
    """A key that is needed.

    Attributes:
        purpose: For what.
        until: By when what it signs must be sent.
        fits: Raises a Problem for a key that cannot be used, although it is in force.
        without: The light when there is no key: whether issuing is in the way of it.
        seals: What is sealed with it, where that is not the document itself.
        spared: Reasons for which there is no key, and none is missed.
    """

    purpose: str
    until: datetime.datetime | None
    fits: Callable[[Signer], None]
    without: Light = Light.RED
    seals: str | None = None
    spared: frozenset[str] = frozenset()

    @property
    def data(self) -> dict[str, object]:
        """What a check says of it."""
        more = {} if self.seals is None else {"seals": self.seals}
        return {"purpose": self.purpose, **more}


def keys(
    tx: TenantTransaction, vault: Vault, found: Rehearsal, now: datetime.datetime
) -> Iterator[Check]:
    """Yield whether each key that issuing and sending need can be used."""
    for need in _needs(tx, vault, found, now):
        data = need.data
        try:
            signer = vault.for_purpose(tx, need.purpose, at=now, until=need.until)
            need.fits(signer)
        except Problem as problem:
            refused = {**problem.as_dict(""), **data}
            if refused.get("reason") in need.spared:
                continue
            yield Check("certificate", need.without, str(problem), refused)
            continue
        try:
            vault.for_purpose(tx, need.purpose, at=now, until=now + _SOON)
        except KeyUnusableProblem as problem:
            reason = f"It signs, but soon not: {problem}"
            yield Check("certificate", Light.AMBER, reason, data)
        else:
            reason = f"The key for {need.purpose} signs ({signer.algorithm})."
            yield Check("certificate", Light.GREEN, reason, data)


def tokens(tx: TenantTransaction, found: Rehearsal, now: datetime.datetime) -> Iterator[Check]:
    """Yield of each token that stands in for a key where the draft travels when it ends."""
    for kind, row in _held(tx, found, now).items():
        data = {"kind": kind, "secret_id": public_id("sct", row.id)}
        if row.is_over(now + _SOON):
            reason = f"The {kind} {row.name!r} is used, and ends on {row.expires_at:%Y-%m-%d}."
            yield Check("certificate", Light.AMBER, reason, data)
        else:
            yield Check("certificate", Light.GREEN, f"The {kind} {row.name!r} is used.", data)


def _held(tx: TenantTransaction, found: Rehearsal, now: datetime.datetime) -> dict[str, SecretRow]:
    """Return the secrets that are shown where the draft travels, by kind."""
    kinds = sorted({ROUTES[channel].stand_in or "" for channel in found.channels} - {""})
    rows = {kind: secrets.usable(tx, kind, at=now) for kind in kinds}
    return {kind: row for kind, row in rows.items() if row is not None}


def _recording(found: Rehearsal, duty: Duty, until: datetime.datetime | None) -> Iterator[_Need]:
    """Yield the key that records are signed with, where the scheme needs or uses one."""
    if duty.scheme.signs:

        def records(signer: Signer) -> None:
            duty.scheme.refuse(signer)
            refuse_stranger(duty.scheme.id, signer, found.prepared.invoice.seller)

        yield _Need(PURPOSE, until, records)
    elif PURPOSE in BOUNDS[duty.scheme.id].uses:
        yield _Need(PURPOSE, None, duty.scheme.refuse, without=Light.AMBER, spared=_NO_KEY)


def _needs(
    tx: TenantTransaction, vault: Vault, found: Rehearsal, now: datetime.datetime
) -> Iterator[_Need]:
    until = latest(found.seat, now)
    if found.duty is not None:
        yield from _recording(found, found.duty, until)
    if sealing.form_of(found.seat) is not None:

        def seals(signer: Signer) -> None:
            Seals(lambda *_, **__: signer).of(tx, found.seat, _PROBE, now)

        yield _Need(sealing.PURPOSE, until, seals)
    if sealing.seals_pdf(found.seat):

        def seals_pdf(signer: Signer) -> None:
            sealing.try_pdf(signer, now)

        # It is drawn and sealed after issuing, with the key of that day.
        yield _Need(sealing.PURPOSE, None, seals_pdf, without=Light.AMBER, seals="pdf")
    held = _held(tx, found, now)
    routes = [ROUTES[channel] for channel in found.channels]
    for purpose in sorted(
        {one.credential or "" for one in routes if one.stand_in not in held} - {""}
    ):

        def connects(_: Signer, purpose: str = purpose) -> None:
            if purpose != AUTHENTICATION:  # who signs a challenge shows no certificate by TLS
                vault.credential(tx, purpose, at=now).tls()

        yield _Need(purpose, None, connects)
