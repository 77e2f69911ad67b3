"""Run the local KSeF: `python -m gateway.sandbox.ksef --data DIR`.

One door, plain HTTP: API, addresses of files, QR codes, people and the control plane. The line it
prints when ready names `url`, and `trust`, the CA of its seal.
"""

from pathlib import Path

from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve
from gateway.sandbox.ksef.desk import KsefDesk
from gateway.sandbox.ksef.schemas import Schemas


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.ksef")
    options_of.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    options_of.add_argument(
        "--schemas",
        type=Path,
        action="append",
        default=[],
        help="a directory with the ministry's schemas, as GATEWAY_SCHEMAS_DIR",
    )
    options_of.add_argument("--cache", type=Path, help="where `gateway schemas sync` put them")
    options = options_of.parse_args(arguments)
    schemas = Schemas(options.schemas, options.cache)
    desk = KsefDesk(options.data, schemas=schemas, seed=options.seed)
    door = Door((options.host, options.port), desk)
    desk.ca.here = door.url
    ready = {
        "trust": str(options.data / "ca.pem"),
        "ledger": str(options.data / "ledger.sqlite"),
    }
    serve((door,), options, ready)
    desk.book.close()


if __name__ == "__main__":
    main()
