"""The shared page: one document for who has the link, one page for every wrong one."""

import datetime
import re
from typing import Any

import pytest
from freezegun import freeze_time
from httpx2 import Response

from gateway.kit.ids import parse_id
from tests.gateway.delivery.test_reminders import credited, sold
from tests.gateway.houses import House, Shop, invoice, kind
from tests.hostile_strings import STRINGS

Json = dict[str, Any]


def shared(shop: Shop, document: Json, **body: object) -> Json:
    answer = shop.call("POST", f"/v1/documents/{document['id']}/share-links", body)
    assert answer.status_code == 201, answer.text
    value: Json = answer.json()
    return value


def opened(shop: Shop, url: str, more: str = "") -> Response:
    return shop.house.client.get(url.partition("/s/")[1] + url.partition("/s/")[2] + more)


def test_a_link_shows_the_document_to_anybody(shop: Shop) -> None:
    issued = shop.issued()
    link = shared(shop, issued)
    assert re.search(r"/s/[A-Za-z0-9_-]{43}$", link["url"])
    page = opened(shop, link["url"])
    assert page.status_code == 200
    assert issued["number"] in page.text
    assert "Račun" in page.text
    assert 'lang="sl"' in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert not re.search(r"<style|<script| style=| on\w+=", page.text)
    pdf = opened(shop, link["url"], "/pdf")
    assert pdf.content == shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content
    xml = opened(shop, link["url"], "/xml")
    assert xml.content == shop.call("GET", f"/v1/documents/{issued['id']}/xml").content
    assert "--brand: #1f4e79" in opened(shop, link["url"], "/brand.css").text
    assert shop.house.client.get("/assets/shared.css").status_code == 200


def test_views_are_counted_and_the_link_is_not_kept(shop: Shop) -> None:
    issued = shop.issued()
    link = shared(shop, issued)
    for _ in range(3):
        opened(shop, link["url"])
    listed = shop.get(f"/v1/documents/{issued['id']}/share-links")["data"]
    assert [(one["id"], one["views"]) for one in listed] == [(link["id"], 3)]
    assert "url" not in listed[0]
    token = link["url"].rpartition("/")[2]
    kept = shop.house.sql("select count(*) from share_link t where t::text like %s", f"%{token}%")
    assert kept == [(0,)]


def test_downloads_are_views(shop: Shop) -> None:
    link = shared(shop, shop.issued())
    for more in ("/pdf", "/xml", "/brand.css", "/logo"):
        opened(shop, link["url"], more)
    assert shop.get(f"/v1/share-links/{link['id']}")["views"] == 2


def stands(shop: Shop, link: Json) -> tuple[str, str | None]:
    """Return the status that a page shows, and the sum it asks for."""
    text = opened(shop, link["url"]).text
    [status] = re.findall(r'<p class="status \w+">([^<]+)</p>', text)
    asked = re.findall(r"<strong>([^<]+)</strong>", text)
    return status, asked[0] if asked else None


@freeze_time("2026-11-25T12:00:00Z")
def test_the_page_asks_for_what_is_open(shop: Shop) -> None:
    issued = sold(shop)
    link = shared(shop, issued)
    assert stands(shop, link) == ("Odprto", "122,00\u00a0EUR")
    credited(shop, issued, "4")
    assert stands(shop, link) == ("Odprto", "73,20\u00a0EUR")
    path = f"/v1/documents/{issued['id']}/payments"
    assert shop.call("POST", path, {"amount": "13.20"}).status_code == 201
    assert stands(shop, link) == ("Delno plačano", "60,00\u00a0EUR")
    assert shop.call("POST", path, {"amount": "60.00"}).status_code == 201
    assert stands(shop, link) == ("Plačano", None)
    credited(shop, issued, "6")
    assert stands(shop, link) == ("Popravljeno", None)


def test_what_is_void_is_neither_sent_nor_shared_and_its_page_says_so(shop: Shop) -> None:
    issued = shop.issued()
    link = shared(shop, issued)
    void = "update document set state = 'voided', voided_at = now(), void_reason = 'x'"
    shop.house.sql(f"{void} where id = %s", parse_id(issued["id"], "inv"))
    for path in ("send", "share-links"):
        given = {"to": ["a@example.com"]} if path == "send" else {}
        answer = shop.call("POST", f"/v1/documents/{issued['id']}/{path}", given)
        assert (answer.status_code, kind(answer)) == (409, "document-voided")
    assert stands(shop, link) == ("Razveljavljeno", None)


def test_what_somebody_has_seen_is_not_voided(shop: Shop) -> None:
    issued = shop.issued()
    opened(shop, shared(shop, issued)["url"], "/pdf")
    answer = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "x"})
    assert (answer.status_code, kind(answer)) == (409, "void-refused")
    assert answer.json()["reason"] == "Its shared page was opened."


def test_repeating_the_request_does_not_show_the_link_again(shop: Shop) -> None:
    path = f"/v1/documents/{shop.issued()['id']}/share-links"
    first = shop.call("POST", path, {}, Idempotency_Key="once").json()
    second = shop.call("POST", path, {}, Idempotency_Key="once").json()
    assert first["id"] == second["id"]
    assert first["url"] is not None
    assert second["url"] is None


def test_wrong_expired_and_revoked_links_show_the_same_page(shop: Shop) -> None:
    issued = shop.issued()
    revoked = shared(shop, issued)
    assert shop.call("DELETE", f"/v1/share-links/{revoked['id']}").status_code == 204
    assert shop.call("DELETE", f"/v1/share-links/{revoked['id']}").status_code == 204
    assert shop.get(f"/v1/share-links/{revoked['id']}")["revoked_at"] is not None
    soon = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)).isoformat()
    expired = shared(shop, issued, expires_at=soon)
    assert opened(shop, expired["url"]).status_code == 200
    with freeze_time(datetime.timedelta(hours=2) + datetime.datetime.now(datetime.UTC)):
        pages = [
            opened(shop, url, more)
            for url in (revoked["url"], expired["url"], f"http://x/s/{'A' * 43}", "http://x/s/x")
            for more in ("", "/pdf", "/xml", "/logo", "/brand.css")
        ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_a_draft_is_not_shared_and_a_link_must_have_a_future(shop: Shop) -> None:
    draft = shop.draft()
    answer = shop.call("POST", f"/v1/documents/{draft['id']}/share-links", {})
    assert kind(answer) == "not-issued"
    past = {"expires_at": "2020-01-01T00:00:00Z"}
    answer = shop.call("POST", f"/v1/documents/{shop.issued()['id']}/share-links", past)
    assert answer.status_code == 422


def test_a_mail_can_carry_a_link(shop: Shop) -> None:
    issued = shop.issued()
    path = f"/v1/documents/{issued['id']}/send"
    mail = shop.call("POST", path, {"to": ["a@example.com"], "link": True}).json()
    found = re.search(r"http\S+/s/[A-Za-z0-9_-]{43}", mail["body"])
    assert found is not None
    assert opened(shop, found[0]).status_code == 200


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_texts_stay_texts(house: House, text: str) -> None:
    shop = Shop.opened(house)
    plain = "".join(one for one in text if one.isprintable()) or "x"
    body = invoice(
        buyer_reference=plain[:200],
        notes=[{"note": plain}],
        lines=[{**invoice()["lines"][0], "item_name": plain[:100], "item_description": plain}],
    )
    page = opened(shop, shared(shop, shop.issued(body))["url"])
    assert page.status_code == 200
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", page.text))
    assert not tags & {"script", "style", "svg", "iframe"}
    assert page.text.count("<img") == 0
    assert not re.search(r"<[a-z]+[^>]*\son\w+\s*=", page.text)
    assert "https://evil" not in "".join(re.findall(r'href="([^"]*)"', page.text))
