"""What FA(3) has room for: every term but those below, in an element or in a remark."""

from formats.carrying import all_but

_HOMELESS = frozenset({"BT-23", "BT-125"})
"""The process, which KSeF does not know, and attached files, which it does not take."""


def carried() -> frozenset[str]:
    """Return the ids of the terms that an FA(3) document carries."""
    return all_but(_HOMELESS)
