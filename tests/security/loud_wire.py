"""A wire that has a secret in every place of an exchange where one may be.

It logs in before it sends, as wires of authorities do: who we are in headers, in the address and
in the body, and what the other side gave us for it in its answer. What is secret the recorder
knows by the list of headers, by names that say so, or because the adapter names it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import replace

from gateway.channels.sandbox_network import SandboxNetwork
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.tape import through

VARIABLE = "LOUD_WIRE"
"""The environment variable that says which secrets it uses: JSON, by place."""

PLACES = (
    "header that no list names",
    "header that the adapter wants recorded and whose name says that it is secret",
    "part of the address that the adapter names",
    "part of the body that the adapter names",
    "part of the body whose name says that it is secret",
    "header of the answer that no list names",
    "cookie of the answer",
    "part of the answer that the adapter names",
    "part of the answer whose name says that it is secret",
)
KEPT = "login-0042"
"""What stands beside them and is no secret: it is recorded."""

_PARTS = frozenset({"kennwort", "sitzung"})
_HEADERS = frozenset({"x-login-id", "x-login-token"})


def login(secret: Mapping[str, str]) -> tuple[Request, Answer]:
    """Return what is exchanged before each message."""
    body = {
        "name": "bakery",
        "kennwort": secret["part of the body that the adapter names"],
        "more": [{"api_key": secret["part of the body whose name says that it is secret"]}],
    }
    asked = Request(
        "POST",
        "https://login.example/?kennwort=" + secret["part of the address that the adapter names"],
        _headers(secret),
        json.dumps(body).encode(),
        recorded_headers=_HEADERS,
        secret_parts=_PARTS,
    )
    session = secret["part of the answer that the adapter names"]
    token = secret["part of the answer whose name says that it is secret"]
    answer = Answer(
        200,
        f"<login><sitzung>{session}</sitzung><a token='{token}'>{KEPT}</a></login>".encode(),
        headers=(
            ("X-Session", secret["header of the answer that no list names"]),
            ("Set-Cookie", f"session={secret['cookie of the answer']}"),
            ("X-Login-Id", KEPT),
        ),
    )
    return asked, answer


def _headers(secret: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    token = PLACES[1]
    return (
        ("X-Partner", secret["header that no list names"]),
        ("X-Login-Token", secret[token]),
        ("X-Login-Id", KEPT),
    )


def lay() -> None:
    """Have the network's adapter log in, and write the same headers with each message."""
    secret = json.loads(os.environ[VARIABLE])
    prepare, send = SandboxNetwork.prepare, SandboxNetwork.send

    def prepared(self: SandboxNetwork, message: Message) -> Request:
        request = prepare(self, message)
        headers = (*request.headers, *_headers(secret))
        return replace(request, headers=headers, recorded_headers=_HEADERS, secret_parts=_PARTS)

    def sent(self: SandboxNetwork, request: Request) -> Answer:
        asked, answer = login(secret)
        through(asked, lambda _: answer)
        return send(self, request)

    setattr(SandboxNetwork, "prepare", prepared)  # noqa: B010 - in its place
    setattr(SandboxNetwork, "send", sent)  # noqa: B010
