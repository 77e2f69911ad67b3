"""Which profile a document is written in."""

from http import HTTPStatus

from formats.profile import Profile
from formats.registry import PROFILES, profile_for
from gateway.problems import Problem, RequestInvalidProblem

DEFAULT = "peppol-bis-3"

SELF_BILLING = "peppol-bis-3-self-billing"
"""What the buyer writes for the seller."""

PLAIN = "en16931-ubl"
"""What needs no electronic address: for buyers whom no network reaches."""

USUAL = (DEFAULT, SELF_BILLING, "en16931-ubl")
"""What most documents are written in: loaded at start, the others with their first document."""


class ProfileUnprovenProblem(Problem):
    """Nothing at hand proves that documents of this profile are right, so none is issued live.

    No official rule files of the profile are known to this gateway; `reason` says more. It can be
    used in the sandbox. Live, take another profile that the receiver accepts.
    """

    type = "profile-unproven"
    title = "The profile is unproven"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


def choose(
    named: str | None, customization_id: str | None = None, default: str | None = None
) -> Profile:
    """Return the profile a document is written in.

    Args:
        named: What the caller asks for; it wins.
        customization_id: BT-24 as the caller gave it, if at all.
        default: The entity's own default.

    Raises:
        RequestInvalidProblem: There is no such profile.
    """
    if named is None and customization_id is not None:
        profile = profile_for(customization_id)
        pointer = "/process_control/specification_identifier"
    else:
        profile = PROFILES.get(named or default or DEFAULT)
        pointer = "/profile"
    if profile is None:
        message = f"names no profile of this gateway; there are: {listed()}"
        raise RequestInvalidProblem([{"pointer": pointer, "message": message}])
    return profile


def listed() -> str:
    """Return the ids of all profiles for people; those that are never used live say so."""
    return ", ".join(
        f"{name} (unproven)" if entry.unproven else name
        for name, entry in sorted(PROFILES.items())
    )


def require_proven(profile: Profile) -> None:
    """Refuse a profile that may not be used live.

    Raises:
        ProfileUnprovenProblem: It is unproven.
    """
    if profile.unproven is not None:
        raise ProfileUnprovenProblem(
            f"{profile.name} is not used live: {profile.unproven}. Take another profile.",
            profile=profile.id,
            reason=profile.unproven,
        )
