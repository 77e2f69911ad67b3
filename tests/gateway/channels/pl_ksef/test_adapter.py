"""KSeF's adapter against the local KSeF: verdicts, sessions, what is recorded and what is not."""

import datetime
import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from formats.ksef_api import upo
from formats.ksef_api.encryption import digest
from gateway.channels.pl_ksef import LIVE, TEST, PlKsef
from gateway.channels.pl_ksef.letter import HASH_OF_CORRECTED, SESSION
from gateway.channels.pl_ksef.memory import IDLE
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.places import Place
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.kit.certificates import Use, new_ca, new_leaf
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.errors import GivenUp, Refused, Retry, Unknown
from gateway.transmissions.permits import Permit, ticks
from gateway.transmissions.states import Regulatory, Transport
from tests.contract_suite.ksef import Key, LocalKsef, local_party
from tests.contract_suite.party import once
from tests.gateway.sandbox.ksef.api import certified
from tests.gateway.sandbox.ksef.invoices import BUYER, fa


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalKsef]:
    with local_party(tmp_path_factory.mktemp("ksef")) as party:
        yield party


@pytest.fixture
def party(shared: LocalKsef) -> Iterator[LocalKsef]:
    shared.adapter = shared.adapter_to()
    yield shared
    shared.fail()
    shared.tell("script", {"delay_seconds": 0, "verdicts": []})
    shared.tell("clock", {})


def _named(message: Message, proof: Acknowledgement) -> Message:
    """Return a message as it is loaded later: with the names it was given."""
    return replace(message, correlations={**message.correlations, **proof.correlations})


def _session(proof: Acknowledgement) -> str:
    """Return the session that a message was sent in."""
    return proof.correlations["ksef-invoice"].partition("/")[0]


def _asked(party: LocalKsef, message: Message) -> Acknowledgement:
    found: Acknowledgement | None = party.adapter.reconcile(message)
    assert found is not None
    return found


def test_an_invoice_is_submitted_and_later_cleared_by_its_upo(party: LocalKsef) -> None:
    message = party.message()
    proof = once(party, message)
    assert (proof.fact.transport, proof.fact.regulatory) == (
        Transport.SUBMITTED,
        Regulatory.PENDING,
    )
    assert proof.correlations.keys() == {"ksef-invoice"}
    found = _asked(party, _named(message, proof))
    assert (found.fact.transport, found.fact.regulatory) == (
        Transport.DELIVERED,
        Regulatory.CLEARED,
    )
    (stamp,) = found.stamps
    (row,) = party.rows(message)
    assert (stamp.kind, stamp.identifier) == ("ksef-number", row["ksef_number"])
    assert found.correlations["ksef-number"] == row["ksef_number"]
    said = upo.read(found.receipt.content)
    assert upo.entry_for(said, message.payload, stamp.identifier).hash == row["hash"]


def test_what_is_being_processed_is_still_open(party: LocalKsef) -> None:
    party.tell("script", {"delay_seconds": 60})
    message = party.message()
    found = _asked(party, _named(message, once(party, message)))
    assert (found.fact.regulatory, found.signals, found.stamps) == (Regulatory.PENDING, (), ())


def test_a_refusal_is_a_verdict_with_its_evidence(party: LocalKsef) -> None:
    message = party.refused()
    found = _asked(party, _named(message, once(party, message)))
    (verdict,) = found.signals
    assert (verdict.layer, verdict.code) == ("authority", "450")
    assert verdict.fact.regulatory is Regulatory.REJECTED
    status = json.loads(verdict.evidence.content)["status"]
    assert status["code"] == 450
    assert found.stamps == ()
    again = _asked(party, _named(message, found))
    assert again.signals[0].id == verdict.id


def test_a_duplicate_of_our_own_bytes_has_the_original_s_number(party: LocalKsef) -> None:
    message = party.message()
    first = _asked(party, _named(message, once(party, message)))
    other = party.adapter_to()
    again = _named(message, once(party, message, other))
    found = other.reconcile(again)
    assert found is not None
    assert found.fact.regulatory is Regulatory.DUPLICATE_OF_ACCEPTED
    assert found.stamps == first.stamps
    assert found.receipt.content == first.receipt.content


def test_a_duplicate_of_other_bytes_is_refused(party: LocalKsef) -> None:
    number = secrets.token_hex(6)
    once(party, party.carrying(fa(number)))
    message = party.carrying(fa(number, day=datetime.date(2026, 2, 3)))
    found = _asked(party, _named(message, once(party, message)))
    assert [(one.code, one.fact.regulatory) for one in found.signals] == [
        ("440", Regulatory.REJECTED)
    ]


def test_a_duplicate_that_another_sent_is_compared_with_the_original(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    once(party, party.message(), adapter)
    token = dict(gate.sent[-1][0].headers)["Authorization"]
    said = {
        "subjectIdentifier": {"type": "Nip", "value": BUYER},
        "permission": "SelfInvoicing",
        "description": "Self-billing",
        "subjectDetails": {"fullName": "Nabywca"},
    }
    url = f"{party.url}/permissions/authorizations/grants"
    answer = party._client.post(url, json=said, headers={"Authorization": token})
    assert answer.status_code == 202
    number = secrets.token_hex(6)
    buyer = Key(certified(party.url, party._client, nip=BUYER), "sgk_buyer")
    theirs = party.carrying(fa(number), credential=buyer, sender=f"nip:{BUYER}")
    assert _asked(party, _named(theirs, once(party, theirs))).stamps
    same, other = party.carrying(fa(number)), party.carrying(fa(number, more="<!-- -->"))
    with pytest.raises(Unknown) as failed:
        party.adapter.reconcile(_named(same, once(party, same)))
    assert failed.value.reason == "duplicate_sent_elsewhere"
    found = _asked(party, _named(other, once(party, other)))
    assert [one.code for one in found.signals] == ["440"]


def test_the_refusal_of_a_second_copy_does_not_hide_the_first(party: LocalKsef) -> None:
    message = party.message()
    first = _asked(party, _named(message, once(party, message)))
    party.tell("script", {"verdicts": [410]})
    other = party.adapter_to()
    again = _named(replace(message, attempt=2), once(party, message, other))
    found = other.reconcile(again)
    assert found is not None
    assert found.fact.regulatory is Regulatory.CLEARED
    assert found.stamps == first.stamps


def test_what_is_refused_twice_is_refused(party: LocalKsef) -> None:
    message = party.message()
    party.tell("script", {"verdicts": [550, 410]})
    once(party, message)
    other = party.adapter_to()
    found = other.reconcile(_named(replace(message, attempt=2), once(party, message, other)))
    assert found is not None
    assert [one.code for one in found.signals] == ["410"]


def test_where_a_upo_lies_for_anybody_is_not_recorded(party: LocalKsef) -> None:
    message = party.message()
    proof = once(party, message)
    recorder = tape.Recorder()
    with tape.running(recorder):
        assert party.adapter.reconcile(_named(message, proof)) is not None
    kept = [
        made.request.kept(made.answer.body)
        for made in recorder.exchanges
        if made.answer is not None
    ]
    (status,) = [json.loads(one) for one in kept if b"upoDownloadUrl" in one]
    assert status["upoDownloadUrl"] == "(secret)"
    assert status["status"]["code"] == 200


@pytest.mark.parametrize("code", [405, 500, 550])
def test_where_ksef_gave_up_the_same_bytes_go_again(party: LocalKsef, code: int) -> None:
    party.tell("script", {"verdicts": [code]})
    message = party.message()
    proof = once(party, message)
    with pytest.raises(GivenUp) as failed:
        party.adapter.reconcile(_named(message, proof))
    assert failed.value.reason == f"ksef_{code}"
    again = once(party, message)
    assert _asked(party, _named(message, again)).fact.regulatory is Regulatory.CLEARED


def test_a_upo_by_a_stranger_clears_nothing(party: LocalKsef) -> None:
    message = party.message()
    named = _named(message, once(party, message))
    party.fail({"fault": "wrong_signature", "nth": 1, "where": "enquiries"})
    with pytest.raises(Unknown) as failed:
        party.adapter.reconcile(named)
    assert failed.value.reason == "invalid_upo"


def test_a_certificate_of_the_same_ca_seals_nothing(party: LocalKsef, tmp_path: Path) -> None:
    signer = certified(party.url, party._client, name="Ministerstwo")
    seal = Seal.load(party._seal)
    assert not seal._is_own(signer.certificate_chain[0])
    ca = new_ca("CA", now())
    uses = {use: new_leaf("Leaf", ca, use, now()).der for use in (Use.SEAL, Use.CLIENT_TLS)}
    believed = [use for use, one in uses.items() if Seal((ca.der,))._is_own(one)]
    assert believed == [Use.SEAL]
    (tmp_path / "none.pem").write_text("")
    with pytest.raises(ValueError, match="PEM"):
        Seal.load(tmp_path / "none.pem")


def test_after_a_restart_an_invoice_is_found_by_its_digest(party: LocalKsef) -> None:
    message = party.message()
    proof = once(party, message)
    found = party.adapter_to().reconcile(message)
    assert found is not None
    assert found.correlations["ksef-invoice"] == proof.correlations["ksef-invoice"]
    assert found.fact.regulatory is Regulatory.CLEARED


@pytest.mark.parametrize("kind", ["reference", "session"])
def test_an_invoice_that_was_given_another_s_name_is_found_by_its_digest(
    party: LocalKsef, kind: str
) -> None:
    message, other = party.message(), party.message()
    proof = once(party, message)
    party.adapter = party.adapter_to()  # it died: it opens a session of its own
    foreign = once(party, other).correlations["ksef-invoice"]
    session, reference = proof.correlations["ksef-invoice"].split("/")
    wrong = {
        "reference": f"{session}/{foreign.split('/')[1]}",
        "session": f"20261122-SO-0000000000-0000000000-00/{reference}",
    }[kind]
    found = _asked(party, replace(message, correlations={"ksef-invoice": wrong}))
    assert found.fact.regulatory is Regulatory.CLEARED
    assert found.correlations["ksef-invoice"] == proof.correlations["ksef-invoice"]


def test_a_number_of_another_invoice_is_not_believed(party: LocalKsef) -> None:
    message, other = party.message(), party.message()
    once(party, message)
    theirs = once(party, other)
    found = _asked(party, _named(message, theirs))
    assert found.stamps[0].identifier == party.rows(message)[0]["ksef_number"]


class Gate:
    """A wire that keeps what passes by."""

    def __init__(self) -> None:
        self._wire = Wire(total_seconds=10, connect_seconds=5)
        self.sent: list[tuple[Request, Answer]] = []

    def exchange(self, request: Request) -> Answer:
        answer = self._wire.exchange(request)
        self.sent.append((request, answer))
        return answer

    def paths(self, party: LocalKsef) -> list[str]:
        return [one.url.removeprefix(party.url) for one, _ in self.sent]


def _watched(party: LocalKsef, clock: Any = now) -> tuple[Gate, PlKsef]:  # noqa: ANN401 - a clock
    gate = Gate()
    return gate, PlKsef(party.url, Seal.load(party._seal), gate, conduct=TEST, clock=clock)


def test_one_login_and_one_session_serve_many_invoices(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    for _ in range(3):
        once(party, party.message(), adapter)
    paths = gate.paths(party)
    assert paths.count("/auth/xades-signature") == 1
    assert paths.count("/sessions/online") == 1
    assert len([one for one in paths if one.endswith("/invoices")]) == 3


def test_threads_share_one_login_and_one_session(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    messages = [party.message() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        proofs = list(pool.map(lambda one: once(party, one, adapter), messages))
    paths = gate.paths(party)
    assert paths.count("/auth/xades-signature") == 1
    assert paths.count("/sessions/online") == 1
    assert len({one.correlations["ksef-invoice"] for one in proofs}) == 8
    assert [party.accepted(one) for one in messages] == [1] * 8


def test_nothing_secret_is_recorded(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    message = party.message()
    with tape.running(tape.Recorder()) as recorder:
        request = adapter.prepare(message)
        proof = adapter.interpret(message, adapter.send(request))
        adapter.reconcile(_named(message, proof))
    assert recorder.exchanges[0].request is request
    assert request.body == message.payload
    kept = b"".join(
        one.request.head()
        + one.request.kept(one.request.body)
        + (b"" if one.answer is None else one.answer.body + repr(one.answer.headers).encode())
        for one in recorder.exchanges
    )
    tokens = [
        value.removeprefix("Bearer ")
        for asked, _ in gate.sent
        for name, value in asked.headers
        if name == "Authorization"
    ]
    assert len(tokens) >= 4
    assert all(one.encode() not in kept for one in tokens)
    assert digest(message.payload).encode() in kept
    session = _session(proof)
    assert (SESSION, session) in (recorder.exchanges[0].answer or Answer(0, b"")).headers


def test_a_replay_needs_no_network_and_no_key(party: LocalKsef) -> None:
    message = party.message()
    with tape.running(tape.Recorder()) as recorder:
        proof = once(party, message)
        named = _named(message, proof)
        before = party.adapter.reconcile(named)

    class Played:
        def exchange(self, request: Request, go: tape.Go) -> Answer:
            del go
            then = recorder.exchanges.pop(0)
            assert (then.request.url, then.request.headers) == (request.url, request.headers)
            assert then.answer is not None
            return then.answer

    gate, adapter = _watched(party)
    keyless = replace(message, credential=None)
    with tape.running(Played()):
        again = adapter.interpret(keyless, adapter.send(adapter.prepare(keyless)))
        after = adapter.reconcile(replace(named, credential=None))
    assert gate.sent == []
    assert again.correlations == proof.correlations
    assert (before.stamps, before.fact) == (after.stamps, after.fact)  # type: ignore[union-attr]


def test_bytes_leave_only_as_long_as_they_may(party: LocalKsef) -> None:
    message = party.message()
    recorder = tape.Recorder()
    recorder.permit = Permit(ticks, ticks(), -1.0)
    with tape.running(recorder), pytest.raises(Retry) as failed:
        once(party, message)
    assert failed.value.reason == "lease_ended"
    assert party.rows(message) == []


def test_an_access_token_that_ends_is_refreshed(party: LocalKsef) -> None:
    later = [datetime.timedelta()]
    gate, adapter = _watched(party, lambda: now() + later[0])
    once(party, party.message(), adapter)
    later[0] = datetime.timedelta(minutes=20)
    party.tell("clock", {"ahead": 20 * 60})
    once(party, party.message(), adapter)
    assert gate.paths(party).count("/auth/token/refresh") == 1
    assert gate.paths(party).count("/auth/xades-signature") == 1


def test_a_token_that_is_not_taken_any_more_leads_to_a_new_login(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    once(party, party.message(), adapter)
    party.tell("clock", {"ahead": 20 * 60})  # what the client does not know
    message = party.message()
    with pytest.raises(Retry) as failed:
        once(party, message, adapter)
    assert failed.value.reason == "session_lost"
    assert party.rows(message) == []
    once(party, message, adapter)
    assert gate.paths(party).count("/auth/xades-signature") == 2


def test_a_session_that_takes_nothing_more_is_replaced(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    first = _session(once(party, party.message(), adapter))
    (access,) = {
        dict(asked.headers)["Authorization"]
        for asked, _ in gate.sent
        if asked.url.endswith("/invoices")
    }
    close = f"{party.url}/sessions/online/{first}/close"
    assert party._client.post(close, headers={"Authorization": access}).status_code == 204
    with pytest.raises(Retry) as failed:
        once(party, party.message(), adapter)
    assert failed.value.reason == "ksef_21180"
    second = _session(once(party, party.message(), adapter))
    assert first != second


def test_idle_sessions_are_closed(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    once(party, party.message(), adapter)
    assert adapter.tidy(now()) == 0
    assert adapter.tidy(now() + IDLE) == 1
    assert gate.paths(party)[-1].endswith("/close")
    assert adapter.tidy(now() + IDLE) == 0
    once(party, party.message(), adapter)
    assert gate.paths(party).count("/sessions/online") == 2


def test_a_session_near_its_end_is_not_used(party: LocalKsef) -> None:
    moment = [now()]
    gate, adapter = _watched(party, lambda: moment[0])
    once(party, party.message(), adapter)
    moment[0] += datetime.timedelta(hours=11, minutes=50)
    once(party, party.message(), adapter)
    assert gate.paths(party).count("/sessions/online") == 2


def test_whoever_may_not_is_told_what_is_missing(party: LocalKsef) -> None:
    stranger = certified(party.url, party._client, nip="7680002466")
    message = replace(party.message(), credential=Key(stranger))
    with pytest.raises(Retry) as failed:
        once(party, message)
    assert failed.value.reason == "credential_refused"
    assert failed.value.detail.startswith("415 ")
    with pytest.raises(Retry) as failed:
        once(party, replace(party.message(), credential=None))
    assert failed.value.reason == "credential_unusable"


def test_an_outage_before_the_invoice_sends_nothing(party: LocalKsef) -> None:
    for fault in ("drop_after_accept", "http_503_before_accept", "garbage", "empty"):
        party.adapter = party.adapter_to()
        party.fail({"fault": fault, "nth": 1, "where": "access"})
        message = party.message()
        with pytest.raises(Retry):
            once(party, message)
        party.fail()
        assert party.rows(message) == []


def test_what_was_issued_offline_is_said_to_be(party: LocalKsef) -> None:
    today = party.carrying(fa(day=now().date()))
    modes = {}
    for name, message in (("online", today), ("offline", replace(party.message(), deferred=True))):
        once(party, message)
        modes[name] = json.loads(party.rows(message)[0]["value"])["offline"]
    assert modes == {"online": False, "offline": True}


def test_a_technical_correction_names_what_it_corrects(party: LocalKsef) -> None:
    number = secrets.token_hex(6)
    wrong = party.carrying(fa(number).replace(b"<P_15>", b"<P_15>x"), deferred=True)
    once(party, wrong)
    right = party.carrying(fa(number), correlations={HASH_OF_CORRECTED: digest(wrong.payload)})
    once(party, right)
    (row,) = party.rows(right)
    assert json.loads(row["value"])["corrects"] == digest(wrong.payload)
    assert row["status"] == 200
    once_more = party.carrying(fa(), correlations={HASH_OF_CORRECTED: digest(wrong.payload)})
    with pytest.raises(Refused) as failed:
        once(party, once_more)
    assert failed.value.reason == "ksef_21166"


def test_a_place_opens_it(party: LocalKsef) -> None:
    live = Place(channel="pl-ksef", url=party.url, shown=party.url, trust=party._seal)
    test = replace(live, channel="pl-ksef-test")
    assert (PlKsef.open(live).conduct, PlKsef.open(test).conduct) == (LIVE, TEST)
    assert PlKsef.open(test).channel == "pl-ksef-test"
    assert PlKsef.open(test).endpoint(party.message()) == party.url.removeprefix("http://")
    with pytest.raises(ValueError, match="PL_KSEF_TRUST"):
        PlKsef.open(replace(live, trust=None))


class Lying(Gate):
    """A wire on which the answer to one call is another."""

    def __init__(self, path: str, answer: Answer) -> None:
        super().__init__()
        self._path, self._answer = path, answer

    @override
    def exchange(self, request: Request) -> Answer:
        found = super().exchange(request)
        return self._answer if request.url.endswith(self._path) else found


def test_what_fails_before_the_invoice_is_kept_without_tokens(party: LocalKsef) -> None:
    said = b'{"authenticationToken": {"token": "eyJ.abcdef.x"}, "referenceNumber": "R-1"}'
    gate = Lying("/auth/xades-signature", Answer(200, said))
    adapter = PlKsef(party.url, Seal.load(party._seal), gate, conduct=TEST)
    with pytest.raises(Retry) as failed:
        once(party, party.message(), adapter)
    (kept,) = failed.value.evidence
    assert b"R-1" in kept.content
    assert b"abcdef" not in kept.content


def test_a_login_that_is_not_taken_any_more_is_forgotten_wherever_that_is_said(
    party: LocalKsef,
) -> None:
    gate = Lying("/sessions/online", Answer(401, b""))
    adapter = PlKsef(party.url, Seal.load(party._seal), gate, conduct=TEST)
    for _ in range(2):
        with pytest.raises(Retry):
            once(party, party.message(), adapter)
    assert gate.paths(party).count("/auth/xades-signature") == 2


def test_who_leaves_closes_all_sessions(party: LocalKsef) -> None:
    gate, adapter = _watched(party)
    once(party, party.message(), adapter)
    assert adapter.tidy(now(), leaving=True) == 1
    assert gate.paths(party)[-1].endswith("/close")
