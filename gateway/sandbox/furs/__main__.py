"""Run the local FURS: `python -m gateway.sandbox.furs --data DIR`.

Two doors: plain HTTP for people, certificates and the control plane, and TLS for messages. The
line it prints when ready names both, `url` and `records`, and its CA, `trust`.
"""

from pathlib import Path

from gateway.sandbox.furs.office import Office
from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.furs")
    options_of.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    options_of.add_argument("--records-port", type=int, default=0, help="of the door with TLS")
    options_of.add_argument(
        "--without-tls", action="store_true", help="take messages without a client certificate"
    )
    options = options_of.parse_args(arguments)
    office = Office(options.data, seed=options.seed, mutual_tls=not options.without_tls)
    plain = Door((options.host, options.port), office)
    secured = Door((options.host, options.records_port), office, office.tls)
    office.ca.here = plain.url
    serve(
        (plain, secured),
        options,
        {
            "records": plain.url if options.without_tls else secured.url,
            "trust": str(options.data / "ca.pem"),
            "ledger": str(options.data / "ledger.sqlite"),
        },
    )
    office.book.close()


if __name__ == "__main__":
    main()
