"""Run the local AEAT: `python -m gateway.sandbox.verifactu --data DIR`.

Two doors: plain HTTP for people, certificates, QR codes and the control plane, and TLS for
records. The line it prints when ready names both, `url` and `records`, and its CA, `trust`.
"""

from pathlib import Path

from gateway.sandbox.kit.door import Door
from gateway.sandbox.kit.program import parser, serve
from gateway.sandbox.verifactu.office import Office
from gateway.sandbox.verifactu.schema import Schemas


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser("gateway.sandbox.verifactu")
    options_of.add_argument("--data", type=Path, required=True, help="keys and ledger live here")
    options_of.add_argument("--records-port", type=int, default=0, help="of the door with TLS")
    options_of.add_argument(
        "--schemas",
        type=Path,
        action="append",
        default=[],
        help="a directory with the AEAT's schemas, as GATEWAY_SCHEMAS_DIR",
    )
    options_of.add_argument("--cache", type=Path, help="where `gateway schemas sync` put them")
    options_of.add_argument(
        "--without-tls", action="store_true", help="take records without a client certificate"
    )
    options = options_of.parse_args(arguments)
    office = Office(
        options.data,
        Schemas(options.schemas, options.cache),
        seed=options.seed,
        mutual_tls=not options.without_tls,
    )
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
