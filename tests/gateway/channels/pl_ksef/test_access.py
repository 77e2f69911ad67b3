"""What a failed call before the invoice means: KSeF is away, refuses us, or wants it again."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from formats.ksef_api.login import Context, ContextType
from gateway.channels.pl_ksef.access import Access
from gateway.channels.pl_ksef.memory import Memory
from gateway.kit.clock import now
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.errors import ACTED_UPON, Retry
from gateway.transmissions.passing import told_by
from gateway.transmissions.tape import Recorder
from tests.contract_suite.ksef import Key
from tests.formats.signatures.pki import SoftwareSigner


class Saying:
    """A wire on which KSeF always says the same."""

    def __init__(self, status: int, body: bytes) -> None:
        self.answer = Answer(status, body)

    def exchange(self, request: Request) -> Answer:
        del request
        return self.answer


def bad_request(code: int) -> bytes:
    detail = {"exceptionCode": code, "exceptionDescription": "..."}
    return json.dumps({"exception": {"exceptionDetailList": [detail]}}).encode()


def problem(status: int) -> bytes:
    return json.dumps({"status": status, "detail": "..."}).encode()


def refused(status: int, body: bytes, signer: SoftwareSigner) -> Retry:
    """Return how a login fails."""
    wire = Saying(status, body)
    access = Access("https://ksef.test", wire, Memory(), clock=now, random=bytes)
    with pytest.raises(Retry) as failed:
        access.login(Key(signer), Context(ContextType.NIP, "5265877635"))
    return failed.value


@pytest.fixture(scope="module")
def signer() -> SoftwareSigner:
    return SoftwareSigner(ec.generate_private_key(ec.SECP256R1()), ())


@pytest.mark.parametrize("status", [502, 503, 504])
def test_that_nobody_is_there_is_told_of_the_endpoint(status: int, signer: SoftwareSigner) -> None:
    error = refused(status, b"<html/>", signer)
    assert error.reason == "unavailable"
    assert told_by(Recorder(), error) == "failed"


def test_that_it_fails_is_told_of_nobody(signer: SoftwareSigner) -> None:
    error = refused(500, b"<html/>", signer)
    assert error.reason == "http_500"
    assert told_by(Recorder(), error) == "nothing"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, bad_request(21115), "credential_refused"),
        (400, bad_request(9105), "credential_refused"),
        (400, bad_request(21117), "credential_refused"),
        (403, problem(403), "credential_refused"),
        (400, bad_request(21401), "login_refused"),
        (401, problem(401), "login_refused"),
    ],
)
def test_a_login_that_is_refused_asks_for_a_person(
    status: int, body: bytes, reason: str, signer: SoftwareSigner
) -> None:
    assert refused(status, body, signer).reason == reason
    assert reason in ACTED_UPON


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, bad_request(21111), "http_400"),
        (400, b"<html/>", "http_400"),
        (403, b"<html/>", "http_403"),
        (429, problem(429), "http_429"),
    ],
)
def test_what_says_nothing_of_us_asks_for_nobody(
    status: int, body: bytes, reason: str, signer: SoftwareSigner
) -> None:
    assert refused(status, body, signer).reason == reason
    assert reason not in ACTED_UPON
