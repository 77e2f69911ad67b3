"""Run the access point: `python -m gateway.sandbox.network --data DIR`."""

from pathlib import Path

from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve
from gateway.sandbox.network.desk import NetworkDesk
from gateway.sandbox.network.handover import Porter


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.network")
    options_of.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    options_of.add_argument(
        "--signals-url", help="where verdicts are pushed to; without it: asked for"
    )
    options_of.add_argument(
        "--deliveries-url", help="where accepted messages are handed over, for receivers there"
    )
    options = options_of.parse_args(arguments)
    desk = NetworkDesk(
        options.data,
        options.signals_url,
        handover=options.deliveries_url is not None,
        seed=options.seed,
    )
    porters = [] if desk.handovers is None else [Porter(desk.handovers, options.deliveries_url)]
    ready = {
        "trust": str(options.data / "ca.pem"),
        "ledger": str(options.data / "ledger.sqlite"),
    }
    serve((Door((options.host, options.port), desk),), options, ready, desk.pusher, *porters)
    desk.ledger.close()


if __name__ == "__main__":
    main()
