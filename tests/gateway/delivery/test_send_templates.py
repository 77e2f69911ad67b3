"""Sending in the words of a stored template, and what is no way to send."""

from typing import Any

import pytest

from gateway.kit.ids import new_id, public_id
from tests.gateway.delivery.posts import Post, buyer_mail, parsed
from tests.gateway.houses import Shop, kind

Json = dict[str, Any]
THANKS = {
    "name": "Thanks",
    "purpose": "email",
    "subject": "{{ number }} for {{ customer }}",
    "body": "Dear {{ customer }},\n{{ amount }} by {{ due_date }}.{% if link %} No.{% endif %}",
}


def stored(shop: Shop, **changes: object) -> str:
    answer = shop.call("POST", "/v1/templates", {**THANKS, **changes})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def refused(shop: Shop, **body: object) -> tuple[int, str]:
    issued = shop.issued(buyer_mail("k@stranka.example"))
    answer = shop.call("POST", f"/v1/invoices/{issued['id']}/send", body)
    errors = answer.json().get("errors")
    return answer.status_code, errors[0]["pointer"] if errors else kind(answer)


@pytest.mark.parametrize("by_name", [False, True])
def test_subject_and_texts_come_from_the_template(post: Post, *, by_name: bool) -> None:
    html = "<p>Dear <b>{{ customer }}</b></p>"
    made = stored(post.shop, html_body=html)
    body = buyer_mail("k@stranka.example", payment_due_date="2030-12-31")
    body["buyer"] = {**body["buyer"], "name": "Novak & {number}"}
    issued = post.shop.issued(body)
    mail = post.send(issued, template="Thanks" if by_name else made)
    assert mail["subject"] == f"{issued['number']} for Novak & {{number}}", "values are no places"
    assert mail["body"].startswith(
        "Dear Novak & {number},\n3,61\u00a0EUR by 31.\u00a0dec.\u00a02030.\n"
    )
    post.drain()
    page = parsed(post.box.taken[0].content).get_body(("html",))
    assert page is not None
    assert page.get_content().strip() == "<p>Dear <b>Novak &amp; {number}</b></p>"


def test_the_callers_own_words_win(post: Post) -> None:
    stored(post.shop, html_body="<p>x</p>")
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    mail = post.send(issued, template="Thanks", message="Own words for {number}")
    assert mail["subject"].startswith(issued["number"])
    assert mail["body"].startswith(f"Own words for {issued['number']}")
    post.drain()
    page = parsed(post.box.taken[0].content).get_body(("html",))
    assert page is not None
    assert "Own words" in page.get_content()


def test_of_one_name_the_best_fitting_is_taken(post: Post) -> None:
    stored(post.shop, subject="any")
    stored(post.shop, subject="German", language="de")
    stored(post.shop, subject="Slovenian", language="sl")
    stored(post.shop, subject="other kind", document_kind="estimate", language="sl")
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    assert post.send(issued, template="Thanks")["subject"] == "Slovenian"
    stored(post.shop, name="Only German", subject="Rechnung", language="de")
    assert post.send(issued, template="Only German")["subject"] == "Rechnung"


def test_a_template_that_does_not_fit_is_refused(post: Post) -> None:
    shop = post.shop
    assert refused(shop, template="Nothing of this name") == (422, "/template")
    note = shop.call(
        "POST", "/v1/templates", {"name": "Note", "purpose": "text", "body": "x"}
    ).json()["id"]
    assert refused(shop, template=note) == (422, "/template")
    assert refused(shop, template="Note") == (422, "/template")
    of_estimates = stored(shop, document_kind="estimate")
    assert refused(shop, template=of_estimates) == (422, "/template")
    for foreign in (public_id("tpl", new_id()), stored(Shop.opened(post.shop.house)), "tpl_x"):
        assert refused(shop, template=foreign) == (404, "not-found")


def test_the_network_is_no_channel_to_send_on(post: Post) -> None:
    issued = post.shop.issued(buyer_mail("k@stranka.example"))
    assert post.send(issued, channel="email")["state"] == "queued"
    answer = post.shop.call("POST", f"/v1/invoices/{issued['id']}/send", {"channel": "peppol"})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/channel"
    assert "issuing" in error["message"]
