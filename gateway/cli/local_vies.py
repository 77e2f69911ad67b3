"""The local VIES as a process beside the gateway, found again by every worker."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from gateway.cli.network import last_port, stopped
from gateway.demo.companies import BUYERS, SELLERS
from gateway.vies.composition import SANDBOX


class LocalViesError(RuntimeError):
    """The local VIES did not start; the message holds what it said."""


@dataclass(slots=True)
class LocalVies:
    """A running VIES, with HMRC's check beside it, for sandbox entities.

    Attributes:
        url: Where it listens; also in `<data>/sandbox-vies/url`, for workers elsewhere.
        process: Its process.
    """

    url: str
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, data: Path) -> Self:
        """Start it, on the port it had last time if that is free.

        Raises:
            LocalViesError: It ended, or said nothing in time.
        """
        home = data / SANDBOX
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        address = home / "url"
        numbers = home / "numbers.json"
        if not numbers.exists():  # whoever edits it keeps what he wrote
            numbers.write_text(json.dumps({"numbers": _companies()}, indent=1), encoding="utf-8")
        with (home / "vies.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [
                    *(sys.executable, "-m", "gateway.sandbox.vies"),
                    *("--port", str(last_port(address)), "--numbers", str(numbers)),
                    "--while-stdin-is-open",  # it must not outlive a killed gateway
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C reaches us; we stop it
            )
        line = process.stdout.readline() if process.stdout is not None else ""
        if not line:
            code = process.wait()
            raise LocalViesError(f"the local VIES ended with {code}; see {home / 'vies.log'}")
        url: str = json.loads(line)["url"]
        address.write_text(url + "\n", encoding="utf-8")
        return cls(url, process)

    def stop(self) -> None:
        """Stop it."""
        stopped(self.process)


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
