"""The examination of a draft, in two parts: with the database, and then with the network."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Protocol
from uuid import UUID

from countries.outages import NoMoment
from gateway.compliance.addressing import participants
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.rehearsal import rehearse
from gateway.documents.service import Documents
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.preflight import examination
from gateway.preflight.examination import Claim
from gateway.preflight.keys import keys, tokens
from gateway.preflight.lights import Check, Light
from gateway.signing.service import Vault
from gateway.transmissions import suffering
from gateway.transmissions.control import breakers, pauses
from gateway.transmissions.control.outages import Notice
from gateway.transmissions.suffering import Suffered

_ASKING = BoundedSemaphore(4)
"""So many questions at a time: a network that hangs must not hold the threads of all requests."""


class Reaching(Protocol):
    """A channel that can say beforehand whether somebody is to be reached."""

    @property
    def channel(self) -> str:
        """Its name."""

    def reaches(self, receiver: str, customization: str) -> "tuple[bool | None, str]":
        """Return whether a receiver takes documents of a kind, and why; None: it cannot tell."""


class Entitling(Protocol):
    """An authority that says beforehand whether it would take what an entity sends."""

    def entitled(self, tenant: Tenant) -> "tuple[bool | None, str, Mapping[str, Any]] | None":
        """Return whether who sends may, and why; None where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the database knows, and what is left to ask.

    Attributes:
        checks: What was found.
        receiver: Participant id; None where nothing travels.
        customization: BT-24 of what would travel.
        channels: By which it would.
        claim: The chain that its record would begin.
    """

    checks: tuple[Check, ...]
    receiver: str | None
    customization: str
    channels: tuple[str, ...]
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Preflight:
    """Examines drafts.

    Attributes:
        database: For what is about channels, and whose chain is whose, over all tenants.
        documents: Rehearses issuing.
        vault: Knows the keys.
        nowhere: Tells why what is sent by a channel would wait for ever; None where it goes.
    """

    database: Database
    documents: Documents
    vault: Vault
    nowhere: Callable[[str], str | None]

    def examine(self, tx: TenantTransaction, document: UUID, now: datetime.datetime) -> Examined:
        """Look at all that the database knows.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: It is no draft.
        """
        row = self.documents.get(tx, document)
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state}; only a draft is examined.")
        found = rehearse(self.documents.issuer, self.documents.numbers, tx, row, now)
        live = tx.tenant.environment == "live"
        country = found.seat.country
        checks = [
            examination.rules(found),
            examination.layers(found, live=live),
            examination.issuing(found),
            examination.vat_number(found),
            examination.deadline(found, country),
            *keys(tx, self.vault, found, now),
            *tokens(tx, found, now),
        ]
        chain = examination.chain(tx, found)
        if isinstance(chain, Check):
            checks.append(chain)
        claim = chain if isinstance(chain, Claim) else None
        receiver = participants(found.prepared.invoice)[1] if found.channels else None
        customization = found.prepared.profile.customization_id
        return Examined(tuple(checks), receiver, customization, found.channels, claim)

    def ask(
        self,
        examined: Examined,
        wires: Mapping[str, Reaching | None],
        now: datetime.datetime,
    ) -> tuple[Check, ...]:
        """Look at what is of no tenant, and ask channels whether the receiver can be reached."""
        checks: list[Check] = []
        with self.database.worker_transaction() as tx:
            if examined.claim is not None:
                checks.append(examination.claimed(tx, examined.claim))
            for channel in examined.channels:
                why = self.nowhere(channel)
                checks.append(_standing(tx, channel, now) if why is None else _lost(channel, why))
        for channel in examined.channels:
            wire = wires.get(channel)
            if wire is not None and examined.receiver is not None:
                checks.append(_reach(wire, examined.receiver, examined.customization))
        return tuple(checks)


def _lost(channel: str, why: str) -> Check:
    reason = f"{channel} leads nowhere, so that it would wait: {why}."
    return Check("channel", Light.RED, reason, {"channel": channel})


def entitled(
    examined: Examined, tenant: Tenant, authorities: Mapping[str, Entitling]
) -> tuple[Check, ...]:
    """Ask authorities whether who sends may send; no transaction waits for it."""
    checks = []
    for channel in examined.channels:
        authority = authorities.get(channel)
        if authority is None or not _ASKING.acquire(blocking=False):
            continue
        try:
            found = authority.entitled(tenant)
        finally:
            _ASKING.release()
        if found is not None:
            light = {True: Light.GREEN, False: Light.RED, None: Light.AMBER}[found[0]]
            checks.append(Check("permission", light, found[1], {**found[2], "channel": channel}))
    return tuple(checks)


def _standing(tx: TenantTransaction, channel: str, now: datetime.datetime) -> Check:
    paused = next((one for one in pauses.paused(tx) if one.channel == channel), None)
    if paused is not None:
        reason = f"{channel} is paused ({paused.reason}): it would wait until it goes on."
        return Check("channel", Light.AMBER, reason, {"channel": channel})
    for notice in suffering.of(tx, [channel]).get(channel, ()):
        if notice.said.holds(now):
            return _announced(channel, suffering.suffered(channel, now, [notice]), notice)
    until = breakers.open_until(tx, channel, now)
    if until is not None:
        reason = f"{channel} does not answer: it would wait, the next try is at {until:%H:%M} UTC."
        return Check("channel", Light.AMBER, reason, {"channel": channel, "until": written(until)})
    return Check("channel", Light.GREEN, f"{channel} is working.", {"channel": channel})


def _announced(channel: str, found: Suffered | None, notice: Notice) -> Check:
    """Return what an outage that was announced means for what would be issued now."""
    until = None if found is None else found.until
    said = f"{channel}: {notice.said.kind.value} is announced ({notice.source})"
    data: dict[str, Any] = {"channel": channel}
    if found is not None:
        data["outage"] = suffering.as_json(found)
    if found is not None and found.grace.until is NoMoment.NO_DUTY:
        reason = f"{said}: it would not be sent. Hand it over to the buyer yourself."
    elif until is not None:
        reason = f"{said}: it would be sent when that is over, until {until:%Y-%m-%d %H:%M} UTC."
    else:
        reason = f"{said}: it would be sent when that is over."
    return Check("channel", Light.AMBER, reason, data)


def _reach(wire: Reaching, receiver: str, customization: str) -> Check:
    found: bool | None = None
    why = "Others are asking now; try again in a moment."
    if _ASKING.acquire(blocking=False):
        try:
            found, why = wire.reaches(receiver, customization)
        finally:
            _ASKING.release()
    light = {True: Light.GREEN, False: Light.RED, None: Light.AMBER}[found]
    return Check("recipient", light, why, {"receiver": receiver, "channel": wire.channel})
