"""Who was on the other end, as evidence: addresses, certificates, answers' headers and digests.

The bytes of requests and receipts are evidence of their own. This says over what they went: where
the name led to, what TLS showed, what the answer's head said. Of all exchanges of an attempt, the
questions before and after the send too; one for which no whole answer came has no answer here.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.service import EvidenceItem
from gateway.kit.connection import Connection
from gateway.transmissions import secrecy
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.attempts import Attempt
from gateway.transmissions.steps import Step
from gateway.transmissions.tape import Exchange

NAME = "connections.json"


def proofs(
    made: Attempt | None,
    steps: Sequence[Step] | Callable[[Any], object],
    exchanges: Sequence[Exchange],
) -> list[EvidenceItem]:
    """Return what is archived with what came of an attempt: a send's request, and who answered.

    Args:
        made: The attempt; None for nothing.
        steps: What came of it. A question to which nothing new was answered leaves no evidence.
        exchanges: What went over the wire.
    """
    if made is None:
        return []
    requests = made.evidence()
    news = requests or callable(steps) or any(one.evidence for one in steps)
    return [*requests, _connections(exchanges)] if news and exchanges else requests


def _connections(exchanges: Sequence[Exchange]) -> EvidenceItem:
    content = canonical({"version": 1, "exchanges": [_told(one) for one in exchanges]})
    return EvidenceItem("connection", NAME, "application/json", content)


def _told(exchanged: Exchange) -> Mapping[str, JsonValue]:
    request, answer = exchanged.request, exchanged.answer
    return {
        "method": request.method,
        "url": secrecy.address(request.url, request.secret_parts),
        "answer": None if answer is None else _answered(request, answer),
    }


def _answered(request: Request, answer: Answer) -> Mapping[str, JsonValue]:
    body = request.kept(answer.body)
    return {
        "status": answer.status,
        "headers": answer.kept_headers(request),
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "elapsed_ms": round(answer.elapsed * 1000),
        "connection": None if answer.connection is None else _met(answer.connection),
    }


def _met(connection: Connection) -> Mapping[str, JsonValue]:
    shown = connection.certificate
    return {
        "address": connection.address,
        "port": connection.port,
        "protocol": connection.protocol,
        "cipher": connection.cipher,
        "certificate": None if shown is None else base64.b64encode(shown).decode(),
    }
