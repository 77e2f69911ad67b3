"""The package that UJP's users exchange: envelope, invoice and PDF in one ZIP.

Source: UJP, notice of 2014-12-31 (what a prepared e-invoice consists of) and of 2020-09-28 (e-SLOG
2.0 with an envelope travels as a ZIP). The same parts give the same bytes.
"""

import datetime
import io
import zipfile

from formats.en16931.model import Invoice
from formats.eslog.envelope import UJP, Attachment, write_envelope

_ENVELOPE = "envelope.xml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Of a file in a ZIP: there is nothing before it."""


def package(
    invoice: Invoice, document: bytes, pdf: bytes, *, at: datetime.datetime, agent: str = UJP
) -> bytes:
    """Return an invoice with its envelope and its PDF as a ZIP.

    Args:
        invoice: What the document says.
        document: It as e-SLOG.
        pdf: It for people.
        at: Local time of issue.
        agent: See `write_envelope`.

    Raises:
        EnvelopeError: It says too little to be addressed.
    """
    files = (
        (Attachment("eracun.xml", "xml", "e-SLOG 2.0"), document),
        (Attachment("eracun.pdf", "pdf", "vizualizacija"), pdf),
    )
    envelope = write_envelope(invoice, [one for one, _ in files], at=at, agent=agent)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((_ENVELOPE, envelope), *((one.name, body) for one, body in files)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()
