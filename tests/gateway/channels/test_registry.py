"""Where channels lead: one list of adapters, and the operator's word before ours."""

import json
from pathlib import Path

import pytest

from gateway.channels.directories import Directory
from gateway.channels.places import Place, UnknownPlaceError, UnusablePlaceError, place, shown_at
from gateway.channels.registry import CHANNELS, adapters, conducts, why_nowhere
from gateway.cli.authorities import LOCAL
from gateway.sandbox.kit.certificates import new_ca
from gateway.settings import Settings
from gateway.transmissions.routes import ROUTES
from tests.contract_suite.conftest import LOCAL as PARTIES
from tests.gateway.signing.authority import NOW


def started(data: Path, channel: str, **ready: str) -> None:
    new_ca(channel, NOW).save(data / channel, "ca")
    (data / channel / "ready.json").write_text(json.dumps(ready))


DIRECTORIES = {name for name, adapter in CHANNELS.items() if issubclass(adapter, Directory)}
"""Channels that lead to a directory of the operator; no program of ours is behind them. That each
has its part in the contract suite is tested below."""


def test_what_can_be_queued_can_be_sent() -> None:
    assert set(CHANNELS) == set(ROUTES)
    sandbox = {name for name, route in ROUTES.items() if route.environment == "sandbox"}
    assert sandbox - DIRECTORIES <= {one.name for one in LOCAL}


def test_every_channel_is_in_the_contract_suite() -> None:
    assert {name.removesuffix("-test") for name in CHANNELS} == set(PARTIES) - {"pl-ksef-batches"}


def test_a_started_authority_is_found(tmp_path: Path) -> None:
    ready = {"url": "http://127.0.0.1:1", "records": "https://127.0.0.1:2"}
    started(tmp_path, "sandbox-authority", **ready)
    settings = Settings(data=tmp_path)
    trust = tmp_path / "sandbox-authority" / "ca.pem"
    assert place(settings, "sandbox-authority") == Place(
        channel="sandbox-authority",
        url="https://127.0.0.1:2",
        shown="http://127.0.0.1:1",
        trust=trust,
    )
    assert shown_at(settings, "sandbox-authority") == "http://127.0.0.1:1"
    assert [one.channel for one in adapters(settings)] == ["sandbox-authority"]


def test_the_operator_names_another(tmp_path: Path) -> None:
    started(tmp_path, "sandbox-network", url="http://127.0.0.1:1")
    other = new_ca("other", NOW)
    other.save(tmp_path, "other")
    settings = Settings(
        data=tmp_path,
        sandbox_network_url="http://network.example",
        sandbox_network_trust=tmp_path / "other.pem",
    )
    found = place(settings, "sandbox-network")
    assert (found.url, found.trust) == ("http://network.example", tmp_path / "other.pem")
    found.anchor()


def test_whoever_is_named_without_a_certificate_is_not_believed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, sandbox_network_url="http://network.example")
    found = place(settings, "sandbox-network")
    assert found.trust is None
    with pytest.raises(ValueError, match="GATEWAY_SANDBOX_NETWORK_TRUST"):
        found.anchor()


@pytest.mark.parametrize(
    ("url", "believed"),
    [
        ("https://127.0.0.1:9002", True),
        ("https://127.9.9.9", True),
        ("https://[::1]:9002", True),
        ("https://LocalHost:9002", True),
        ("https://furs.localhost", True),
        ("https://blagajne-test.fu.gov.si:9002", False),
        ("https://localhost.example", False),
        ("https://10.0.0.1", False),
        ("https://127.0.0.1.example", False),
    ],
)
def test_the_local_certificate_is_believed_of_this_machine_alone(
    tmp_path: Path,
    url: str,
    believed: bool,  # noqa: FBT001
) -> None:
    started(tmp_path, "si-furs-test", url="http://127.0.0.1:1")
    settings = Settings(data=tmp_path, si_furs_test_url=url)
    own = tmp_path / "si-furs-test" / "ca.pem"
    assert place(settings, "si-furs-test").trust == (own if believed else None)


def named(tmp_path: Path, channel: str, **more: object) -> Settings:
    """Return what an operator sets who names where a channel leads."""
    name = channel.replace("-", "_")
    chosen = {f"{name}_{what}": value for what, value in more.items()}
    return Settings.model_validate(
        {"data": tmp_path, f"{name}_url": f"https://{channel}.example"} | chosen
    )


_BELIEVING = sorted(set(CHANNELS) - DIRECTORIES - {"es-face", "es-verifactu", "es-verifactu-test"})
"""Channels on which signed answers are believed: somebody must say whose."""


@pytest.mark.parametrize("channel", _BELIEVING)
def test_an_address_without_a_certificate_names_the_setting(tmp_path: Path, channel: str) -> None:
    setting = f"GATEWAY_{channel.replace('-', '_').upper()}_TRUST is not set"
    with pytest.raises(UnusablePlaceError, match=setting):
        adapters(named(tmp_path, channel))


@pytest.mark.parametrize("channel", sorted({*_BELIEVING, "es-verifactu", "es-verifactu-test"}))
@pytest.mark.parametrize("written", [None, "no certificate"])
def test_a_certificate_that_is_none_names_the_setting(
    tmp_path: Path, channel: str, written: str | None
) -> None:
    trust = tmp_path / "trust.pem"
    if written is not None:
        trust.write_text(written)
    setting = f"GATEWAY_{channel.replace('-', '_').upper()}_TRUST: .*trust.pem"
    with pytest.raises(UnusablePlaceError, match=setting):
        adapters(named(tmp_path, channel, trust=trust))


def test_a_directory_that_is_none_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UnusablePlaceError, match=r"GATEWAY_ES_FACE_URL: https://es-face\.example"):
        adapters(named(tmp_path, "es-face"))


def test_the_aeat_is_believed_as_the_machine_believes(tmp_path: Path) -> None:
    (adapter,) = adapters(named(tmp_path, "es-verifactu"))
    assert adapter.channel == "es-verifactu"


def test_without_either_it_is_said_what_to_do(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with pytest.raises(UnknownPlaceError, match="GATEWAY_SANDBOX_NETWORK_URL"):
        place(settings, "sandbox-network")
    assert shown_at(settings, "sandbox-network") is None
    assert adapters(settings) == []


def test_what_waits_for_its_place_has_a_deadline_all_the_same(tmp_path: Path) -> None:
    opened = adapters(Settings(data=tmp_path))
    assert "si-furs" not in [one.channel for one in opened]
    found = conducts(opened)
    assert set(found) == set(CHANNELS)
    assert found["si-furs"].offline == ROUTES["si-furs"].offline


def test_a_live_channel_without_an_address_leads_nowhere(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert "GATEWAY_SI_FURS_URL" in (why_nowhere(settings, "si-furs") or "")
    assert why_nowhere(settings, "si-furs-test") is None  # `gateway serve` starts one
    named = Settings(data=tmp_path, si_furs_url="https://furs.example")
    assert why_nowhere(named, "si-furs") is None
