"""S12: what every answer says to a browser, whatever it is an answer to."""

import re
from collections.abc import Iterator

import pytest
from httpx2 import Response

from tests.gateway.houses import Shop
from tests.gateway.matrix.operations import operations

ALWAYS = {
    "x-content-type-options": {"nosniff"},
    "x-frame-options": {"DENY"},
    "strict-transport-security": {"max-age=31536000"},
    "referrer-policy": {"no-referrer", "same-origin"},
}
OPEN = ("unsafe", "script-src", "*")
"""What no policy of ours says."""

PAGES = (
    *("/docs", "/problems", "/problems/not-found", "/openapi.json", "/embed", "/embed?token=x"),
    *("/s/x", "/s/x/pdf", "/assets/shared.css", "/favicon.ico", "/", "/v1/nothing"),
    *("/audit", "/audit/documents/x", "/audit/documents/x/bundle", "/assets/audit.css"),
)


def answers(shop: Shop) -> Iterator[tuple[str, Response]]:
    """Yield an answer of each operation and each page, good ones and refusals."""
    client = shop.house.client
    key = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
    for number, operation in enumerate(operations()):
        address = "https://gateway.test" + re.sub(r"\{\w+\}", "x", operation.path)
        shown = key if number % 8 else {}  # some are strangers
        yield str(operation), client.request(operation.method, address, headers=shown)
    for page in PAGES:
        for accept in ("text/html", "*/*"):
            headers = {"Accept": accept}
            yield page, client.get(f"https://gateway.test{page}", headers=headers)
        yield f"DELETE {page}", client.delete(f"https://gateway.test{page}")
    forms = {"token": "gw_link_x"}
    for form in ("/embed", "/audit", "/audit/end"):
        yield form, client.post(f"https://gateway.test{form}", data=forms)
    shared = shop.call("POST", f"/v1/documents/{shop.issued()['id']}/share-links", {}).json()
    path = "/s/" + shared["url"].rpartition("/s/")[2]
    for more in ("", "/pdf", "/xml", "/brand.css"):
        yield f"shared {more}", client.get(f"https://gateway.test{path}{more}")
    large = {"Content-Type": "application/json"} | key
    yield (
        "too large",
        client.post("https://gateway.test/v1/invoices", content=b"x" * (11 << 20), headers=large),
    )
    yield "no JSON", client.post("https://gateway.test/v1/invoices", content=b"{", headers=large)


def wrong(answer: Response) -> list[str]:
    """Return what an answer says to a browser that it must not say, or does not say."""
    found = []
    for name, allowed in ALWAYS.items():
        values = answer.headers.get_list(name)
        if len(values) != 1 or values[0] not in allowed:
            found.append(f"{name}: {values}")
    policies = answer.headers.get_list("content-security-policy")
    said = "; ".join(policies)
    needed = {"default-src 'none'", "frame-ancestors 'none'"} <= set(said.split("; "))
    if len(policies) != 1 or not needed or any(word in said for word in OPEN):
        found.append(f"policy: {policies}")
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html") and re.search(r"<script|\son\w+=|\sstyle=", answer.text):
        found.append("the page has what its policy forbids")
    if "set-cookie" in answer.headers:
        found.append("a cookie")
    return found


def test_every_answer_tells_the_browser_what_it_may_do(shop: Shop) -> None:
    all_of_them = list(answers(shop))
    assert [f"{what}: {said}" for what, one in all_of_them if (said := wrong(one))] == []
    assert {200, 401, 404, 405, 413} <= {one.status_code for _, one in all_of_them}
    pages = [one for _, one in all_of_them if "html" in one.headers.get("content-type", "")]
    assert len(pages) > 10


@pytest.mark.parametrize("path", ["/docs", "/v1/entities"])
def test_without_tls_nobody_is_told_to_insist_on_it(shop: Shop, path: str) -> None:
    answer = shop.house.client.get(f"http://gateway.test{path}")
    assert "strict-transport-security" not in answer.headers
