"""The evidence of many documents in one file: what is in it, who gets it, and until when."""

import datetime
import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from freezegun import freeze_time

from gateway.archive.verify import verify
from gateway.evidence_sets import retrieval
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.tenancy import TenantTransaction
from tests.gateway.auditors.invited import done, invited
from tests.gateway.houses import Json, Shop, invoice, kind, opened

ISSUED, RECEIVED = "/v1/evidence-sets/issued/bundles", "/v1/evidence-sets/received/bundles"
SELLER = {"name": "Mlin d.o.o.", "postal_address": {"city": "Kranj", "country_code": "SI"}}


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a house that these tests share: none adds a document."""
    with opened(postgres, tmp_path_factory.mktemp("retrieval") / "data") as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def sold(shop: Shop) -> tuple[Json, ...]:
    """Two invoices and a credit note, in this order."""
    body = invoice(profile="en16931-ubl")
    shop.call("POST", "/v1/series", {"code": "CRN"})
    return shop.issued(body), shop.issued(body, "credit-notes"), shop.issued(body)


@pytest.fixture(scope="module")
def came(shop: Shop) -> tuple[Json, ...]:
    """What a mill sent, twice."""
    answers = [
        shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number=f"M-{n}")) for n in (1, 2)
    ]
    return tuple(one.json() for one in answers)


def _asked(shop: Shop, path: str, key: str | None = None, **body: object) -> str:
    answer = shop.call("POST", path, body, key=key)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()['id']}"
    return str(answer.json()["id"])


def _held(shop: Shop, content: bytes) -> list[str]:
    """Verify a bundle as a stranger would, with the key that was fetched; return what it holds."""
    result = verify(content, trusted_key=shop.call("GET", "/v1/log/key").text.strip())
    assert (result.problems, result.authentic) == ((), True)
    return [str(one["id"]) for one in result.documents]


def test_an_auditor_gets_all_that_is_in_scope(shop: Shop, sold: tuple[Json, ...]) -> None:
    token = invited(shop, kinds=["invoice"], directions=["issued"])["token"]
    job = _asked(shop, ISSUED, token)
    assert shop.call("GET", f"{ISSUED}/{job}/file", key=token).status_code == 409
    second = shop.call("POST", ISSUED, {}, key=token)
    assert (second.status_code, second.json()["type"]) == (409, "/problems/retrieval-running")
    made = done(shop, job, token)
    assert (made["state"], made["progress"]) == ("succeeded", {"done": 2, "total": 2})
    whole = shop.call("GET", f"{ISSUED}/{job}/file", key=token)
    assert hashlib.sha256(whole.content).hexdigest() == made["result"]["file"]["sha256"]
    assert _held(shop, whole.content) == [sold[0]["id"], sold[2]["id"]]
    assert [one["id"] for one in shop.call("GET", "/v1/jobs", key=token).json()["data"]] == [job]


@pytest.mark.usefixtures("sold")
def test_an_auditor_has_so_many_made_in_a_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "MOST_A_DAY", 2)
    token = invited(shop)["token"]
    first = clock.now()
    for _ in range(2):
        done(shop, _asked(shop, ISSUED, token), token)
    refused = shop.call("POST", ISSUED, {}, key=token)
    assert (refused.status_code, kind(refused)) == (429, "retrievals-of-a-day")
    assert 0 < int(refused.headers["retry-after"]) <= 86_400
    done(shop, _asked(shop, ISSUED), None)  # the entity itself may
    with freeze_time(first + datetime.timedelta(days=1, minutes=1)):
        done(shop, _asked(shop, ISSUED, token), token)


@pytest.mark.usefixtures("sold")
def test_of_two_that_are_asked_for_at_once_one_is_made(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, looked = threading.Barrier(2), retrieval._refuse_second

    def slowly(tx: TenantTransaction) -> None:
        looked(tx)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)

    monkeypatch.setattr(retrieval, "_refuse_second", slowly)
    token = invited(shop)["token"]
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(shop.call, "POST", ISSUED, {}, key=token) for _ in range(2)]
        answers = [one.result() for one in asked]
    assert sorted(one.status_code for one in answers) == [202, 409]
    (job,) = (one.json()["id"] for one in answers if one.status_code == 202)
    done(shop, job, token)


def test_what_fits_is_what_a_search_finds(
    shop: Shop, sold: tuple[Json, ...], came: tuple[Json, ...]
) -> None:
    for path, asked, expected in (
        (ISSUED, {}, [one["id"] for one in sold]),
        (ISSUED, {"number": sold[1]["number"]}, [sold[1]["id"]]),
        (RECEIVED, {}, [one["id"] for one in came]),
        (RECEIVED, {"number": "M-2"}, [came[1]["id"]]),
    ):
        job = _asked(shop, path, **asked)
        made = done(shop, job)
        assert made["result"]["documents"] == len(expected)
        answer = shop.call("GET", f"{path}/{job}/file")
        assert _held(shop, answer.content) == expected
        other = RECEIVED if path == ISSUED else ISSUED
        assert shop.call("GET", f"{other}/{job}/file").status_code == 404


def test_a_download_goes_on_where_it_broke_off(shop: Shop, sold: tuple[Json, ...]) -> None:
    token = invited(shop, directions=["issued"])["token"]
    job = _asked(shop, ISSUED, token, number=sold[0]["number"])
    done(shop, job, token)
    place = f"{ISSUED}/{job}/file"
    whole = shop.call("GET", place, key=token)
    etag = whole.headers["etag"]
    begun = shop.call("GET", place, key=token, Range="bytes=0-99")
    rest = shop.call("GET", place, key=token, Range="bytes=100-", If_Range=etag)
    assert (begun.status_code, rest.status_code) == (206, 206)
    assert (
        rest.headers["content-range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    )
    assert begun.content + rest.content == whole.content
    other = shop.call("GET", place, key=token, Range="bytes=100-", If_Range='"another"')
    assert (other.status_code, other.content) == (200, whole.content)


@pytest.mark.parametrize("ending", ["ended", "expired"])
def test_what_an_auditor_asked_for_ends_with_the_access(
    shop: Shop, sold: tuple[Json, ...], ending: str
) -> None:
    soon = clock.now() + datetime.timedelta(minutes=5)
    made = invited(shop, expires_at=soon.isoformat())
    token = made["token"]
    before = _asked(shop, ISSUED, token)
    assert done(shop, before, token)["result"]["documents"] == len(sold)
    after = _asked(shop, ISSUED, token)
    if ending == "ended":
        assert shop.call("DELETE", f"/v1/auditors/{made['id']}").status_code == 204
    with freeze_time(clock.now() if ending == "ended" else soon, tick=True):
        failed = done(shop, after)
        assert shop.call("GET", f"{ISSUED}/{before}/file", key=token).status_code == 401
    assert (failed["state"], failed["error"]["type"]) == ("failed", "/problems/forbidden")


def test_auditors_do_not_see_what_others_asked_for(shop: Shop, sold: tuple[Json, ...]) -> None:
    first, second = (invited(shop, directions=["issued"])["token"] for _ in range(2))
    body: dict[str, Any] = {"number": sold[0]["number"]}
    jobs = [
        shop.call("POST", ISSUED, body, key=token, Idempotency_Key="same").json()["id"]
        for token in (first, second)
    ]
    own = _asked(shop, ISSUED)
    for job in (*jobs, own):
        done(shop, job)
    for mine, token, theirs in ((jobs[0], first, jobs[1]), (jobs[1], second, jobs[0])):
        assert shop.call("GET", f"{ISSUED}/{mine}/file", key=token).status_code == 200
        for other in (theirs, own):
            for path in (f"/v1/jobs/{other}", f"{ISSUED}/{other}/file"):
                assert shop.call("GET", path, key=token).status_code == 404, path


def test_what_an_auditor_may_not_read_is_not_retrieved(shop: Shop) -> None:
    token = invited(shop, directions=["received"])["token"]
    assert shop.call("POST", ISSUED, {}, key=token).status_code == 403
    before = invited(shop, period={"until": "2020-12-31"}, directions=["issued"])["token"]
    failed = done(shop, _asked(shop, ISSUED, before), before)
    assert (failed["state"], failed["error"]["type"]) == ("failed", "/problems/not-found")
    key = {"name": "auditor", "role": "auditor"}
    reader = shop.account.call("POST", "/v1/api-keys", key, key=shop.key).json()["key"]
    assert shop.call("POST", ISSUED, {}, key=reader).status_code == 403


def test_an_amount_needs_its_currency(shop: Shop) -> None:
    answer = shop.call("POST", ISSUED, {"total_from": "1"})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/currency"]
