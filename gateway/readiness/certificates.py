"""The certificates of an entity on its checklist: an item for each purpose, by dates. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gateway.readiness.items import Item, Purpose, State
from gateway.signing import outlook
from gateway.signing.outlook import Outlook
from gateway.tenants.fiscalization import BOUNDS, keys_of
from gateway.tenants.settings import EntitySettings

_STATES: Mapping[outlook.State, State] = {
    "valid": "done",
    "ending": "warning",
    "expired": "failing",
    "revoked": "failing",
}


_SEAL = "document-seal"


def certificates(
    settings: EntitySettings, found: Iterable[Outlook], held: Collection[str]
) -> Iterator[Item]:
    """Yield an item for each purpose of which the entity has a certificate.

    Only what is needed fails. What can be done without is a warning when it ended; what nothing
    uses any more is left alone.

    Args:
        settings: Of the entity.
        found: Where its certificates stand.
        held: Kinds of secrets that it has: one may stand in for a key.
    """
    for one in found:
        needed, idle = _needed(settings, one.purpose, held), is_idle(settings, one)
        state = _STATES[one.state]
        if idle:
            state = "not_applicable"
        elif state == "failing" and not needed:
            state = "warning"
        yield Item(
            id=f"certificate:{one.purpose}",
            title=f"Certificate for {one.purpose}",
            state=state,
            required_for=needed,
            fields=(),
            why=_why(one) + (" Nothing that is chosen here uses it." if idle else ""),
            fix=None
            if state in {"done", "not_applicable"}
            else "POST /v1/signing-keys/{signing_key_id}/csr",
            ends_at=one.ends_at,
            days_left=one.days_left,
        )


def noticed(settings: EntitySettings, found: Iterable[Outlook]) -> Sequence[Outlook]:
    """Return the certificates that somebody should look after."""
    return [one for one in found if one.state != "valid" and not is_idle(settings, one)]


def is_idle(settings: EntitySettings, one: Outlook) -> bool:
    """Tell whether a certificate ends, or has ended, that nothing uses.

    A seal is asked for document by document too, so that its certificate is never idle.
    """
    chosen = None if settings.fiscalization is None else settings.fiscalization.scheme
    used = {_SEAL} if chosen is None else {_SEAL, *BOUNDS[chosen].keys, *BOUNDS[chosen].uses}
    return one.state != "valid" and one.purpose not in used


def _why(one: Outlook) -> str:
    day = f"{one.ends_at:%Y-%m-%d}"
    match one.state:
        case "expired":
            return f"It ended on {day}: nothing can be signed with it."
        case "revoked":
            return "Its authority revoked it: nothing can be signed with it."
        case "ending":
            return f"It ends on {day}, in {one.days_left} days, and nothing follows it yet."
        case _:
            return f"It is valid until {day}."


def _needed(settings: EntitySettings, purpose: str, held: Collection[str]) -> tuple[Purpose, ...]:
    """Return what the entity's settings cannot do without a key for a purpose."""
    chosen = settings.fiscalization
    sealed = settings.seal is not None and settings.seal.documents is not None
    if purpose == _SEAL and sealed:
        return ("sandbox", "live")
    if chosen is None or BOUNDS[chosen.scheme].instead.get(purpose) in held:
        return ()
    return keys_of(chosen).get(purpose, ())
