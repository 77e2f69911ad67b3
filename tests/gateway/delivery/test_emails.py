"""Documents by e-mail, over HTTP and SMTP: queued, sent, retried, never twice."""

import datetime
from pathlib import Path
from typing import NoReturn

import pytest

from gateway.delivery.outbox import DELAYS, LEASE
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.delivery.mailbox import scripted
from tests.gateway.delivery.posts import Post, buyer_mail, parsed
from tests.gateway.houses import House, Shop, kind, opened
from tests.hostile_strings import STRINGS


def test_a_document_goes_to_its_customer_with_pdf_and_xml(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("kupec@stranka.example"))
    queued = post.send(issued)
    assert queued["state"] == "queued"
    post.drain()
    sent = post.read(queued)
    assert sent["state"] == "sent"
    assert sent["recipients"][0]["reply"] == "250 taken"
    assert sent["attempts"] == 1
    envelope = post.box.taken[0]
    assert envelope.rcpt_tos == ["kupec@stranka.example"]
    assert envelope.mail_from == "invoices@gateway.example"
    found = parsed(envelope.content)
    assert str(found["Message-ID"]) == sent["message_id"]
    assert queued["id"] in sent["message_id"]
    assert issued["id"] in sent["message_id"]
    assert issued["number"] in str(found["Subject"])
    assert str(found["Subject"]).startswith("Račun")
    files = {part.get_filename(): part.get_content() for part in found.iter_attachments()}
    pdf = post.shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content
    xml = post.shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert files == {
        f"invoice-{issued['number']}.pdf": pdf,
        f"invoice-{issued['number']}.xml": xml,
    }
    assert [part["name"] for part in sent["attachments"]] == list(files)
    body = found.get_body(("plain",))
    assert body is not None
    assert "Pozdravljeni" in body.get_content()
    assert "invoice.sent" in post.events(issued)
    assert "email.sent" in post.events(issued)
    whole = post.shop.call("GET", f"/v1/emails/{sent['id']}/message").content
    assert whole == envelope.content


def test_what_is_said_can_be_chosen(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(
        issued,
        to=["a@example.com", "b@exämple.com"],
        cc=["c@example.com"],
        subject="Naročilo {number} {unknown}",
        message="Za {{ customer }}: {amount}",
        attach=["pdf"],
        metadata={"run": "7"},
    )
    post.drain()
    assert post.box.taken[0].rcpt_tos == ["a@example.com", "b@xn--exmple-cua.com", "c@example.com"]
    found = parsed(post.box.taken[0].content)
    assert str(found["Subject"]) == f"Naročilo {issued['number']} {{unknown}}"
    assert str(found["Cc"]) == "c@example.com"
    body = found.get_body(("plain",))
    assert body is not None
    assert "3,61\u00a0EUR" in body.get_content()
    assert [part["media_type"] for part in mail["attachments"]] == ["application/pdf"]
    listed = post.shop.get(f"/v1/emails?document_id={issued['id']}&metadata[run]=7")["data"]
    assert [one["id"] for one in listed] == [mail["id"]]


def test_settings_choose_the_senders_name_and_words(post: Post) -> None:
    defaults = {
        "sender_name": 'Pekarna, "Žito" <x>',
        "reply_to": "odgovor@pekarna.example",
        "invoice": {"subject": "Za vas: {number}", "body": "Hvala, {customer}!"},
    }
    path = f"/v1/entities/{post.shop.entity}"
    body = {"settings": {"email_defaults": defaults}}
    changed = post.shop.account.call("PATCH", path, body, key=post.shop.key)
    assert changed.status_code == 200, changed.text
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    post.send(issued)
    post.drain()
    found = parsed(post.box.taken[0].content)
    assert found["From"].addresses[0].display_name == 'Pekarna, "Žito" <x>'
    assert found["From"].addresses[0].addr_spec == "invoices@gateway.example"
    assert str(found["Reply-To"]) == "odgovor@pekarna.example"
    assert str(found["Subject"]) == f"Za vas: {issued['number']}"


def test_without_an_address_the_caller_must_name_one(post: Post) -> None:
    issued = post.shop.issued(buyer_mail(None))
    answer = post.shop.call("POST", f"/v1/invoices/{issued['id']}/send", {})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/to"


def test_a_draft_is_not_sent(post: Post) -> None:
    draft = post.shop.draft(buyer_mail("k@stranka.example"))
    answer = post.shop.call("POST", f"/v1/invoices/{draft['id']}/send", {})
    assert answer.status_code == 409
    assert kind(answer) == "not-issued"


def test_a_busy_server_is_asked_again_later(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued)
    post.box.at_data = "451 busy"
    post.drain()
    seen = post.read(mail)
    assert (seen["state"], seen["attempts"]) == ("queued", 1)
    assert "451" in seen["last_error"]
    post.drain()
    assert post.read(mail)["attempts"] == 1
    post.box.at_data = None
    post.later += DELAYS[0]
    post.drain()
    assert post.read(mail)["state"] == "sent"
    assert len(post.box.taken) == 1


def test_after_the_last_attempt_it_has_failed_and_can_be_sent_again(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued)
    post.box.at_data = "451 busy"
    for delay in (*DELAYS, datetime.timedelta()):
        post.drain()
        post.later += delay
    assert post.read(mail)["state"] == "failed"
    assert "email.failed" in post.events(issued)
    assert "invoice.sent" not in post.events(issued)
    post.box.at_data = None
    path = f"/v1/emails/{mail['id']}/retry"
    assert post.shop.call("POST", path).json()["state"] == "queued"
    assert kind(post.shop.call("POST", path)) == "email-state"
    post.drain()
    assert post.read(mail)["state"] == "sent"
    assert str(parsed(post.box.taken[0].content)["Message-ID"]) == mail["message_id"]


def test_refused_for_ever_is_failed_at_once(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued)
    post.box.at_rcpt = {"k@stranka.example": "550 5.1.1 no such user"}
    post.drain()
    seen = post.read(mail)
    assert (seen["state"], seen["attempts"]) == ("failed", 1)
    assert seen["recipients"][0]["state"] == "refused"


def test_only_those_who_were_put_off_are_tried_again(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued, to=["a@example.com", "b@example.com", "c@example.com"])
    post.box.at_rcpt = {"b@example.com": "451 greylisted", "c@example.com": "550 no"}
    post.drain()
    assert [one["state"] for one in post.read(mail)["recipients"]] == ["sent", "queued", "refused"]
    post.box.at_rcpt = {}
    post.later += DELAYS[0]
    post.drain()
    assert post.read(mail)["state"] == "sent"
    assert [envelope.rcpt_tos for envelope in post.box.taken] == [
        ["a@example.com"],
        ["b@example.com"],
    ]


def test_an_unknown_outcome_is_never_repeated_by_itself(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued)
    bodies: list[bytes] = []
    with scripted(after_dot=None, bodies=bodies) as port:
        post.drain(port)
    assert post.read(mail)["state"] == "unknown"
    assert "email.unknown" in post.events(issued)
    post.later += datetime.timedelta(days=30)
    post.drain()
    assert len(bodies) == 1
    assert not post.box.taken


def test_a_sender_that_dies_on_the_wire_leaves_it_unknown(post: Post) -> None:
    class KilledError(BaseException):
        """As kill -9 would: nothing after it runs."""

    def killed(*_: object) -> NoReturn:
        raise KilledError

    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued)
    mailer = post.mailer()
    mailer.deliver = killed
    with pytest.raises(KilledError):
        mailer.turn()
    assert post.read(mail)["state"] == "sending"
    post.drain()
    assert post.read(mail)["state"] == "sending"
    post.later += LEASE
    post.drain()
    assert post.read(mail)["state"] == "unknown"
    assert not post.box.taken


def test_repeating_the_request_sends_once(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    path = f"/v1/documents/{issued['id']}/send"
    first = post.shop.call("POST", path, {}, Idempotency_Key="once")
    second = post.shop.call("POST", path, {}, Idempotency_Key="once")
    assert first.json() == second.json()
    post.drain()
    assert len(post.box.taken) == 1


def test_in_the_sandbox_mail_is_captured(house: House) -> None:
    shop = Shop.opened(house)
    issued = shop.issued(buyer_mail("k@stranka.example"))
    answer = shop.call("POST", f"/v1/invoices/{issued['id']}/send", {})
    assert answer.status_code == 202
    mail = answer.json()
    assert mail["state"] == "captured"
    assert mail["recipients"][0]["state"] == "captured"
    assert b"Subject:" in shop.call("GET", f"/v1/emails/{mail['id']}/message").content
    assert house.sql("select count(*) from email_queue") == [(0,)]


def test_live_without_a_mail_server_says_so_and_asks_for_a_key(
    postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    with opened(postgres, tmp_path, smtp_url=None) as house:
        _live_without_server(Shop.opened(house, environment="live"))


def _live_without_server(shop: Shop) -> None:
    body = buyer_mail("k@stranka.example", profile="en16931-ubl")
    issued = shop.issued(body, Idempotency_Key="issue")
    path = f"/v1/invoices/{issued['id']}/send"
    assert kind(shop.call("POST", path, {})) == "idempotency-key-required"
    answer = shop.call("POST", path, {}, Idempotency_Key="send")
    assert answer.status_code == 503
    assert kind(answer) == "mail-not-configured"


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_texts_stay_texts(post: Post, text: str) -> None:
    """In the subject and the body: no header, part or tag is made of it."""
    issued = post.shop.issued(
        buyer_mail("k@stranka.example", payment_terms=text.replace("\r", "") or "x")
    )
    answer = post.shop.call(
        "POST", f"/v1/invoices/{issued['id']}/send", {"subject": text, "message": text}
    )
    if any(ord(character) < 32 for character in text) or len(text) > 200:
        assert answer.status_code == 422
        pointers = {error["pointer"] for error in answer.json()["errors"]}
        assert pointers == {"/subject"}
        answer = post.shop.call("POST", f"/v1/invoices/{issued['id']}/send", {"message": text})
    assert answer.status_code == 202, answer.text
    post.drain()
    found = parsed(post.box.taken[-1].content)
    expected = {"From", "To", "Subject", "Date", "Message-ID", "Content-Type", "MIME-Version"}
    assert {name for name in found if name not in {"Reply-To", "X-Peer"}} - expected == set()
    kinds = [part.get_content_type() for part in found.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
        "application/xml",
    ]
    page = found.get_body(("html",))
    assert page is not None
    html = page.get_content().lower()
    for tag in ("<script", "<img", "<svg", "<style", '<a href="https://evil', "<b>"):
        assert tag not in html
