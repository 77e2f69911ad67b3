"""A sender's logo: what it is by its bytes, and whether it may be drawn.

A logo comes from outside. Its size in pixels is read from its header before anything decodes it,
and an SVG may draw, but neither fetch nor run.
"""

import functools
import re
import struct
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from formats.xml import Limits, UnreadableDocumentError, parse

MAX_BYTES = 1024 * 1024
MAX_PIXELS = 16_000_000
_SVG_LIMITS = Limits(bytes=MAX_BYTES, depth=64, elements=20_000)
_FORBIDDEN = {"script", "foreignobject", "image", "feimage", "style", "iframe", "audio", "video"}
_REFERENCE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(|javascript:", re.IGNORECASE)
_MARKER = 0xFF
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo that may be drawn."""

    kind: Literal["png", "jpg", "svg"]
    content: bytes


@functools.lru_cache(maxsize=32)
def checked_logo(content: bytes) -> Logo:
    """Return the logo with its kind.

    Raises:
        ValueError: It is none of PNG, JPEG and SVG, too large, or an SVG with active or outside
            content.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"has more than {MAX_BYTES} bytes")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_pixels(*_png_size(content))
        return Logo("png", content)
    if content.startswith(b"\xff\xd8\xff"):
        _check_pixels(*_jpeg_size(content))
        return Logo("jpg", content)
    _check_svg(content)
    return Logo("svg", content)


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ValueError(f"has more than {MAX_PIXELS} pixels")
    if width == 0 or height == 0:
        raise ValueError("has no pixels")


def _png_size(content: bytes) -> tuple[int, int]:
    """Return width and height from the IHDR chunk, the first one (PNG, 11.2.2)."""
    if content[12:16] != b"IHDR" or len(content) < len(b"12345678") + 25:
        raise ValueError("is not a whole PNG")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Return width and height from the frame header (ISO/IEC 10918-1, B.2.2)."""
    place = 2
    while place + 9 < len(content):
        if content[place] != _MARKER:
            break
        marker = content[place + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            if content[place + 9] == len("CMYK"):
                raise ValueError("is a CMYK JPEG; PDF/A with sRGB needs RGB or grey")
            return width, height
        if marker == _MARKER:  # fill byte
            place += 1
        elif marker in _JPEG_ALONE:
            place += 2
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4])
    raise ValueError("is not a whole JPEG")


def _check_svg(content: bytes) -> None:
    try:
        root = parse(content, _SVG_LIMITS)
    except UnreadableDocumentError:
        raise ValueError("is neither PNG, JPEG nor a readable SVG") from None
    if etree.QName(root).localname != "svg":
        raise ValueError("is neither PNG, JPEG nor SVG")
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        if name in _FORBIDDEN:
            raise ValueError(f"is an SVG with <{name}>, which is not allowed")
        for key, value in element.attrib.items():
            _check_attribute(etree.QName(key).localname.lower(), str(value))


def _check_attribute(name: str, value: str) -> None:
    if name.startswith("on"):
        raise ValueError("is an SVG with scripts, which are not allowed")
    if name == "href" and not value.strip().startswith("#"):
        raise ValueError("is an SVG that refers to something outside itself")
    if _REFERENCE.search(value):
        raise ValueError("is an SVG that refers to something outside itself")
