"""A token that hangs while a document is issued: nothing is taken, and nobody stays blocked."""

import datetime
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from formats.signatures.signer import Signer
from gateway.documents.fiscal.keys import ForPurpose
from gateway.documents.sealing import Seals
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.problems import TokenSilentProblem
from tests.formats.facturx.documents import pages
from tests.gateway.documents.fiscal import keyed, recorded_shop, records
from tests.gateway.houses import House, Shop, kind
from tests.gateway.signing.conftest import tenant_of
from tests.gateway.signing.hanging import LABEL, hanging


def always(signer: Signer) -> ForPurpose:
    """Return a vault that has one signer, for everybody and everything."""

    def vault(
        _tx: TenantTransaction,
        _purpose: str,
        *,
        at: datetime.datetime,  # noqa: ARG001 - whenever
        until: datetime.datetime | None = None,  # noqa: ARG001
    ) -> Signer:
        return signer

    return vault


@contextmanager
def sealing(house: House, vault: ForPurpose) -> Iterator[None]:
    """Let a house seal with another vault."""
    issuer = house.runtime.documents.issuer
    before = issuer.seals
    object.__setattr__(issuer, "seals", Seals(vault))
    try:
        yield
    finally:
        object.__setattr__(issuer, "seals", before)


def waiting(house: House) -> int:
    """Return how many connections hold a lock or wait for one, with a transaction open."""
    ((found,),) = house.sql(
        "select count(*) from pg_stat_activity where datname = current_database()"
        " and pid <> pg_backend_pid() and xact_start < now() - interval '1 second'"
    )
    return int(found)


def test_a_chain_is_held_no_longer_than_the_token_may_take(house: House) -> None:
    shop = recorded_shop(house)
    first = shop.issued()
    before = shop.series("INV")
    with hanging("sign", 0.3) as (library, _, signer), keyed(house, always(signer)):
        begun = time.monotonic()
        answer = shop.issue(idempotency_key="once")
        assert (answer.status_code, kind(answer)) == (503, "token-silent")
        assert answer.headers["Retry-After"] == "10"
        assert answer.json()["token"] == LABEL
        refused = [shop.issue() for _ in range(5)]
        assert [(one.status_code, kind(one)) for one in refused] == [(503, "token-silent")] * 5
        assert time.monotonic() - begun < 10
        assert library.calls.count("sign") == 1
        assert shop.series("INV") == before
        assert [one["number"] for one in records(shop)] == [first["number"]]
        assert waiting(house) == 0
        with keyed(house):  # another key signs into the same chain, while that call is out
            second = shop.issued()
        library.comes_back.set()
        assert _soon(shop, "once")["state"] == "issued"
    third = shop.documents()[0]
    numbers = [first["number"], second["number"], third["number"]]
    assert [(one["sequence"], one["number"]) for one in records(shop)] == [
        (place, number) for place, number in enumerate(numbers, 1)
    ]
    assert third["number"] == _after(second["number"])


def _soon(shop: Shop, key: str) -> dict[str, object]:
    """Send the same request again until the token is back; it was refused, so it counts anew."""
    ends = time.monotonic() + 20
    while (answer := shop.issue(idempotency_key=key)).status_code == 503:
        assert time.monotonic() < ends
        time.sleep(0.02)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def _after(number: str) -> str:
    head, digits = number[:-4], number[-4:]
    return f"{head}{int(digits) + 1:04}"


def test_many_that_wait_for_the_chain_all_come_back(house: House) -> None:
    shop = recorded_shop(house)
    before = shop.series("INV")
    told: list[int] = []
    with hanging("sign", 0.3) as (library, _, signer), keyed(house, always(signer)):
        threads = [
            threading.Thread(target=lambda: told.append(shop.issue().status_code))
            for _ in range(6)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join(20)
        assert told == [503] * 6
        assert library.calls.count("sign") == 1
        assert shop.series("INV") == before
        assert records(shop) == []
        assert waiting(house) == 0


@pytest.mark.parametrize("form", ["xades", "jws"])
def test_a_seal_that_hangs_issues_nothing(house: House, form: str) -> None:
    shop = Shop.opened(house, settings={"seal": {"documents": form}})
    before = shop.series("INV")
    with hanging("open", 0.2) as (_, _, signer), sealing(house, always(signer)):
        answer = shop.issue()
        assert (answer.status_code, kind(answer)) == (503, "token-silent")
        assert shop.series("INV") == before
        assert [one for one in shop.documents() if one["state"] != "draft"] == []


def test_a_pdf_is_not_drawn_without_the_seal_that_hangs(house: House) -> None:
    shop = Shop.opened(house)
    with (
        hanging("sign", 0.2) as (_, _, signer),
        house.runtime.database.transaction(tenant_of(shop)) as tx,
    ):
        seal = Seals(always(signer)).pdf(tx, clock.now())
        with pytest.raises(TokenSilentProblem):
            seal(pages())
