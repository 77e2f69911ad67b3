"""What whoever sends an entity's invoices may do at KSeF: asked, and remembered for a while."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from formats.ksef_api import permissions
from formats.ksef_api.certificates import nip_in
from formats.ksef_api.login import Context
from formats.ksef_api.permissions import INVOICE_WRITE, OWN, OWNED, OwnPermissions
from gateway.kit.clock import written
from gateway.kit.tenancy import Tenant
from gateway.ksef_access.offices import Caller, Offices
from gateway.ksef_access.problems import KsefNotAskedProblem, KsefSchemeProblem
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.secrets.service import TokenCredential
from gateway.transmissions.errors import Retry, TransmissionError

State = Literal["may", "may_not", "unknown"]

_UNKNOWN_FOR = datetime.timedelta(seconds=30)
"""What could not be found out is asked again after this time."""

_FIX = (
    "Have InvoiceWrite granted for the NIP: POST /v1/ksef/grants by who manages permissions, in"
    " KSeF, or by the form ZAW-FA."
)
_FIX_TOKEN = "Make another with POST /v1/ksef/tokens, or delete it, so that the key is used."  # noqa: S105


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do in a context.

    Attributes:
        state: Whether invoices can be issued in it: `may`, `may_not`, `unknown`.
        why: In words.
        fix: What to do; None where nothing is to be done.
        context: In whose name.
        credential: Public id of the key or token that was used.
        owner: The holder is the one whose NIP the context is; None: it is not known.
        permissions: What the holder may do, where it is known.
        asked_at: When KSeF was asked.
    """

    state: State
    why: str
    fix: str | None
    context: Context
    credential: str
    owner: bool | None
    permissions: tuple[str, ...] | None
    asked_at: datetime.datetime

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON (`AccessView`)."""
        return {
            "object": "ksef_access",
            "context": str(self.context),
            "credential_id": self.credential,
            "state": self.state,
            "reason": self.why,
            "fix": self.fix,
            "owner": self.owner,
            "permissions": None if self.permissions is None else list(self.permissions),
            "asked_at": written(self.asked_at),
        }


@dataclass(slots=True)
class Standings:
    """Asks, and remembers.

    Attributes:
        offices: The ways there.
        clock: The time.
        keep: For how long an answer is good.
    """

    offices: Offices
    clock: Callable[[], datetime.datetime]
    keep: datetime.timedelta
    _known: dict[tuple[str, str], Standing] = field(default_factory=dict)

    def of(self, tenant: Tenant, *, fresh: bool = False) -> Standing:
        """Return what who sends the entity's invoices may do.

        Args:
            tenant: Of the one entity.
            fresh: Ask, whatever is known.

        Raises:
            KsefSchemeProblem, KeyUnusableProblem, KsefNotAskedProblem: Nobody can be asked.
        """
        caller = self.offices.as_sender(tenant)
        name = (caller.credential.id, str(caller.context))
        known, now = self._known.get(name), self.clock()
        if known is not None and not fresh:
            keep = min(self.keep, _UNKNOWN_FOR) if known.state == "unknown" else self.keep
            if now - known.asked_at < keep:
                return known
        found = _asked(caller, now)
        self._known[name] = found
        return found

    def forget(self) -> None:
        """Forget what is known: something was granted or revoked."""
        self._known.clear()

    def entitled(self, tenant: Tenant) -> "tuple[bool | None, str, Mapping[str, Any]] | None":
        """Return whether invoices can be issued, why, and more for programs, for a preflight.

        None where the entity has no way in at all, which is said elsewhere.
        """
        try:
            found = self.of(tenant)
        except (KsefSchemeProblem, KeyUnusableProblem):
            return None
        except KsefNotAskedProblem as problem:
            return None, f"Whether KSeF takes invoices is not known: {problem.detail}", {}
        may = {"may": True, "may_not": False, "unknown": None}[found.state]
        reason = found.why if found.fix is None else f"{found.why} {found.fix}"
        return may, reason, {**found.as_dict(), "object": "ksef_access"}


def _asked(caller: Caller, now: datetime.datetime) -> Standing:
    try:
        held = _held(caller)
    except Retry as error:
        refused = error.reason in {"credential_refused", "login_refused"}
        state: State = "may_not" if refused else "unknown"
        why = f"KSeF lets nobody in: {error.detail}" if refused else f"KSeF does not say: {error}"
        return _made(caller, now, state, why)
    except TransmissionError as error:
        return _made(caller, now, "unknown", f"KSeF does not say: {error}")
    nip = caller.context.value
    if held.limit is not None and INVOICE_WRITE not in held.limit:
        why = f"The token was not made for issuing invoices ({INVOICE_WRITE})."
        return _made(caller, now, "may_not", why, held, _FIX_TOKEN)
    if INVOICE_WRITE in held.had:
        return _made(caller, now, "may", f"Invoices may be issued for {nip}.", held)
    if held.owner is None and not held.had:
        why = (
            "KSeF names no permission, which may mean that the holder is the owner by his PESEL:"
            " the first invoice tells."
        )
        return _made(caller, now, "unknown", why, held)
    listed = ", ".join(sorted(held.had)) or "nothing"
    why = f"The holder may not issue invoices for {nip}: he has {listed}."
    return _made(caller, now, "may_not", why, held, _FIX)


@dataclass(frozen=True, slots=True)
class _Held:
    """What was found out.

    Attributes:
        owner: As `Standing.owner`.
        had: What the holder may do; of a token, who made it.
        limit: What a token was made for; None for keys, and where it is not known.
    """

    owner: bool | None
    had: frozenset[str]
    limit: frozenset[str] | None

    @property
    def permissions(self) -> tuple[str, ...] | None:
        """What can be done."""
        if self.owner is None and not self.had:
            return None
        return tuple(sorted(self.had if self.limit is None else self.had & self.limit))


def _made(  # noqa: PLR0913, PLR0917 - what was found out
    caller: Caller,
    now: datetime.datetime,
    state: State,
    why: str,
    held: _Held | None = None,
    fix: str | None = None,
) -> Standing:
    owner = None if held is None else held.owner
    permitted = None if held is None else held.permissions
    return Standing(state, why, fix, caller.context, caller.credential.id, owner, permitted, now)


def _held(caller: Caller) -> _Held:
    caller.counter.enter()  # also the owner must be let in
    credential, limit = caller.credential, None
    holder: str | None = None
    if isinstance(credential, TokenCredential):
        if credential.reference is not None:
            token = caller.counter.token(credential.reference)
            holder = f"{token.author_identifier.type}:{token.author_identifier.value}"
            limit = frozenset(token.requested_permissions)
    elif credential.signer.certificate_chain:
        nip = nip_in(credential.signer.certificate_chain[0])
        holder = None if nip is None else f"Nip:{nip}"
    if holder == str(caller.context):
        return _Held(owner=True, had=frozenset(OWNED), limit=limit)
    is_entity = holder is not None and holder.startswith("Nip:")
    return _Held(owner=False if is_entity else None, had=_granted(caller), limit=limit)


def _granted(caller: Caller) -> frozenset[str]:
    pages = caller.counter.pages(OwnPermissions, OWN, permissions.own_body())
    return frozenset(
        one.permission_scope
        for page in pages
        for one in page.permissions
        if one.permission_state == "Active" and _here(one.context_identifier, caller.context)
    )


def _here(named: permissions.Identified | None, context: Context) -> bool:
    """Tell whether a permission is one of this context: others are listed for owners, too."""
    return named is None or (named.type, named.value) == (context.type, context.value)
