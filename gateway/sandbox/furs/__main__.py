"""Run the local FURS: `python -m gateway.sandbox.furs --data DIR`.

Two doors: plain HTTP for people, certificates and the control plane, and TLS for messages. The
line it prints when ready names both, `url` and `records`, and its CA, `trust`.
"""

from gateway.sandbox.furs.office import Office
from gateway.sandbox.kit.program import parser_with_tls, serve_with_tls


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options = parser_with_tls("gateway.sandbox.furs").parse_args(arguments)
    office = Office(options.data, seed=options.seed, mutual_tls=not options.without_tls)
    serve_with_tls(office, options)


if __name__ == "__main__":
    main()
