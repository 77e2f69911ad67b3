"""Texts as long as elements take them."""


def cut(value: str | None, most: int) -> str | None:
    """Return a text as far as an element takes it; what is cut off is told as a difference."""
    return None if value is None else value.strip()[:most]
