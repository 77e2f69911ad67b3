import json
from pathlib import Path
from uuid import uuid4

import pytest

from gateway.channels.places import Place
from gateway.channels.si_ujp import CHANNEL, NUMBER, TEST_CHANNEL, SiUjp
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.errors import Refused, Unknown
from gateway.transmissions.states import Business, Regulatory, Transport, project
from gateway.transmissions.verdicts.table import tables


def asked(path: Path, *said: object) -> Acknowledgement:
    """Return what is known of a message after these answers."""
    url = path.as_uri()
    adapter = SiUjp.open(Place(channel=TEST_CHANNEL, url=url, shown=url))
    message = Message(
        transmission_id=uuid4(),
        document_id=uuid4(),
        message_id=str(uuid4()),
        sender="9949:SI27289877",
        receiver="ujp:SI56011006000000123",
        payload=b"a package",
    )
    adapter.send(adapter.prepare(message))
    for at, one in enumerate(said):
        (path / "in" / f"{message.message_id}.{at}.json").write_text(json.dumps(one))
    found = adapter.reconcile(message)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "transport", "business"),
    [
        ("nov", Transport.DELIVERED, Business.NONE),
        ("Prevzet", Transport.DELIVERED, Business.ACKNOWLEDGED),
        ("potrjen", Transport.SUBMITTED, Business.ACCEPTED),
        ("zavrnjen", Transport.SUBMITTED, Business.REJECTED),
    ],
)
def test_each_status_of_ujp_is_a_signal(
    tmp_path: Path, status: str, transport: Transport, business: Business
) -> None:
    found = asked(tmp_path, {"status": status, "id": 4711})
    (signal,) = found.signals
    assert (signal.code, found.correlations[NUMBER]) == (status.lower(), "4711")
    state = project([found.fact, signal.fact])
    assert (state.transport, state.business) == (transport, business)
    assert state.regulatory in {Regulatory.ACCEPTED, Regulatory.PENDING}


def test_a_number_alone_is_no_status(tmp_path: Path) -> None:
    found = asked(tmp_path, {"id": "4711"})
    assert (found.signals, found.correlations) == ((), {NUMBER: "4711"})


def test_what_is_not_taken_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        asked(tmp_path, {"napaka": {"koda": 101, "opis": "Prejemnik ni znan"}})
    assert (caught.value.reason, caught.value.detail) == ("ujp_101", "Prejemnik ni znan")


@pytest.mark.parametrize("said", [{"status": "?"}, {}, [], "text", 7])
def test_what_nobody_understands_proves_nothing(tmp_path: Path, said: object) -> None:
    with pytest.raises(Unknown):
        asked(tmp_path, said)


def test_every_word_of_ujp_is_in_the_table() -> None:
    words = ("nov", "prevzet", "potrjen", "zavrnjen")
    assert [word for word in words if tables()[CHANNEL].find(word) is None] == []


def test_a_refusal_takes_nothing_back_of_what_was_taken(tmp_path: Path) -> None:
    found = asked(tmp_path, {"status": "prevzet"}, {"napaka": {"koda": "900"}}, "odd")
    assert [one.code for one in found.signals] == ["prevzet"]
