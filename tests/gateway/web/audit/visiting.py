"""Auditors of a shop, and their browsers: cookies, forms, and what they are shown."""

import html
import re
from dataclasses import dataclass

from httpx2 import Response
from starlette.testclient import TestClient

from tests.gateway.auditors.invited import invited
from tests.gateway.houses import Json, Shop

SITE = "http://gateway.test"
HERE = {"Origin": SITE}
COOKIE = "gateway_audit"


@dataclass(frozen=True)
class Browser:
    """A browser with a cookie jar of its own."""

    client: TestClient

    def get(self, path: str, language: str = "en") -> Response:
        return self.client.get(path, headers={"Accept-Language": language})

    def enter(self, token: str, **headers: str) -> Response:
        form = {"token": token}
        return self.client.post(
            "/audit", data=form, headers=HERE | headers, follow_redirects=False
        )

    def leave(self, **headers: str) -> Response:
        return self.client.post("/audit/end", headers=HERE | headers)

    def found(self, query: str = "") -> list[str]:
        """Return the ids of the documents that a search shows."""
        answer = self.get(f"/audit{query}")
        assert answer.status_code == 200, answer.text
        return re.findall(r'<a href="/audit/documents/([a-z0-9_]+)"', answer.text)


def browser(shop: Shop) -> Browser:
    return Browser(TestClient(shop.house.client.app, base_url=SITE))


def visiting(shop: Shop, **scope: object) -> tuple[Browser, Json]:
    """Return the browser of a newly invited auditor within a visit, and the invitation."""
    made, one = invited(shop, **scope), browser(shop)
    assert one.enter(made["token"]).status_code == 303
    return one, made


def shown(answer: Response) -> str:
    """Return the text of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())
