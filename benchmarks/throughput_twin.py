"""`gateway worker` whose official rules are run by SaxonC: the peer of `benchmarks.throughput`.

    python -m benchmarks.throughput_twin

Everything else is the gateway's own. One process of SaxonC serves the worker's threads, as one
processor would: it must not be used by several at once.
"""

import threading

from formats.findings import Finding
from formats.validation.document import Document
from formats.validation.engine import RuleEngine
from formats.validation.rules import CompiledRules
from gateway.cli.serving import work
from schemas import Artefact
from tests.oracle.saxon import SaxonOracle


def main() -> None:
    """Work until stopped."""
    lock = threading.Lock()
    with SaxonOracle() as oracle:
        engine: RuleEngine = oracle

        def run(
            self: CompiledRules, artefact: Artefact, document: Document, *, anything: bool = False
        ) -> tuple[Finding, ...]:
            del self
            with lock:
                return engine.run(artefact, document, anything=anything)

        CompiledRules.run = run  # type: ignore[method-assign] # that is what this is for
        work()


if __name__ == "__main__":
    main()
