"""The command line: `gateway serve`, `worker`, `demo`, `validate`, `convert`, `verify`, ..."""

import gc
import os
import sys


def main() -> None:
    """Run the command line. Standard output is the answer's; what is logged goes beside it.

    Nothing is imported that the command does not need: to judge one document takes less time than
    to load what the others are made of.
    """
    if sys.argv[1:2] == ["validate"]:
        gc.disable()  # what is imported stays; `batch` turns it on again for the second file
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through every
        # installed package, and no plugin should have a say in what a document means
        from gateway.validations.command import main as validate  # noqa: PLC0415

        sys.exit(validate(sys.argv[2:]))
    from gateway.cli.application import application  # noqa: PLC0415

    if sys.argv[1:] and "--help" not in sys.argv:
        from gateway.kit import logs  # noqa: PLC0415

        logs.configure()
    application()


__all__ = ["main"]
