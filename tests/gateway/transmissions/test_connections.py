"""Who answered, as evidence: without secrets, and only where there is something to prove."""

import base64
import hashlib
import json
from uuid import UUID

from gateway.archive.service import EvidenceItem
from gateway.kit.connection import Connection
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.attempts import Attempt
from gateway.transmissions.connections import proofs
from gateway.transmissions.states import Fact
from gateway.transmissions.steps import Step
from gateway.transmissions.tape import Exchange

ASKED = Attempt(UUID(int=1), None, b"payload")
REQUEST = Request("POST", "https://u:geheim@authority.example/t?token=geheim&a=b", (), b"payload")
MET = Connection("192.0.2.1", 443, "TLSv1.3", "TLS_AES_256_GCM_SHA384", b"DER")
ANSWER = Answer(
    200, b'{"token":"geheim"}', headers=(("Date", "now"), ("Set-Cookie", "geheim")), connection=MET
)
NEWS = [
    Step("transmission.verdict", Fact(), {}, evidence=(EvidenceItem("receipt", "a", "a/b", b"c"),))
]


def test_it_says_who_answered_and_keeps_no_secret() -> None:
    lost = Exchange(Request("GET", "https://authority.example/", (), b""))
    (item,) = proofs(ASKED, NEWS, [Exchange(REQUEST, ANSWER), lost])
    assert (item.role, item.name, item.media_type) == (
        *("connection", "connections.json", "application/json"),
    )
    assert b"geheim" not in item.content
    first, second = json.loads(item.content)["exchanges"]
    assert first["url"] == "https://(secret)@authority.example/t?token=(secret)&a=b"
    said = first["answer"]
    assert (said["status"], said["headers"]) == (
        200,
        [["Date", "now"], ["Set-Cookie", "(secret)"]],
    )
    assert said["sha256"] == hashlib.sha256(REQUEST.kept(ANSWER.body)).hexdigest()
    assert said["connection"] == {
        "address": "192.0.2.1",
        "port": 443,
        "protocol": "TLSv1.3",
        "cipher": "TLS_AES_256_GCM_SHA384",
        "certificate": base64.b64encode(b"DER").decode(),
    }
    assert (second["method"], second["answer"]) == ("GET", None)


def test_a_question_that_taught_nothing_leaves_nothing() -> None:
    exchanges = [Exchange(REQUEST, ANSWER)]
    assert proofs(ASKED, [Step("transmission.asked", Fact(), {})], exchanges) == []
    assert proofs(None, NEWS, exchanges) == []
    assert proofs(ASKED, NEWS, []) == []


def test_what_was_sent_is_archived_with_who_took_it() -> None:
    sent = Attempt(UUID(int=2), REQUEST, b"payload")
    assert [one.role for one in proofs(sent, [], [Exchange(REQUEST)])] == ["request", "connection"]
