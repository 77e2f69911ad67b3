import json
import os
from pathlib import Path
from uuid import uuid4

import pytest

from gateway.channels.es_face import CHANNEL, REGISTRY, TEST_CHANNEL, EsFace
from gateway.channels.file_drop import MOST_NOTES
from gateway.channels.places import Place
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.errors import Refused, Unknown
from gateway.transmissions.states import Business, Regulatory, Transport, project
from gateway.transmissions.verdicts.table import tables

NUMBER = "202611220001"


def adapter(path: Path) -> EsFace:
    url = path.as_uri()
    return EsFace.open(Place(channel=TEST_CHANNEL, url=url, shown=url))


def message() -> Message:
    return Message(
        transmission_id=uuid4(),
        document_id=uuid4(),
        message_id=str(uuid4()),
        sender="9920:ESB12345674",
        receiver="DIR3:L01280796",
        payload=b"<fe:Facturae/>",
    )


def sent(path: Path, one: Message) -> Acknowledgement:
    face = adapter(path)
    return face.interpret(one, face.send(face.prepare(one)))


def answered(path: Path, one: Message, said: object, name: str = "1.json") -> None:
    (path / "in" / f"{one.message_id}.{name}").write_text(json.dumps(said))


def asked(path: Path, one: Message) -> Acknowledgement:
    found = adapter(path).reconcile(one)
    assert found is not None
    return found


def status(code: str, cancelled: str = "4100") -> dict[str, object]:
    return {
        "numeroRegistro": NUMBER,
        "tramitacion": {"codigo": code, "motivo": ""},
        "anulacion": {"codigo": cancelled, "motivo": ""},
    }


def test_a_signed_invoice_is_put_out_under_its_message_id(tmp_path: Path) -> None:
    one = message()
    proof = sent(tmp_path, one)
    assert (proof.fact.transport, proof.signals) == (Transport.SUBMITTED, ())
    assert (tmp_path / "out" / f"{one.message_id}.xsig").read_bytes() == one.payload
    assert adapter(tmp_path).reconcile(message()) is None


@pytest.mark.parametrize(
    ("code", "regulatory", "business"),
    [
        ("1200", Regulatory.ACCEPTED, Business.NONE),
        ("1300", Regulatory.ACCEPTED, Business.ACKNOWLEDGED),
        ("2400", Regulatory.PENDING, Business.ACCEPTED),
        ("2500", Regulatory.PENDING, Business.PAID),
        ("2600", Regulatory.PENDING, Business.REJECTED),
        ("3100", Regulatory.CANCELLED, Business.NONE),
    ],
)
def test_each_status_of_face_is_a_signal(
    tmp_path: Path, code: str, regulatory: Regulatory, business: Business
) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, status(code))
    found = asked(tmp_path, one)
    (signal,) = found.signals
    assert (signal.code, found.correlations[REGISTRY]) == (code, NUMBER)
    state = project([found.fact, signal.fact])
    assert (state.regulatory, state.business) == (regulatory, business)
    assert asked(tmp_path, one).signals[0].id == signal.id


@pytest.mark.parametrize("order", [("4200", "4400"), ("4400", "4200")])
def test_an_invoice_stands_again_where_its_cancellation_was_refused(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, status("1200"))
    answered(tmp_path, one, status("1200", "4200"), "2.json")
    found = asked(tmp_path, one)
    state = project([found.fact, *(signal.fact for signal in found.signals)])
    assert state.regulatory is Regulatory.CANCEL_REQUESTED
    for at, code in enumerate(order, 3):
        answered(tmp_path, one, status("1200", code), f"{at}.json")
    found = asked(tmp_path, one)
    state = project([found.fact, *(signal.fact for signal in found.signals)])
    assert (state.regulatory, state.action_required) == (Regulatory.ACCEPTED, None)


def test_the_states_of_an_invoice_add_up_in_any_order(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    for at, code in enumerate(("2500", "1200", "2400", "1300")):
        answered(tmp_path, one, {"factura": status(code)}, f"{at}.json")
    found = asked(tmp_path, one)
    state = project([found.fact, *(signal.fact for signal in found.signals)])
    assert (state.regulatory, state.business) == (Regulatory.ACCEPTED, Business.PAID)


def test_a_cancellation_that_was_asked_for_is_told_beside_the_status(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, status("1300", "4200"))
    assert [signal.code for signal in asked(tmp_path, one).signals] == ["1300", "4200"]


def test_what_face_does_not_register_is_refused(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, {"resultado": {"codigo": 301, "descripcion": "Factura duplicada"}})
    with pytest.raises(Refused) as caught:
        asked(tmp_path, one)
    assert (caught.value.reason, caught.value.detail) == ("face_301", "Factura duplicada")


@pytest.mark.parametrize("said", [status("9999"), [], "text", 7])
def test_what_nobody_understands_proves_nothing(tmp_path: Path, said: object) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, said)
    with pytest.raises(Unknown):
        asked(tmp_path, one)


REGISTERED = {"resultado": {"codigo": "0"}, "factura": {"numeroRegistro": NUMBER}}
FAILED = {"resultado": {"codigo": "500", "descripcion": "Error interno"}}


def test_a_registration_is_accepted(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, REGISTERED)
    found = asked(tmp_path, one)
    (signal,) = found.signals
    assert (signal.code, signal.fact.regulatory) == ("0", Regulatory.ACCEPTED)
    assert found.correlations == {REGISTRY: NUMBER}


@pytest.mark.parametrize("names", [("1.json", "2.json"), ("2.json", "1.json")])
@pytest.mark.parametrize("other", [FAILED, status("9999"), []])
def test_what_was_registered_stays_so_whatever_another_answer_says(
    tmp_path: Path, names: tuple[str, str], other: object
) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, REGISTERED, names[0])
    answered(tmp_path, one, other, names[1])
    (tmp_path / "in" / f"{one.message_id}.justificante.pdf").write_bytes(b"%PDF-1.7")
    found = asked(tmp_path, one)
    assert [signal.code for signal in found.signals] == ["0"]
    assert found.correlations == {REGISTRY: NUMBER}


def test_of_many_answers_the_first_and_the_newest_are_read(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    answered(tmp_path, one, REGISTERED, "z.json")
    os.utime(tmp_path / "in" / f"{one.message_id}.z.json", (1, 1))
    for at in range(MOST_NOTES):
        answered(tmp_path, one, {"resultado": {"codigo": "0"}}, f"{at:03}.json")
        os.utime(tmp_path / "in" / f"{one.message_id}.{at:03}.json", (at + 2, at + 2))
    answered(tmp_path, one, status("2500"), "a.json")
    found = asked(tmp_path, one)
    assert [signal.code for signal in found.signals] == ["0", "2500"]


def test_what_is_taken_away_is_not_put_out_again(tmp_path: Path) -> None:
    one = message()
    sent(tmp_path, one)
    (tmp_path / "out" / f"{one.message_id}.xsig").unlink()
    sent(tmp_path, one)
    assert list((tmp_path / "out").iterdir()) == []


def test_every_status_that_face_publishes_is_in_the_table() -> None:
    codes = ("1200", "1300", "2400", "2500", "2600", "3100", "4200", "4300", "4400")
    assert [code for code in codes if tables()[CHANNEL].find(code) is None] == []
