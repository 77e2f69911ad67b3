"""Logging in by a KSeF token, against the local KSeF: what is said, refused and never recorded."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from formats.signatures.signer import Signer
from gateway.channels.pl_ksef import TEST, PlKsef
from gateway.channels.pl_ksef.seal import Seal
from gateway.kit.clock import now
from gateway.transmissions import tape
from gateway.transmissions.adapter import Contexts
from gateway.transmissions.errors import Retry
from gateway.transmissions.states import Regulatory
from tests.contract_suite.ksef import LocalKsef, local_party
from tests.contract_suite.party import once
from tests.gateway.channels.pl_ksef.test_adapter import Gate, _asked, _named
from tests.gateway.sandbox.ksef.api import Caller, certified
from tests.gateway.sandbox.ksef.invoices import BUYER, SELLER


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalKsef]:
    with local_party(tmp_path_factory.mktemp("ksef")) as party:
        yield party


@pytest.fixture
def party(shared: LocalKsef) -> Iterator[LocalKsef]:
    shared.adapter = shared.adapter_to()
    yield shared
    shared.fail()
    shared.tell("clock", {})


@dataclass(frozen=True)
class Shown:
    """A credential that is a token."""

    secret: str = field(repr=False)
    id: str = "sct_ksef"

    @property
    def signer(self) -> Signer:
        raise AssertionError("a token signs nothing")

    @property
    def tls(self) -> Contexts:
        raise AssertionError("KSeF is shown no certificate")


def owner(party: LocalKsef, nip: str = SELLER) -> Caller:
    signer = certified(party.url, party._client, nip=nip)
    return Caller(party.url, None, party._client).log_in(signer, nip)


def token_of(caller: Caller, *permissions: str) -> str:
    asked = {"permissions": list(permissions or ("InvoiceWrite",)), "description": "Tests"}
    answer = caller.call("POST", "/tokens", asked)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["token"])


def watched(party: LocalKsef, clock: Any = now) -> tuple[Gate, PlKsef]:  # noqa: ANN401 - a clock
    gate = Gate()
    return gate, PlKsef(party.url, Seal.load(party._seal), gate, conduct=TEST, clock=clock)


def refusal(party: LocalKsef, secret: str) -> str:
    """Return why a token is refused; nothing may have been sent."""
    message = replace(party.message(), credential=Shown(secret))
    with pytest.raises(Retry) as failed:
        once(party, message)
    assert failed.value.reason == "credential_refused"
    assert secret not in failed.value.detail
    assert all(secret.encode() not in one.content for one in failed.value.evidence)
    assert party.rows(message) == []
    return failed.value.detail


def test_a_token_logs_in_once_and_serves_many_invoices(party: LocalKsef) -> None:
    gate, party.adapter = watched(party)
    credential = Shown(token_of(owner(party)))
    for _ in range(3):
        message = replace(party.message(), credential=credential)
        found = _asked(party, _named(message, once(party, message)))
        assert found.fact.regulatory is Regulatory.CLEARED
    paths = gate.paths(party)
    assert paths.count("/auth/ksef-token") == 1
    assert "/auth/xades-signature" not in paths
    assert paths.count("/security/public-key-certificates") == 2  # for tokens, and for sessions


def test_the_token_is_on_no_record_and_never_plain_on_the_wire(party: LocalKsef) -> None:
    secret = token_of(owner(party))
    gate, adapter = watched(party)
    message = replace(party.message(), credential=Shown(secret))
    with tape.running(tape.Recorder()) as recorder:
        proof = adapter.interpret(message, adapter.send(adapter.prepare(message)))
        adapter.reconcile(_named(message, proof))
    kept = repr([(one.request, one.answer) for one in recorder.exchanges])
    assert secret not in kept
    sent = b"".join(asked.url.encode() + asked.body for asked, _ in gate.sent)
    assert secret.encode() not in sent
    assert secret.rpartition("|")[2].encode() not in sent


def test_a_revoked_token_is_refused_with_what_to_do(party: LocalKsef) -> None:
    caller = owner(party)
    secret = token_of(caller)
    path = f"/tokens/{secret.partition('|')[0]}"
    assert caller.call("DELETE", path).status_code == 204
    told = refusal(party, secret)
    assert told.startswith("450 ")
    assert "Make a new token" in told


def test_a_token_of_another_context_is_refused(party: LocalKsef) -> None:
    assert refusal(party, token_of(owner(party, BUYER))).startswith("450 ")


def test_what_was_never_made_is_refused(party: LocalKsef) -> None:
    assert refusal(party, "20261122-EC-none|nip-1|abc").startswith("450 ")


def test_a_token_without_invoice_write_opens_no_session(party: LocalKsef) -> None:
    credential = Shown(token_of(owner(party), "InvoiceRead"))
    message = replace(party.message(), credential=credential)
    with pytest.raises(Retry):
        once(party, message)
    assert party.rows(message) == []


def test_a_revoked_token_is_not_refreshed(party: LocalKsef) -> None:
    caller = owner(party)
    secret = token_of(caller)
    later = [datetime.timedelta()]
    _, party.adapter = watched(party, lambda: now() + later[0])
    once(party, replace(party.message(), credential=Shown(secret)))
    path = f"/tokens/{secret.partition('|')[0]}"
    assert caller.call("DELETE", path).status_code == 204
    later[0] = datetime.timedelta(minutes=20)
    party.tell("clock", {"ahead": 20 * 60})
    assert refusal(party, secret).startswith("450 ")
