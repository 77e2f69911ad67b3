"""Run the local CIS: `python -m gateway.sandbox.hr_cis --data DIR`.

Two doors: plain HTTP for people, certificates and the control plane, and TLS for messages. The
line it prints when ready names both, `url` and `records`, and its CA, `trust`.
"""

from gateway.sandbox.hr_cis.office import Office
from gateway.sandbox.kit.program import parser_with_tls, serve_with_tls


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options = parser_with_tls("gateway.sandbox.hr_cis").parse_args(arguments)
    serve_with_tls(Office(options.data, seed=options.seed), options)


if __name__ == "__main__":
    main()
