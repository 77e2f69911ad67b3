"""A profile that nothing at hand proves is shown as such and never used live."""

from formats.registry import PROFILES
from gateway.compliance import profiles
from tests.gateway.houses import House, Shop, invoice, kind


def test_live_is_not_issued_in_an_unproven_profile(house: House) -> None:
    shop = Shop.opened(house, environment="live")
    answer = shop.issue(invoice(profile="nlcius"), Idempotency_Key="one")
    assert (answer.status_code, kind(answer)) == (422, "profile-unproven")
    assert answer.json()["profile"] == "nlcius"
    assert answer.json()["reason"] == "no official rule files at hand"
    assert "NLCIUS (SI-UBL 2.0) is not used live" in answer.json()["detail"]
    assert shop.documents("&state=issued") == []


def test_the_sandbox_issues_in_an_unproven_profile(house: House) -> None:
    shop = Shop.opened(house)
    issued = shop.issue(invoice(profile="nlcius")).json()
    assert (issued["status"], issued["profile"]) == ("scheduled", "nlcius")


def test_where_profiles_are_listed_the_unproven_say_so(house: House) -> None:
    shop = Shop.opened(house)
    answer = shop.issue(invoice(profile="peppol-bis-4"))
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/profile"
    assert "nlcius (unproven)" in error["message"]
    assert "peppol-bis-3," in error["message"]
    assert profiles.listed().count("(unproven)") == sum(
        entry.unproven is not None for entry in PROFILES.values()
    )


def test_what_is_loaded_at_start_is_proven() -> None:
    assert all(PROFILES[name].unproven is None for name in profiles.USUAL)
    assert profiles.DEFAULT in profiles.USUAL
