"""The receiving access point, over HTTP, as its own process."""

import base64
import hashlib
import http.client
import json
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.gateway.sandbox.invoices import RECEIVER, SENDER, invoice
from tests.gateway.sandbox.process import Network, running

FAULTS = (
    "drop_before_accept",
    "drop_after_accept",
    "http_500_before_accept",
    "http_503_before_accept",
    "http_500_after_accept",
    "http_503_after_accept",
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running(tmp_path_factory.mktemp("network")) as network:
        yield network


@pytest.fixture
def network(shared: Network) -> Iterator[Network]:
    yield shared
    shared.fail()
    shared.play()


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def send(
    network: Network, content: bytes, message_id: str | None = None, **headers: str
) -> httpx2.Response:
    given = {
        "Message-Id": message_id or secrets.token_hex(8),
        "Sender-Id": SENDER,
        "Receiver-Id": RECEIVER,
        "Content-Digest": digest(content),
        "Content-Type": "application/xml",
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return network.client.post(f"{network.url}/messages", content=content, headers=given | named)


def statement(answer: httpx2.Response) -> dict[str, Any]:
    payload = answer.json()["payload"]
    said: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    )
    return said


def rules(answer: httpx2.Response) -> set[str]:
    return {finding["rule"] for finding in statement(answer).get("findings", [])}


def number() -> str:
    return secrets.token_hex(6)


def test_a_receipt_is_over_the_bytes_received(network: Network) -> None:
    content = invoice(number())
    answer = send(network, content, "m-receipt")
    assert answer.status_code == 200
    said = statement(answer)
    assert (said["message_id"], said["digest"]) == ("m-receipt", digest(content))
    assert (said["sender"], said["receiver"]) == (SENDER, RECEIVER)


def test_the_same_message_again_gets_the_identical_receipt(network: Network) -> None:
    content = invoice(number())
    first, again = (send(network, content, "m-again") for _ in range(2))
    assert first.content == again.content
    message = network.messages()["m-again"]
    assert (message["state"], message["duplicates"]) == ("accepted", 1)


def test_the_same_id_with_other_bytes_is_a_conflict_and_the_first_stands(network: Network) -> None:
    content = invoice(number())
    send(network, content, "m-conflict")
    other = send(network, invoice(number()), "m-conflict")
    assert (other.status_code, rules(other)) == (409, {"SN-MESSAGE-ID"})
    assert network.messages()["m-conflict"]["digest"] == digest(content)


def test_the_same_document_under_another_id_is_refused(network: Network) -> None:
    content = invoice(number())
    assert send(network, content).status_code == 200
    second = send(network, content)
    assert (second.status_code, rules(second)) == (422, {"SN-DUPLICATE"})


def test_duplicates_can_be_taken_and_flagged_instead(network: Network) -> None:
    network.play(duplicates="flag")
    content = invoice(number())
    send(network, content)
    assert send(network, content, "m-flagged").status_code == 200
    assert network.messages()["m-flagged"]["flagged"] == 1


def test_a_refused_document_may_be_sent_corrected(network: Network) -> None:
    given = number()
    assert send(network, invoice(given, payable="1.00")).status_code == 422
    assert send(network, invoice(given)).status_code == 200


@pytest.mark.parametrize(
    ("amounts", "rule"),
    [
        ({"line": "99.99"}, "BR-CO-10"),
        ({"gross": "119.01", "payable": "119.01"}, "BR-CO-15"),
        ({"payable": "118.99"}, "BR-CO-16"),
        ({"vat": "20.01", "gross": "120.01", "payable": "120.01"}, "BR-CO-17"),
        ({"net": "100.005"}, "BR-CO-10"),
    ],
)
def test_the_receiver_computes_for_itself(
    network: Network, amounts: dict[str, str], rule: str
) -> None:
    answer = send(network, invoice(number(), **amounts))
    assert answer.status_code == 422
    assert rule in rules(answer)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"not XML", "SN-UNREADABLE"),
        (b"<a/>", "SN-UNREADABLE"),
        (invoice("x").replace(b"<cbc:ID>x</cbc:ID>", b""), "SN-UNREADABLE"),
        (invoice("x").replace(b"<Invoice", b"<!DOCTYPE Invoice><Invoice", 1), "SN-UNREADABLE"),
        (
            invoice("x").replace(
                b"<Invoice",
                b'<!DOCTYPE Invoice [<!ENTITY e SYSTEM "file:///etc/hostname">]><Invoice',
                1,
            ),
            "SN-UNREADABLE",
        ),
        (invoice("x").replace(b"2026-11-20", b"20.11.2026"), "XSD"),
        (invoice("x").replace(b"<cbc:ProfileID>", b"<cbc:Unheard/><cbc:ProfileID>"), "XSD"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_fetched(
    network: Network, content: bytes, rule: str
) -> None:
    answer = send(network, content)
    assert (answer.status_code, rules(answer)) == (422, {rule})


def test_an_xml_declaration_before_a_doctype_hides_nothing(network: Network) -> None:
    content = invoice("x").replace(b"?>", b"?><!DOCTYPE Invoice [<!ENTITY e 'x'>]>", 1)
    assert rules(send(network, content)) == {"SN-UNREADABLE"}


def test_bytes_that_changed_on_the_way_are_refused(network: Network) -> None:
    answer = send(network, invoice(number()), "m-changed", Content_Digest=digest(b"other"))
    assert (answer.status_code, rules(answer)) == (400, {"SN-DIGEST"})
    assert "m-changed" not in network.messages()


@pytest.mark.parametrize("header", ["Sender_Id", "Receiver_Id"])
def test_the_envelope_names_the_documents_parties(network: Network, header: str) -> None:
    answer = send(network, invoice(number()), **{header: "9930:DE999999999"})
    assert rules(answer) == {"SN-PARTICIPANT"}


@pytest.mark.parametrize(
    ("receiver", "rule"),
    [
        ("0088:7300010000002", "PEPPOL-COMMON-R040"),
        ("0192:991825828", "PEPPOL-COMMON-R041"),
        ("0208:0428759498", "PEPPOL-COMMON-R043"),
        ("0007:5567321708", "PEPPOL-COMMON-R049"),
        ("0151:51824753557", "PEPPOL-COMMON-R050"),
    ],
)
def test_check_digits_of_participants_are_checked(
    network: Network, receiver: str, rule: str
) -> None:
    answer = send(network, invoice(number(), receiver=receiver), Receiver_Id=receiver)
    assert rules(answer) == {rule}


@pytest.mark.parametrize(
    "receiver",
    [
        "0088:7300010000001",
        "0192:991825827",
        "0208:0428759497",
        "0007:5567321707",
        "0151:51824753556",
    ],
)
def test_true_participants_pass(network: Network, receiver: str) -> None:
    answer = send(network, invoice(number(), receiver=receiver), Receiver_Id=receiver)
    assert answer.status_code == 200, statement(answer)


def test_a_self_billed_document_is_sent_by_the_buyer(network: Network) -> None:
    content = invoice(number()).replace(b"TypeCode>380<", b"TypeCode>389<")
    assert rules(send(network, content)) == {"SN-PARTICIPANT"}
    assert send(network, content, Sender_Id=RECEIVER, Receiver_Id=SENDER).status_code == 200


def test_an_enquiry_tells_what_is_known(network: Network) -> None:
    content = invoice(number())
    assert network.client.get(f"{network.url}/messages/m-asked").status_code == 404
    receipt = send(network, content, "m-asked")
    known = network.client.get(f"{network.url}/messages/m-asked").json()
    assert (known["state"], known["answer"]) == ("accepted", receipt.json())
    send(network, b"<a/>", "m-refused")
    refused = network.client.get(f"{network.url}/messages/m-refused").json()
    assert refused["state"] == "refused"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_comes_where_it_says(network: Network, fault: str) -> None:
    network.fail({"fault": fault, "nth": 1, "count": 1})
    before = network.fired().get(fault, 0)
    message = f"m-{fault}"
    if fault.startswith("drop"):
        with pytest.raises(httpx2.TransportError):
            send(network, invoice(number()), message)
    else:
        assert send(network, invoice(number()), message).status_code == int(fault[5:8])
    assert (message in network.messages()) == fault.endswith("after_accept")
    assert network.fired()[fault] == before + 1
    assert send(network, invoice(number())).status_code == 200  # count was 1


def test_chance_is_the_same_in_every_run_whatever_the_order(network: Network) -> None:
    contents = [invoice(f"CHANCE-{index}") for index in range(24)]

    def hit(order: list[bytes]) -> set[bytes]:
        network.fail({"fault": "http_503_before_accept", "probability": 0.4, "seed": 5})
        return {content for content in order if send(network, content).status_code == 503}

    network.play(duplicates="flag")
    first = hit(contents)
    assert first == hit(contents[::-1])
    assert 0 < len(first) < len(contents)


@pytest.mark.parametrize(
    "rule",
    [
        {"fault": "earthquake", "nth": 1},
        {"fault": "latency"},
        {"fault": "latency", "nth": 1, "probability": 0.5},
        {"fault": "latency", "nth": 0},
        {"fault": "latency", "probability": 2},
        {"fault": "latency", "nth": 1, "unknown": 1},
        "latency",
        None,
    ],
)
def test_a_rule_that_is_none_is_refused(network: Network, rule: object) -> None:
    answer = network.client.put(f"{network.url}/__sandbox/faults", json={"rules": [rule]})
    assert answer.status_code == 400


def test_the_ledger_can_be_looked_at(network: Network) -> None:
    send(network, invoice(number()), "<script>alert(1)</script>")
    page = network.client.get(network.url).text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_an_unfinished_body_leaves_nothing(network: Network) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", network.port, timeout=5)
    connection.putrequest("POST", "/messages")
    for name, value in (("Message-Id", "m-half"), ("Content-Length", "100"), ("Sender-Id", "x")):
        connection.putheader(name, value)
    connection.endheaders(b"half")
    connection.close()
    assert send(network, invoice(number())).status_code == 200
    assert "m-half" not in network.messages()


def test_a_killed_access_point_forgets_nothing(tmp_path: Path) -> None:
    with running(tmp_path / "network") as network:
        content = invoice("R-1")
        receipt = send(network, content, "m-kept").content
        network.kill()
        network.start()
        assert send(network, content, "m-kept").content == receipt
        assert [one["due_at"] for one in network.messages()["m-kept"]["signals"]] != []
    ledger = sqlite3.connect(tmp_path / "network" / "ledger.sqlite")
    assert ledger.execute("select payload from message").fetchone() == (content,)
    ledger.close()
    for name in ("ca.key", "leaf.key"):
        assert stat.S_IMODE((tmp_path / "network" / name).stat().st_mode) == 0o600


def test_signals_wait_for_a_listener_over_a_restart(tmp_path: Path) -> None:
    with running(tmp_path / "network", "http://127.0.0.1:1/nobody") as network:
        send(network, invoice("R-1"), "m-1")
        network.stop()
        network.start()
        signals = network.messages()["m-1"]["signals"]
        assert {signal["outcome"] for signal in signals} == {"waiting"}
        assert {(signal["layer"], signal["code"]) for signal in signals} == {
            ("network", "AP"),
            ("buyer", "AP"),
        }
