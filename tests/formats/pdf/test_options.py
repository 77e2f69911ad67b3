"""What a sender may choose, and what is refused."""

import dataclasses
import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from formats.pdf import FiscalQr, InvalidOptionError, RenderOptions
from formats.pdf.logo import MAX_BYTES, checked_logo
from tests.formats.pdf.invoices import LOGO


def image(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> bytes:
    output = io.BytesIO()
    Image.new(mode, size).save(output, kind)
    return output.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size; nothing else of it is true."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * 20


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("locale", "xx"),
        ("locale", ""),
        ("primary_color", "red"),
        ("primary_color", "#12345"),
        ("primary_color", '#123456") #read("/etc/passwd'),
        ("logo_scale_percent", 9),
        ("logo_scale_percent", 301),
        ("fiscal_codes", (FiscalQr(""),)),
        ("fiscal_codes", (FiscalQr("x"), FiscalQr("x" * 1001))),
        ("logo", b""),
        ("logo", b"GIF89a"),
    ],
)
def test_a_wrong_option_is_named(option: str, value: Any) -> None:  # noqa: ANN401 - of any type
    with pytest.raises(InvalidOptionError) as caught:
        dataclasses.replace(RenderOptions(), **{option: value})
    assert caught.value.option == option


def test_limits_are_inclusive() -> None:
    RenderOptions(logo_scale_percent=10, fiscal_codes=(FiscalQr("x" * 1000),))
    RenderOptions(logo_scale_percent=300, primary_color="#ABCDEF", locale="fr_CA")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (image("PNG"), "png"),
        (image("PNG", "RGBA"), "png"),
        (image("JPEG"), "jpg"),
        (image("JPEG", "L"), "jpg"),
        (LOGO, "svg"),
        (b"<?xml version='1.0'?>" + LOGO, "svg"),
    ],
)
def test_a_logo_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert checked_logo(content).kind == kind


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "content",
    [
        png_of(4001, 4000),
        png_of(0, 10),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        image("JPEG", "CMYK"),
        LOGO + b" " * MAX_BYTES,
        b"<html/>",
        b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        *(
            SVG.format(hostile).encode()
            for hostile in (
                "<script>alert(1)</script>",
                '<image href="file:///etc/passwd"/>',
                '<image xlink:href="http://example.org/x.png"/>',
                '<use href="http://example.org/x.svg#a"/>',
                '<rect onload="x()"/>',
                "<style>@import 'http://example.org'</style>",
                '<rect style="fill:url(http://example.org/x)"/>',
                "<foreignObject/>",
                "<g>" * 80 + "</g>" * 80,
            )
        ),
    ],
)
def test_a_logo_that_could_harm_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidOptionError) as caught:
        RenderOptions(logo=content)
    assert caught.value.option == "logo"


def test_a_logo_may_refer_to_itself() -> None:
    inside = '<defs><g id="a"/></defs><use href="#a"/><rect fill="url(#a)"/>'
    assert checked_logo(SVG.format(inside).encode()).kind == "svg"
