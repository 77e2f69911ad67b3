"""Lists: every document once, whatever is added meanwhile, and narrowed as asked."""

from urllib.parse import quote

import pytest

from tests.gateway.houses import House, Json, Shop, invoice, kind

MANY = 120
PAGE = 25


@pytest.fixture(scope="module")
def full(house: House) -> tuple[Shop, list[str]]:
    """A shop with many documents, and their ids in the order they were made."""
    shop = Shop.opened(house)
    ids = []
    for number in range(MANY):
        metadata = {"third": str(number % 3), "number": str(number), "ž €/&=%": "ü [x]"}
        collection = "invoices" if number % 4 else "credit-notes"
        ids.append(shop.draft(invoice(metadata=metadata), collection)["id"])
    return shop, ids


def _walk(
    shop: Shop, query: str = "", collection: str = "documents", *, add: int = 0
) -> list[Json]:
    """Read every page; between two pages, `add` new documents are made."""
    found: list[Json] = []
    cursor = ""
    while True:
        page = shop.get(f"/v1/{collection}?limit={PAGE}{query}{cursor}")
        assert len(page["data"]) <= PAGE
        found += page["data"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"
        for _ in range(add):
            shop.draft()


def test_pages_hold_every_document_once_newest_first(full: tuple[Shop, list[str]]) -> None:
    shop, ids = full
    assert [one["id"] for one in _walk(shop)] == ids[::-1]


def test_what_is_added_while_reading_neither_doubles_nor_hides(house: House) -> None:
    shop = Shop.opened(house)
    ids = [shop.draft()["id"] for _ in range(2 * PAGE + 1)]
    assert [one["id"] for one in _walk(shop, add=3)] == ids[::-1]


def test_the_last_page_is_not_followed_by_an_empty_one(house: House) -> None:
    shop = Shop.opened(house)
    for _ in range(3):
        shop.draft()
    assert shop.get("/v1/documents?limit=3")["next_cursor"] is None
    assert shop.get("/v1/documents?limit=2")["next_cursor"] is not None


def test_a_collection_lists_its_own_kind(full: tuple[Shop, list[str]]) -> None:
    shop, ids = full
    for collection, prefix in (("invoices", "inv_"), ("credit-notes", "crn_")):
        listed = [one["id"] for one in _walk(shop, collection=collection)]
        assert listed == [id_ for id_ in ids[::-1] if id_.startswith(prefix)]


def test_metadata_narrows_the_list(full: tuple[Shop, list[str]]) -> None:
    shop, ids = full
    third = [one["id"] for one in _walk(shop, "&metadata[third]=1")]
    assert third == [ids[number] for number in range(MANY) if number % 3 == 1][::-1]
    both = _walk(shop, "&metadata[third]=1&metadata[number]=4")
    assert [one["id"] for one in both] == [ids[4]]
    assert _walk(shop, "&metadata[third]=1&metadata[number]=5") == []
    assert _walk(shop, "&metadata[nothing]=1") == []


def test_metadata_may_hold_any_character(full: tuple[Shop, list[str]]) -> None:
    shop, ids = full
    query = f"&{quote('metadata[ž €/&=%]')}={quote('ü [x]')}"
    assert len(_walk(shop, query)) == len(ids)


@pytest.mark.parametrize(
    "query",
    [
        "metadata[a]=1&metadata[a]=2",
        "metadata[a]=%00",
        "state=gone",
        "state=%00",
        "number=%00",
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "cursor=bnVsbA",
        "cursor=" + "A" * 201,
    ],
)
def test_a_wrong_parameter_is_named(shop: Shop, query: str) -> None:
    answer = shop.call("GET", f"/v1/documents?{query}")
    assert (answer.status_code, kind(answer)) == (422, "request-invalid")
    assert [error["parameter"] for error in answer.json()["errors"]] == [query.partition("=")[0]]


def test_state_and_number_narrow_the_list(shop: Shop) -> None:
    draft, issued = shop.draft(), shop.issued()
    external = shop.issued(invoice(number="A/1 ž"))
    assert [one["id"] for one in shop.documents("&state=draft")] == [draft["id"]]
    assert {one["id"] for one in shop.documents("&state=issued")} == {issued["id"], external["id"]}
    assert [one["id"] for one in shop.documents("&number=INV-000001")] == [issued["id"]]
    assert [one["id"] for one in shop.documents(f"&number={quote('A/1 ž')}")] == [external["id"]]
    assert shop.documents("&number=INV-00000") == []


def test_a_list_shows_what_reading_shows(shop: Shop) -> None:
    shop.draft()
    shop.issued()
    for document in shop.documents():
        assert shop.get(f"/v1/documents/{document['id']}") == document


def test_moments_are_written_in_utc_everywhere(shop: Shop) -> None:
    issued = shop.issued()
    entity = shop.get(f"/v1/entities/{shop.entity}")
    entry = shop.get(f"/v1/documents/{issued['id']}/evidence")["data"][0]
    event = shop.get("/v1/events")["data"][0]
    moments = [
        entity["created_at"],
        issued["created_at"],
        issued["updated_at"],
        issued["issued_at"],
    ]
    moments += [entry["at"], event["at"], issued["transmissions"][0]["updated_at"]]
    assert [moment[-1] for moment in moments] == ["Z"] * len(moments)
