"""Logos by address: fetched once, guarded, and never left out of what is kept for ever."""

import io

import pytest
from PIL import Image

from gateway.delivery.logos import Logos
from gateway.kit.outbound import Policy
from tests.gateway.houses import House, Shop, kind


def picture(color: str = "#cc0000") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 20), color).save(file, "PNG")
    return file.getvalue()


class Web:
    """What is at addresses, and how often it was asked for."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content
        self.asked = 0

    def __call__(self, url: str) -> bytes:
        self.asked += 1
        if self.content is None:
            raise ValueError(f"{url} answers 404")
        return self.content


def shop_with(house: House, web: Web, monkeypatch: pytest.MonkeyPatch) -> Shop:
    renditions = house.runtime.renditions
    changed = type(renditions)(renditions.database, renditions.documents, web)
    monkeypatch.setattr(house.runtime, "renditions", changed)
    settings = {"pdf_template": {"logo_url": "https://cdn.example/logo.png"}}
    return Shop.opened(house, settings=settings)


def test_a_logo_is_fetched_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web(picture())
    shop = shop_with(house, web, monkeypatch)
    first, second = shop.issued(), shop.issued()
    for one in (first, second, first):
        assert shop.call("GET", f"/v1/invoices/{one['id']}/pdf").status_code == 200
    assert web.asked == 1


@pytest.mark.parametrize("content", [None, b"<html>not here</html>"])
def test_without_its_logo_nothing_is_kept_but_drafts_are_drawn(
    house: House, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    web = Web(content)
    shop = shop_with(house, web, monkeypatch)
    assert shop.call("GET", f"/v1/invoices/{shop.draft()['id']}/pdf").status_code == 200
    issued = shop.issued()
    answer = shop.call("GET", f"/v1/invoices/{issued['id']}/pdf")
    assert answer.status_code == 503
    assert kind(answer) == "logo-unavailable"
    web.content = picture()
    assert shop.call("GET", f"/v1/invoices/{issued['id']}/pdf").status_code == 200


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x.png", "http://169.254.169.254/", "http://[::1]/", "file:///etc/x"]
)
def test_what_only_this_machine_reaches_is_not_fetched(url: str) -> None:
    with pytest.raises(ValueError, match=r"public|https"):
        Logos(Policy())(url)
