"""One chain for whom the authority counts in, and no second one in the gateway."""

from collections.abc import Iterator

import pytest

from gateway.chains import service as chains
from gateway.documents.fiscal import sandbox
from tests.gateway.documents.fiscal import keyed, recorded_shop, records
from tests.gateway.houses import House, Shop


@pytest.fixture(autouse=True)
def vault(house: House) -> Iterator[None]:
    with keyed(house):
        yield


def refused(shop: Shop) -> tuple[str, str]:
    answer = shop.issue()
    assert answer.status_code == 409, answer.text
    problem = answer.json()
    assert problem["type"].endswith("/chain-owner")
    return problem["reason"], problem["owner"]


def foreseen(shop: Shop) -> tuple[str, str | None, str | None]:
    """Return what preflight says of the chain of a draft."""
    draft = shop.draft()
    found = shop.get(f"/v1/documents/{draft['id']}/preflight")
    (chain,) = [one for one in found["checks"] if one["id"] == "chain"]
    assert shop.call("DELETE", f"/v1/invoices/{draft['id']}").status_code == 204
    if chain["light"] == "red":
        assert found["light"] == "red"
        assert chain["data"]["type"].endswith("/chain-owner")
    return chain["light"], chain["data"].get("reason"), chain["data"].get("owner")


def test_who_has_no_chain_yet_may_begin_one(house: House) -> None:
    shop = recorded_shop(house)
    assert foreseen(shop) == ("green", None, None)
    assert shop.issued()["number"]


def number_of(shop: Shop) -> str:
    found: str = shop.get(f"/v1/entities/{shop.entity}")["seller"]["vat_identifier"]
    return found


def test_two_entities_with_one_vat_number_do_not_fork_its_chain(house: House) -> None:
    first = recorded_shop(house)
    vat = number_of(first)
    second = recorded_shop(house, vat=vat)  # of another account
    assert first.issued()["number"]
    assert refused(second) == ("taken", vat)
    assert records(second) == []
    assert second.documents() == []  # and no number was used
    assert foreseen(second) == ("red", "taken", vat)
    assert foreseen(first) == ("green", None, None)
    first.issued()
    assert len(records(first)) == 2


def test_a_chain_takes_no_record_of_somebody_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = recorded_shop(house)
    shop.issued()
    monkeypatch.setattr(sandbox, "_seller_of", lambda _: "SI1")
    assert refused(shop) == ("changed", "SI1")
    assert foreseen(shop) == ("red", "changed", "SI1")
    assert len(records(shop)) == 1


def test_a_scheme_counts_in_what_it_declares() -> None:
    known = {"taxpayer": "SI50223054", "premise": "P1", "device": "D2"}
    assert chains.owner_of(("taxpayer",), **known) == "SI50223054"
    assert chains.owner_of(("taxpayer", "premise", "device"), **known) == "SI50223054/P1/D2"
    with pytest.raises(ValueError, match="installation"):
        chains.owner_of(("taxpayer", "installation"), **known)
    with pytest.raises(ValueError, match="device"):
        chains.owner_of(("taxpayer", "device"), taxpayer="SI50223054", device=None)
