"""What is understood is acted upon, whatever the other side wrote into it."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.archive.service import EvidenceItem
from gateway.events import service as events
from gateway.kit.database import Database
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import keepable
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Signal
from gateway.transmissions.errors import Refused
from gateway.transmissions.states import Fact, Regulatory, Transport
from tests.gateway.transmissions.desk import Desk, desk

AT = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


def test_a_refusal_whose_words_hold_a_nul_is_a_refusal(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Message | Answer) -> Acknowledgement:
        raise Refused("http_422", f"bad value 'a\0b' {'x' * 3000}")

    monkeypatch.setattr(small.authority, "interpret", refuse)
    made = small.queue()
    with small.working():
        small.until_state(made, "closed")
    assert small.view(made).transport == "failed_permanent"
    assert len(small.authority.tries) == 1
    with small.database.transaction(small.owner) as tx:
        detail = events.of_transmission(tx, made)[-1].data["detail"]
    assert detail.startswith("bad value 'a\u2400b' xxx")
    assert (len(detail), detail[-1]) == (keepable.TEXT, "…")


def test_a_receipt_with_names_nobody_can_keep_is_a_receipt_and_says_so(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = "R" * 1001

    def take(*_: Message | Answer) -> Acknowledgement:
        return Acknowledgement(
            EvidenceItem("receipt", "receipt.txt", "text/plain", b"taken"),
            Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.CLEARED),
            correlations={"registration": number, "batch": "7"},
            stamps=(Stamp(authority="a", kind="registration", identifier=number, at=AT, qr="\0"),),
        )

    monkeypatch.setattr(small.authority, "interpret", take)
    made = small.queue()
    with small.working():
        small.until_state(made, "closed")
    view = small.view(made)
    assert (view.regulatory, len(small.authority.tries)) == ("cleared", 1)
    with small.database.transaction(small.owner) as tx:
        told = events.of_transmission(tx, made)[-1]
        (stamp,) = stamps.of_document(tx, view.document_id)
    assert told.data["unusable_names"] == [["registration", "R" * 99 + "…"]]
    assert (stamp.identifier, stamp.qr) == ("R" * 999 + "…", None)


def test_a_signal_is_found_by_the_names_that_can_be_kept() -> None:
    keys = (("number", "a\0b"), ("number", ""), ("number", "1"), ("number", "\ud800"))
    fact = Fact(regulatory=Regulatory.ACCEPTED, key="s\0")
    proof = EvidenceItem("signal", "s.json", "application/json", b"{}")
    signal = Signal("s\0", keys, "network", "A\0", fact, proof)
    assert signal.keys == (("number", "1"),)
    assert [value for _, value in signal.unusable] == ["a\0b", "", "\ud800"]
    assert (signal.id, signal.code, signal.fact.key) == ("s\u2400", "A\u2400", "s\u2400")
    assert keepable.told(signal.unusable)["unusable_names"][2] == ["number", "\ufffd"]
