"""Bodies that a Slovenian seller issues as they are, for every kind of document."""

from typing import Any

from gateway.kinds import DocumentKind
from tests.gateway.houses import Shop, invoice

SUPPLIER = {
    "name": "Mlin d.o.o.",
    "vat_identifier": "SI50223054",
    "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
    "postal_address": {"city": "Kranj", "post_code": "4000", "country_code": "SI"},
}


def body_of(kind: DocumentKind, **changes: object) -> dict[str, Any]:
    """Return a body that is issued as it is; changed members win."""
    body = invoice(**changes)
    if kind.self_billed:
        del body["buyer"]
        body["seller"] = SUPPLIER
    return body


def series_for(shop: Shop, kind: DocumentKind) -> None:
    """Let the entity have the usual series of a kind."""
    if kind.default_series not in {one["code"] for one in shop.get("/v1/series")["data"]}:
        answer = shop.call("POST", "/v1/series", {"code": kind.default_series})
        assert answer.status_code == 201, answer.text
