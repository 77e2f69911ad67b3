"""The local authorities that sandbox entities need. A new one is an entry in `LOCAL`."""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gateway.cli.beside import Beside
from gateway.demo.companies import BUYERS, SELLERS
from gateway.settings import Settings
from gateway.vies.composition import SANDBOX as VIES

SIGNALS_PATH = "/v1/channels/sandbox-network/signals"
DELIVERIES_PATH = "/v1/channels/sandbox-network/deliveries"


@dataclass(frozen=True, slots=True)
class Local:
    """A local authority.

    Attributes:
        name: Its directory below the gateway's.
        module: What is run.
        elsewhere: The operator's own address instead; then none is started.
        arguments: What it is told, given its directory and the gateway's address.
        ports: See `Beside.spawn`.
        judges: It judges by official schemas, and is told where they are.
    """

    name: str
    module: str
    elsewhere: Callable[[Settings], str | None]
    arguments: Callable[[Path, str], list[str]] = lambda home, _: ["--data", str(home)]
    ports: Mapping[str, str] = field(default_factory=lambda: {"--port": "url"})
    judges: bool = False


def started(settings: Settings, url: str, stack: ExitStack) -> dict[str, Beside]:
    """Start all that the operator has not elsewhere, at the same time, and wait for them.

    Args:
        settings: The operator's.
        url: Where the gateway listens.
        stack: Stops them at its end.

    Raises:
        BesideError: One of them ended.
    """
    begun: dict[str, Beside] = {}
    for one in LOCAL:
        if one.elsewhere(settings) is None:
            begun[one.name] = start(one, settings.data, url, settings.schemas_dir)
            stack.callback(begun[one.name].stop)
    return {name: one.wait() for name, one in begun.items()}


def start(one: Local, data: Path, url: str = "", schemas: Path | None = None) -> Beside:
    """Begin to start one; `wait` for it."""
    home = data / one.name
    told = one.arguments(home, url)
    if one.judges:
        told += ["--cache", str(data / "schemas")]
        told += [] if schemas is None else ["--schemas", str(schemas)]
    return Beside.spawn(one.module, home, told, one.ports)


def _network(home: Path, url: str) -> list[str]:
    signals, deliveries = url + SIGNALS_PATH, url + DELIVERIES_PATH
    return ["--data", str(home), "--signals-url", signals, "--deliveries-url", deliveries]


def _vies(home: Path, _: str) -> list[str]:
    numbers = home / "numbers.json"
    if not numbers.exists():  # whoever edits it keeps what he wrote
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        numbers.write_text(json.dumps({"numbers": _companies()}, indent=1), encoding="utf-8")
    return ["--numbers", str(numbers)]


def _companies() -> list[dict[str, str]]:
    """Return the numbers of the demo's companies, who are in force in the sandbox."""
    parties = (*(seller["seller"] for seller in SELLERS.values()), *BUYERS.values())
    return [_entry(party) for party in parties if "vat_identifier" in party]


def _entry(party: Mapping[str, Any]) -> dict[str, str]:
    place = party.get("postal_address", {})
    city = f"{place.get('post_code', '')} {place.get('city', '')}".strip()
    return {
        "number": party["vat_identifier"],
        "name": party["name"],
        "address": "\n".join(line for line in (place.get("line_1", ""), city) if line),
        "street": place.get("line_1", ""),
        "postcode": place.get("post_code", ""),
        "city": place.get("city", ""),
    }


LOCAL_VIES = Local(VIES, "gateway.sandbox.vies", lambda chosen: chosen.sandbox_vies_url, _vies)

LOCAL = (
    Local(
        "sandbox-network",
        "gateway.sandbox.network",
        lambda chosen: chosen.sandbox_network_url,
        _network,
    ),
    LOCAL_VIES,
    Local(
        "sandbox-authority",
        "gateway.sandbox.authority",
        lambda chosen: chosen.sandbox_authority_url,
        ports={"--port": "url", "--records-port": "records"},
    ),
    Local(
        "si-furs-test",
        "gateway.sandbox.furs",
        lambda chosen: chosen.si_furs_test_url,
        ports={"--port": "url", "--records-port": "records"},
    ),
    Local(
        "hr-cis-test",
        "gateway.sandbox.hr_cis",
        lambda chosen: chosen.hr_cis_test_url,
        ports={"--port": "url", "--records-port": "records"},
    ),
    Local(
        "es-verifactu-test",
        "gateway.sandbox.verifactu",
        lambda chosen: chosen.es_verifactu_test_url,
        ports={"--port": "url", "--records-port": "records"},
        judges=True,
    ),
    Local(
        "pl-ksef-test",
        "gateway.sandbox.ksef",
        lambda chosen: chosen.pl_ksef_test_url,
        judges=True,
    ),
    Local("sandbox-trust", "gateway.sandbox.trust", lambda chosen: chosen.sandbox_trust_url),
)
"""All of them."""
