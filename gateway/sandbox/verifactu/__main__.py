"""Run the local AEAT: `python -m gateway.sandbox.verifactu --data DIR`.

Two doors: plain HTTP for people, certificates, QR codes and the control plane, and TLS for
records. The line it prints when ready names both, `url` and `records`, and its CA, `trust`.
"""

from pathlib import Path

from gateway.sandbox.kit.program import parser_with_tls, serve_with_tls
from gateway.sandbox.verifactu.office import Office
from gateway.sandbox.verifactu.schema import Schemas


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options_of = parser_with_tls("gateway.sandbox.verifactu")
    options_of.add_argument(
        "--schemas",
        type=Path,
        action="append",
        default=[],
        help="a directory with the AEAT's schemas, as GATEWAY_SCHEMAS_DIR",
    )
    options_of.add_argument("--cache", type=Path, help="where `gateway schemas sync` put them")
    options = options_of.parse_args(arguments)
    office = Office(
        options.data,
        Schemas(options.schemas, options.cache),
        seed=options.seed,
        mutual_tls=not options.without_tls,
    )
    serve_with_tls(office, options)


if __name__ == "__main__":
    main()
