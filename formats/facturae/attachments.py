"""Attached files: RelatedDocuments and BT-125, with the file's name as description.

Only files in front of the first document that is not attached are written, and only of the types
the schema knows: places in a list tell which is which.
"""

import base64
import binascii
from itertools import takewhile
from typing import Any

from formats.en16931.group import BinaryObject
from formats.en16931.model import AdditionalSupportingDocument, Invoice
from formats.facturae.code_lists import ATTACHMENTS, ATTACHMENTS_BACK
from formats.facturae.tree import Read, Tree, children, filled, text

_BASE64, _PLAIN = "BASE64", "NONE"


def attached(invoice: Invoice) -> Tree | None:
    """Return RelatedDocuments."""
    files = [
        one.attached_document
        for one in takewhile(_fits, invoice.additional_supporting_documents)
        if one.attached_document
    ]
    return {"Attachment": [_one(file) for file in files]} if files else None


def _fits(document: AdditionalSupportingDocument) -> bool:
    file = document.attached_document
    return file is not None and file.mime_code in ATTACHMENTS and bool(file.content)


def _one(file: BinaryObject) -> Tree:
    return {
        "AttachmentCompressionAlgorithm": _PLAIN,
        "AttachmentFormat": ATTACHMENTS[file.mime_code],
        "AttachmentEncoding": _BASE64,
        "AttachmentDescription": file.filename[:2500],
        "AttachmentData": base64.b64encode(file.content).decode(),
    }


def take(tree: Read) -> list[dict[str, Any]]:
    """Return BG-24: the files up to the first that is compressed, or not in base64."""
    found = []
    for at, one in enumerate(
        children(tree, "AdditionalData", "RelatedDocuments", "Attachment"), 1
    ):
        kind = (text(one, "AttachmentFormat") or "").lower()
        packed = text(one, "AttachmentCompressionAlgorithm") or _PLAIN
        if packed != _PLAIN or text(one, "AttachmentEncoding") not in {_BASE64, None}:
            break
        data = "".join((text(one, "AttachmentData") or "").split())
        try:
            content = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            break
        name = text(one, "AttachmentDescription") or f"{at}.{kind}"
        file = {
            "content": base64.b64encode(content).decode(),
            "mime_code": ATTACHMENTS_BACK.get(kind, "application/octet-stream"),
            "filename": name,
        }
        found.append(filled(attached_document=file))
    return found
