"""Many invoices in one batch, against the local KSeF: each has a verdict and proof of its own."""

import datetime
import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formats.ksef_api import upo
from gateway.channels.pl_ksef import LIVE, TEST, PlKsef
from gateway.channels.pl_ksef.conduct import batches
from gateway.channels.pl_ksef.letter import HASH_OF_CORRECTED, MOST_ALONG
from gateway.channels.pl_ksef.seal import Seal
from gateway.channels.places import Place
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.transmissions import tape
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from gateway.transmissions.errors import GivenUp, GivenUpTogether, Retry, Unknown
from gateway.transmissions.states import Regulatory, Transport
from tests.contract_suite.ksef import LocalKsef, local_party
from tests.gateway.sandbox.ksef.invoices import fa


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


Bend = Callable[[Request], Request]


class Gate:
    """A wire that keeps what passes by, and may bend it."""

    def __init__(self, bend: Bend = lambda request: request) -> None:
        self._wire = Wire(total_seconds=10, connect_seconds=5)
        self._bend = bend
        self.sent: list[tuple[Request, Answer]] = []

    def exchange(self, request: Request) -> Answer:
        answer = self._wire.exchange(self._bend(request))
        self.sent.append((request, answer))
        return answer

    def count(self, method: str, ending: str) -> int:
        return len(
            [one for one, _ in self.sent if one.method == method and one.url.endswith(ending)]
        )


def watched(party: LocalKsef, bend: Bend = lambda request: request) -> tuple[Gate, PlKsef]:
    gate = Gate(bend)
    return gate, PlKsef(party.url, Seal.load(party._seal), gate, conduct=TEST)


def together(adapter: PlKsef, messages: list[Message]) -> list[Message]:
    """Send messages in one batch, and return them with the names they were given."""
    answer = adapter.send(adapter.prepare_all(messages))
    proofs = adapter.interpret_all(messages, answer)
    assert {one.fact.transport for one in proofs} == {Transport.SUBMITTED}
    return [
        replace(message, correlations={**message.correlations, **proof.correlations})
        for message, proof in zip(messages, proofs, strict=True)
    ]


def asked(adapter: PlKsef, message: Message) -> Acknowledgement:
    found = adapter.reconcile(message)
    assert found is not None
    return found


def test_each_invoice_of_a_batch_is_cleared_by_its_own_upo(party: LocalKsef) -> None:
    gate, adapter = watched(party)
    sent = together(adapter, [party.message() for _ in range(4)])
    found = [asked(adapter, one) for one in sent]
    assert {one.fact.regulatory for one in found} == {Regulatory.CLEARED}
    for message, one in zip(sent, found, strict=True):
        (row,) = party.rows(message)
        assert one.stamps[0].identifier == row["ksef_number"]
        entry = upo.entry_for(upo.read(one.receipt.content), message.payload, row["ksef_number"])
        assert entry.hash == row["hash"]
        assert one.correlations["ksef-invoice"] == message.correlations["ksef-invoice"]
    assert [gate.count("POST", end) for end in ("/sessions/batch", "/close")] == [1, 1]
    assert gate.count("GET", "/invoices?pageSize=1000") == 1  # KSeF is asked once for all
    assert gate.count("POST", "/sessions/online") == 0


def test_after_a_restart_what_was_in_a_batch_is_found(party: LocalKsef) -> None:
    sent = together(party.adapter, [party.message() for _ in range(2)])
    nameless = replace(sent[1], correlations={})
    found = asked(party.adapter_to(), nameless)
    assert found.fact.regulatory is Regulatory.CLEARED
    assert found.correlations["ksef-invoice"] == sent[1].correlations["ksef-invoice"]


def test_one_that_is_refused_does_not_hinder_the_others(party: LocalKsef) -> None:
    sent = together(party.adapter, [party.message(), party.refused(), party.message()])
    first, second, third = (asked(party.adapter, one) for one in sent)
    assert [one.fact.regulatory for one in (first, third)] == [Regulatory.CLEARED] * 2
    (verdict,) = second.signals
    assert (verdict.code, verdict.fact.regulatory) == ("450", Regulatory.REJECTED)
    assert json.loads(verdict.evidence.content)["status"]["code"] == 450


def test_where_none_is_good_each_is_refused(party: LocalKsef) -> None:
    sent = together(party.adapter, [party.refused(), party.refused()])
    said = [asked(party.adapter, one).signals for one in sent]
    assert [[one.code for one in signals] for signals in said] == [["450"], ["450"]]


def test_what_is_being_processed_is_still_open(party: LocalKsef) -> None:
    party.tell("script", {"delay_seconds": 60})
    (message, _) = together(party.adapter, [party.message(), party.message()])
    found = asked(party.adapter, message)
    assert (found.fact.regulatory, found.signals, found.stamps) == (Regulatory.PENDING, (), ())


def test_one_that_ksef_gave_up_goes_again_and_the_latest_name_counts(party: LocalKsef) -> None:
    party.tell("script", {"verdicts": [550]})
    first, second = together(party.adapter, [party.message(), party.message()])
    with pytest.raises(GivenUp) as failed:
        party.adapter.reconcile(first)
    assert (failed.value.reason, type(failed.value)) == ("ksef_550", GivenUp)
    assert asked(party.adapter, second).fact.regulatory is Regulatory.CLEARED
    answer = party.adapter.send(party.adapter.prepare_all([first]))
    (proof,) = party.adapter.interpret_all([first], answer)
    again = replace(first, correlations={**first.correlations, **proof.correlations})
    assert asked(party.adapter, again).fact.regulatory is Regulatory.CLEARED


def test_a_package_that_is_refused_as_a_whole_goes_again_in_halves(party: LocalKsef) -> None:
    def bent(request: Request) -> Request:
        whole = request.method == "PUT"
        return replace(request, body=request.body[:-1] + b"\0") if whole else request

    _, adapter = watched(party, bent)
    messages = [party.message(), party.message()]
    for one in together(adapter, messages):
        with pytest.raises(GivenUpTogether) as failed:
            adapter.reconcile(one)
        assert failed.value.reason == "ksef_batch_405"
    assert [party.rows(one) for one in messages] == [[], []]
    for one in together(party.adapter, messages):
        assert asked(party.adapter, one).fact.regulatory is Regulatory.CLEARED


def test_of_a_batch_whose_closing_was_not_answered_each_is_known_again(party: LocalKsef) -> None:
    messages = [party.message(), party.message()]
    party.fail({"fault": "drop_after_accept", "nth": 1, "count": 1})
    request = party.adapter.prepare_all(messages)
    with pytest.raises(Unknown):
        party.adapter.send(request)
    party.fail()
    first = [party.rows(one)[0]["ksef_number"] for one in messages]
    found = [asked(party.adapter, one) for one in together(party.adapter, messages)]
    assert {one.fact.regulatory for one in found} == {Regulatory.DUPLICATE_OF_ACCEPTED}
    assert [one.stamps[0].identifier for one in found] == first
    assert [party.accepted(one) for one in messages] == [1, 1]


def test_an_upload_that_breaks_sends_nothing(party: LocalKsef) -> None:
    def bent(request: Request) -> Request:
        if request.method != "PUT":
            return request
        raise Unknown("connection_lost", "in the middle")

    gate, adapter = watched(party, bent)
    messages = [party.message(), party.message()]
    with pytest.raises(Retry) as failed:
        adapter.send(adapter.prepare_all(messages))
    assert failed.value.reason == "connection_lost"
    assert gate.count("POST", "/close") == 0
    assert [party.rows(one) for one in messages] == [[], []]


def test_what_is_said_of_the_closing_refuses_no_invoice(party: LocalKsef) -> None:
    def bent(request: Request) -> Request:
        return replace(request, body=request.body[16:]) if request.method == "PUT" else request

    _, adapter = watched(party, bent)
    messages = [party.message(), party.message()]
    answer = adapter.send(adapter.prepare_all(messages))
    assert answer.status == 400  # a part is shorter than was said
    with pytest.raises((Retry, Unknown)) as failed:
        adapter.interpret_all(messages, answer)
    assert failed.value.evidence


def test_a_replay_needs_no_network_and_no_key(party: LocalKsef) -> None:
    messages = [party.message(), party.message()]
    with tape.running(tape.Recorder()) as recorder:
        sent = together(party.adapter, messages)
        before = asked(party.adapter, sent[1])

    class Played:
        def exchange(self, request: Request, go: tape.Go) -> Answer:
            del go
            then = recorder.exchanges.pop(0)
            assert (then.request.url, then.request.headers) == (request.url, request.headers)
            assert then.answer is not None
            return then.answer

    gate, adapter = watched(party)
    with tape.running(Played()):
        again = together(adapter, [replace(one, credential=None) for one in messages])
        after = asked(adapter, again[1])
    assert gate.sent == []
    assert (before.stamps, before.fact) == (after.stamps, after.fact)


def test_nothing_secret_is_recorded(party: LocalKsef) -> None:
    gate, adapter = watched(party)
    messages = [party.message(), party.message()]
    with tape.running(tape.Recorder()) as recorder:
        asked(adapter, together(adapter, messages)[0])
    kept = b"".join(
        one.request.head()
        + one.request.kept(one.request.body)
        + (one.answer or Answer(0, b"")).body
        for one in recorder.exchanges
    )
    tokens = [
        value.removeprefix("Bearer ")
        for one, _ in gate.sent
        for name, value in one.headers
        if name == "Authorization"
    ]
    places = [one.url for one, _ in gate.sent if one.method == "PUT"]
    assert len(places) == 1
    assert all(one.encode() not in kept for one in (*tokens, *places))


def test_only_what_is_said_alike_goes_together(party: LocalKsef) -> None:
    first, other = party.message(), party.message()
    fits = party.adapter.goes_with
    assert fits(first, other)
    assert not fits(first, replace(other, deferred=True))
    assert not fits(first, replace(other, sender="nip:1111111111"))
    assert not fits(first, replace(other, payload=fa(code="FA (2)")))
    assert not fits(first, replace(other, payload=b"<other/>"))
    large = fa(more=f"<!--{'x' * MOST_ALONG}-->")
    assert not fits(first, replace(other, payload=large))
    corrects = {HASH_OF_CORRECTED: "x" * 44}
    assert not fits(first, replace(other, correlations=corrects))


def test_what_was_issued_offline_is_said_to_be(party: LocalKsef) -> None:
    messages = [
        replace(party.carrying(fa(secrets.token_hex(8), day=now().date())), deferred=True)
        for _ in range(2)
    ]
    together(party.adapter, messages)
    modes = [json.loads(party.rows(one)[0]["value"])["invoicingMode"] for one in messages]
    assert modes == ["Offline", "Offline"]


def test_the_operator_says_from_how_many_on(party: LocalKsef, tmp_path: Path) -> None:
    del tmp_path
    place = Place(channel="pl-ksef-test", url=party.url, shown=party.url, trust=party._seal)
    assert PlKsef.open(place).conduct.batch == batches(20) == LIVE.batch
    chosen = PlKsef.open(replace(place, batch_from=5)).conduct.batch
    assert chosen is not None
    assert (chosen.least, chosen.most) == (5, 500)
    assert PlKsef.open(replace(place, batch_from=0)).conduct.batch is None


def test_what_is_asked_for_all_is_not_older_than_a_few_seconds(party: LocalKsef) -> None:
    gate = Gate()
    later = [datetime.timedelta()]
    adapter = PlKsef(
        party.url, Seal.load(party._seal), gate, conduct=TEST, clock=lambda: now() + later[0]
    )
    party.tell("script", {"delay_seconds": 2})
    (message, _) = together(adapter, [party.message(), party.message()])
    assert asked(adapter, message).fact.regulatory is Regulatory.PENDING
    party.tell("clock", {"ahead": 10})
    assert asked(adapter, message).fact.regulatory is Regulatory.PENDING
    later[0] = datetime.timedelta(seconds=6)
    assert asked(adapter, message).fact.regulatory is Regulatory.CLEARED
    party.tell("clock", {})
