"""Whom the buyer of a document is: linked, or made once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gateway.customers import service
from gateway.customers.service import CustomerRow
from gateway.kit import clock
from gateway.kit.ids import new_id, parse_id
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import Tenant
from gateway.problems import NotFoundProblem
from tests.gateway.conftest import Account

ANA: dict[str, Any] = {"name": "Ana Novak", "contact": {"email_address": "ana@example.com"}}
FIRM: dict[str, Any] = {
    "name": "Novak d.o.o.",
    "vat_identifier": "SI50223054",
    "postal_address": {"line_1": "Glavni trg 1", "city": "Kranj", "country_code": "SI"},
}


@pytest.fixture
def tenant(account: Account) -> Tenant:
    return Tenant(
        account.id, (parse_id(account.new_entity(), "ent"),), "sandbox", account_wide=True
    )


def _asked(
    account: Account, tenant: Tenant, buyer: dict[str, Any], reference: str | None = None
) -> CustomerRow | None:
    with account.runtime.database.transaction(tenant) as tx:
        return service.resolve(tx, buyer, None, clock.now(), reference=reference)


def _resolve(
    account: Account, tenant: Tenant, buyer: dict[str, Any], reference: str | None = None
) -> CustomerRow:
    found = _asked(account, tenant, buyer, reference)
    assert found is not None
    return found


def _count(account: Account, tenant: Tenant) -> int:
    with account.runtime.database.transaction(tenant, read_only=True) as tx:
        wanted = Wanted({}, {})
        return len(service.page(tx, wanted, before=None, limit=200))


def test_a_buyer_becomes_a_customer_once(account: Account, tenant: Tenant) -> None:
    first = _resolve(account, tenant, FIRM)
    assert service.as_buyer(first) == FIRM
    assert first.checks[0]["result"] == "valid"
    again = {"name": "NOVAK, d.o.o.", "vat_identifier": "si 502.230.54"}
    assert _resolve(account, tenant, again).id == first.id
    assert service.as_buyer(_resolve(account, tenant, again)) == FIRM, "nothing is overwritten"
    person = _resolve(account, tenant, ANA)
    louder = {"name": "ANA  NOVÁK", "contact": {"email_address": "Ana@Example.com"}}
    assert _resolve(account, tenant, louder).id == person.id
    assert _count(account, tenant) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ANA, {**ANA, "name": "Ana Kovač"}, False),
        (ANA, {"name": "Ana Novak"}, False),
        (FIRM, {**FIRM, "vat_identifier": "SI15012557"}, False),
        (FIRM, {**FIRM, "name": "Novak Kranj"}, True),
        ({**ANA, "vat_identifier": "SI15012557"}, ANA, True),
        (ANA, {**ANA, "vat_identifier": "SI15012557"}, True),
        ({"name": "Cash"}, {"name": "cash"}, True),
        (
            {"name": "Cash", "postal_address": {"city": "Kranj"}},
            {"name": "Cash", "postal_address": {"city": "Bled"}},
            False,
        ),
        ({**ANA, "identifier": {"value": "7"}}, {**ANA, "identifier": {"value": "8"}}, False),
        ({**ANA, "identifier": {"value": "7"}}, {**FIRM, "identifier": {"value": "7"}}, True),
        (
            {**ANA, "identifier": {"value": "7", "scheme_identifier": "0088"}},
            {**ANA, "identifier": {"value": "8", "scheme_identifier": "0088"}},
            True,
        ),
    ],
)
def test_who_is_who(
    account: Account, tenant: Tenant, one: dict[str, Any], other: dict[str, Any], *, same: bool
) -> None:
    first, second = _resolve(account, tenant, one), _resolve(account, tenant, other)
    assert (first.id == second.id) is same


def test_a_reference_comes_before_everything(account: Account, tenant: Tenant) -> None:
    first = _resolve(account, tenant, ANA, reference="crm-1")
    assert first.reference == "crm-1"
    assert _resolve(account, tenant, FIRM, reference="crm-1").id == first.id
    assert _resolve(account, tenant, ANA, reference="crm-2").id != first.id


def test_an_id_is_taken_at_its_word(account: Account, tenant: Tenant) -> None:
    first = _resolve(account, tenant, ANA)
    with account.runtime.database.transaction(tenant) as tx:
        found = service.resolve(tx, FIRM, first.id, clock.now())
        assert found is not None
        assert found.id == first.id
        with pytest.raises(NotFoundProblem):
            service.resolve(tx, FIRM, new_id(), clock.now())


def test_a_deleted_customer_is_nobody(account: Account, tenant: Tenant) -> None:
    first = _resolve(account, tenant, FIRM)
    with account.runtime.database.transaction(tenant) as tx:
        service.delete(tx, first.id, clock.now())
    assert _resolve(account, tenant, FIRM).id != first.id


@pytest.mark.parametrize(
    "buyer",
    [
        {"name": "x" * 100_000, "contact": {"email_address": "y" * 50_000}},
        {"name": "☃", "vat_identifier": "Z" * 1000, "identifier": {"value": "7" * 5000}},
        {"name": "%_\\'\"; drop table customer; --", "postal_address": {"city": "=1+1"}},
    ],
)
def test_what_drafts_say_is_kept_however_odd(
    account: Account, tenant: Tenant, buyer: dict[str, Any]
) -> None:
    first = _resolve(account, tenant, buyer)
    assert service.as_buyer(first) == buyer
    assert _resolve(account, tenant, buyer).id == first.id


def test_nobody_is_nobody(account: Account, tenant: Tenant) -> None:
    assert _asked(account, tenant, {}) is None
    assert _asked(account, tenant, {"name": "  "}) is None


def test_32_threads_make_one_customer(account: Account, tenant: Tenant) -> None:
    def ask(number: int) -> object:
        buyer = FIRM if number % 2 else {**FIRM, "vat_identifier": "SI 50223054"}
        return _resolve(account, tenant, buyer).id

    with ThreadPoolExecutor(32) as pool:
        ids = set(pool.map(ask, range(64)))
    assert len(ids) == 1
    assert _count(account, tenant) == 1
