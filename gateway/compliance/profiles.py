"""Which profile a document is written in."""

from formats.profile import Profile
from formats.registry import PROFILES, profile_for
from gateway.problems import RequestInvalidProblem

DEFAULT = "peppol-bis-3"


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
        known = ", ".join(sorted(PROFILES))
        message = f"names no profile of this gateway; there are: {known}"
        raise RequestInvalidProblem([{"pointer": pointer, "message": message}])
    return profile
