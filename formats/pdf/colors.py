"""A sender's colour, and text that stays readable with it (WCAG 2.2, contrast)."""

_READABLE = 4.5
"""Least contrast of text (success criterion 1.4.3)."""

_DARK, _WHITE = "#111111", "#ffffff"


def readable_on(color: str) -> str:
    """Return a near-black or white, whichever stands out more on a colour (`#rrggbb`)."""
    return max((_WHITE, _DARK), key=lambda text: contrast(text, color))


def readable_on_white(color: str) -> str:
    """Return the colour itself, or darkened until text in it can be read on white."""
    channels = _channels(color)
    while contrast(_hex(channels), _WHITE) < _READABLE:
        channels = [int(channel * 0.95) for channel in channels]
    return _hex(channels)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for value in (channel / 255 for channel in _channels(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(color: str) -> list[int]:
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)]


def _hex(channels: list[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels)
