"""Shops whose documents are recorded with the sandbox's authority, and what is known of them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from formats.sandbox_scheme import opened
from gateway.demo.companies import SELLERS
from gateway.documents.fiscal.keys import ForPurpose
from gateway.documents.fiscal.service import Fiscal
from tests.gateway.houses import House, Shop
from tests.gateway.matrix.keys import Brought
from tests.gateway.vies.registry import some

SCHEME = {"scheme": "sandbox-authority"}
ADDRESS = "http://127.0.0.1:7777"


KEY: Mapping[str, object] = {
    **Brought.made("fiscal").body,
    "purposes": ["fiscal-signature"],
}


@contextmanager
def keyed(house: House, vault: ForPurpose | None = None) -> Iterator[None]:
    """Let a house know where the authority is, and perhaps sign with another vault."""
    issuer = house.runtime.documents.issuer
    before = issuer.fiscal
    chosen = Fiscal(vault or house.runtime.vault.for_purpose, lambda _: ADDRESS)
    object.__setattr__(issuer, "fiscal", chosen)
    try:
        yield
    finally:
        object.__setattr__(issuer, "fiscal", before)


_NUMBERS = iter(some(2000, seed=1))


def recorded_shop(house: House, *, key: bool = True, vat: str | None = None) -> Shop:
    """Return a Slovenian seller under the scheme, with a key that signs its records.

    Each has a VAT number of his own, as his authority keeps one chain for it.
    """
    seller = {**SELLERS["SI"]["seller"], "vat_identifier": vat or next(_NUMBERS)}
    shop = Shop.opened(house, settings={"fiscalization": SCHEME}, seller=seller)
    if key:
        answer = shop.call("POST", "/v1/signing-keys/import", KEY)
        assert answer.status_code == 201, answer.text
    return shop


def records(shop: Shop) -> list[dict[str, Any]]:
    """Return the shop's records as the database has them, with their rows' columns."""
    rows = shop.house.sql(
        "select r.sequence, r.digest, r.previous, r.record, d.number, d.content_sha256, r.at"
        " from chain_record r join document d on d.id = r.document_id"
        " where r.chain_key = %s order by r.sequence",
        f"sandbox-authority/{shop.entity}",
    )
    names = ("place", "digest", "before", "bytes", "document", "content", "at")
    return [{**json.loads(bytes(row[3])), **dict(zip(names, row, strict=True))} for row in rows]


def sent_record(shop: Shop, document_id: str) -> tuple[bytes, bytes]:
    """Return the signed record of a document as it was archived, and the record inside."""
    entries = shop.get(f"/v1/documents/{document_id}/evidence")["data"]
    (entry,) = (one for one in entries if one["role"] == "fiscal-record")
    answer = shop.call("GET", f"/v1/documents/{document_id}/evidence/{entry['id']}")
    return answer.content, opened(answer.content)
