"""Signals are found by any name of their message, whether it is learned before or after them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from gateway.archive.service import EvidenceItem
from gateway.kit import clock
from gateway.transmissions import early, names
from gateway.transmissions.adapter import MESSAGE_ID, Keys, Signal
from gateway.transmissions.early import Bounds, EarlySignalsFullError
from gateway.transmissions.journal import Journal
from gateway.transmissions.reception import Reception, receive_signal
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.steps import Step
from gateway.transmissions.tables import early_signal
from tests.gateway.transmissions.stage import Stage

CHANNEL = "sandbox-network"
BATCH: Keys = (("batch", "B-1"),)


def signal(keys: Keys, name: str = "s-1", word: Regulatory = Regulatory.ACCEPTED) -> Signal:
    fact = Fact(transport=Transport.DELIVERED, regulatory=word, key=name)
    proof = EvidenceItem("signal", "signal.json", "application/json", name.encode())
    return Signal(name, keys, "network", "AP", fact, proof)


def receive(stage: Stage, said: Signal) -> Reception:
    journal = Journal(stage.archive)
    return receive_signal(stage.database, journal, channel=CHANNEL, signal=said, now=clock.now())


def learn(stage: Stage, transmission: UUID, keys: Keys) -> None:
    """Record a step that teaches names, as an answer does."""
    journal = Journal(stage.archive)
    with stage.database.worker_transaction(stage.owner) as tx:
        held = journal.hold(tx, transmission)
        step = Step("transmission.submitted", Fact(attempt=1), {}, names=keys)
        journal.record(tx, held, [step], clock.now())


def waiting(stage: Stage) -> int:
    with stage.database.worker_transaction() as tx:
        return len(tx.execute(early_signal.select()).all())


def test_a_signal_is_found_by_a_learned_name(silent_stage: Stage) -> None:
    transmission = silent_stage.queue()
    learn(silent_stage, transmission, BATCH)
    unknown: Keys = (("invoice", "of nobody"),)
    assert receive(silent_stage, signal((*unknown, *BATCH))) is Reception.TAKEN
    assert silent_stage.view(transmission).regulatory == "accepted"
    with silent_stage.database.transaction(silent_stage.owner) as tx:
        found = names.of(tx, transmission, CHANNEL)
    message_id = silent_stage.view(transmission).message_id
    assert found == {MESSAGE_ID: message_id, "batch": "B-1", "invoice": "of nobody"}


def test_a_signal_that_comes_before_its_name_is_applied_when_the_name_is_learned(
    silent_stage: Stage,
) -> None:
    transmission = silent_stage.queue()
    assert receive(silent_stage, signal(BATCH)) is Reception.EARLY
    assert receive(silent_stage, signal(BATCH)) is Reception.KNOWN
    assert silent_stage.view(transmission).regulatory == "pending"
    learn(silent_stage, transmission, BATCH)
    assert silent_stage.types(transmission) == ["queued", "submitted", "verdict"]
    assert silent_stage.view(transmission).transport == "delivered"
    assert silent_stage.events(transmission)[-1].evidence_id is not None
    assert waiting(silent_stage) == 0
    assert receive(silent_stage, signal(BATCH)) is Reception.KNOWN


def test_a_signal_that_waited_still_tells_of_the_names_nobody_can_keep(
    silent_stage: Stage,
) -> None:
    transmission = silent_stage.queue()
    said = signal((*BATCH, ("number", "a\0b"), ("number", "N" * 501)))
    assert receive(silent_stage, said) is Reception.EARLY
    learn(silent_stage, transmission, BATCH)
    verdict = silent_stage.events(transmission)[-1]
    assert verdict.type == "transmission.verdict"
    assert verdict.data["unusable_names"] == [
        ["number", "a\u2400b"],
        ["number", "N" * 99 + "…"],
    ]


def test_a_signal_that_waited_may_teach_a_name_that_another_waits_for(
    silent_stage: Stage,
) -> None:
    transmission = silent_stage.queue()
    second: Keys = (("file", "F-9"),)
    assert receive(silent_stage, signal(second, "s-2")) is Reception.EARLY
    assert receive(silent_stage, signal((*BATCH, *second), "s-1")) is Reception.EARLY
    learn(silent_stage, transmission, BATCH)
    assert silent_stage.types(transmission)[2:] == ["verdict", "verdict"]
    assert waiting(silent_stage) == 0


def test_our_own_ids_are_never_early(silent_stage: Stage) -> None:
    silent_stage.queue()
    said = signal(((MESSAGE_ID, "of somebody else"), *BATCH))
    assert receive(silent_stage, said) is Reception.UNKNOWN_MESSAGE
    assert waiting(silent_stage) == 0


def test_a_name_means_one_transmission_and_the_second_asks_for_a_person(
    silent_stage: Stage,
) -> None:
    first, second = silent_stage.queue(number="R-1"), silent_stage.queue(number="R-2")
    learn(silent_stage, first, BATCH)
    learn(silent_stage, second, BATCH)
    assert silent_stage.view(first).action_required is None
    assert silent_stage.view(second).action_required == "contradiction"
    assert receive(silent_stage, signal(BATCH)) is Reception.TAKEN
    assert silent_stage.view(first).regulatory == "accepted"
    assert silent_stage.view(second).regulatory == "pending"


@pytest.mark.parametrize(
    ("bounds", "content"),
    [(Bounds(signals=1), b"x"), (Bounds(size=4), b"12345")],
)
def test_early_signals_are_bounded(silent_stage: Stage, bounds: Bounds, content: bytes) -> None:
    now = clock.now()
    with silent_stage.database.worker_transaction() as tx:
        assert early.keep(tx, CHANNEL, signal(BATCH), now, bounds)
        large = replace(
            signal(BATCH, "s-2"), evidence=EvidenceItem("signal", "s", "text/plain", content)
        )
        with pytest.raises(EarlySignalsFullError):
            early.keep(tx, CHANNEL, large, now, bounds)
        later = now + bounds.age + timedelta(seconds=1)
        assert early.keep(tx, CHANNEL, signal(BATCH, "s-3"), later, bounds)
    assert waiting(silent_stage) == 1


def test_a_signal_and_its_name_that_meet_never_miss_each_other(silent_stage: Stage) -> None:
    journal = Journal(silent_stage.archive)
    rounds = 12
    transmissions = [silent_stage.queue(number=f"R-{number}") for number in range(rounds)]
    gate = threading.Barrier(2)

    def teach() -> None:
        for number, transmission in enumerate(transmissions):
            gate.wait(20)
            learn(silent_stage, transmission, (("batch", f"B-{number}"),))

    def say() -> None:
        for number in range(rounds):
            said = signal((("batch", f"B-{number}"),), f"s-{number}")
            gate.wait(20)
            receive_signal(
                silent_stage.database, journal, channel=CHANNEL, signal=said, now=clock.now()
            )

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(teach), pool.submit(say)]:
            done.result(60)
    words = {silent_stage.view(one).regulatory for one in transmissions}
    assert words == {Regulatory.ACCEPTED}
    assert waiting(silent_stage) == 0
