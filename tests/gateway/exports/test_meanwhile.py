"""What is issued or destroyed while a file is made neither fails it nor makes it lie."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from freezegun import freeze_time

from gateway.archive.bundling import Bundle
from gateway.archive.service import Archive
from gateway.archive.verify import verify
from gateway.jobs.execution import AgainError
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from tests.gateway.houses import House, Json, Shop, invoice, opened
from tests.gateway.matrix.bodies import SELLER
from tests.gateway.retention.deeds import destroyed, done, old

COMPLETE: Json = {"format": "bundle", "complete": True}


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("meanwhile")) as made:
        yield made


@pytest.fixture
def shop(house: House) -> Shop:
    return Shop.opened(house)


def asked(shop: Shop, body: object, path: str = "/v1/exports") -> str:
    """Ask for a file; whatever is issued until it is made was issued before it was asked for."""
    answer = shop.call("POST", path, body)
    assert answer.status_code == 202, answer.text
    job = str(answer.json()["id"])
    shop.house.sql(
        """update job set parameters = parameters || '{"as_of": "2999-01-01T00:00:00+00:00"}'
            where id = %s""",
        parse_id(job, "job"),
    )
    return job


def read(shop: Shop, path: str) -> bytes:
    answer = shop.call("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.content


def once_begun(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Do something when a bundle has its head, and none of its documents; once."""
    real, left = Archive.bundling, [deed]

    @contextmanager
    def begun(archive: Archive, *given: Any, **named: Any) -> Iterator[Bundle]:  # noqa: ANN401
        with real(archive, *given, **named) as bundle:
            while left:
                left.pop()()
            yield bundle

    monkeypatch.setattr(Archive, "bundling", begun)


def contents(result: bytes) -> set[object]:
    """Return the ids of the documents of a bundle that says no more than is true."""
    checked = verify(result)
    assert checked.problems == ()
    return {one["id"] for one in checked.documents}


def test_what_is_issued_meanwhile_is_not_in_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = shop.issued(invoice())["id"]
    once_begun(monkeypatch, shop.issued)
    job = asked(shop, COMPLETE)
    made = done(shop, job)
    assert (made["state"], made["error"]) == ("succeeded", None)
    content = read(shop, f"/v1/exports/{job}/file")
    assert contents(content) == {there}
    assert [one.entity for one in verify(content).whole] == [shop.entity]
    both = asked(shop, COMPLETE)
    assert done(shop, both)["result"]["documents"] == 2


def test_what_is_destroyed_meanwhile_is_left_out_and_certified(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    past, recent = old(shop), shop.issued(invoice())["id"]
    once_begun(monkeypatch, partial(destroyed, shop, document_ids=[past]))
    job = asked(shop, COMPLETE)
    with pytest.raises(AgainError):
        done(shop, job)
    assert shop.call("GET", f"/v1/documents/{past}").status_code == 410
    assert done(shop, job)["state"] == "succeeded"
    content = read(shop, f"/v1/exports/{job}/file")
    assert contents(content) == {recent}
    shown = verify(content)
    assert [one.entity for one in shown.whole] == [shop.entity]
    assert any("1 documents of" in one and "destroyed" in one for one in shown.remarks)


def test_a_file_that_is_destroyed_while_it_is_read_is_not_called_damaged(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(shop)
    recent = shop.issued(invoice())["id"]
    store, left = type(shop.house.runtime.archive._store), [partial(destroyed, shop)]
    real = store.get

    def get(self: Any, owner: UUID, digest: bytes) -> bytes:  # noqa: ANN401
        while left:
            left.pop()()
        return real(self, owner, digest)

    monkeypatch.setattr(store, "get", get)
    job = asked(shop, {"format": "xml_zip"})
    with pytest.raises(AgainError):
        done(shop, job)
    assert done(shop, job)["result"]["documents"] == 1
    with zipfile.ZipFile(io.BytesIO(read(shop, f"/v1/exports/{job}/file"))) as archive:
        listed = json.loads(archive.read("manifest.json"))["documents"]
    assert [one["id"] for one in listed] == [recent]


@pytest.mark.parametrize("way", ["issued", "received"])
def test_evidence_of_many_goes_on_without_what_is_destroyed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    home = f"/v1/evidence-sets/{way}/bundles"
    pair = PAIRS[way](shop)
    once_begun(monkeypatch, partial(destroyed, shop, document_ids=[pair[0]]))
    answer = shop.call("POST", home, {})
    job = str(answer.json()["id"])
    with pytest.raises(AgainError):
        done(shop, job)
    assert done(shop, job)["result"]["documents"] == 1
    assert contents(read(shop, f"{home}/{job}/file")) == {pair[1]}


@pytest.mark.parametrize("way", ["issued", "received"])
def test_evidence_of_what_was_destroyed_is_answered_with_its_certificate(
    shop: Shop, way: str
) -> None:
    gone, _ = PAIRS[way](shop)
    home = "/v1/documents" if way == "issued" else "/v1/inbox"
    [entry, *_] = shop.get(f"{home}/{gone}/evidence")["data"]
    destroyed(shop)
    for rest in ("/bundle", "/evidence"):
        answer = shop.call("GET", f"{home}/{gone}{rest}")
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/document-destroyed")
        assert answer.json()["certificate"] == f"/v1/retention/certificates/{gone}"
    assert shop.call("GET", f"{home}/{gone}/evidence/{entry['id']}").status_code == 410


def _received(shop: Shop) -> tuple[str, str]:
    """Return the ids of a received document that no law keeps, and of one that is kept."""
    past = invoice(seller=SELLER, number="R-1", issue_date="2015-03-01")
    with freeze_time("2015-03-01T12:00:00Z"):
        gone = shop.call("POST", "/v1/inbox", past).json()["id"]
    kept = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="R-2")).json()["id"]
    return str(gone), str(kept)


def _issued(shop: Shop) -> tuple[str, str]:
    """The same of issued documents."""
    return old(shop), str(shop.issued(invoice())["id"])


PAIRS: dict[str, Callable[[Shop], tuple[str, str]]] = {"issued": _issued, "received": _received}
