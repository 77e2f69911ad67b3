"""Whether the authority gets documents themselves, and hands them to their buyers."""

from gateway.documents.fiscal.service import duty_of
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind


def prescribed(seat: Seat, kind: DocumentKind) -> str | None:
    """Return the profile that a document must have, as its authority gets it; None: any."""
    duty = duty_of(seat, kind)
    return None if duty is None else duty.scheme.profile


def goes_by_network(seat: Seat, kind: DocumentKind) -> bool:
    """Tell whether a document travels by the sandbox's network: no authority hands it over."""
    return seat.environment == "sandbox" and kind.fiscal and prescribed(seat, kind) is None
