"""Run the local authorities: `python -m gateway.sandbox.vies`."""

import json
from pathlib import Path

from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve
from gateway.sandbox.vies.desk import ViesDesk
from gateway.sandbox.vies.service import VIES, VIES_TEST


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.vies")
    options_of.add_argument(
        "--numbers", type=Path, help='JSON file of numbers to know: {"numbers": [...]}'
    )
    options = options_of.parse_args(arguments)
    desk = ViesDesk(options.seed)
    if options.numbers is not None:
        for entry in json.loads(options.numbers.read_text(encoding="utf-8"))["numbers"]:
            desk.registry.put(entry)
    door = Door((options.host, options.port), desk)
    ready = {"vies": door.url + VIES, "vies_test": door.url + VIES_TEST, "hmrc": door.url}
    serve((door,), options, ready)


if __name__ == "__main__":
    main()
