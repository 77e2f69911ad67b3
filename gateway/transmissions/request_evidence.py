"""Requests as evidence: what an attempt put on the wire, or that another's request carried it."""

import base64
from uuid import UUID

from gateway.archive.service import EvidenceItem


def request_evidence(head: bytes, body: bytes | None, identifier: UUID) -> EvidenceItem:
    """Return a request as evidence; it has the id of its attempt.

    Args:
        head: Request line and headers.
        body: None where it is archived already, under its own digest.
        identifier: Of the attempt.
    """
    whole = head if body is None else head + b"\r\n\r\n" + body
    return EvidenceItem("request", "request.http", "message/http", whole, identifier)


def carried_evidence(head: bytes, digest: bytes, identifier: UUID) -> EvidenceItem:
    """Return as evidence that a request carried a message among others: without its body.

    Args:
        head: Request line and headers.
        digest: SHA-256 of the body as it was kept; said as RFC 9530 says it.
        identifier: Of the attempt.
    """
    said = f"Content-Digest: sha-256=:{base64.b64encode(digest).decode()}:"
    return request_evidence(head + b"\r\n" + said.encode(), None, identifier)
