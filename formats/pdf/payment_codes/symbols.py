"""Drawing codes: a matrix of modules as SVG, one path, crisp at any size."""

from collections.abc import Iterable, Sequence

import segno
from pdf417gen.encoding import encode

from formats.pdf.payment_codes.hub3 import COLUMNS, MODULE_MM, ROW_RATIO, SECURITY_LEVEL

QR_QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""

_PDF417_QUIET = 2


def qr_svg(symbol: segno.QRCode) -> str:
    """Return a QR code with its quiet zone of four modules (ISO/IEC 18004)."""
    rows = [[bool(module) for module in row] for row in symbol.matrix]
    return _svg(rows, quiet=QR_QUIET, height=1)


def pdf417_svg(payload: str) -> tuple[str, float]:
    """Return a PDF417 symbol of HUB 3 with its quiet zone, and its printed width in mm."""
    words = encode(payload, columns=COLUMNS, security_level=SECURITY_LEVEL, encoding="utf-8")
    rows = [[bit == "1" for word in row for bit in f"{word:b}"] for row in words]
    width = (len(rows[0]) + 2 * _PDF417_QUIET) * MODULE_MM
    return _svg(rows, quiet=_PDF417_QUIET, height=ROW_RATIO), width


def _svg(rows: Sequence[Sequence[bool]], quiet: int, height: int) -> str:
    width = len(rows[0]) + 2 * quiet
    total = len(rows) * height + 2 * quiet
    path = "".join(
        f"M{quiet + start} {quiet + number * height}h{length}v{height}h-{length}z"
        for number, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}">'
        f'<rect width="{width}" height="{total}" fill="#fff"/><path d="{path}"/></svg>'
    )


def _runs(row: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Yield start and length of every run of dark modules."""
    start = None
    for place, dark in enumerate((*row, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
