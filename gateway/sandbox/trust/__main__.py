"""Run the trust service: `python -m gateway.sandbox.trust --data DIR`."""

from pathlib import Path

from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve
from gateway.sandbox.trust.service import TrustService


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.trust")
    options_of.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    options = options_of.parse_args(arguments)
    service = TrustService(options.data, seed=options.seed)
    door = Door((options.host, options.port), service)
    service.ca.here = door.url
    ready = {"trust": str(options.data / "ca.pem"), "tsa": f"{door.url}/tsa"}
    serve((door,), options, ready)
    service.book.close()


if __name__ == "__main__":
    main()
