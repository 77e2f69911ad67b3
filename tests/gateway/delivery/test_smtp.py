"""The wire to a real mail server: how far a message came is always known, or said not to be."""

from collections.abc import Iterator

import pytest

from gateway.delivery.smtp import (
    MailServer,
    MailServerError,
    MailServerUrlError,
    OutcomeUnknownError,
    deliver,
)
from tests.gateway.delivery.mailbox import Mailbox, scripted, served

MESSAGE = b"Subject: x\r\n\r\n.dot first\r\n..two\r\nlast\r\n"
TO = ["a@example.com", "b@example.com"]


def plain(port: int, seconds: float = 5) -> MailServer:
    return MailServer("127.0.0.1", port, "none", seconds=seconds)


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(box: Mailbox) -> Iterator[int]:
    with served(box) as found:
        yield found


def test_a_message_arrives_byte_for_byte(box: Mailbox, port: int) -> None:
    answers = deliver(plain(port), "s@example.com", TO, MESSAGE)
    assert {one.outcome for one in answers.values()} == {"sent"}
    assert box.taken[0].content == MESSAGE
    assert box.taken[0].rcpt_tos == TO


def test_each_recipient_gets_an_answer_of_its_own(box: Mailbox, port: int) -> None:
    box.at_rcpt = {TO[0]: "550 5.1.1 no such user"}
    answers = deliver(plain(port), "s@example.com", TO, MESSAGE)
    assert [answers[one].outcome for one in TO] == ["refused", "sent"]
    box.at_rcpt = {TO[0]: "451 greylisted", TO[1]: "550 no"}
    answers = deliver(plain(port), "s@example.com", TO, MESSAGE)
    assert [answers[one].outcome for one in TO] == ["later", "refused"]
    assert len(box.taken) == 1


@pytest.mark.parametrize(
    ("reply", "outcome"), [("554 spam", "refused"), ("452 full", "later"), ("421 bye", "later")]
)
def test_the_answer_to_the_message_decides(
    box: Mailbox, port: int, reply: str, outcome: str
) -> None:
    box.at_data = reply
    answers = deliver(plain(port), "s@example.com", TO, MESSAGE)
    assert {one.outcome for one in answers.values()} == {outcome}


def test_a_connection_lost_after_the_last_dot_leaves_the_outcome_open() -> None:
    bodies: list[bytes] = []
    with (
        scripted(after_dot=None, bodies=bodies) as port,
        pytest.raises(OutcomeUnknownError, match="after the message was sent"),
    ):
        deliver(plain(port), "s@example.com", TO, MESSAGE)
    assert len(bodies) == 1


def test_a_server_that_never_answers_the_last_dot_leaves_it_open() -> None:
    with (
        scripted(after_dot=b"250 late\r\n", bodies=[], wait=1.5) as port,
        pytest.raises(OutcomeUnknownError),
    ):
        deliver(plain(port, seconds=0.5), "s@example.com", TO, MESSAGE)


def test_an_answer_that_cannot_be_read_leaves_it_open() -> None:
    with (
        scripted(after_dot=b"what?\r\n", bodies=[]) as port,
        pytest.raises(OutcomeUnknownError),
    ):
        deliver(plain(port), "s@example.com", TO, MESSAGE)


def test_nobody_there_is_no_outcome() -> None:
    with pytest.raises(MailServerError):
        deliver(plain(1), "s@example.com", TO, MESSAGE)


def test_without_starttls_nothing_is_said(box: Mailbox, port: int) -> None:
    server = MailServer("127.0.0.1", port, "starttls", seconds=5)
    with pytest.raises(MailServerError, match="STARTTLS"):
        deliver(server, "s@example.com", TO, MESSAGE)
    assert not box.taken


def test_addresses_of_mail_servers() -> None:
    server = MailServer.parse("smtp://us%40er:p%3Ass@mail.example")
    assert (server.host, server.port, server.security) == ("mail.example", 587, "starttls")
    assert (server.user, server.password) == ("us@er", "p:ss")
    assert "p:ss" not in repr(server)
    assert MailServer.parse("smtps://mail.example").port == 465
    assert MailServer.parse("smtp+plain://localhost:2525").security == "none"
    for wrong in ("mail.example:25", "http://x", "smtp://", "smtp://x:99999"):
        with pytest.raises(MailServerUrlError):
            MailServer.parse(wrong)
